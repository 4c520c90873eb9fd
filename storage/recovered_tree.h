// Makes a whole message tree of rows some of which are lost.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace altiplano::storage {

/// Every message gets a conversation and a parent again, every answer a generation; what belongs to nothing goes.
/// Afterwards no foreign key is broken. Runs in the caller's transaction, with foreign keys off.
void repair_tree(SQLite::Database& database);

}  // namespace altiplano::storage
