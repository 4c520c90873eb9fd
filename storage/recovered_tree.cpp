// The steps in order: owners first, then what refers to them.
#include "storage/recovered_tree.h"

namespace altiplano::storage {
namespace {

constexpr const char* kSteps[] = {
    // A conversation for messages that lost theirs; the title says so.
    "INSERT INTO conversation (id, update_sequence, created_ms, updated_ms, pinned, title, first_question,"
    " date_header, system_prompt, parameters_json, draft)"
    " SELECT m.conversation_id, (SELECT COALESCE(MAX(update_sequence), 0) FROM conversation) + m.conversation_id,"
    " MIN(m.created_ms), MAX(m.created_ms), 0, 'Recovered conversation ' || m.conversation_id, '', '', '', '', ''"
    " FROM message AS m WHERE NOT EXISTS (SELECT 1 FROM conversation AS c WHERE c.id = m.conversation_id)"
    " GROUP BY m.conversation_id ORDER BY m.conversation_id",

    // The nearest older message of the conversation stands in for a lost parent.
    "UPDATE message SET parent_id = (SELECT MAX(p.id) FROM message AS p"
    " WHERE p.conversation_id = message.conversation_id AND p.id < message.id)"
    " WHERE parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM message AS p"
    " WHERE p.conversation_id = message.conversation_id AND p.id = message.parent_id)",

    "UPDATE conversation SET active_leaf_id = (SELECT MAX(m.id) FROM message AS m"
    " WHERE m.conversation_id = conversation.id)"
    " WHERE NOT EXISTS (SELECT 1 FROM message AS m"
    " WHERE m.conversation_id = conversation.id AND m.id = conversation.active_leaf_id)",

    "DELETE FROM generation WHERE NOT EXISTS (SELECT 1 FROM message AS m WHERE m.id = generation.message_id)",
    "DELETE FROM chunk WHERE NOT EXISTS (SELECT 1 FROM message AS m WHERE m.id = chunk.message_id)",

    "INSERT INTO provenance (id, model_name, model_fingerprint, engine_version, device_placement, parameters_json)"
    " SELECT DISTINCT g.provenance_id, '', '', '', 'lost ' || g.provenance_id, '' FROM generation AS g"
    " WHERE NOT EXISTS (SELECT 1 FROM provenance AS p WHERE p.id = g.provenance_id)",

    // Answers without a run of the engine: interrupted (4), and their chunks, if any, still to be folded in.
    "INSERT OR IGNORE INTO provenance (model_name, model_fingerprint, engine_version, device_placement,"
    " parameters_json) SELECT '', '', '', 'lost', '' WHERE EXISTS (SELECT 1 FROM message AS m WHERE m.role = 2"
    " AND NOT EXISTS (SELECT 1 FROM generation AS g WHERE g.message_id = m.id))",
    "INSERT INTO generation (message_id, provenance_id, first_byte, seed, state, stop_reason, prompt_tokens,"
    " reused_tokens, generated_tokens, prefill_ms, first_token_ms, generate_ms, error_text)"
    " SELECT m.id, (SELECT p.id FROM provenance AS p WHERE p.device_placement = 'lost'), 0, 0,"
    " CASE WHEN EXISTS (SELECT 1 FROM chunk AS c WHERE c.message_id = m.id) THEN 1 ELSE 4 END,"
    " 0, 0, 0, 0, 0, 0, 0, '' FROM message AS m WHERE m.role = 2"
    " AND NOT EXISTS (SELECT 1 FROM generation AS g WHERE g.message_id = m.id) ORDER BY m.id",
};

}  // namespace

void repair_tree(SQLite::Database& database) {
    for (const char* step : kSteps) {
        database.exec(step);
    }
}

}  // namespace altiplano::storage
