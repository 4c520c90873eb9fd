// Which tokens of a session a prompt keeps.
#include "engine/model/prompt.h"

#include <gtest/gtest.h>

#include "tests/engine/text/vocabulary_files.h"

namespace altiplano::engine {

namespace {

using test::small_tokenizer;

const ChatHeader kHeader{"23 Nov 2026"};
constexpr int kEndOfTurn = 969;

Prompt prompt_for(std::span<const ChatMessage> messages, std::span<const int> held, ChatEnd end = ChatEnd::NewAnswer) {
    return make_prompt(small_tokenizer(), messages, kHeader, end, held);
}

/// One token for each byte: never what the tokenizer gives for words.
std::vector<int> spelled(std::string_view text) {
    std::vector<int> ids;
    for (const char byte : text) {
        ids.push_back(small_tokenizer().encode(std::string(1, byte)).front());
    }
    return ids;
}

std::vector<int> joined(std::vector<int> a, const std::vector<int>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// A session that was asked "Hi" and answered in these tokens.
std::vector<int> session_with(const std::vector<int>& answer) {
    const std::vector<ChatMessage> question = {{ChatRole::User, "Hi"}};
    return joined(prompt_for(question, {}).tokens, answer);
}

std::vector<ChatMessage> conversation(std::string answer) {
    return {{ChatRole::User, "Hi"}, {ChatRole::Assistant, std::move(answer)}, {ChatRole::User, "And then?"}};
}

TEST(Prompt, ofAnEmptySessionReusesNothing) {
    const Prompt prompt = prompt_for(conversation("the answer"), {});
    EXPECT_EQ(prompt.reused, 0);
    EXPECT_GT(prompt.tokens.size(), 30U);
}

TEST(Prompt, keepsAnAnswerInTheModelsOwnTokens) {
    const std::vector<int> held = session_with(spelled("the answer"));
    const Prompt prompt = prompt_for(conversation("the answer"), held);
    EXPECT_EQ(prompt.reused, static_cast<int>(held.size()));
    EXPECT_EQ(prompt.tokens[held.size()], kEndOfTurn);
    EXPECT_EQ(small_tokenizer().decode(prompt.tokens),
              small_tokenizer().decode(prompt_for(conversation("the answer"), {}).tokens));
}

TEST(Prompt, keepsEarlierAnswersToo) {
    const std::vector<int> first = session_with(spelled("the answer"));
    const std::vector<int> held = joined(prompt_for(conversation("the answer"), first).tokens, spelled("no more"));
    std::vector<ChatMessage> messages = conversation("the answer");
    messages.push_back({ChatRole::Assistant, "no more"});
    messages.push_back({ChatRole::User, "Really?"});
    EXPECT_EQ(prompt_for(messages, held).reused, static_cast<int>(held.size()));
}

TEST(Prompt, keepsAnAnswerThatEndsInWhiteSpace) {
    const std::vector<int> held = session_with(spelled("the answer \n"));
    EXPECT_EQ(prompt_for(conversation("the answer \n"), held).reused, static_cast<int>(held.size()));
}

TEST(Prompt, addsTheTokenThatWasShownButNotComputed) {
    const std::vector<int> held = session_with(spelled("the ans"));
    const Prompt prompt = prompt_for(conversation("the answer"), held);
    EXPECT_EQ(prompt.reused, static_cast<int>(held.size()));
    EXPECT_EQ(small_tokenizer().decode(prompt.tokens),
              small_tokenizer().decode(prompt_for(conversation("the answer"), {}).tokens));
}

TEST(Prompt, addsTheTokenThatCompletedACharacter) {
    const std::vector<int> held = session_with(spelled("one\xF0\x9F"));
    const Prompt prompt = prompt_for(conversation("one\xF0\x9F\x98\x80"), held);
    EXPECT_EQ(prompt.reused, static_cast<int>(held.size()));
    EXPECT_EQ(small_tokenizer().decode(prompt.tokens),
              small_tokenizer().decode(prompt_for(conversation("one\xF0\x9F\x98\x80"), {}).tokens));
}

TEST(Prompt, keepsAnAnswerWithBrokenBytesThatWereShownReplaced) {
    const std::vector<int> held = session_with(spelled("a\xFFz\xE2\x82"));
    const Prompt prompt = prompt_for(conversation("a\xEF\xBF\xBDz\xEF\xBF\xBD"), held);
    EXPECT_EQ(prompt.reused, static_cast<int>(held.size()));
}

TEST(Prompt, takesAnEditedAnswerAsItIs) {
    const std::vector<int> held = joined(session_with(spelled("the answer")), {kEndOfTurn});
    const Prompt prompt = prompt_for(conversation("the better answer"), held);
    EXPECT_EQ(prompt.tokens, prompt_for(conversation("the better answer"), {}).tokens);
    EXPECT_LT(prompt.reused, static_cast<int>(held.size()));
}

TEST(Prompt, neverKeepsOtherTokensOfAQuestion) {
    std::vector<ChatMessage> messages = {{ChatRole::User, "the question"}};
    const std::vector<int> canonical = prompt_for(messages, {}).tokens;
    messages[0].text.clear();
    std::vector<int> held = prompt_for(messages, {}).tokens;
    const auto head_end = std::mismatch(held.begin(), held.end(), canonical.begin()).first;
    held.erase(head_end, held.end());
    held = joined(held, spelled("the question"));
    messages[0].text = "the question";
    EXPECT_EQ(prompt_for(messages, held).tokens, canonical);
}

TEST(Prompt, continuesAnAnswerInsideACharacter) {
    const std::vector<int> held = session_with(spelled("one\xF0\x9F\x98"));
    std::vector<ChatMessage> messages = {{ChatRole::User, "Hi"}, {ChatRole::Assistant, "one"}};
    const Prompt prompt = prompt_for(messages, held, ChatEnd::ContinueLast);
    EXPECT_EQ(prompt.reused, static_cast<int>(held.size()));
    EXPECT_EQ(prompt.tokens.size(), held.size());
    EXPECT_EQ(prompt.open_bytes, "\xF0\x9F\x98");
}

}  // namespace

}  // namespace altiplano::engine
