// What a session promises: the same bits however its tokens came, nothing kept of what failed, errors in words.
#include "engine/model/session.h"

#include <gtest/gtest.h>
#include <numeric>

#include "engine/error.h"
#include "tests/engine/session/golden.h"
#include "tests/engine/weights/gguf_seed.h"

namespace altiplano::engine {
namespace {

std::shared_ptr<const Model> load(int threads) {
    return Model::load(golden_path("tiny-llama31-Q4_K_M.gguf"), {.threads = threads}, {}, {});
}

std::vector<int> some_tokens(int count) {
    std::vector<int> tokens(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        tokens[static_cast<std::size_t>(i)] = i * 37 % 960;
    }
    return tokens;
}

std::vector<float> copy(std::span<const float> values) {
    return {values.begin(), values.end()};
}

ErrorKind kind_of(const std::function<void()>& function) {
    try {
        function();
    } catch (const Error& error) {
        return error.kind();
    }
    ADD_FAILURE() << "no Error was thrown";
    return ErrorKind::Io;
}

TEST(SessionTest, aReusedPrefixGivesTheSameBits) {
    const auto model = load(2);
    const auto tokens = some_tokens(200);
    const auto all = std::span<const int>(tokens);
    Session fresh(model, {.context = 256});
    const auto expected = copy(fresh.forward(all));

    Session reused(model, {.context = 256});
    reused.forward(all.first(90));
    reused.forward(some_tokens(77));  // another branch
    reused.rewind(90);
    EXPECT_EQ(copy(reused.forward(all.subspan(90))), expected);
    EXPECT_TRUE(std::equal(all.begin(), all.end(), reused.tokens().begin(), reused.tokens().end()));
}

TEST(SessionTest, tokensOneByOneGiveTheSameBitsAsAChunk) {
    const auto model = load(2);
    const auto tokens = some_tokens(150);
    Session chunked(model, {.context = 256, .prefill_chunk = 64}), single(model, {.context = 256});
    std::vector<float> together(150 * 1024);
    chunked.forward_all(tokens, together);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto logits = single.forward(std::span(tokens).subspan(i, 1));
        ASSERT_TRUE(std::equal(logits.begin(), logits.end(), together.begin() + static_cast<std::ptrdiff_t>(i * 1024)))
            << i;
    }
}

TEST(SessionTest, choosesTheNextTokenAsFromItsLogits) {
    const auto model = load(2);
    Session plain(model, {.context = 256}), choosing(model, {.context = 256});
    Sampler sampler({.seed = 7}, model->config().vocab_size), chooser({.seed = 7}, model->config().vocab_size);
    plain.forward(some_tokens(20));
    choosing.forward(some_tokens(20));
    for (int i = 0, token = 5; i < 30; ++i) {
        const int expected = sampler.sample(plain.forward(std::span(&token, 1)), plain.tokens());
        EXPECT_EQ(choosing.choose_next(token, chooser), expected) << i;
        token = expected;
    }
    EXPECT_TRUE(std::equal(plain.tokens().begin(), plain.tokens().end(), choosing.tokens().begin()));
}

TEST(SessionTest, aGuessGivesTheBitsOfSingleTokens) {
    const auto model = load(2);
    const auto tokens = some_tokens(60);
    for (const int chunk : {1, 5, 256}) {
        Session session(model, {.context = 64, .prefill_chunk = chunk}), single(model, {.context = 64});
        for (std::size_t done = 0, guessed = 0; done < tokens.size(); done += 1 + guessed) {
            guessed = std::min(done % 17, tokens.size() - done - 1);
            auto logits = session.forward_guess(tokens[done], std::span(tokens).subspan(done + 1, guessed));
            for (std::size_t i = 0;; ++i, logits = session.follow_guess()) {
                ASSERT_EQ(copy(logits), copy(single.forward(std::span(tokens).subspan(done + i, 1)))) << done + i;
                ASSERT_EQ(session.tokens().size(), single.tokens().size());
                ASSERT_EQ(session.guess().size(), guessed - i);
                if (i == guessed) {
                    break;
                }
            }
        }
    }
}

TEST(SessionTest, aWrongGuessLeavesNoTrace) {
    const auto model = load(2);
    const auto tokens = some_tokens(40);
    const int wrong[] = {7, 8, 9};
    for (const DType type : {DType::F32, DType::Q8_0}) {
        Session other(model, {.context = 64, .kv_type = type}), other_single(model, {.context = 64, .kv_type = type});
        for (const int& token : tokens) {
            ASSERT_EQ(copy(other.forward_guess(token, wrong)), copy(other_single.forward(std::span(&token, 1))));
        }
    }
    Session session(model, {.context = 64}), single(model, {.context = 64});
    for (const int& token : tokens) {
        ASSERT_EQ(copy(session.forward_guess(token, wrong)), copy(single.forward(std::span(&token, 1))));
    }
    EXPECT_EQ(session.guess().size(), 3U);
    session.forward_guess(1, wrong);
    session.follow_guess();
    session.rewind(40);
    EXPECT_TRUE(session.guess().empty());
    EXPECT_EQ(copy(session.forward(std::span(tokens).first(3))), copy(single.forward(std::span(tokens).first(3))));
    EXPECT_TRUE(std::equal(session.tokens().begin(), session.tokens().end(), single.tokens().begin()));
}

TEST(SessionTest, aGuessThatDoesNotFitIsRefused) {
    Session session(load(1), {.context = 12});
    session.forward(some_tokens(9));
    const int guess[] = {1, 2, 3}, no_token[] = {-1};
    EXPECT_EQ(kind_of([&] { session.forward_guess(5, guess); }), ErrorKind::PromptTooLong);
    EXPECT_EQ(kind_of([&] { session.forward_guess(5, no_token); }), ErrorKind::BadArgument);
    EXPECT_EQ(kind_of([&] { session.follow_guess(); }), ErrorKind::BadArgument);
    EXPECT_EQ(session.tokens().size(), 9U);
    session.forward_guess(5, std::span(guess).first(2));
    session.follow_guess();
    session.follow_guess();
    EXPECT_EQ(session.tokens().size(), 12U);  // exactly full
    EXPECT_EQ(kind_of([&] { session.follow_guess(); }), ErrorKind::BadArgument);
}

TEST(SessionTest, theNumberOfThreadsAndTheChunkDoNotMatter) {
    const auto tokens = some_tokens(130);
    Session reference(load(1), {.context = 256});
    const auto expected = copy(reference.forward(tokens));
    for (const int threads : {2, 3, 8}) {
        const auto model = load(threads);
        for (const int chunk : {1, 33, 256}) {
            Session session(model, {.context = 256, .prefill_chunk = chunk});
            EXPECT_EQ(copy(session.forward(tokens)), expected) << threads << " threads, chunks of " << chunk;
        }
    }
}

TEST(SessionTest, theNumberOfThreadsCanChangeBetweenTwoTokens) {
    const auto tokens = some_tokens(130);
    Session reference(load(1), {.context = 256}), session(load(1), {.context = 256});
    const auto expected = copy(reference.forward(tokens));
    const auto all = std::span<const int>(tokens);
    session.forward(all.first(40));
    session.set_threads(6);
    EXPECT_EQ(session.model().threads(), 6);
    session.forward(all.subspan(40, 50));
    session.set_threads(2);
    session.forward(all.subspan(90, 1));
    session.set_threads(0);
    EXPECT_GE(session.model().threads(), 1);
    EXPECT_EQ(copy(session.forward(all.subspan(91))), expected);
}

TEST(SessionTest, aPromptThatDoesNotFitIsRefusedBeforeComputing) {
    Session session(load(1), {.context = 100});
    session.forward(some_tokens(60));
    EXPECT_EQ(kind_of([&] { session.forward(some_tokens(41)); }), ErrorKind::PromptTooLong);
    EXPECT_EQ(session.tokens().size(), 60U);
    EXPECT_EQ(session.forward(some_tokens(40)).size(), 1024U);  // exactly full
    EXPECT_EQ(kind_of([&] { session.forward(some_tokens(1)); }), ErrorKind::PromptTooLong);
}

TEST(SessionTest, badArgumentsAreRefused) {
    const auto model = load(1);
    Session session(model, {.context = 64});
    const int too_large[] = {3, 1024}, negative[] = {-1};
    EXPECT_EQ(kind_of([&] { session.forward(too_large); }), ErrorKind::BadArgument);
    EXPECT_EQ(kind_of([&] { session.forward(negative); }), ErrorKind::BadArgument);
    EXPECT_EQ(kind_of([&] { session.forward({}); }), ErrorKind::BadArgument);
    EXPECT_EQ(kind_of([&] { session.rewind(1); }), ErrorKind::BadArgument);
    EXPECT_EQ(kind_of([&] { session.rewind(-1); }), ErrorKind::BadArgument);
    EXPECT_EQ(kind_of([&] { Session(model, {.context = 131'073}); }), ErrorKind::BadArgument);
    EXPECT_EQ(kind_of([&] { Session(model, {.context = 64, .kv_type = DType::BF16}); }), ErrorKind::BadArgument);
}

TEST(SessionTest, theWholeContextOfTheModelCanBeReserved) {
    Session session(load(1), {.context = 131'072});
    EXPECT_EQ(session.context(), 131'072);
    EXPECT_EQ(session.cache_bytes(), std::int64_t{2} * 3 * 131'072 * 2 * 64 * 2);
    EXPECT_EQ(Session(load(1), {}).context(), 8192);
}

TEST(SessionTest, aStopKeepsTheChunksDone) {
    Session session(load(2), {.context = 512, .prefill_chunk = 32});
    std::stop_source stop;
    int reported = 0;
    const auto logits = session.forward(some_tokens(400), stop.get_token(), [&](int done) {
        reported = done;
        if (done >= 64) {
            stop.request_stop();
        }
    });
    EXPECT_TRUE(logits.empty());
    EXPECT_EQ(std::ssize(session.tokens()), reported);
    EXPECT_EQ(reported, 64);
    const auto rest = some_tokens(400);
    Session fresh(load(2), {.context = 512});
    const auto expected = copy(fresh.forward(rest));
    EXPECT_EQ(copy(session.forward(std::span(rest).subspan(64))), expected);
}

TEST(SessionTest, progressEndsAtAllTokens) {
    Session session(load(2), {.context = 512, .prefill_chunk = 64});
    std::vector<int> done;
    session.forward(some_tokens(300), {}, [&](int count) { done.push_back(count); });
    EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
    EXPECT_EQ(done.back(), 300);
    EXPECT_GT(done.size(), 3U);
}

// Scales that are no numbers load, as nothing in the format forbids them, but never become text.
TEST(SessionTest, weightsThatAreNoNumbersAreAnError) {
    GgufSeed seed;
    seed.tensor("blk.1.ffn_down.weight").data.replace(0, 2, raw<std::uint16_t>(0x7E00));
    const TemporaryFile file(seed.bytes());
    Session session(Model::load(file.path(), {.threads = 1}, {}, {}), {});
    const int tokens[] = {1, 2, 3};
    EXPECT_EQ(kind_of([&] { session.forward(tokens); }), ErrorKind::Numeric);
    EXPECT_TRUE(session.tokens().empty());
    std::vector<float> all(3 * 264);
    EXPECT_EQ(kind_of([&] { session.forward_all(tokens, all); }), ErrorKind::Numeric);
    EXPECT_TRUE(session.tokens().empty());
    EXPECT_EQ(kind_of([&] { session.forward_guess(1, tokens); }), ErrorKind::Numeric);
    EXPECT_TRUE(session.guess().empty());
    EXPECT_TRUE(session.tokens().empty());
}

TEST(SessionTest, anOutputOfItsOwnIsUsedInsteadOfTheEmbedding) {
    GgufSeed tied, untied;
    untied.tensors.push_back(untied.tensor("token_embd.weight"));
    untied.tensors.back().name = "output.weight";
    std::rotate(untied.tensors.back().data.begin(), untied.tensors.back().data.begin() + 34,
                untied.tensors.back().data.end());
    untied.lay_out();
    const TemporaryFile first(tied.bytes()), second(untied.bytes());
    Session with_embedding(Model::load(first.path(), {.threads = 1}, {}, {}), {});
    Session with_output(Model::load(second.path(), {.threads = 1}, {}, {}), {});
    const int tokens[] = {5, 6};
    const auto a = copy(with_embedding.forward(tokens)), b = copy(with_output.forward(tokens));
    EXPECT_TRUE(
        std::equal(a.begin() + 1, a.end(), b.begin(), b.end() - 1));  // its rows are the embedding's, one further
}

}  // namespace
}  // namespace altiplano::engine
