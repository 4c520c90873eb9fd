// The message tree: turns, siblings, branches, continuation, and that order never follows the clock.
#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

class Tree : public StoreTest {
protected:
    ConversationStore store = open_store();
    ConversationId id = store.create_conversation("23 Nov 2026", "Be brief.", "{}").id;
};

TEST_F(Tree, aTurnStoresQuestionAndEmptyStreamingAnswer) {
    store.set_draft(id, "Hel");
    const ConversationStore::Turn turn = store.begin_turn(id, std::nullopt, "Hello", provenance());
    ASSERT_TRUE(turn.question.has_value());
    EXPECT_EQ(turn.question->text, "Hello");
    EXPECT_EQ(turn.answer.parent_id, turn.question->id);
    ASSERT_TRUE(turn.answer.answer.has_value());
    EXPECT_EQ(turn.answer.answer->outcome.state, AnswerState::Streaming);
    EXPECT_EQ(turn.answer.answer->provenance.seed, ~0ull);
    EXPECT_EQ(turn.answer.answer->provenance.model_fingerprint, "sha256:0123");
    ASSERT_EQ(turn.branch.size(), 2u);
    const Conversation conversation = store.conversation(id);
    EXPECT_EQ(conversation.draft, "");
    EXPECT_EQ(conversation.first_question, "Hello");
    EXPECT_EQ(conversation.active_leaf, turn.answer.id);
}

TEST_F(Tree, chunksAreReadWhileStreamingAndFoldedAtTheEnd) {
    const MessageId answer = store.begin_turn(id, std::nullopt, "Hello", provenance()).answer.id;
    store.append_answer(answer, "One ");
    store.append_answer(answer, "two");
    EXPECT_EQ(store.branch(id).back().text, "One two");
    Outcome outcome;
    outcome.state = AnswerState::Stopped;
    outcome.stop_reason = StopReason::User;
    outcome.generated_tokens = 3;
    outcome.first_token_ms = 120;
    store.finish_answer(answer, outcome);
    const Message message = store.branch(id).back();
    EXPECT_EQ(message.text, "One two");
    EXPECT_EQ(message.answer->outcome.state, AnswerState::Stopped);
    EXPECT_EQ(message.answer->outcome.stop_reason, StopReason::User);
    EXPECT_EQ(message.answer->outcome.generated_tokens, 3);
    EXPECT_EQ(message.answer->outcome.first_token_ms, 120);
}

TEST_F(Tree, lateTextOfAFinishedAnswerIsRefused) {
    const MessageId answer = add_turn(store, id, std::nullopt, "Hello", "Hi");
    EXPECT_THROW(store.append_answer(answer, "late"), Error);
    EXPECT_THROW(store.finish_answer(answer, {}), Error);
    EXPECT_EQ(store.branch(id).back().text, "Hi");
}

TEST_F(Tree, anAnswerThatWaitedIsWrittenByAnotherModel) {
    const MessageId answer = store.begin_turn(id, std::nullopt, "Hello", provenance()).answer.id;
    Provenance other = provenance();
    other.model_fingerprint = "sha256:4567";
    store.set_provenance(answer, other);
    store.append_answer(answer, "One");
    const Message stored = store.branch(id).back();
    EXPECT_EQ(stored.answer->provenance.model_fingerprint, "sha256:4567");
    EXPECT_EQ(stored.answer->outcome.state, AnswerState::Streaming);
    store.finish_answer(answer, {});
    EXPECT_THROW(store.set_provenance(answer, provenance()), Error);
}

TEST_F(Tree, regenerationGivesASiblingAndKeepsTheFirst) {
    const MessageId first = add_turn(store, id, std::nullopt, "Hello", "Hi");
    const ConversationStore::Turn turn = store.begin_regeneration(first, provenance());
    EXPECT_FALSE(turn.question.has_value());
    EXPECT_EQ(turn.answer.sibling_index, 1);
    EXPECT_EQ(turn.answer.sibling_count, 2);
    EXPECT_EQ(store.siblings(first), (std::vector<MessageId>{first, turn.answer.id}));
    EXPECT_EQ(store.select_branch(first).back().text, "Hi");
}

TEST_F(Tree, anEditedQuestionIsASiblingAndSelectingGoesDownToTheNewestDescendant) {
    const MessageId first = add_turn(store, id, std::nullopt, "Old question", "A");
    const MessageId second = add_turn(store, id, first, "More", "B");
    const MessageId question = store.branch(id).front().id;
    add_turn(store, id, std::nullopt, "New question", "C");
    EXPECT_EQ(store.branch(id).size(), 2u);
    EXPECT_EQ(store.branch(id).front().sibling_count, 2);
    const std::vector<Message> branch = store.select_branch(question);
    ASSERT_EQ(branch.size(), 4u);
    EXPECT_EQ(branch.back().id, second);
    EXPECT_EQ(store.conversation(id).active_leaf, second);
}

TEST_F(Tree, aContinuationKeepsTheTextAndAppends) {
    const MessageId answer = add_turn(store, id, std::nullopt, "Count", "One ");
    const ConversationStore::Turn turn = store.begin_continuation(answer, provenance());
    EXPECT_EQ(turn.answer.id, answer);
    EXPECT_EQ(turn.answer.text, "One ");
    EXPECT_EQ(turn.answer.answer->outcome.state, AnswerState::Streaming);
    store.append_answer(answer, "two");
    EXPECT_THROW(store.begin_continuation(answer, provenance()), Error);
    store.finish_answer(answer, {});
    EXPECT_EQ(store.branch(id).back().text, "One two");
    EXPECT_EQ(store.search("two", 10).size(), 1u);
    EXPECT_EQ(store.search("one", 10).size(), 1u);
}

TEST_F(Tree, orderFollowsTheSequenceWhenTheClockJumpsBack) {
    const MessageId first = add_turn(store, id, std::nullopt, "first", "1");
    now_ms -= 10LL * 365 * 86'400'000;
    const ConversationId other = store.create_conversation("", "", "").id;
    add_turn(store, other, std::nullopt, "other", "x");
    add_turn(store, id, first, "second", "2");
    const std::vector<Message> branch = store.branch(id);
    ASSERT_EQ(branch.size(), 4u);
    EXPECT_EQ(branch[0].text, "first");
    EXPECT_EQ(branch[3].text, "2");
    EXPECT_EQ(store.conversations(10, 0).front().id, id);
    EXPECT_EQ(store.search("second", 10).size(), 1u);
}

TEST_F(Tree, aParentOfAnotherConversationIsRefusedAndNothingIsStored) {
    const MessageId answer = add_turn(store, id, std::nullopt, "Hello", "Hi");
    const ConversationId other = store.create_conversation("", "", "").id;
    EXPECT_THROW(store.begin_turn(other, answer, "Wrong", provenance()), Error);
    EXPECT_TRUE(store.branch(other).empty());
    EXPECT_TRUE(store.search("Wrong", 10).empty());
    EXPECT_THROW(store.begin_turn(999, std::nullopt, "Nobody", provenance()), Error);
    EXPECT_THROW(store.branch(999), Error);
}

TEST_F(Tree, pinnedComesFirstThenTheNewestTurn) {
    add_turn(store, id, std::nullopt, "Hello", "Hi");
    const ConversationId second = store.create_conversation("", "", "").id;
    const ConversationId third = store.create_conversation("", "", "").id;
    store.set_pinned(id, true);
    add_turn(store, second, std::nullopt, "Later", "Yes");
    std::vector<ConversationId> order;
    for (const Conversation& conversation : store.conversations(10, 0)) {
        order.push_back(conversation.id);
    }
    EXPECT_EQ(order, (std::vector<ConversationId>{id, second, third}));
    EXPECT_EQ(store.conversations(1, 1).front().id, second);
    EXPECT_EQ(store.conversation_count(), 3);
}

TEST_F(Tree, everythingIsThereAfterReopening) {
    add_turn(store, id, std::nullopt, "Grüße", "日本語");
    store.rename(id, "Titel");
    store.set_parameters(id, "Sei kurz.", R"({"top_p":0.5})");
    store.set_draft(id, "unsent");
    store = open_store();
    EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Ready);
    const Conversation conversation = store.conversation(id);
    EXPECT_EQ(conversation.title, "Titel");
    EXPECT_EQ(conversation.system_prompt, "Sei kurz.");
    EXPECT_EQ(conversation.parameters_json, R"({"top_p":0.5})");
    EXPECT_EQ(conversation.draft, "unsent");
    EXPECT_EQ(conversation.date_header, "23 Nov 2026");
    EXPECT_EQ(store.branch(id).back().text, "日本語");
}

}  // namespace
}  // namespace altiplano::storage
