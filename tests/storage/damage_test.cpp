// Damaged files: never deleted, everything on whole pages recovered, the store usable at once.
#include <SQLiteCpp/SQLiteCpp.h>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "storage/database.h"
#include "storage/table_shape.h"
#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPageBytes = 4096;
constexpr int kConversations = 20;
constexpr int kTurns = 15;

std::string read_all(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void write_all(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::map<MessageId, std::string> all_messages(const fs::path& file) {
    SQLite::Database database = open_connection(file, Access::Read);
    SQLite::Statement rows(database, "SELECT id, text FROM message ORDER BY id");
    std::map<MessageId, std::string> messages;
    while (rows.executeStep()) {
        messages[rows.getColumn(0).getInt64()] = rows.getColumn(1).getString();
    }
    return messages;
}

class Damage : public StoreTest {
protected:
    void make_fixture() {
        ConversationStore store = open_store();
        for (int i = 0; i < kConversations; ++i) {
            const ConversationId id = store.create_conversation("", "system", "{}").id;
            std::optional<MessageId> parent;
            for (int turn = 0; turn < kTurns; ++turn) {
                const std::string number = std::to_string(i * 100 + turn);
                parent = add_turn(store, id, parent, "Question " + number, "Answer " + number + std::string(600, 'a'));
            }
        }
        add_turn(store, store.create_conversation("", "", "").id, std::nullopt, "Long", std::string(50'000, 'b'));
    }

    void start_over(const std::string& bytes) {
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            fs::remove_all(entry.path());
        }
        write_all(file, bytes);
    }

    /// Opens the damaged file and checks all that must hold however it was damaged. Returns how many messages are lost.
    std::size_t open_and_compare(const std::string& damaged, const std::map<MessageId, std::string>& originals) {
        start_over(damaged);
        ConversationStore store = open_store();
        EXPECT_TRUE(store.writable());
        if (store.open_report().kind == OpenReport::Kind::Recovered) {
            EXPECT_EQ(read_all(store.open_report().kept_original), damaged);
        } else {
            EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Ready);
        }
        const std::map<MessageId, std::string> found = all_messages(file);
        std::size_t whole = 0;
        for (const auto& [id, text] : originals) {
            const auto same = found.find(id);
            whole += same != found.end() && same->second == text;
        }
        EXPECT_EQ(query_integer(open_connection(file, Access::Read), "SELECT COUNT(*) FROM pragma_foreign_key_check"),
                  0);
        std::size_t on_branches = 0;
        for (const Conversation& conversation : store.conversations(1000, 0)) {
            on_branches += store.branch(conversation.id).size();
        }
        EXPECT_EQ(on_branches, found.size());
        const ConversationId fresh = store.create_conversation("", "", "").id;
        add_turn(store, fresh, std::nullopt, "wonderful", "works");
        EXPECT_EQ(store.search("wonderful", 10).size(), 1u);
        return originals.size() - whole;
    }

    std::string fixture() {
        make_fixture();
        return read_all(file);
    }
};

TEST_F(Damage, everyPageZeroedLosesAtMostTheRowsOnIt) {
    const std::string whole = fixture();
    const auto originals = all_messages(file);
    ASSERT_GT(whole.size() / kPageBytes, 100u);
    for (std::size_t offset = 0; offset < whole.size() && !HasFailure(); offset += kPageBytes) {
        std::string damaged = whole;
        damaged.replace(offset, kPageBytes, std::string(kPageBytes, '\0'));
        EXPECT_LE(open_and_compare(damaged, originals), 40u) << "page " << offset / kPageBytes + 1;
    }
}

TEST_F(Damage, everyPageOverwrittenWithNoiseLosesAtMostTheRowsOnIt) {
    const std::string whole = fixture();
    const auto originals = all_messages(file);
    std::mt19937 random(1);
    for (std::size_t offset = 0; offset < whole.size() && !HasFailure(); offset += kPageBytes) {
        std::string damaged = whole;
        for (std::size_t i = 0; i < kPageBytes; ++i) {
            damaged[offset + i] = static_cast<char>(random());
        }
        EXPECT_LE(open_and_compare(damaged, originals), 40u) << "page " << offset / kPageBytes + 1;
    }
}

TEST_F(Damage, oneChangedByteInEveryPageIsSurvived) {
    const std::string whole = fixture();
    const auto originals = all_messages(file);
    std::mt19937 random(2);
    for (std::size_t offset = 0; offset < whole.size() && !HasFailure(); offset += kPageBytes) {
        std::string damaged = whole;
        const std::size_t place = offset + random() % 40;  // where the numbers of a page are
        damaged[place] = static_cast<char>(damaged[place] ^ (1 + random() % 255));
        EXPECT_LE(open_and_compare(damaged, originals), 40u) << "byte " << place;
    }
}

TEST_F(Damage, aTruncatedFileGivesWhatIsLeftOfIt) {
    const std::string whole = fixture();
    const auto originals = all_messages(file);
    EXPECT_LT(open_and_compare(whole.substr(0, whole.size() / 2), originals), originals.size());
    EXPECT_LE(open_and_compare(whole.substr(0, whole.size() - 1), originals), 40u);
    EXPECT_EQ(open_and_compare(whole.substr(0, 100), originals), originals.size());
}

TEST_F(Damage, noDatabaseAtAllIsKeptAndReplaced) {
    for (const std::string& bytes : {std::string(), std::string("x"), std::string("Dear diary, ..."),
                                     std::string(100'000, '\xAB'), std::string("SQLite format 3\0", 16)}) {
        start_over(bytes);
        ConversationStore store = open_store();
        EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Recovered);
        EXPECT_EQ(read_all(store.open_report().kept_original), bytes);
        EXPECT_NE(store.open_report().kept_original.filename().string().find(".corrupt-20231114-"), std::string::npos);
        EXPECT_NE(store.open_report().message.find(store.open_report().kept_original.string()), std::string::npos);
        EXPECT_TRUE(store.conversations(10, 0).empty());
    }
}

TEST_F(Damage, aDatabaseOfAnotherProgramIsKept) {
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE recipe (a)");
    ConversationStore store = open_store();
    EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Recovered);
    EXPECT_TRUE(fs::exists(store.open_report().kept_original));
}

TEST_F(Damage, rowsThatAreOnlyInTheLogAreRecoveredToo) {
    ConversationId id = 0;
    std::string bytes;
    std::string log;
    {
        ConversationStore store = open_store();
        id = store.create_conversation("", "", "").id;
        const MessageId answer = add_turn(store, id, std::nullopt, "logged question", "logged answer");
        store.begin_continuation(answer, provenance());
        store.append_answer(answer, ", a chunk");
        bytes = read_all(file);
        log = read_all(file.string() + "-wal");
    }
    ASSERT_GT(log.size(), 0u);
    start_over(std::string(bytes.size(), '\x55'));
    // The log's copy of the first page is found unless its frames are damaged: here the last commit is.
    log[log.size() - 100] ^= 1;
    write_all(file.string() + "-wal", log);
    ConversationStore store = open_store();
    EXPECT_EQ(store.search("logged question", 10).size(), 1u);
    EXPECT_EQ(store.branch(id).back().text, "logged answer");
    EXPECT_EQ(store.branch(id).back().answer->outcome.state, AnswerState::Interrupted);
}

TEST_F(Damage, theNewestBackupIsTakenWhereNothingIsReadable) {
    make_fixture();
    const auto originals = all_messages(file);
    {
        ConversationStore store = open_store();
        while (store.continue_backup()) {
        }
    }
    write_all(file, std::string(50'000, '\x11'));
    ConversationStore store = open_store();
    EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Recovered);
    EXPECT_NE(store.open_report().message.find("backup"), std::string::npos);
    EXPECT_EQ(all_messages(file), originals);
}

TEST_F(Damage, aRecoveryCutShortBetweenItsRenamesIsFinished) {
    const std::string whole = fixture();
    const auto originals = all_messages(file);
    fs::rename(file, file.string() + ".recovered");
    ConversationStore store = open_store();
    EXPECT_EQ(all_messages(file), originals);
}

TEST_F(Damage, aDamagedSearchIndexIsBuiltAnew) {
    make_fixture();
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'message_search_data'");
    database = SQLite::Database(":memory:");
    ConversationStore store = open_store();
    EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Recovered);
    EXPECT_EQ(store.search("Question 1014", 10).size(), 1u);
}

TEST_F(Damage, noTwoTablesHaveTheSameShape) {
    { open_store(); }
    SQLite::Database database = open_connection(file, Access::ReadWrite);
    const std::vector<TableShape> shapes = table_shapes(database);
    const std::map<std::string, std::string> rows{
        {"conversation", "n i n i i n i t t t t t t"}, {"message", "n i n i i t"}, {"provenance", "n t t t t t"},
        {"generation", "n i i i i i i i i i i i i t"}, {"chunk", "n i t"},
    };
    for (const auto& [owner, types] : rows) {
        SalvagedRow row{1, {}};
        for (const char type : types) {
            if (type != ' ') {
                row.values.push_back(type == 'n'   ? Value()
                                     : type == 'i' ? Value(std::int64_t{1})
                                                   : Value(std::string()));
            }
        }
        for (const TableShape& shape : shapes) {
            EXPECT_EQ(shape.fits(row), shape.table() == owner) << owner << " as " << shape.table();
        }
    }
    EXPECT_EQ(shapes.size(), rows.size());
}

}  // namespace
}  // namespace altiplano::storage
