// The one connection to the database file: how it is opened, and how failures of SQLite become storage::Error.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/error.h"

namespace altiplano::storage {

/// "Alti" in the header of our files.
inline constexpr std::int32_t kApplicationId = 0x416C7469;
inline constexpr int kBusyTimeoutMs = 5000;

enum class Access {
    ReadWrite,
    Read,      ///< other programs may write meanwhile
    Unlocked,  ///< nobody can write: no lock and no helper file is made, so a read-only folder will do
};

/// Opens an existing file with every safety setting. Throws SQLite::Exception.
SQLite::Database open_connection(const std::filesystem::path& file, Access access);

/// Writes a new database of that name, empty but for WAL mode. Throws SQLite::Exception.
SQLite::Database create_connection(const std::filesystem::path& file);

/// Our Error for a failure of SQLite: what was attempted, on which file, why it failed.
Error error_from(const SQLite::Exception& failure, const std::filesystem::path& file, std::string_view attempted);

/// The same for a failure of the file system.
Error error_from(const std::filesystem::filesystem_error& failure, std::string_view attempted);

/// Runs action; its exceptions of SQLite and the file system leave as Error. attempted completes "Cannot ...".
template <typename Action>
decltype(auto) attempt(const std::filesystem::path& file, std::string_view attempted, Action&& action) {
    try {
        return std::forward<Action>(action)();
    } catch (const SQLite::Exception& failure) {
        throw error_from(failure, file, attempted);
    } catch (const std::filesystem::filesystem_error& failure) {
        throw error_from(failure, attempted);
    }
}

/// Starts at once as a writer, so that Busy is known before anything is done. Rolls back unless commit() is called.
class WriteTransaction {
public:
    explicit WriteTransaction(SQLite::Database& database)
        : transaction_(database, SQLite::TransactionBehavior::IMMEDIATE) {}
    void commit() { transaction_.commit(); }

private:
    SQLite::Transaction transaction_;
};

/// The number that a PRAGMA or a one-row query gives.
std::int64_t query_integer(const SQLite::Database& database, const std::string& sql);

/// A column that may be NULL.
std::optional<std::int64_t> optional_integer(SQLite::Statement& statement, int column);
void bind_optional(SQLite::Statement& statement, int index, std::optional<std::int64_t> value);

}  // namespace altiplano::storage
