// Queries are put together from segments only, each quoted, so nothing that is typed can be query syntax.
#include "storage/search_index.h"

#include <algorithm>
#include <string>

#include "storage/segment.h"
#include "storage/snippet.h"

namespace altiplano::storage {
namespace {

void change_index(SQLite::Database& database, const char* sql, std::int64_t id, std::string_view text) {
    const std::string words = segmented(text);
    if (words.empty()) {
        return;
    }
    SQLite::Statement statement(database, sql);
    statement.bind(1, id);
    statement.bindNoCopy(2, words);
    statement.exec();
}

/// FTS5 syntax: one phrase per word, all of them wanted, the last one open at its end.
std::string match_expression(const std::vector<Phrase>& phrases) {
    std::string expression;
    for (const Phrase& phrase : phrases) {
        expression += expression.empty() ? "\"" : " \"";
        for (const std::string& segment : phrase.segments) {
            expression += segment;
            expression += ' ';
        }
        expression += phrase.open_end ? "\" *" : "\"";
    }
    return expression;
}

std::vector<SearchHit> read_hits(SQLite::Statement& statement, const std::vector<Phrase>& phrases) {
    std::vector<SearchHit> hits;
    while (statement.executeStep()) {
        SearchHit hit;
        hit.conversation_id = statement.getColumn(0).getInt64();
        hit.message_id = statement.getColumn(1).getInt64();
        hit.title = statement.getColumn(2).getString();
        hit.created_ms = statement.getColumn(3).getInt64();
        hit.snippet = snippet(statement.getColumn(4).getString(), phrases);
        hits.push_back(std::move(hit));
    }
    return hits;
}

std::vector<SearchHit> run(const SQLite::Database& database, const char* sql, const std::vector<Phrase>& phrases,
                           int limit) {
    SQLite::Statement statement(database, sql);
    statement.bind(1, match_expression(phrases));
    statement.bind(2, limit);
    return read_hits(statement, phrases);
}

constexpr const char* kMessageHits =
    "SELECT c.id, m.id, CASE c.title WHEN '' THEN c.first_question ELSE c.title END, m.created_ms, m.text"
    " FROM message_search AS s CROSS JOIN message AS m ON m.id = s.rowid"
    " CROSS JOIN conversation AS c ON c.id = m.conversation_id"
    " WHERE message_search MATCH ? AND c.trashed_ms IS NULL ORDER BY s.rowid DESC LIMIT ?";

constexpr const char* kTitleHits =
    "SELECT c.id, COALESCE(c.active_leaf_id, 0), c.title, c.updated_ms, c.title"
    " FROM title_search AS s CROSS JOIN conversation AS c ON c.id = s.rowid"
    " WHERE title_search MATCH ? AND c.trashed_ms IS NULL ORDER BY s.rowid DESC LIMIT ?";

}  // namespace

void index_message(SQLite::Database& database, MessageId id, std::string_view text) {
    change_index(database, "INSERT INTO message_search (rowid, words) VALUES (?, ?)", id, text);
}

void unindex_message(SQLite::Database& database, MessageId id, std::string_view text) {
    change_index(database, "INSERT INTO message_search (message_search, rowid, words) VALUES ('delete', ?, ?)", id,
                 text);
}

void index_title(SQLite::Database& database, ConversationId id, std::string_view title) {
    change_index(database, "INSERT INTO title_search (rowid, words) VALUES (?, ?)", id, title);
}

void unindex_title(SQLite::Database& database, ConversationId id, std::string_view title) {
    change_index(database, "INSERT INTO title_search (title_search, rowid, words) VALUES ('delete', ?, ?)", id, title);
}

void purge_search_index(SQLite::Database& database) {
    database.exec("INSERT INTO message_search (message_search) VALUES ('optimize')");
    database.exec("INSERT INTO title_search (title_search) VALUES ('optimize')");
}

void rebuild_search_index(SQLite::Database& database) {
    database.exec("INSERT INTO message_search (message_search) VALUES ('delete-all')");
    database.exec("INSERT INTO title_search (title_search) VALUES ('delete-all')");
    SQLite::Statement messages(database,
                               "SELECT id, text FROM message WHERE NOT EXISTS (SELECT 1 FROM generation AS g"
                               " WHERE g.message_id = message.id AND g.state = 1) ORDER BY id");
    while (messages.executeStep()) {
        index_message(database, messages.getColumn(0).getInt64(), messages.getColumn(1).getString());
    }
    SQLite::Statement titles(database, "SELECT id, title FROM conversation ORDER BY id");
    while (titles.executeStep()) {
        index_title(database, titles.getColumn(0).getInt64(), titles.getColumn(1).getString());
    }
}

std::vector<SearchHit> search(const SQLite::Database& database, std::string_view words, int limit) {
    const std::vector<Phrase> phrases = phrases_of(words);
    if (phrases.empty() || limit <= 0) {
        return {};
    }
    std::vector<SearchHit> hits = run(database, kMessageHits, phrases, limit);
    std::vector<SearchHit> titles = run(database, kTitleHits, phrases, limit);
    hits.insert(hits.end(), std::make_move_iterator(titles.begin()), std::make_move_iterator(titles.end()));
    std::stable_sort(hits.begin(), hits.end(),
                     [](const SearchHit& a, const SearchHit& b) { return a.message_id > b.message_id; });
    if (hits.size() > static_cast<std::size_t>(limit)) {
        hits.resize(static_cast<std::size_t>(limit));
    }
    return hits;
}

}  // namespace altiplano::storage
