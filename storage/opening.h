// How a database file becomes an open connection: created, migrated, repaired, or at least readable.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <span>

#include "storage/conversation_store.h"
#include "storage/migrations.h"

namespace altiplano::storage {

struct OpenedDatabase {
    SQLite::Database database;
    OpenReport report;
    bool writable = true;
};

/// See ConversationStore::open. steps: the migrations known, in tests other ones. Throws Error.
OpenedDatabase open_database(const std::filesystem::path& file, const Clock& clock, std::span<const Migration> steps);

}  // namespace altiplano::storage
