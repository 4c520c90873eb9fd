// One SELECT gives whole messages; which ones, a recursive walk over ids says.
#include "storage/message_tree.h"

#include "storage/database.h"

namespace altiplano::storage {
namespace {

// Ids only grow, also down a branch: ORDER BY id is root first, and the walk ends whatever a damaged file holds.
constexpr const char* kBranch =
    "WITH RECURSIVE path (id, parent_id) AS ("
    "  SELECT id, parent_id FROM message WHERE id = ?1"
    "  UNION ALL SELECT m.id, m.parent_id FROM path JOIN message AS m ON m.id = path.parent_id AND m.id < path.id"
    "  AND m.id >= ?2)"
    " SELECT m.id, m.conversation_id, m.parent_id, m.role, m.text, m.created_ms,"
    " (SELECT COUNT(*) FROM message AS s WHERE s.conversation_id = m.conversation_id AND s.parent_id IS m.parent_id"
    "   AND s.id < m.id),"
    " (SELECT COUNT(*) FROM message AS s WHERE s.conversation_id = m.conversation_id AND s.parent_id IS m.parent_id),"
    " g.state, g.stop_reason, g.error_text, g.prompt_tokens, g.reused_tokens, g.generated_tokens, g.prefill_ms,"
    " g.first_token_ms, g.generate_ms, g.seed, p.model_name, p.model_fingerprint, p.engine_version,"
    " p.device_placement, p.parameters_json"
    " FROM path JOIN message AS m ON m.id = path.id"
    " LEFT JOIN generation AS g ON g.id = (SELECT MAX(n.id) FROM generation AS n WHERE n.message_id = m.id)"
    " LEFT JOIN provenance AS p ON p.id = g.provenance_id"
    " ORDER BY m.id";

Answer read_answer(SQLite::Statement& row) {
    Answer answer;
    Outcome& outcome = answer.outcome;
    outcome.state = static_cast<AnswerState>(row.getColumn(8).getInt());
    outcome.stop_reason = static_cast<StopReason>(row.getColumn(9).getInt());
    outcome.error_text = row.getColumn(10).getString();
    outcome.prompt_tokens = row.getColumn(11).getInt();
    outcome.reused_tokens = row.getColumn(12).getInt();
    outcome.generated_tokens = row.getColumn(13).getInt();
    outcome.prefill_ms = row.getColumn(14).getInt64();
    outcome.first_token_ms = row.getColumn(15).getInt64();
    outcome.generate_ms = row.getColumn(16).getInt64();
    Provenance& provenance = answer.provenance;
    provenance.seed = static_cast<std::uint64_t>(row.getColumn(17).getInt64());
    provenance.model_name = row.getColumn(18).getString();
    provenance.model_fingerprint = row.getColumn(19).getString();
    provenance.engine_version = row.getColumn(20).getString();
    provenance.device_placement = row.getColumn(21).getString();
    provenance.parameters_json = row.getColumn(22).getString();
    return answer;
}

void append_chunks(const SQLite::Database& database, Message& message) {
    SQLite::Statement chunks(database, "SELECT text FROM chunk WHERE message_id = ? ORDER BY id");
    chunks.bind(1, message.id);
    while (chunks.executeStep()) {
        message.text += chunks.getColumn(0).getString();
    }
}

Message read_row(const SQLite::Database& database, SQLite::Statement& row) {
    Message message;
    message.id = row.getColumn(0).getInt64();
    message.conversation_id = row.getColumn(1).getInt64();
    message.parent_id = optional_integer(row, 2);
    message.role = static_cast<Role>(row.getColumn(3).getInt());
    message.text = row.getColumn(4).getString();
    message.created_ms = row.getColumn(5).getInt64();
    message.sibling_index = row.getColumn(6).getInt();
    message.sibling_count = row.getColumn(7).getInt();
    if (!row.getColumn(8).isNull()) {
        message.answer = read_answer(row);
        if (message.answer->outcome.state == AnswerState::Streaming) {
            append_chunks(database, message);
        }
    }
    return message;
}

/// The part of the path to leaf that begins at first.
std::vector<Message> read_path(const SQLite::Database& database, MessageId leaf, MessageId first) {
    SQLite::Statement rows(database, kBranch);
    rows.bind(1, leaf);
    rows.bind(2, first);
    std::vector<Message> messages;
    while (rows.executeStep()) {
        messages.push_back(read_row(database, rows));
    }
    return messages;
}

}  // namespace

MessageId add_message(SQLite::Database& database, const NewMessage& message) {
    SQLite::Statement insert(database,
                             "INSERT INTO message (conversation_id, parent_id, role, created_ms, text)"
                             " VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, message.conversation_id);
    bind_optional(insert, 2, message.parent_id);
    insert.bind(3, static_cast<int>(message.role));
    insert.bind(4, message.created_ms);
    insert.bind(5, std::string(message.text));
    insert.exec();
    const MessageId id = database.getLastInsertRowid();
    set_active_leaf(database, message.conversation_id, id);
    return id;
}

Message read_message(const SQLite::Database& database, MessageId id) {
    std::vector<Message> found = read_path(database, id, id);
    if (found.empty()) {
        throw Error(ErrorKind::NotFound, "There is no message " + std::to_string(id));
    }
    return std::move(found.front());
}

std::vector<Message> read_branch(const SQLite::Database& database, MessageId leaf) {
    return read_path(database, leaf, 0);
}

std::vector<MessageId> read_siblings(const SQLite::Database& database, const Message& message) {
    SQLite::Statement rows(database, "SELECT id FROM message WHERE conversation_id = ? AND parent_id IS ? ORDER BY id");
    rows.bind(1, message.conversation_id);
    bind_optional(rows, 2, message.parent_id);
    std::vector<MessageId> siblings;
    while (rows.executeStep()) {
        siblings.push_back(rows.getColumn(0).getInt64());
    }
    return siblings;
}

MessageId newest_descendant(const SQLite::Database& database, const Message& message) {
    SQLite::Statement newest_child(database, "SELECT MAX(id) FROM message WHERE conversation_id = ? AND parent_id = ?");
    MessageId leaf = message.id;
    while (true) {
        newest_child.reset();
        newest_child.bind(1, message.conversation_id);
        newest_child.bind(2, leaf);
        newest_child.executeStep();
        const std::optional<MessageId> child = optional_integer(newest_child, 0);
        if (!child) {
            return leaf;
        }
        leaf = *child;
    }
}

void set_active_leaf(SQLite::Database& database, ConversationId conversation, MessageId leaf) {
    SQLite::Statement update(database, "UPDATE conversation SET active_leaf_id = ? WHERE id = ?");
    update.bind(1, leaf);
    update.bind(2, conversation);
    update.exec();
}

}  // namespace altiplano::storage
