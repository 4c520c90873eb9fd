// Plain statements over the conversation table.
#include "storage/conversation_table.h"

#include <string>

#include "storage/database.h"
#include "storage/search_index.h"

namespace altiplano::storage {
namespace {

constexpr const char* kColumns =
    "SELECT id, title, created_ms, updated_ms, pinned, date_header, system_prompt, parameters_json, draft,"
    " first_question, active_leaf_id FROM conversation ";

Conversation read_row(SQLite::Statement& row) {
    Conversation conversation;
    conversation.id = row.getColumn(0).getInt64();
    conversation.title = row.getColumn(1).getString();
    conversation.created_ms = row.getColumn(2).getInt64();
    conversation.updated_ms = row.getColumn(3).getInt64();
    conversation.pinned = row.getColumn(4).getInt() != 0;
    conversation.date_header = row.getColumn(5).getString();
    conversation.system_prompt = row.getColumn(6).getString();
    conversation.parameters_json = row.getColumn(7).getString();
    conversation.draft = row.getColumn(8).getString();
    conversation.first_question = row.getColumn(9).getString();
    conversation.active_leaf = optional_integer(row, 10);
    return conversation;
}

/// Runs an UPDATE of one row.
void update_row(SQLite::Statement& update, ConversationId id) {
    if (update.exec() == 0) {
        throw Error(ErrorKind::NotFound, "There is no conversation " + std::to_string(id));
    }
}

std::int64_t next_sequence(const SQLite::Database& database) {
    return query_integer(database, "SELECT COALESCE(MAX(update_sequence), 0) + 1 FROM conversation");
}

const char* update_statement(TextColumn column) {
    switch (column) {
        case TextColumn::Title:
            return "UPDATE conversation SET title = ? WHERE id = ?";
        case TextColumn::Draft:
            return "UPDATE conversation SET draft = ? WHERE id = ?";
        case TextColumn::SystemPrompt:
            return "UPDATE conversation SET system_prompt = ? WHERE id = ?";
        case TextColumn::Parameters:
            return "UPDATE conversation SET parameters_json = ? WHERE id = ?";
        case TextColumn::FirstQuestion:
            break;
    }
    return "UPDATE conversation SET first_question = ? WHERE id = ?";
}

void run_for(SQLite::Database& database, const char* sql, ConversationId id) {
    SQLite::Statement statement(database, sql);
    statement.bind(1, id);
    statement.exec();
}

void erase(SQLite::Database& database, const Conversation& conversation) {
    SQLite::Statement messages(database,  // what still streams is not in the index
                               "SELECT id, text FROM message WHERE conversation_id = ? AND NOT EXISTS (SELECT 1"
                               " FROM generation AS g WHERE g.message_id = message.id AND g.state = 1) ORDER BY id");
    messages.bind(1, conversation.id);
    while (messages.executeStep()) {
        unindex_message(database, messages.getColumn(0).getInt64(), messages.getColumn(1).getString());
    }
    messages.reset();
    unindex_title(database, conversation.id, conversation.title);
    run_for(database, "UPDATE conversation SET active_leaf_id = NULL WHERE id = ?", conversation.id);
    run_for(database, "DELETE FROM message WHERE conversation_id = ?", conversation.id);
    run_for(database, "DELETE FROM conversation WHERE id = ?", conversation.id);
}

}  // namespace

std::vector<Conversation> list_conversations(const SQLite::Database& database, int limit, int offset) {
    SQLite::Statement rows(database, std::string(kColumns) +
                                         "WHERE trashed_ms IS NULL ORDER BY pinned DESC, update_sequence DESC"
                                         " LIMIT ? OFFSET ?");
    rows.bind(1, limit);
    rows.bind(2, offset);
    std::vector<Conversation> conversations;
    while (rows.executeStep()) {
        conversations.push_back(read_row(rows));
    }
    return conversations;
}

Conversation read_conversation(const SQLite::Database& database, ConversationId id) {
    SQLite::Statement row(database, std::string(kColumns) + "WHERE id = ?");
    row.bind(1, id);
    if (!row.executeStep()) {
        throw Error(ErrorKind::NotFound, "There is no conversation " + std::to_string(id));
    }
    return read_row(row);
}

bool is_listed(const SQLite::Database& database, ConversationId id) {
    SQLite::Statement row(database, "SELECT 1 FROM conversation WHERE id = ? AND trashed_ms IS NULL");
    row.bind(1, id);
    return row.executeStep();
}

ConversationId add_conversation(SQLite::Database& database, const Conversation& conversation) {
    SQLite::Statement insert(database,
                             "INSERT INTO conversation (update_sequence, created_ms, updated_ms, pinned, title,"
                             " first_question, date_header, system_prompt, parameters_json, draft)"
                             " VALUES (?, ?, ?, 0, '', '', ?, ?, ?, '')");
    insert.bind(1, next_sequence(database));
    insert.bind(2, conversation.created_ms);
    insert.bind(3, conversation.created_ms);
    insert.bind(4, conversation.date_header);
    insert.bind(5, conversation.system_prompt);
    insert.bind(6, conversation.parameters_json);
    insert.exec();
    return database.getLastInsertRowid();
}

void set_text(SQLite::Database& database, ConversationId id, TextColumn column, std::string_view text) {
    SQLite::Statement update(database, update_statement(column));
    update.bind(1, std::string(text));
    update.bind(2, id);
    update_row(update, id);
}

void set_pinned(SQLite::Database& database, ConversationId id, bool pinned) {
    SQLite::Statement update(database, "UPDATE conversation SET pinned = ? WHERE id = ?");
    update.bind(1, pinned ? 1 : 0);
    update.bind(2, id);
    update_row(update, id);
}

void touch(SQLite::Database& database, ConversationId id, std::int64_t now_ms) {
    SQLite::Statement update(database, "UPDATE conversation SET update_sequence = ?, updated_ms = ? WHERE id = ?");
    update.bind(1, next_sequence(database));
    update.bind(2, now_ms);
    update.bind(3, id);
    update_row(update, id);
}

void set_trashed(SQLite::Database& database, ConversationId id, std::optional<std::int64_t> trashed_ms) {
    SQLite::Statement update(database, "UPDATE conversation SET trashed_ms = ? WHERE id = ?");
    bind_optional(update, 1, trashed_ms);
    update.bind(2, id);
    update_row(update, id);
}

int erase_trashed(SQLite::Database& database, std::int64_t latest_ms) {
    std::vector<Conversation> found;
    SQLite::Statement rows(database,
                           std::string(kColumns) + "WHERE trashed_ms IS NOT NULL AND trashed_ms <= ? ORDER BY id");
    rows.bind(1, latest_ms);
    while (rows.executeStep()) {
        found.push_back(read_row(rows));
    }
    rows.reset();
    for (const Conversation& conversation : found) {
        erase(database, conversation);
    }
    if (!found.empty()) {
        purge_search_index(database);
    }
    return static_cast<int>(found.size());
}

}  // namespace altiplano::storage
