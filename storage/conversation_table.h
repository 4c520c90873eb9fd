// The rows of the list at the left: conversations, their settings, the trash. Runs in the caller's transaction.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/records.h"

namespace altiplano::storage {

std::vector<Conversation> list_conversations(const SQLite::Database& database, int limit, int offset);

/// Also one in the trash. Throws NotFound.
Conversation read_conversation(const SQLite::Database& database, ConversationId id);

/// Whether the conversation is there and not in the trash.
bool is_listed(const SQLite::Database& database, ConversationId id);

/// Stores a row from the fields that a new conversation has and returns its id.
ConversationId add_conversation(SQLite::Database& database, const Conversation& conversation);

/// Sets one text column, which is one of our constants. Throws NotFound.
enum class TextColumn { Title, Draft, SystemPrompt, Parameters, FirstQuestion };
void set_text(SQLite::Database& database, ConversationId id, TextColumn column, std::string_view text);

/// Throws NotFound.
void set_pinned(SQLite::Database& database, ConversationId id, bool pinned);

/// Puts the conversation at the head of the list. Throws NotFound.
void touch(SQLite::Database& database, ConversationId id, std::int64_t now_ms);

/// Into the trash at this time, or out of it. Throws NotFound.
void set_trashed(SQLite::Database& database, ConversationId id, std::optional<std::int64_t> trashed_ms);

/// Erases conversations trashed at or before this time, with all that belongs to them. Returns how many.
int erase_trashed(SQLite::Database& database, std::int64_t latest_ms);

}  // namespace altiplano::storage
