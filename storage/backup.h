// Daily copies of the database, made a little at a time on the storage thread.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace altiplano::storage {

/// Where the copies of a database are kept unless the caller wants them elsewhere: "backups" beside it.
std::filesystem::path backup_folder_of(const std::filesystem::path& database_file);

/// The newest finished copy of that database, if there is one.
std::optional<std::filesystem::path> newest_backup(const std::filesystem::path& folder,
                                                   const std::filesystem::path& database_file);

/// One copy under way. What is written meanwhile through the same connection is in it.
class Backup {
public:
    /// Begins the copy of this day; nothing where it is there already. Throws SQLite::Exception, filesystem_error.
    static std::unique_ptr<Backup> begin(SQLite::Database& database, const std::filesystem::path& folder,
                                         const std::filesystem::path& database_file, std::int64_t now_ms);
    ~Backup();

    /// Copies the next part, a few milliseconds' worth. The last call checks the copy, gives it its name and deletes
    /// all but the newest three; it returns false. Throws SQLite::Exception, filesystem_error.
    bool step();

private:
    struct State;
    void check_and_close();
    explicit Backup(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace altiplano::storage
