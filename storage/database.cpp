// Opening with SQLite's settings for hostile files, and the translation of its error codes.
#include "storage/database.h"

#include <cctype>
#include <cerrno>
#include <sqlite3.h>

namespace altiplano::storage {
namespace {

/// SQLite reads names as URIs here: everything but plain characters is escaped.
std::string uri(const std::filesystem::path& file, std::string_view parameters) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string result = "file:";
    for (const char character : std::filesystem::absolute(file).string()) {
        const auto byte = static_cast<unsigned char>(character);
        if (std::isalnum(byte) || character == '/' || character == '.' || character == '_' || character == '-') {
            result += character;
        } else {
            result += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return result.append(parameters);
}

void apply_settings(SQLite::Database& database) {
    sqlite3_extended_result_codes(database.getHandle(), 1);
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    database.exec(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;"
        "PRAGMA journal_size_limit = 16777216;");
}

bool disk_is_full(int code, int system_error) {
    return code == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE ||
           ((code & 0xff) == SQLITE_IOERR && (system_error == ENOSPC || system_error == EDQUOT));
}

ErrorKind kind_of(int extended_code) {
    switch (extended_code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorKind::Busy;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return ErrorKind::ReadOnly;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorKind::Corrupt;
        default:
            return ErrorKind::Io;
    }
}

const char* advice(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Full:
            return "the disk is full. Nothing stored is lost; free some space and try again";
        case ErrorKind::Busy:
            return "another program holds it. Close that program and try again";
        case ErrorKind::ReadOnly:
            return "it cannot be written. Check the permissions of the file and its folder";
        case ErrorKind::Corrupt:
            return "it is damaged. Restart the program: what can be read will be recovered and the file is kept";
        default:
            return nullptr;
    }
}

}  // namespace

SQLite::Database open_connection(const std::filesystem::path& file, Access access) {
    const int flags = access == Access::ReadWrite ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
    SQLite::Database database(uri(file, access == Access::Unlocked ? "?immutable=1" : ""), flags | SQLite::OPEN_URI,
                              kBusyTimeoutMs);
    apply_settings(database);
    return database;
}

SQLite::Database create_connection(const std::filesystem::path& file) {
    SQLite::Database database(uri(file, ""), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI,
                              kBusyTimeoutMs);
    database.exec("PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE; PRAGMA journal_mode = WAL;");
    apply_settings(database);
    return database;
}

Error error_from(const SQLite::Exception& failure, const std::filesystem::path& file, std::string_view attempted) {
    // A commit that finds the disk full may report the rollback that followed; the text still says what it was.
    const int code = failure.getExtendedErrorCode() > 0 ? failure.getExtendedErrorCode() : failure.getErrorCode();
    const ErrorKind kind = disk_is_full(code, errno) ? ErrorKind::Full : kind_of(code);
    const std::string reason = advice(kind) ? advice(kind) : failure.what();
    return Error(kind, "Cannot " + std::string(attempted) + " in " + file.string() + ": " + reason + " (SQLite " +
                           std::to_string(code) + (advice(kind) ? std::string(": ") + failure.what() : "") + ")");
}

Error error_from(const std::filesystem::filesystem_error& failure, std::string_view attempted) {
    const std::error_code code = failure.code();
    const bool no_right = code == std::errc::permission_denied || code == std::errc::operation_not_permitted ||
                          code == std::errc::read_only_file_system;
    const ErrorKind kind = code == std::errc::no_space_on_device ? ErrorKind::Full
                           : no_right                            ? ErrorKind::ReadOnly
                                                                 : ErrorKind::Io;
    return Error(kind, "Cannot " + std::string(attempted) + ": " + failure.what());
}

std::int64_t query_integer(const SQLite::Database& database, const std::string& sql) {
    SQLite::Statement statement(database, sql);
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

std::optional<std::int64_t> optional_integer(SQLite::Statement& statement, int column) {
    const SQLite::Column value = statement.getColumn(column);
    return value.isNull() ? std::nullopt : std::optional(value.getInt64());
}

void bind_optional(SQLite::Statement& statement, int index, std::optional<std::int64_t> value) {
    if (value) {
        statement.bind(index, *value);
    } else {
        statement.bind(index);
    }
}

}  // namespace altiplano::storage
