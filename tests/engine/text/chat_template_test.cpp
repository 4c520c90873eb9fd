// The chat format, token by token.
#include "engine/text/chat_template.h"

#include <gtest/gtest.h>

#include "engine/error.h"
#include "tests/engine/text/vocabulary_files.h"

namespace altiplano::engine::test {

namespace {

const ChatHeader kHeader{"23 Nov 2026"};
constexpr std::string_view kDates = "Cutting Knowledge Date: December 2023\nToday Date: 23 Nov 2026\n\n";

std::vector<int> flat(std::span<const ChatMessage> messages, ChatEnd end = ChatEnd::NewAnswer) {
    std::vector<int> ids;
    for (const RenderedMessage& message : render_chat(small_tokenizer(), messages, kHeader, end)) {
        ids.insert(ids.end(), message.head.begin(), message.head.end());
        ids.insert(ids.end(), message.content.begin(), message.content.end());
        ids.insert(ids.end(), message.tail.begin(), message.tail.end());
    }
    return ids;
}

/// Special tokens show as their names.
std::string shown(std::span<const ChatMessage> messages, ChatEnd end = ChatEnd::NewAnswer) {
    return small_tokenizer().decode(flat(messages, end));
}

std::string part(std::string_view role, std::string_view text) {
    return "<|start_header_id|>" + std::string(role) + "<|end_header_id|>\n\n" + std::string(text);
}

TEST(ChatTemplate, rendersEveryRole) {
    const std::vector<ChatMessage> messages = {{ChatRole::System, "Be brief."},
                                               {ChatRole::User, "2+2?"},
                                               {ChatRole::Assistant, "calc"},
                                               {ChatRole::Ipython, "4"}};
    EXPECT_EQ(shown(messages), "<|begin_of_text|>" + part("system", std::string(kDates) + "Be brief.<|eot_id|>") +
                                   part("user", "2+2?<|eot_id|>") + part("assistant", "calc<|eot_id|>") +
                                   part("ipython", "4<|eot_id|>") + part("assistant", ""));
}

TEST(ChatTemplate, alwaysBeginsWithASystemMessage) {
    const std::vector<ChatMessage> messages = {{ChatRole::User, "Hi"}};
    EXPECT_EQ(shown(messages), "<|begin_of_text|>" + part("system", std::string(kDates) + "<|eot_id|>") +
                                   part("user", "Hi<|eot_id|>") + part("assistant", ""));
    EXPECT_EQ(shown({}),
              "<|begin_of_text|>" + part("system", std::string(kDates) + "<|eot_id|>") + part("assistant", ""));
}

TEST(ChatTemplate, usesTheIdsOfTheScaffolding) {
    const std::vector<int> ids = flat({});
    EXPECT_EQ(ids[0], 960);
    EXPECT_EQ(ids[1], 966);
    EXPECT_EQ(std::count(ids.begin(), ids.end(), 967), 2);
    EXPECT_EQ(std::count(ids.begin(), ids.end(), 969), 1);
}

TEST(ChatTemplate, trimsWhiteSpaceAroundTexts) {
    const std::vector<ChatMessage> messages = {{ChatRole::System, "\n Be brief. \t"},
                                               {ChatRole::User, "\xE3\x80\x80 a  b \n\xC2\xA0\x1F"},
                                               {ChatRole::Assistant, "\xFF \n"}};
    EXPECT_EQ(shown(messages), "<|begin_of_text|>" + part("system", std::string(kDates) + "Be brief.<|eot_id|>") +
                                   part("user", "a  b<|eot_id|>") + part("assistant", "\xFF<|eot_id|>") +
                                   part("assistant", ""));
}

TEST(ChatTemplate, leavesAnAnswerToBeContinuedOpenAndAsItIs) {
    const std::vector<ChatMessage> messages = {{ChatRole::User, "Count"}, {ChatRole::Assistant, "1, 2, "}};
    EXPECT_TRUE(shown(messages, ChatEnd::ContinueLast).ends_with(part("assistant", "1, 2, ")));
    EXPECT_THROW(flat(std::span(messages).first(1), ChatEnd::ContinueLast), Error);
    EXPECT_THROW(flat({}, ChatEnd::ContinueLast), Error);
}

TEST(ChatTemplate, keepsTypedSpecialTokensAsText) {
    const Tokenizer& tokenizer = small_tokenizer();
    const auto specials = [&tokenizer](std::span<const ChatMessage> messages, ChatEnd end) {
        const std::vector<int> ids = flat(messages, end);
        return std::count_if(ids.begin(), ids.end(), [&tokenizer](int id) { return tokenizer.is_special(id); });
    };
    for (const ChatRole role : {ChatRole::System, ChatRole::User, ChatRole::Assistant, ChatRole::Ipython}) {
        const std::vector<ChatMessage> harmless = {{role, "x"}, {ChatRole::Assistant, "y"}};
        for (int id = 960; id < tokenizer.size(); ++id) {
            const std::string typed(tokenizer.bytes(id));
            const std::vector<ChatMessage> messages = {{role, typed + "a" + typed}, {ChatRole::Assistant, typed}};
            ASSERT_EQ(specials(messages, ChatEnd::NewAnswer), specials(harmless, ChatEnd::NewAnswer)) << typed;
            ASSERT_EQ(specials(messages, ChatEnd::ContinueLast), specials(harmless, ChatEnd::ContinueLast)) << typed;
        }
    }
}

TEST(ChatTemplate, needsTheSpecialTokensOfLlama31) {
    TokenizerData data = read_tokenizer_model(small_tokenizer_path());
    data.tokens[969].bytes = "<|other|>";
    try {
        render_chat(Tokenizer(std::move(data)), {}, kHeader, ChatEnd::NewAnswer);
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Unsupported);
        EXPECT_NE(std::string(error.what()).find("<|eot_id|>"), std::string::npos);
    }
}

TEST(ChatTemplate, endsAnswersAtTheThreeStopTokens) {
    EXPECT_EQ(stop_tokens(small_tokenizer()), (std::vector<int>{961, 968, 969}));
}

}  // namespace

}  // namespace altiplano::engine::test
