// Speculation changes the time of an answer and nothing else: not its text, its end, its session or its figures.
#include "engine/model/speculation.h"

#include <gtest/gtest.h>
#include <random>

#include "engine/error.h"
#include "engine/model/draft_model.h"
#include "engine/model/generate.h"
#include "engine/model/prompt_lookup.h"
#include "engine/text/utf8.h"
#include "tests/engine/session/golden.h"
#include "tests/engine/weights/gguf_seed.h"

namespace altiplano::engine {

namespace {

std::shared_ptr<const Model> load(const std::filesystem::path& path) {
    return Model::load(path, {.threads = 2}, {}, {});
}

std::shared_ptr<const Model> golden_model() {
    static const auto model = load(ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf");
    return model;
}

/// The same weights less coarsely rounded: nearly the same opinion.
std::shared_ptr<const Model> golden_relative() {
    static const auto model = load(ALTIPLANO_TEST_DATA "/tiny-llama31-Q8_0.gguf");
    return model;
}

std::shared_ptr<const Model> starter_model() {
    static const auto model = load(ALTIPLANO_STARTER);
    return model;
}

/// Knows an answer beforehand, or something like it: at every place a share of its guesses is right.
class Oracle final : public Drafter {
public:
    Oracle(std::vector<int> answer, double share) : answer_(std::move(answer)), share_(share) {}

    void begin(std::span<const int>) override { at_ = 0; }
    void push(int) override { ++at_; }
    void prepare(std::stop_token) override {}
    double chance(int) const override { return at_ < answer_.size() ? share_ : 0; }
    std::span<const int> draft(int most, const Sampler&) override {
        draft_.clear();
        for (std::size_t i = at_; i < answer_.size() && std::ssize(draft_) < most; ++i) {
            const bool right = static_cast<double>(random_() >> 11) * 0x1.0p-53 < share_;
            draft_.push_back(right ? answer_[i] : static_cast<int>(random_() % 900));
        }
        return draft_;
    }

private:
    std::vector<int> answer_;
    double share_;
    std::mt19937_64 random_{5};
    std::size_t at_ = 0;
    std::vector<int> draft_;
};

Speculation with(std::unique_ptr<Drafter> drafter, int always) {
    std::vector<std::unique_ptr<Drafter>> drafters;
    drafters.push_back(std::move(drafter));
    Speculation speculation(std::move(drafters));
    speculation.guess_always(always);
    return speculation;
}

Speculation lookup(int always) {
    return with(std::make_unique<PromptLookup>(), always);
}

GenerateOptions with_temperature(float temperature, int max_tokens, std::uint64_t seed = 1) {
    GenerateOptions options;
    options.sampling.temperature = temperature;
    options.sampling.seed = seed;
    options.max_tokens = max_tokens;
    options.header.date = "23 Nov 2026";
    return options;
}

struct Answer {
    Generation figures;
    std::string text;
    std::vector<int> session;  ///< its tokens afterwards

    std::vector<int> tokens() const { return {session.begin() + figures.prompt_tokens, session.end()}; }
};

std::vector<ChatMessage> question(std::string text) {
    return {{ChatRole::User, std::move(text)}};
}

/// stop_after: so many pieces of text the user stops; 0: never.
Answer ask(Session& session, const std::vector<ChatMessage>& messages, GenerateOptions options,
           Speculation* speculation, int stop_after = 0) {
    Answer answer;
    std::stop_source stop;
    int pieces = 0;
    std::size_t held = 0;
    const GenerateCallbacks callbacks{.on_text =
                                          [&](std::string_view text) {
                                              EXPECT_EQ(valid_utf8(text), text);
                                              EXPECT_GE(session.tokens().size(), held);
                                              held = session.tokens().size();
                                              answer.text += text;
                                              if (++pieces == stop_after) {
                                                  stop.request_stop();
                                              }
                                          },
                                      .on_prefill = {}};
    options.speculation = speculation;
    answer.figures = generate(session, messages, options, callbacks, stop.get_token());
    answer.session.assign(session.tokens().begin(), session.tokens().end());
    return answer;
}

Answer ask_new(const std::shared_ptr<const Model>& model, const std::vector<ChatMessage>& messages,
               const GenerateOptions& options, Speculation* speculation, int stop_after = 0, int context = 1024) {
    Session session(model, {.context = context});
    return ask(session, messages, options, speculation, stop_after);
}

void expect_same(const Answer& plain, const Answer& guessed, const std::string& where) {
    EXPECT_EQ(plain.text, guessed.text) << where;
    EXPECT_EQ(plain.session, guessed.session) << where;
    EXPECT_EQ(plain.figures.reason, guessed.figures.reason) << where;
    EXPECT_EQ(plain.figures.context_full, guessed.figures.context_full) << where;
    EXPECT_EQ(plain.figures.generated_tokens, guessed.figures.generated_tokens) << where;
    EXPECT_LE(guessed.figures.followed_tokens, guessed.figures.guessed_tokens) << where;
    EXPECT_EQ(plain.figures.guessed_tokens, 0) << where;
}

const std::vector<std::string> kQuestions = {
    "Hello",
    "What can you do?",
    "Which models can I use? And which settings?",
    "Why is it so slow on my laptop?",
    "Repeat: the quick brown fox. Repeat: the quick brown fox. Repeat: the quick",
    "def f(x):\n    return x + 1\n\ndef f(x):\n    return x + 1\n\ndef f(x):",
    "\xF0\x9F\x98\x80 \xE4\xBD\xA0\xE5\xA5\xBD"};

TEST(Speculation, greedyTextOfTheStarterModelIsTheSame) {
    int followed = 0;
    Speculation kept = lookup(-1);  // goes on from answer to answer, as in the program
    Speculation forced = lookup(6);
    for (const std::string& text : kQuestions) {
        const auto options = with_temperature(0, 48);
        const Answer plain = ask_new(starter_model(), question(text), options, nullptr);
        for (Speculation* speculation : {&kept, &forced}) {
            const Answer guessed = ask_new(starter_model(), question(text), options, speculation);
            expect_same(plain, guessed, text);
            followed += guessed.figures.followed_tokens;
        }
    }
    EXPECT_GT(followed, 0);
}

TEST(Speculation, textOfRandomWeightsIsTheSameForEverySeed) {
    int followed = 0;
    for (const auto& model : {golden_model(), golden_relative()}) {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            GenerateOptions options = with_temperature(seed % 3 == 0 ? 0.0F : 0.4F, 60, seed);
            options.sampling.repetition_penalty = seed % 4 == 1 ? 1.3F : 1.0F;
            options.sampling.frequency_penalty = seed % 4 == 2 ? 0.4F : 0.0F;
            options.sampling.presence_penalty = seed % 4 == 3 ? 0.4F : 0.0F;
            options.sampling.penalty_window = 20;
            options.sampling.top_k = seed % 2 == 0 ? 40 : 0;
            const auto messages = question(kQuestions[seed % kQuestions.size()]);
            const Answer plain = ask_new(model, messages, options, nullptr);
            for (const int always : {1, 4, 15, -1}) {
                Speculation speculation = lookup(always);
                const Answer guessed = ask_new(model, messages, options, &speculation);
                expect_same(plain, guessed, "seed " + std::to_string(seed) + " length " + std::to_string(always));
                followed += guessed.figures.followed_tokens;
            }
        }
    }
    EXPECT_GT(followed, 0);
}

TEST(Speculation, wrongAndRightGuessesGiveTheSameText) {
    const auto options = with_temperature(0.8F, 100, 7);
    const Answer plain = ask_new(golden_model(), question("Hello"), options, nullptr);
    for (const double share : {0.0001, 0.5, 0.9, 1.0}) {
        for (const int always : {1, 3, 15}) {
            Speculation speculation = with(std::make_unique<Oracle>(plain.tokens(), share), always);
            const Answer guessed = ask_new(golden_model(), question("Hello"), options, &speculation);
            expect_same(plain, guessed, std::to_string(share));
            const int useful = plain.figures.generated_tokens - 1;
            if (share == 1.0) {  // all but the first of every batch
                EXPECT_EQ(guessed.figures.guessed_tokens, guessed.figures.followed_tokens);
                EXPECT_GE(guessed.figures.followed_tokens, useful * always / (always + 1) - 1);
            }
        }
    }
}

TEST(Speculation, everyEndFallsInsideAGuessAndIsKept) {
    const auto messages = question("Hello");
    const Answer whole = ask_new(golden_model(), messages, with_temperature(0.5F, 90, 3), nullptr);
    for (int length = 1; length <= 40; ++length) {
        Speculation speculation = with(std::make_unique<Oracle>(whole.tokens(), 0.95), 9);
        const auto options = with_temperature(0.5F, length, 3);
        const Answer plain = ask_new(golden_model(), messages, options, nullptr);
        expect_same(plain, ask_new(golden_model(), messages, options, &speculation),
                    std::to_string(length) + " tokens");
    }
    for (int pieces = 1; pieces <= 30; ++pieces) {
        Speculation speculation = with(std::make_unique<Oracle>(whole.tokens(), 0.95), 9);
        const auto options = with_temperature(0.5F, 90, 3);
        const Answer plain = ask_new(golden_model(), messages, options, nullptr, pieces);
        EXPECT_EQ(plain.figures.reason, StopReason::User);
        expect_same(plain, ask_new(golden_model(), messages, options, &speculation, pieces),
                    std::to_string(pieces) + " pieces");
    }
}

TEST(Speculation, stopStringsEndItInsideAGuess) {
    const auto messages = question("Hello");
    const Answer whole = ask_new(golden_model(), messages, with_temperature(0.5F, 90, 3), nullptr);
    int found = 0;
    for (std::size_t from = 0; from + 3 < whole.text.size(); from += 5) {
        GenerateOptions options = with_temperature(0.5F, 90, 3);
        options.stop_strings = {whole.text.substr(from, 3)};
        if (valid_utf8(options.stop_strings.front()) != options.stop_strings.front()) {
            continue;
        }
        Speculation speculation = with(std::make_unique<Oracle>(whole.tokens(), 0.95), 9);
        const Answer plain = ask_new(golden_model(), messages, options, nullptr);
        found += plain.figures.reason == StopReason::StopString ? 1 : 0;
        expect_same(plain, ask_new(golden_model(), messages, options, &speculation), options.stop_strings.front());
    }
    EXPECT_GT(found, 10);
}

TEST(Speculation, anEndTokenInsideAGuessEndsTheAnswer) {
    int ended = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto options = with_temperature(1, 300, seed);
        const Answer plain = ask_new(golden_model(), question("Hello"), options, nullptr);
        if (plain.figures.reason != StopReason::EndOfTurn) {
            continue;
        }
        ++ended;
        std::vector<int> known = plain.tokens();
        known.insert(known.end(), {stop_tokens(golden_model()->tokenizer()).back(), 5, 6, 7});
        Speculation speculation = with(std::make_unique<Oracle>(known, 1.0), 8);
        expect_same(plain, ask_new(golden_model(), question("Hello"), options, &speculation), std::to_string(seed));
    }
    EXPECT_GT(ended, 3);
}

TEST(Speculation, theEndOfTheContextIsTheSame) {
    const auto options = with_temperature(0.5F, 0, 3);
    const Answer whole = ask_new(golden_model(), question("Hello"), options, nullptr, 0, 200);
    for (const int context : {96, 97, 101, 200}) {
        const Answer plain = ask_new(golden_model(), question("Hello"), options, nullptr, 0, context);
        EXPECT_TRUE(plain.figures.context_full);
        for (const int always : {1, 4, 15}) {
            Speculation speculation = with(std::make_unique<Oracle>(whole.tokens(), 1.0), always);
            expect_same(plain, ask_new(golden_model(), question("Hello"), options, &speculation, 0, context),
                        std::to_string(context) + " positions");
        }
    }
}

TEST(Speculation, aConversationGoesOnAsWithout) {
    Session plain_session(golden_model(), {.context = 1024}), session(golden_model(), {.context = 1024});
    Speculation speculation = lookup(6);
    std::vector<ChatMessage> messages = question("Hello");
    for (std::uint64_t turn = 0; turn < 5; ++turn) {
        const auto options = with_temperature(0.4F, 40, turn);
        const Answer plain = ask(plain_session, messages, options, nullptr);
        const Answer guessed = ask(session, messages, options, &speculation);
        expect_same(plain, guessed, "turn " + std::to_string(turn));
        EXPECT_EQ(plain.figures.reused_tokens, guessed.figures.reused_tokens);
        messages.push_back({ChatRole::Assistant, plain.text});
        messages.push_back({ChatRole::User, "And what then?"});
        if (turn == 2) {
            messages.resize(3);  // an earlier question is asked in other words
            messages.back().text = "No, otherwise";
        }
    }
}

TEST(DraftModelTest, theModelItselfIsRightAtAnyTemperature) {
    for (const float temperature : {0.0F, 0.6F, 1.5F}) {
        GenerateOptions options = with_temperature(temperature, 64, 11);
        options.sampling.frequency_penalty = 0.3F;
        const Answer plain = ask_new(golden_model(), question("Hello"), options, nullptr);
        Speculation speculation =
            with(std::make_unique<DraftModel>(*golden_model(), golden_model(), SessionOptions{.context = 1024}), 5);
        const Answer guessed = ask_new(golden_model(), question("Hello"), options, &speculation);
        expect_same(plain, guessed, std::to_string(temperature));
        EXPECT_EQ(guessed.figures.followed_tokens, guessed.figures.guessed_tokens) << temperature;
        EXPECT_GT(guessed.figures.followed_tokens, plain.figures.generated_tokens * 3 / 4) << temperature;
    }
}

TEST(DraftModelTest, aRelativeIsOftenRight) {
    int guessed_tokens = 0, followed = 0;
    for (const float temperature : {0.0F, 0.6F, 1.0F}) {
        Session plain_session(golden_model(), {.context = 1024}), session(golden_model(), {.context = 1024});
        Speculation speculation =
            with(std::make_unique<DraftModel>(*golden_model(), golden_relative(), SessionOptions{.context = 1024}), 3);
        std::vector<ChatMessage> messages = question(std::string(200, 'x'));  // more than a guess reads by itself
        for (std::uint64_t turn = 0; turn < 3; ++turn) {
            const auto options = with_temperature(temperature, 50, turn);
            const Answer plain = ask(plain_session, messages, options, nullptr);
            const Answer guessed = ask(session, messages, options, &speculation);
            expect_same(plain, guessed, "turn " + std::to_string(turn));
            guessed_tokens += guessed.figures.guessed_tokens;
            followed += guessed.figures.followed_tokens;
            messages.push_back({ChatRole::Assistant, plain.text});
            messages.push_back({ChatRole::User, "And what then?"});
        }
    }
    EXPECT_GT(followed, guessed_tokens / 8);  // of random weights
}

TEST(DraftModelTest, itsShorterContextEndsTheGuessesOnly) {
    const auto options = with_temperature(0, 120);
    const Answer plain = ask_new(golden_model(), question("Hello"), options, nullptr);
    Speculation speculation =
        with(std::make_unique<DraftModel>(*golden_model(), golden_model(), SessionOptions{.context = 100}), 5);
    const Answer guessed = ask_new(golden_model(), question("Hello"), options, &speculation);
    expect_same(plain, guessed, "");
    EXPECT_GT(guessed.figures.followed_tokens, 0);
    EXPECT_LT(guessed.figures.followed_tokens, 100 - plain.figures.prompt_tokens);
}

TEST(DraftModelTest, anotherVocabularyIsRefusedInWords) {
    const auto message_of = [](const Model& model, const std::shared_ptr<const Model>& draft) -> std::string {
        try {
            const DraftModel refused(model, draft, {});
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::Unsupported);
            return error.what();
        }
        ADD_FAILURE() << "no error";
        return {};
    };
    const std::string size = message_of(*starter_model(), golden_model());
    EXPECT_NE(size.find("1024 tokens, expected"), std::string::npos) << size;
    EXPECT_EQ(size.find(golden_model()->summary().path.string()), 0U) << size;

    GgufSeed seed, other;
    std::swap(other.tokens.at(70), other.tokens.at(71));
    other.set("tokenizer.ggml.tokens", gguf_texts(other.tokens));
    const TemporaryFile file(seed.bytes()), other_file(other.bytes());
    check_same_vocabulary(*load(file.path()), *load(file.path()));
    const std::string token = message_of(*load(file.path()), load(other_file.path()));
    EXPECT_NE(token.find("token 70 is \"" + seed.tokens[71] + "\", expected \"" + seed.tokens[70]), std::string::npos)
        << token;
}

TEST(DraftModelTest, aStopEndsItsReading) {
    DraftModel drafter(*golden_model(), golden_model(), {.context = 1024});
    drafter.begin(std::vector<int>(600, 5));
    std::stop_source stop;
    stop.request_stop();
    drafter.prepare(stop.get_token());
    EXPECT_TRUE(drafter.draft(4, Sampler({}, 1024)).empty());
    drafter.prepare({});
    EXPECT_EQ(drafter.draft(4, Sampler({}, 1024)).size(), 4U);
}

}  // namespace

}  // namespace altiplano::engine
