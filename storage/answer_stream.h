// The life of an answer in the database: begun, appended to, folded into one text. Runs in the caller's transaction.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <string_view>

#include "storage/records.h"

namespace altiplano::storage {

/// A new run of the engine for this answer, in state Streaming. Throws NotFound where one is still going on.
void begin_generation(SQLite::Database& database, const Message& answer, const Provenance& provenance);

/// What the running generation is written with after all. Throws NotFound where the answer is not streaming.
void change_provenance(SQLite::Database& database, MessageId answer, const Provenance& provenance);

/// Adds one chunk. Throws NotFound where the answer is not streaming.
void append_chunk(SQLite::Database& database, MessageId answer, std::string_view text);

/// Folds the chunks into the message, stores the outcome and indexes the text. Throws NotFound where the answer is
/// not streaming.
void finish_generation(SQLite::Database& database, MessageId answer, const Outcome& outcome);

/// Gives all streaming answers the state Interrupted, with all their text. Returns how many there were.
int interrupt_streaming(SQLite::Database& database);

}  // namespace altiplano::storage
