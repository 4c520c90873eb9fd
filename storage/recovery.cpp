// Rows are told apart by their shape: no two tables have the same number and types of columns (a test checks it).
#include "storage/recovery.h"

#include <ctime>
#include <sqlite3.h>
#include <string>
#include <vector>

#include "storage/backup.h"
#include "storage/database.h"
#include "storage/recovered_tree.h"
#include "storage/row_salvage.h"
#include "storage/search_index.h"
#include "storage/table_shape.h"

namespace altiplano::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHelperEndings[] = {"", "-wal", "-shm"};

fs::path with_ending(const fs::path& file, const char* ending) {
    return file.string() + ending;
}

void remove_with_helpers(const fs::path& file) {
    for (const char* ending : kHelperEndings) {
        fs::remove(with_ending(file, ending));
    }
}

/// FILE.corrupt-20261123-091500, or with a number where that is taken.
fs::path name_for_damaged(const fs::path& file, std::int64_t now_ms) {
    const std::time_t seconds = now_ms / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char date[32];
    std::strftime(date, sizeof date, ".corrupt-%Y%m%d-%H%M%S", &utc);
    fs::path name = file.string() + date;
    for (int i = 2; fs::exists(name); ++i) {
        name = file.string() + date + "-" + std::to_string(i);
    }
    return name;
}

void copy_rows(const fs::path& from, SQLite::Database& target) {
    DatabasePages pages(from);
    std::vector<TableShape> tables = table_shapes(target);
    for_each_salvaged_row(pages, [&tables](const SalvagedRow& row) {
        for (TableShape& table : tables) {
            if (table.fits(row)) {
                table.insert(row);
                return;
            }
        }
    });
}

/// Fills target from the readable rows of a file; false where there is no conversation and no message among them.
bool fill(SQLite::Database& target, const fs::path& from) {
    target.exec("PRAGMA foreign_keys = OFF");
    {
        WriteTransaction transaction(target);
        copy_rows(from, target);
        repair_tree(target);
        rebuild_search_index(target);
        transaction.commit();
    }
    target.exec("PRAGMA foreign_keys = ON");
    return query_integer(target, "SELECT EXISTS (SELECT 1 FROM message)") != 0 ||
           query_integer(target, "SELECT EXISTS (SELECT 1 FROM conversation)") != 0;
}

void move_aside(const fs::path& file, const fs::path& kept) {
    fs::remove(with_ending(file, "-shm"));  // holds nothing that -wal does not
    if (fs::exists(with_ending(file, "-wal"))) {
        fs::rename(with_ending(file, "-wal"), with_ending(kept, "-wal"));
    }
    fs::rename(file, kept);
}

}  // namespace

bool means_damage(const SQLite::Exception& failure) {
    const int code = failure.getErrorCode() & 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;  // the last: a schema out of shape
}

std::optional<std::string> damage(const SQLite::Database& database) {
    try {
        if (sqlite3_db_readonly(database.getHandle(), "main") != 0) {
            return "its header has an unknown format";
        }
        if (query_integer(database, "PRAGMA application_id") != kApplicationId) {
            return "it does not begin like a database of Altiplano";
        }
        SQLite::Statement check(database, "PRAGMA quick_check(1)");
        const std::string found = check.executeStep() ? check.getColumn(0).getString() : "nothing";
        if (found != "ok") {
            return found;
        }
        for (const char* table :
             {"conversation", "message", "provenance", "generation", "chunk", "message_search", "title_search"}) {
            SQLite::Statement(database, "SELECT 1 FROM " + std::string(table) + " LIMIT 1").executeStep();
        }
        return std::nullopt;
    } catch (const SQLite::Exception& failure) {
        if (means_damage(failure)) {
            return failure.what();
        }
        throw;
    }
}

Recovery recover(const fs::path& file, std::int64_t now_ms, std::span<const Migration> steps) {
    const fs::path building = file.string() + ".recovering";
    const fs::path finished = file.string() + ".recovered";
    Recovery result{name_for_damaged(file, now_ms), file, 0, 0};
    remove_with_helpers(building);
    {
        SQLite::Database target = create_connection(building);
        migrate(target, steps);
        const std::optional<fs::path> backup = newest_backup(backup_folder_of(file), file);
        if (!fill(target, file) && backup) {
            fill(target, *backup);
            result.source = *backup;
        }
        result.conversations = static_cast<int>(query_integer(target, "SELECT COUNT(*) FROM conversation"));
        result.messages = static_cast<int>(query_integer(target, "SELECT COUNT(*) FROM message"));
    }
    fs::rename(building, finished);
    move_aside(file, result.kept_original);
    fs::rename(finished, file);
    return result;
}

void finish_interrupted_recovery(const fs::path& file) {
    const fs::path finished = file.string() + ".recovered";
    if (!fs::exists(file) && fs::exists(finished)) {
        fs::rename(finished, file);
    }
}

}  // namespace altiplano::storage
