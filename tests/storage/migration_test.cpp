// Versions of the schema: each step, newer files, and a crash in the middle of a step.
#include <SQLiteCpp/SQLiteCpp.h>
#include <csignal>
#include <fstream>
#include <iterator>
#include <vector>

#include "storage/database.h"
#include "storage/migrations.h"
#include "storage/opening.h"
#include "tests/storage/child_process.h"
#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

namespace fs = std::filesystem;

class MigrationTest : public StoreTest {
protected:
    OpenedDatabase open_with(std::span<const Migration> steps) {
        return open_database(
            file, [this] { return now_ms; }, steps);
    }
    /// Today's steps and one more.
    static std::vector<Migration> steps_and(int version, const char* sql) {
        std::vector<Migration> steps(embedded_migrations().begin(), embedded_migrations().end());
        steps.push_back({version, sql});
        return steps;
    }
    ConversationId store_something() {
        ConversationStore store = open_store();
        const ConversationId id = store.create_conversation("", "", "").id;
        add_turn(store, id, std::nullopt, "question", "answer");
        return id;
    }
    std::string bytes_of_file() const {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    }
    std::int64_t stored_version() const {
        return query_integer(open_connection(file, Access::Read), "PRAGMA user_version");
    }
};

TEST_F(MigrationTest, stepsAreNumberedByTensAndAscend) {
    int previous = 0;
    for (const Migration& step : embedded_migrations()) {
        EXPECT_EQ(step.version % 10, 0);
        EXPECT_GT(step.version, previous);
        previous = step.version;
    }
}

TEST_F(MigrationTest, step10MakesStrictTablesAndIndexedLists) {
    SQLite::Database database = open_with(embedded_migrations().first(1)).database;
    EXPECT_EQ(query_integer(database, "PRAGMA user_version"), 10);
    EXPECT_EQ(query_integer(database, "PRAGMA application_id"), kApplicationId);
    EXPECT_EQ(query_integer(database,
                            "SELECT COUNT(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 1"
                            " AND name IN ('conversation', 'message', 'provenance', 'generation', 'chunk')"),
              5);
    SQLite::Statement journal(database, "PRAGMA journal_mode");
    journal.executeStep();
    EXPECT_EQ(journal.getColumn(0).getString(), "wal");
    EXPECT_EQ(query_integer(database, "PRAGMA synchronous"), 2);
    EXPECT_EQ(query_integer(database, "PRAGMA foreign_keys"), 1);
    SQLite::Statement plan(database,
                           "EXPLAIN QUERY PLAN SELECT title FROM conversation WHERE trashed_ms IS NULL"
                           " ORDER BY pinned DESC, update_sequence DESC LIMIT 50");
    plan.executeStep();
    EXPECT_NE(plan.getColumn(3).getString().find("conversation_list"), std::string::npos);
    EXPECT_FALSE(plan.executeStep()) << "a sort is needed: " << plan.getColumn(3).getString();
}

TEST_F(MigrationTest, aCycleOfMessagesCannotBeStored) {
    store_something();
    SQLite::Database database = open_connection(file, Access::ReadWrite);
    EXPECT_THROW(database.exec("UPDATE message SET parent_id = 2 WHERE id = 1"), SQLite::Exception);
}

TEST_F(MigrationTest, aStepKeepsTheDataAndTheOldFile) {
    const ConversationId id = store_something();
    const auto steps = steps_and(9990, "ALTER TABLE conversation ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'");
    {
        OpenedDatabase opened = open_with(steps);
        EXPECT_EQ(opened.report.kind, OpenReport::Kind::Ready);
        EXPECT_EQ(query_integer(opened.database, "SELECT COUNT(*) FROM conversation WHERE colour = 'blue'"), 1);
    }
    EXPECT_EQ(stored_version(), 9990);
    file = file.string() + ".version-" + std::to_string(newest_version(embedded_migrations()));
    EXPECT_EQ(open_store().branch(id).size(), 2u);
}

TEST_F(MigrationTest, aStepThatFailsChangesNothing) {
    const ConversationId id = store_something();
    const auto steps = steps_and(9990, "DELETE FROM chunk; INSERT INTO nowhere VALUES (1)");
    EXPECT_THROW(open_with(steps), Error);
    EXPECT_EQ(stored_version(), newest_version(embedded_migrations()));
    EXPECT_EQ(open_store().branch(id).size(), 2u);
}

TEST_F(MigrationTest, aKillInTheMiddleOfAStepLeavesTheOldVersionAndTheNextStartFinishes) {
    const ConversationId id = store_something();
    const auto steps = steps_and(9990,
                                 "CREATE TABLE big (a INTEGER NOT NULL) STRICT;"
                                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
                                 " i < 3000000) INSERT INTO big (a) SELECT i FROM n");
    for (const int delay_ms : {1, 5, 10, 20, 40, 80, 120, 160}) {
        const pid_t child = ::fork();
        if (child == 0) {
            open_with(steps);
            ::_exit(0);
        }
        ::usleep(static_cast<useconds_t>(delay_ms) * 1000);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const std::int64_t version = stored_version();
        ASSERT_TRUE(version == newest_version(embedded_migrations()) || version == 9990);
    }
    OpenedDatabase opened = open_with(steps);
    EXPECT_EQ(opened.report.kind, OpenReport::Kind::Ready) << opened.report.message;
    EXPECT_EQ(query_integer(opened.database, "SELECT COUNT(*) FROM big"), 3'000'000);
    EXPECT_EQ(
        query_integer(opened.database, "SELECT COUNT(*) FROM message WHERE conversation_id = " + std::to_string(id)),
        2);
}

TEST_F(MigrationTest, aNewerFileIsReadButNotChanged) {
    const ConversationId id = store_something();
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99990");
    const std::string before = bytes_of_file();
    {
        ConversationStore store = open_store();
        EXPECT_FALSE(store.writable());
        EXPECT_EQ(store.open_report().kind, OpenReport::Kind::NewerVersion);
        EXPECT_NE(store.open_report().message.find("99990"), std::string::npos);
        EXPECT_NE(store.open_report().message.find(std::to_string(newest_version(embedded_migrations()))),
                  std::string::npos);
        EXPECT_EQ(store.branch(id).back().text, "answer");
        EXPECT_THROW(store.set_draft(id, "no"), Error);
    }
    EXPECT_EQ(bytes_of_file(), before);
}

}  // namespace
}  // namespace altiplano::storage
