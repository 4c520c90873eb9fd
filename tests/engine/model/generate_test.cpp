// The generation loop on the small golden model: its weights are random, so it writes nonsense, but exactly.
#include "engine/model/generate.h"

#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

std::shared_ptr<const Model> golden_model() {
    static const std::shared_ptr<const Model> model =
        Model::load(ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf", {.threads = 2}, {}, {});
    return model;
}

Session new_session(int context = 512, int prefill_chunk = 256) {
    SessionOptions options;
    options.context = context;
    options.prefill_chunk = prefill_chunk;
    return {golden_model(), options};
}

GenerateOptions greedy(int max_tokens) {
    GenerateOptions options;
    options.sampling.temperature = 0;
    options.max_tokens = max_tokens;
    options.header.date = "23 Nov 2026";
    return options;
}

GenerateOptions sampled(int max_tokens, std::uint64_t seed) {
    GenerateOptions options = greedy(max_tokens);
    options.sampling.temperature = 1;
    options.sampling.seed = seed;
    return options;
}

struct Answer {
    Generation generation;
    std::string text;
};

Answer answer_of(Session& session, const std::vector<ChatMessage>& messages, const GenerateOptions& options) {
    Answer answer;
    const GenerateCallbacks callbacks{.on_text =
                                          [&answer](std::string_view text) {
                                              EXPECT_EQ(valid_utf8(text), text);
                                              EXPECT_FALSE(text.empty());
                                              answer.text += text;
                                          },
                                      .on_prefill = {}};
    answer.generation = generate(session, messages, options, callbacks, {});
    return answer;
}

std::vector<ChatMessage> question(std::string text) {
    return {{ChatRole::User, std::move(text)}};
}

/// The conversation after this answer and a further question.
std::vector<ChatMessage> next_turn(std::vector<ChatMessage> messages, const Answer& answer) {
    messages.push_back({ChatRole::Assistant, answer.text});
    messages.push_back({ChatRole::User, "And what then?"});
    return messages;
}

int held(const Session& session) {
    return static_cast<int>(session.tokens().size());
}

TEST(Generate, streamsWhatItCounts) {
    Session session = new_session();
    const Answer answer = answer_of(session, question("Hello"), greedy(24));
    EXPECT_EQ(answer.generation.reason, StopReason::Length);
    EXPECT_FALSE(answer.generation.context_full);
    EXPECT_EQ(answer.generation.generated_tokens, 24);
    EXPECT_EQ(answer.generation.reused_tokens, 0);
    EXPECT_EQ(held(session), answer.generation.prompt_tokens + 23);  // the last token is shown, not yet computed
    EXPECT_FALSE(answer.text.empty());
    EXPECT_GT(answer.generation.prefill_s, 0);
    EXPECT_GE(answer.generation.first_token_s, answer.generation.prefill_s);
}

TEST(Generate, computesOnlyTheNewTokensOfASecondTurn) {
    int kept_whole = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Session session = new_session();
        const auto messages = question("Hello number " + std::to_string(seed));
        const Answer first = answer_of(session, messages, sampled(16, seed));
        const int before = held(session);
        const Answer second = answer_of(session, next_turn(messages, first), sampled(16, seed));
        EXPECT_GT(second.generation.prompt_tokens, before);
        kept_whole += second.generation.reused_tokens == before ? 1 : 0;
    }
    // The nonsense ends inside a character now and then; a model's text does not.
    EXPECT_GE(kept_whole, 12);
}

TEST(Generate, givesTheSameTextWithReuseAsWithout) {
    Session session = new_session();
    std::vector<ChatMessage> messages = question("Hello");
    for (int turn = 0; turn < 3; ++turn) {
        Session fresh = new_session();
        const Answer reused = answer_of(session, messages, greedy(12));
        if (turn > 0) {
            EXPECT_GT(reused.generation.reused_tokens, 30);
        }
        EXPECT_EQ(reused.text, answer_of(fresh, messages, greedy(12)).text) << "turn " << turn;
        // A fixed answer in the tokenizer's own tokens, as the fresh session sees it.
        messages = next_turn(messages, {{}, "the answer is " + std::to_string(turn)});
    }
}

TEST(Generate, computesTheLastTokenAgainWhereAllIsHeld) {
    Session session = new_session();
    const Answer first = answer_of(session, question("Hello"), greedy(12));
    const Answer again = answer_of(session, question("Hello"), greedy(12));
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(again.generation.reused_tokens, again.generation.prompt_tokens - 1);
}

TEST(Generate, repeatsItselfForASeed) {
    Session session = new_session();
    const std::string text = answer_of(session, question("Hello"), sampled(32, 5)).text;
    EXPECT_EQ(answer_of(session, question("Hello"), sampled(32, 5)).text, text);
    EXPECT_NE(answer_of(session, question("Hello"), sampled(32, 6)).text, text);
}

TEST(Generate, endsBeforeAStopString) {
    Session session = new_session();
    const std::string whole = answer_of(session, question("Hello"), greedy(32)).text;
    GenerateOptions options = greedy(32);
    const std::string stop = whole.substr(whole.size() / 2, 6);
    if (valid_utf8(stop) != stop) {
        GTEST_SKIP() << "the middle of the answer is no character";
    }
    options.stop_strings = {stop};
    const Answer cut = answer_of(session, question("Hello"), options);
    EXPECT_EQ(cut.generation.reason, StopReason::StopString);
    EXPECT_EQ(cut.text, whole.substr(0, whole.find(stop)));
    options.stop_strings = {"never written by this model"};
    EXPECT_EQ(answer_of(session, question("Hello"), options).text, whole);
}

TEST(Generate, endsAtAStopTokenWithoutShowingIt) {
    Session session = new_session(2048);
    for (std::uint64_t seed = 1; seed < 60; ++seed) {
        const Answer answer = answer_of(session, question("Hello"), sampled(400, seed));
        if (answer.generation.reason == StopReason::EndOfTurn) {
            EXPECT_EQ(held(session), answer.generation.prompt_tokens + answer.generation.generated_tokens);
            EXPECT_EQ(answer.text.find("<|eot_id|>"), std::string::npos);
            return;
        }
    }
    FAIL() << "no stop token in 60 answers: three of 1,024 tokens are";
}

TEST(Generate, stopsWithinOneTokenWhereTheUserAsks) {
    Session session = new_session();
    std::stop_source stop;
    int calls = 0;
    const GenerateCallbacks callbacks{.on_text =
                                          [&](std::string_view) {
                                              if (++calls == 3) {
                                                  stop.request_stop();
                                              }
                                          },
                                      .on_prefill = {}};
    const Generation generation = generate(session, question("Hello"), greedy(200), callbacks, stop.get_token());
    EXPECT_EQ(generation.reason, StopReason::User);
    EXPECT_LE(calls, 4);
    EXPECT_LT(generation.generated_tokens, 40);
}

TEST(Generate, stopsWhileItReadsThePrompt) {
    constexpr int kChunk = 16;
    Session session = new_session(2048, kChunk);
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "word " + std::to_string(i) + " ";
    }
    std::stop_source stop;
    int read = 0;
    const GenerateCallbacks callbacks{.on_text = [](std::string_view) { ADD_FAILURE() << "no text was asked for"; },
                                      .on_prefill =
                                          [&](int done, int total) {
                                              EXPECT_LE(done, total);
                                              read = done;
                                              if (done >= kChunk) {
                                                  stop.request_stop();
                                              }
                                          }};
    const Generation generation = generate(session, question(text), greedy(8), callbacks, stop.get_token());
    EXPECT_EQ(generation.reason, StopReason::User);
    EXPECT_EQ(generation.generated_tokens, 0);
    EXPECT_GT(read, 0);
    EXPECT_LT(read, generation.prompt_tokens);

    // The chunks that were read are kept, and the answer is the one of an undisturbed session.
    Session fresh = new_session(2048, kChunk);
    const Answer resumed = answer_of(session, question(text), greedy(8));
    EXPECT_GE(resumed.generation.reused_tokens, kChunk);
    EXPECT_EQ(resumed.text, answer_of(fresh, question(text), greedy(8)).text);
}

TEST(Generate, saysThatTheContextIsFull) {
    Session session = new_session(96);
    const Answer answer = answer_of(session, question("Hello"), greedy(0));
    EXPECT_EQ(answer.generation.reason, StopReason::Length);
    EXPECT_TRUE(answer.generation.context_full);
    EXPECT_EQ(answer.generation.prompt_tokens + answer.generation.generated_tokens, 96);
}

TEST(Generate, refusesAPromptThatLeavesNoRoomBeforeComputingAnything) {
    Session large = new_session(512);
    const int prompt_tokens = answer_of(large, question("Hello"), greedy(1)).generation.prompt_tokens;
    Session enough = new_session(prompt_tokens + 16);
    EXPECT_EQ(answer_of(enough, question("Hello"), greedy(0)).generation.generated_tokens, 16);
    Session small = new_session(prompt_tokens + 15);
    try {
        answer_of(small, question("Hello"), greedy(0));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::PromptTooLong);
        EXPECT_EQ(error.what(), "the conversation needs " + std::to_string(prompt_tokens + 16) +
                                    " tokens with room for an answer, the context holds " +
                                    std::to_string(prompt_tokens + 15));
    }
    EXPECT_EQ(held(small), 0);
}

TEST(Generate, aRefusedPromptLosesNothingOfTheSession) {
    Session session = new_session(128);
    const Answer first = answer_of(session, question("Hello"), greedy(8));
    const int before = held(session);
    auto messages = next_turn(question("Hello"), first);
    for (int i = 0; i < 500; ++i) {
        messages.back().text += " again";
    }
    EXPECT_THROW(answer_of(session, messages, greedy(8)), Error);
    EXPECT_EQ(held(session), before);
}

TEST(Generate, continuesAnAnswerWhereItEnded) {
    Session session = new_session();
    const std::string whole = answer_of(session, question("Hello"), greedy(40)).text;
    session.rewind(0);
    Answer part = answer_of(session, question("Hello"), greedy(15));
    auto messages = question("Hello");
    messages.push_back({ChatRole::Assistant, part.text});
    GenerateOptions options = greedy(25);
    options.end = ChatEnd::ContinueLast;
    const int before = held(session);
    const Answer rest = answer_of(session, messages, options);
    EXPECT_GE(rest.generation.reused_tokens, before - 1);
    EXPECT_EQ(part.text + rest.text, whole);
}

TEST(Generate, refusesParametersOutOfTheirRangeBeforeComputing) {
    Session session = new_session();
    GenerateOptions options = greedy(4);
    options.sampling.top_p = 2;
    EXPECT_THROW(answer_of(session, question("Hello"), options), Error);
    options = greedy(4);
    options.stop_strings = {""};
    EXPECT_THROW(answer_of(session, question("Hello"), options), Error);
    EXPECT_EQ(held(session), 0);
}

}  // namespace

}  // namespace altiplano::engine
