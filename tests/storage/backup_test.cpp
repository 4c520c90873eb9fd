// Daily copies: whole, three of them, made while an answer streams.
#include "storage/backup.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "storage/database.h"
#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

class BackupTest : public StoreTest {
protected:
    static constexpr std::int64_t kDayMs = 86'400'000;
    ConversationStore store = open_store();
    ConversationId id = store.create_conversation("", "", "").id;

    static int finish_backup(ConversationStore& store) {
        int steps = 1;
        while (store.continue_backup()) {
            ++steps;
        }
        return steps;
    }
    int copies() const {
        int count = 0;
        for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder / "backups")) {
            ++count;
        }
        return count;
    }
};

TEST_F(BackupTest, theCopyIsOneFileThatOpensWithEverything) {
    add_turn(store, id, std::nullopt, "Question", "Answer");
    finish_backup(store);
    EXPECT_EQ(copies(), 1);
    const auto copy = newest_backup(backup_folder_of(file), file);
    ASSERT_TRUE(copy.has_value());
    ConversationStore opened = ConversationStore::open(*copy, [] { return std::int64_t{0}; });
    EXPECT_EQ(opened.open_report().kind, OpenReport::Kind::Ready);
    EXPECT_EQ(opened.branch(id).back().text, "Answer");
    EXPECT_EQ(opened.search("question", 10).size(), 1u);
}

TEST_F(BackupTest, thereIsOneCopyADayAndThreeAreKept) {
    for (int day = 0; day < 5; ++day) {
        finish_backup(store);
        EXPECT_FALSE(store.continue_backup());
        now_ms += kDayMs;
    }
    EXPECT_EQ(copies(), 3);
    EXPECT_EQ(newest_backup(backup_folder_of(file), file)->filename(), "conversations-2023-11-18.sqlite");
}

TEST_F(BackupTest, whatIsWrittenBetweenTheStepsIsInTheCopy) {
    for (int i = 0; i < 200; ++i) {
        add_turn(store, id, std::nullopt, "q" + std::to_string(i), std::string(30'000, 'x'));
    }
    const MessageId answer = store.begin_turn(id, std::nullopt, "while copying", provenance()).answer.id;
    ASSERT_TRUE(store.continue_backup());
    store.append_answer(answer, "streamed");
    EXPECT_GT(finish_backup(store), 1);
    const auto copy = newest_backup(backup_folder_of(file), file);
    ConversationStore opened = ConversationStore::open(*copy, [] { return std::int64_t{0}; });
    EXPECT_EQ(opened.open_report().interrupted_answers, 1);
    EXPECT_EQ(opened.branch(id).back().text, "streamed");
}

TEST_F(BackupTest, anUnwritableFolderIsReportedOnceAndHarmsNothing) {
    std::filesystem::create_directory(folder / "backups");
    std::filesystem::create_directory(folder / "backups" / "conversations-2023-11-14.sqlite.partial");
    std::filesystem::create_directory(folder / "backups" / "conversations-2023-11-14.sqlite.partial" / "full");
    EXPECT_THROW(store.continue_backup(), Error);
    EXPECT_FALSE(store.continue_backup());
    EXPECT_NO_THROW(add_turn(store, id, std::nullopt, "q", "a"));
}

}  // namespace
}  // namespace altiplano::storage
