// Chunks are only ever appended while text arrives: writing the whole answer each time costs a hundredfold.
#include "storage/answer_stream.h"

#include <string>
#include <vector>

#include "storage/database.h"
#include "storage/search_index.h"

namespace altiplano::storage {
namespace {

std::int64_t provenance_id(SQLite::Database& database, const Provenance& provenance) {
    const auto bind_all = [&provenance](SQLite::Statement& statement) {
        statement.bind(1, provenance.model_name);
        statement.bind(2, provenance.model_fingerprint);
        statement.bind(3, provenance.engine_version);
        statement.bind(4, provenance.device_placement);
        statement.bind(5, provenance.parameters_json);
    };
    SQLite::Statement find(database,
                           "SELECT id FROM provenance WHERE model_name = ? AND model_fingerprint = ?"
                           " AND engine_version = ? AND device_placement = ? AND parameters_json = ?");
    bind_all(find);
    if (find.executeStep()) {
        return find.getColumn(0).getInt64();
    }
    SQLite::Statement insert(database,
                             "INSERT INTO provenance (model_name, model_fingerprint, engine_version,"
                             " device_placement, parameters_json) VALUES (?, ?, ?, ?, ?)");
    bind_all(insert);
    insert.exec();
    return database.getLastInsertRowid();
}

bool is_streaming(const SQLite::Database& database, MessageId answer) {
    SQLite::Statement streaming(database, "SELECT 1 FROM generation WHERE message_id = ? AND state = 1");
    streaming.bind(1, answer);
    return streaming.executeStep();
}

void require_streaming(const SQLite::Database& database, MessageId answer) {
    if (!is_streaming(database, answer)) {
        throw Error(ErrorKind::NotFound, "Message " + std::to_string(answer) + " is not an answer being written");
    }
}

std::string query_text(const SQLite::Database& database, const char* sql, MessageId id) {
    SQLite::Statement rows(database, sql);
    rows.bind(1, id);
    std::string text;
    while (rows.executeStep()) {
        text += rows.getColumn(0).getString();
    }
    return text;
}

void fold_chunks(SQLite::Database& database, MessageId answer) {
    const std::string before = query_text(database, "SELECT text FROM message WHERE id = ?", answer);
    const std::string text =
        before + query_text(database, "SELECT text FROM chunk WHERE message_id = ? ORDER BY id", answer);
    if (text.size() != before.size()) {
        SQLite::Statement update(database, "UPDATE message SET text = ? WHERE id = ?");
        update.bindNoCopy(1, text);
        update.bind(2, answer);
        update.exec();
        SQLite::Statement remove(database, "DELETE FROM chunk WHERE message_id = ?");
        remove.bind(1, answer);
        remove.exec();
    }
    index_message(database, answer, text);
}

void store_outcome(SQLite::Database& database, MessageId answer, const Outcome& outcome) {
    SQLite::Statement update(database,
                             "UPDATE generation SET state = ?, stop_reason = ?, prompt_tokens = ?, reused_tokens = ?,"
                             " generated_tokens = ?, prefill_ms = ?, first_token_ms = ?, generate_ms = ?,"
                             " error_text = ? WHERE message_id = ? AND state = 1");
    update.bind(1, static_cast<int>(outcome.state));
    update.bind(2, static_cast<int>(outcome.stop_reason));
    update.bind(3, outcome.prompt_tokens);
    update.bind(4, outcome.reused_tokens);
    update.bind(5, outcome.generated_tokens);
    update.bind(6, outcome.prefill_ms);
    update.bind(7, outcome.first_token_ms);
    update.bind(8, outcome.generate_ms);
    update.bind(9, outcome.error_text);
    update.bind(10, answer);
    update.exec();
}

}  // namespace

void begin_generation(SQLite::Database& database, const Message& answer, const Provenance& provenance) {
    if (is_streaming(database, answer.id)) {
        throw Error(ErrorKind::NotFound, "Answer " + std::to_string(answer.id) + " is still being written");
    }
    if (!answer.text.empty()) {
        unindex_message(database, answer.id, answer.text);  // until its new end
    }
    SQLite::Statement insert(database,
                             "INSERT INTO generation (message_id, provenance_id, first_byte, seed, state, stop_reason,"
                             " prompt_tokens, reused_tokens, generated_tokens, prefill_ms, first_token_ms,"
                             " generate_ms, error_text) VALUES (?, ?, ?, ?, 1, 0, 0, 0, 0, 0, 0, 0, '')");
    insert.bind(1, answer.id);
    insert.bind(2, provenance_id(database, provenance));
    insert.bind(3, static_cast<std::int64_t>(answer.text.size()));
    insert.bind(4, static_cast<std::int64_t>(provenance.seed));
    insert.exec();
}

void change_provenance(SQLite::Database& database, MessageId answer, const Provenance& provenance) {
    require_streaming(database, answer);
    SQLite::Statement update(database,
                             "UPDATE generation SET provenance_id = ?, seed = ? WHERE message_id = ? AND state = 1");
    update.bind(1, provenance_id(database, provenance));
    update.bind(2, static_cast<std::int64_t>(provenance.seed));
    update.bind(3, answer);
    update.exec();
}

void append_chunk(SQLite::Database& database, MessageId answer, std::string_view text) {
    require_streaming(database, answer);
    SQLite::Statement insert(database, "INSERT INTO chunk (message_id, text) VALUES (?, ?)");
    insert.bind(1, answer);
    insert.bind(2, std::string(text));
    insert.exec();
}

void finish_generation(SQLite::Database& database, MessageId answer, const Outcome& outcome) {
    require_streaming(database, answer);
    fold_chunks(database, answer);
    store_outcome(database, answer, outcome);
}

int interrupt_streaming(SQLite::Database& database) {
    std::vector<MessageId> streaming;
    SQLite::Statement rows(database, "SELECT message_id FROM generation WHERE state = 1 ORDER BY message_id");
    while (rows.executeStep()) {
        streaming.push_back(rows.getColumn(0).getInt64());
    }
    rows.reset();
    Outcome outcome;
    outcome.state = AnswerState::Interrupted;
    for (const MessageId answer : streaming) {
        finish_generation(database, answer, outcome);
    }
    return static_cast<int>(streaming.size());
}

}  // namespace altiplano::storage
