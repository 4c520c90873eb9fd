// The trash keeps everything until it is emptied; then nothing is left.
#include <fstream>
#include <iterator>

#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

class Trash : public StoreTest {
protected:
    ConversationStore store = open_store();
    ConversationId id = store.create_conversation("", "", "").id;

    /// Whether the database file or its log holds these bytes.
    bool on_disk(const std::string& text) {
        for (const char* ending : {"", "-wal"}) {
            std::ifstream stream(file.string() + ending, std::ios::binary);
            const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
            if (bytes.find(text) != std::string::npos) {
                return true;
            }
        }
        return false;
    }
};

TEST_F(Trash, aTrashedConversationIsHiddenAndComesBackWhole) {
    add_turn(store, id, std::nullopt, "Findable question", "Answer");
    store.trash(id);
    EXPECT_TRUE(store.conversations(10, 0).empty());
    EXPECT_EQ(store.conversation_count(), 0);
    EXPECT_TRUE(store.search("findable", 10).empty());
    store.restore(id);
    EXPECT_EQ(store.conversations(10, 0).front().id, id);
    EXPECT_EQ(store.search("findable", 10).size(), 1u);
    EXPECT_EQ(store.branch(id).size(), 2u);
}

TEST_F(Trash, aConversationIsThereUntilItIsTrashedAndAfterItIsRestored) {
    EXPECT_TRUE(store.has_conversation(id));
    EXPECT_FALSE(store.has_conversation(id + 1));
    store.trash(id);
    EXPECT_FALSE(store.has_conversation(id));
    store.restore(id);
    EXPECT_TRUE(store.has_conversation(id));
}

TEST_F(Trash, emptyingErasesOnlyWhatIsOldEnough) {
    add_turn(store, id, std::nullopt, "old", "a");
    const ConversationId young = store.create_conversation("", "", "").id;
    add_turn(store, young, std::nullopt, "young", "b");
    store.trash(id);
    now_ms += 1000;
    store.trash(young);
    EXPECT_EQ(store.empty_trash(1000), 1);
    EXPECT_THROW(store.conversation(id), Error);
    EXPECT_EQ(store.branch(young).size(), 2u);
    store.restore(young);
    EXPECT_EQ(store.search("young", 10).size(), 1u);
    EXPECT_TRUE(store.search("old", 10).empty());
}

TEST_F(Trash, aLongBranchingConversationIsErasedAndLeavesNoWordOnDisk) {
    std::optional<MessageId> parent;
    for (int i = 0; i < 300; ++i) {
        parent = add_turn(store, id, parent, "xylophone " + std::to_string(i), "zeppelin");
    }
    store.begin_regeneration(*parent, provenance());
    store.rename(id, "quicksilver");
    store.trash(id);
    EXPECT_EQ(store.empty_trash(0), 1);
    EXPECT_TRUE(store.search("xylophone", 10).empty());
    { ConversationStore closed = std::move(store); }
    EXPECT_FALSE(on_disk("xylophone"));
    EXPECT_FALSE(on_disk("zeppelin"));
    EXPECT_FALSE(on_disk("quicksilver"));
}

TEST_F(Trash, aMessageThatIsStillBeingWrittenCanBeErased) {
    const MessageId answer = store.begin_turn(id, std::nullopt, "q", provenance()).answer.id;
    store.append_answer(answer, "half");
    store.trash(id);
    store.append_answer(answer, " more");
    EXPECT_EQ(store.empty_trash(0), 1);
    EXPECT_THROW(store.append_answer(answer, "late"), Error);
}

TEST_F(Trash, idsAreNotUsedAgain) {
    const MessageId answer = add_turn(store, id, std::nullopt, "q", "a");
    store.trash(id);
    store.empty_trash(0);
    const ConversationId next = store.create_conversation("", "", "").id;
    EXPECT_GT(next, id);
    EXPECT_GT(add_turn(store, next, std::nullopt, "q", "a"), answer);
}

}  // namespace
}  // namespace altiplano::storage
