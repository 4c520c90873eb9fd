// A damaged database is kept under another name; its readable rows go into a new one.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "storage/migrations.h"

namespace altiplano::storage {

struct Recovery {
    std::filesystem::path kept_original;
    std::filesystem::path source;  ///< the damaged file itself, or the backup taken where nothing in it was readable
    int conversations = 0;
    int messages = 0;
};

/// Why the open database cannot be trusted, or nothing where it is sound. Reads all of the file.
std::optional<std::string> damage(const SQLite::Database& database);

/// Whether this failure of a read says that the file is damaged, not that the disk or another program is in the way.
bool means_damage(const SQLite::Exception& failure);

/// Puts a new database with all readable rows in the place of file, which becomes FILE.corrupt-DATE. A crash at any
/// point leaves either file to start from. Throws SQLite::Exception and filesystem_error; file is in its place then.
Recovery recover(const std::filesystem::path& file, std::int64_t now_ms, std::span<const Migration> steps);

/// Finishes what a crash between the two renames of recover() left.
void finish_interrupted_recovery(const std::filesystem::path& file);

}  // namespace altiplano::storage
