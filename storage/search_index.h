// Full-text index over messages and titles. Changes run inside the caller's transaction.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <string_view>
#include <vector>

#include "storage/records.h"

namespace altiplano::storage {

void index_message(SQLite::Database& database, MessageId id, std::string_view text);
/// text: exactly what was indexed before.
void unindex_message(SQLite::Database& database, MessageId id, std::string_view text);
void index_title(SQLite::Database& database, ConversationId id, std::string_view title);
void unindex_title(SQLite::Database& database, ConversationId id, std::string_view title);

/// Rewrites both indexes without the words of erased messages, which they hold until then.
void purge_search_index(SQLite::Database& database);

/// Builds both indexes anew from the tables; answers that stream are left for their end.
void rebuild_search_index(SQLite::Database& database);

/// See ConversationStore::search.
std::vector<SearchHit> search(const SQLite::Database& database, std::string_view words, int limit);

}  // namespace altiplano::storage
