// The messages of a conversation as a tree: reading branches, moving between siblings, adding rows.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/records.h"

namespace altiplano::storage {

struct NewMessage {
    ConversationId conversation_id = 0;
    std::optional<MessageId> parent_id;
    Role role = Role::User;
    std::string_view text;
    std::int64_t created_ms = 0;
};

/// Stores the row and makes it the active leaf. The caller indexes its text.
MessageId add_message(SQLite::Database& database, const NewMessage& message);

/// One message with its answer, chunks of a streaming one included. Throws NotFound.
Message read_message(const SQLite::Database& database, MessageId id);

/// The path from the root down to leaf. Any length: one walk along the primary key.
std::vector<Message> read_branch(const SQLite::Database& database, MessageId leaf);

std::vector<MessageId> read_siblings(const SQLite::Database& database, const Message& message);

/// Follows the newest child from message down to a leaf.
MessageId newest_descendant(const SQLite::Database& database, const Message& message);

void set_active_leaf(SQLite::Database& database, ConversationId conversation, MessageId leaf);

}  // namespace altiplano::storage
