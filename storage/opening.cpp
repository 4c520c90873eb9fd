// The decisions at opening, in order: is it there, can it be written, whose is it, is it whole, is it up to date.
#include "storage/opening.h"

#include <optional>
#include <sqlite3.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "storage/answer_stream.h"
#include "storage/database.h"
#include "storage/recovery.h"

namespace altiplano::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAttempt = "open the conversations";

bool may_write(const fs::path& path) {
    return ::access(path.c_str(), W_OK) == 0;
}

fs::path folder_of(const fs::path& file) {
    return fs::absolute(file).parent_path();
}

/// Written beside the place and renamed, so that a crash leaves no half-made file under the real name.
void create_database(const fs::path& file, std::span<const Migration> steps) {
    std::error_code failure;
    fs::create_directories(folder_of(file), failure);
    if (!may_write(folder_of(file))) {
        throw Error(ErrorKind::ReadOnly, "Cannot create " + file.string() + ": the folder cannot be written");
    }
    const fs::path fresh = file.string() + ".new";
    for (const char* ending : {"", "-wal", "-shm"}) {
        fs::remove(fresh.string() + ending);
    }
    {
        SQLite::Database database = create_connection(fresh);
        migrate(database, steps);
    }
    fs::rename(fresh, file);
}

std::string newer_version_text(const fs::path& file, std::int64_t found, int known) {
    return file.string() + " was written by a newer Altiplano (format " + std::to_string(found) +
           "; this one knows format " + std::to_string(known) +
           "). Conversations can be read but not changed; install the newer program to go on.";
}

std::optional<std::int64_t> newer_version(const SQLite::Database& database, std::span<const Migration> steps) {
    if (query_integer(database, "PRAGMA application_id") != kApplicationId) {
        return std::nullopt;  // not ours, or its header is damaged
    }
    const std::int64_t found = query_integer(database, "PRAGMA user_version");
    return found > newest_version(steps) ? std::optional(found) : std::nullopt;
}

/// Closing a damaged database must not write the log into it.
void keep_log_on_close(SQLite::Database& database, bool keep) {
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

bool log_is_empty(const fs::path& file) {
    std::error_code failure;
    const auto log_size = fs::file_size(file.string() + "-wal", failure);
    return failure || log_size == 0;
}

OpenedDatabase open_for_reading(const fs::path& file, std::span<const Migration> steps) {
    const bool locks = may_write(folder_of(file)) || !log_is_empty(file);
    OpenedDatabase opened{open_connection(file, locks ? Access::Read : Access::Unlocked), {}, false};
    opened.report.kind = OpenReport::Kind::ReadOnly;
    opened.report.message = file.string() +
                            " cannot be written: the file or its folder is read-only. Conversations "
                            "can be read but not changed.";
    if (const auto newer = newer_version(opened.database, steps)) {
        opened.report.kind = OpenReport::Kind::NewerVersion;
        opened.report.message = newer_version_text(file, *newer, newest_version(steps));
    }
    return opened;
}

/// Not even the few pages that SQLite needs beside the file can be written.
OpenedDatabase open_on_full_disk(const fs::path& file, std::span<const Migration> steps) {
    OpenedDatabase opened{open_connection(file, Access::Unlocked), {}, false};
    if (query_integer(opened.database, "PRAGMA user_version") != newest_version(steps)) {
        throw Error(ErrorKind::Full, "Cannot open " + file.string() + ": the disk is full. Free some space first");
    }
    opened.report.kind = OpenReport::Kind::ReadOnly;
    opened.report.message = "The disk that holds " + file.string() +
                            " is full. Conversations can be read but not "
                            "changed; free some space and start the program again.";
    return opened;
}

OpenedDatabase repair_after_crash(OpenedDatabase opened) {
    WriteTransaction transaction(opened.database);
    opened.report.interrupted_answers = interrupt_streaming(opened.database);
    transaction.commit();
    return opened;
}

/// A connection to a file that is whole, of any version; nothing where it is damaged, with the reason in why.
std::optional<SQLite::Database> open_if_whole(const fs::path& file, std::span<const Migration> steps,
                                              std::string& why) {
    try {
        SQLite::Database database = open_connection(file, Access::ReadWrite);
        keep_log_on_close(database, true);
        const std::optional<std::string> found = newer_version(database, steps) ? std::nullopt : damage(database);
        if (!found) {
            return database;
        }
        why = *found;
    } catch (const SQLite::Exception& failure) {
        if (!means_damage(failure)) {
            throw;
        }
        why = failure.what();
    }
    return std::nullopt;
}

OpenedDatabase bring_up_to_date(SQLite::Database database, const fs::path& file, std::span<const Migration> steps) {
    if (newer_version(database, steps)) {
        return open_for_reading(file, steps);
    }
    keep_log_on_close(database, false);
    database.exec("PRAGMA journal_mode = WAL");
    back_up_before_migration(database, file, steps);
    migrate(database, steps);
    return repair_after_crash({std::move(database), {}, true});
}

std::string recovered_text(const fs::path& file, const Recovery& recovery, const std::string& why) {
    const std::string source =
        recovery.source == file ? "could still be read" : "were taken from the backup " + recovery.source.string();
    return file.string() + " was damaged (" + why + "). " + std::to_string(recovery.conversations) +
           " conversations with " + std::to_string(recovery.messages) + " messages " + source +
           "; the damaged file is kept as " + recovery.kept_original.string() + ".";
}

OpenedDatabase open_for_writing(const fs::path& file, const Clock& clock, std::span<const Migration> steps) {
    std::string why;
    if (std::optional<SQLite::Database> whole = open_if_whole(file, steps, why)) {
        return bring_up_to_date(std::move(*whole), file, steps);
    }
    const Recovery recovery = recover(file, clock(), steps);
    std::string still_wrong;
    std::optional<SQLite::Database> whole = open_if_whole(file, steps, still_wrong);
    if (!whole) {
        throw Error(ErrorKind::Corrupt, file.string() + " was damaged (" + why + ") and so is what was recovered (" +
                                            still_wrong + "): the disk may be failing. The original is kept as " +
                                            recovery.kept_original.string());
    }
    OpenedDatabase opened = bring_up_to_date(std::move(*whole), file, steps);
    opened.report.kind = OpenReport::Kind::Recovered;
    opened.report.message = recovered_text(file, recovery, why);
    opened.report.kept_original = recovery.kept_original;
    return opened;
}

}  // namespace

OpenedDatabase open_database(const fs::path& file, const Clock& clock, std::span<const Migration> steps) {
    return attempt(file, kAttempt, [&] {
        finish_interrupted_recovery(file);
        if (!fs::exists(file)) {
            create_database(file, steps);
        }
        if (!may_write(file) || !may_write(folder_of(file))) {
            return open_for_reading(file, steps);
        }
        try {
            return open_for_writing(file, clock, steps);
        } catch (const SQLite::Exception& failure) {
            if (error_from(failure, file, kAttempt).kind() != ErrorKind::Full || !log_is_empty(file)) {
                throw;
            }
            return open_on_full_disk(file, steps);
        }
    });
}

}  // namespace altiplano::storage
