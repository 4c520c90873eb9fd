// The decisions at opening, in order: is it there, can it be written, whose is it, is it whole, is it up to date.
#include "storage/opening.h"

#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "storage/answer_stream.h"
#include "storage/database.h"

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

OpenedDatabase open_for_reading(const fs::path& file, std::span<const Migration> steps) {
    std::error_code failure;
    const auto log_size = fs::file_size(file.string() + "-wal", failure);
    const bool log_is_empty = failure || log_size == 0;
    const bool locks = may_write(folder_of(file)) || !log_is_empty;
    OpenedDatabase opened{open_connection(file, locks ? Access::Read : Access::Unlocked), {}, false};
    opened.report.kind = OpenReport::Kind::ReadOnly;
    opened.report.message = file.string() +
                            " cannot be written: the file or its folder is read-only. Conversations "
                            "can be read but not changed.";
    const std::int64_t found = query_integer(opened.database, "PRAGMA user_version");
    if (found > newest_version(steps)) {
        opened.report.kind = OpenReport::Kind::NewerVersion;
        opened.report.message = newer_version_text(file, found, newest_version(steps));
    }
    return opened;
}

OpenedDatabase open_for_writing(const fs::path& file, std::span<const Migration> steps) {
    OpenedDatabase opened{open_connection(file, Access::ReadWrite), {}, true};
    const std::int64_t found = query_integer(opened.database, "PRAGMA user_version");
    if (found > newest_version(steps)) {
        return open_for_reading(file, steps);
    }
    back_up_before_migration(opened.database, file, steps);
    migrate(opened.database, steps);
    WriteTransaction transaction(opened.database);
    opened.report.interrupted_answers = interrupt_streaming(opened.database);
    transaction.commit();
    return opened;
}

}  // namespace

OpenedDatabase open_database(const fs::path& file, const Clock&, std::span<const Migration> steps) {
    try {
        return attempt(file, kAttempt, [&] {
            if (!fs::exists(file)) {
                create_database(file, steps);
            }
            const bool writable = may_write(file) && may_write(folder_of(file));
            return writable ? open_for_writing(file, steps) : open_for_reading(file, steps);
        });
    } catch (const fs::filesystem_error& failure) {
        throw Error(ErrorKind::Io, "Cannot " + std::string(kAttempt) + ": " + failure.what());
    }
}

}  // namespace altiplano::storage
