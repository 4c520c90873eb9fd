// One transaction from any older version to the newest.
#include "storage/migrations.h"

#include <SQLiteCpp/Backup.h>

#include "storage/database.h"

namespace altiplano::storage {
namespace {

int version_of(const SQLite::Database& database) {
    return static_cast<int>(query_integer(database, "PRAGMA user_version"));
}

}  // namespace

int newest_version(std::span<const Migration> steps) {
    return steps.back().version;
}

void migrate(SQLite::Database& database, std::span<const Migration> steps) {
    if (version_of(database) >= newest_version(steps)) {
        return;
    }
    WriteTransaction transaction(database);
    const int found = version_of(database);
    for (const Migration& step : steps) {
        if (step.version > found) {
            database.exec(step.sql);
        }
    }
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.exec("PRAGMA user_version = " + std::to_string(newest_version(steps)));
    transaction.commit();
}

bool back_up_before_migration(SQLite::Database& database, const std::filesystem::path& file,
                              std::span<const Migration> steps) {
    const int found = version_of(database);
    if (found == 0 || found >= newest_version(steps)) {
        return false;
    }
    const std::filesystem::path copy = file.string() + ".version-" + std::to_string(found);
    const std::filesystem::path partial = copy.string() + ".partial";
    std::filesystem::remove(partial);
    {
        SQLite::Database target(partial.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup(target, database).executeStep(-1);
    }
    std::filesystem::rename(partial, copy);
    return true;
}

}  // namespace altiplano::storage
