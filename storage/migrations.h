// Steps from one version of the schema to the next: numbered SQL files, embedded at build time.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <span>

namespace altiplano::storage {

struct Migration {
    int version;      ///< user_version after the step; by tens, ascending
    const char* sql;  ///< runs inside a transaction
};

/// All steps of this program, oldest first.
std::span<const Migration> embedded_migrations();

/// user_version that this program writes: that of the last step.
int newest_version(std::span<const Migration> steps);

/// Runs all missing steps in one transaction: a crash leaves the old version, whole. Throws SQLite::Exception.
void migrate(SQLite::Database& database, std::span<const Migration> steps);

/// Copies a database that has steps to come to FILE.version-N beside it, and returns true where there was need to.
/// Throws SQLite::Exception.
bool back_up_before_migration(SQLite::Database& database, const std::filesystem::path& file,
                              std::span<const Migration> steps);

}  // namespace altiplano::storage
