// A model divided among ranks and stages computes what the whole one does: rows and columns of every type of weight.
#include <cmath>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/session.h"
#include "tests/engine/session/wide_model.h"

namespace altiplano::engine {
namespace {

std::vector<int> some_tokens(int count) {
    std::vector<int> tokens(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        tokens[static_cast<std::size_t>(i)] = i * 37 % WideModel::kVocab;
    }
    return tokens;
}

/// Layers [0, n) on so many ranks of the processor, the next ones on as many more, and so on.
PlacementPlan stages_of(int layers, const std::vector<int>& ranks) {
    PlacementPlan plan;
    const int count = static_cast<int>(ranks.size());
    for (int i = 0; i < count; ++i) {
        const int first = layers * i / count, end = layers * (i + 1) / count;
        const RankPlacement cpu = {{.kind = DeviceKind::Cpu}, {}};
        plan.stages.push_back(
            {{first, end - first, i == 0, i + 1 == count},
             std::vector<RankPlacement>(static_cast<std::size_t>(ranks[static_cast<std::size_t>(i)]), cpu)});
    }
    return plan;
}

std::shared_ptr<const Model> load(const WideModel& file, const std::vector<int>& ranks) {
    return Model::load(file.path(), {.threads = 2, .plan = stages_of(WideModel::kLayers, ranks)}, {}, {});
}

std::vector<float> all_logits(Session& session, const std::vector<int>& tokens) {
    std::vector<float> logits(tokens.size() * WideModel::kVocab);
    session.forward_all(tokens, logits);
    return logits;
}

double relative_error(const std::vector<float>& a, const std::vector<float>& b) {
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        difference += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
        size += std::pow(static_cast<double>(b[i]), 2);
    }
    return std::sqrt(difference / size);
}

class RanksTest : public testing::TestWithParam<DType> {};
INSTANTIATE_TEST_SUITE_P(Types, RanksTest, testing::ValuesIn(WideModel::kTypes),
                         [](const auto& info) { return std::string(name(info.param)); });

TEST_P(RanksTest, logitsAreThoseOfOneRankWithinRounding) {
    const WideModel file(GetParam());
    const std::vector<int> tokens = some_tokens(70);
    Session whole(load(file, {1}), {.context = 128, .kv_type = DType::F32});
    const std::vector<float> expected = all_logits(whole, tokens);
    for (const int ranks : {2, 4, 8}) {
        Session divided(load(file, {ranks}), {.context = 128, .kv_type = DType::F32, .prefill_chunk = 32});
        // Sums in another order become other activations, which are rounded for weights of 16 bits and for blocks.
        const double bound = block_values(GetParam()) > 1 ? 4e-4 : GetParam() == DType::F32 ? 3e-6 : 3e-5;
        EXPECT_LT(relative_error(all_logits(divided, tokens), expected), bound) << ranks;
    }
}

TEST_P(RanksTest, theWeightsOfAllRanksAreThoseOfTheFile) {
    const WideModel file(GetParam());
    const auto whole = load(file, {1}), divided = load(file, {8});
    // Norms are on every rank; each vector begins at a multiple of 64 bytes.
    const std::int64_t norms = (2 * WideModel::kLayers + 1) * row_bytes(DType::F32, WideModel::kDim);
    // The last of the vocabulary's strips of sixteen is not full.
    EXPECT_EQ(divided->weight_bytes(), whole->weight_bytes() + 7 * norms);
}

TEST(Ranks, decodeAndGuessesGoOnFromAPromptOfSeveralChunks) {
    const WideModel file(DType::Q4_K);
    const std::vector<int> tokens = some_tokens(40);
    Session whole(load(file, {1}), {.context = 128}), divided(load(file, {4}), {.context = 128, .prefill_chunk = 16});
    whole.forward(tokens);
    divided.forward(tokens);
    const std::vector<int> guess = {5, 6, 7};
    for (Session* session : {&whole, &divided}) {
        session->forward_guess(3, guess);
        session->follow_guess();
        session->rewind(41);
    }
    const auto expected = whole.forward(std::vector<int>{9});
    const auto found = divided.forward(std::vector<int>{9});
    EXPECT_LT(relative_error({found.begin(), found.end()}, {expected.begin(), expected.end()}), 2e-3);
}

TEST(Ranks, stagesOfOneRankGiveTheSameBits) {
    const WideModel file(DType::Q8_0);
    const std::vector<int> tokens = some_tokens(600);
    Session whole(load(file, {1}), {.context = 1024}), stages(load(file, {1, 1, 1}), {.context = 1024});
    const auto expected = whole.forward(tokens);
    std::vector<int> reported;
    const auto found = stages.forward(tokens, {}, [&](int done) { reported.push_back(done); });
    EXPECT_EQ(std::vector<float>(found.begin(), found.end()), std::vector<float>(expected.begin(), expected.end()));
    EXPECT_TRUE(std::is_sorted(reported.begin(), reported.end()));
    EXPECT_EQ(reported.back(), 600);
    EXPECT_EQ(all_logits(stages, {7, 8}), all_logits(whole, {7, 8}));
}

TEST(Ranks, stagesOfSeveralRanksAreThoseOfOne) {
    const WideModel file(DType::Q8_0);
    const std::vector<int> tokens = some_tokens(50);
    Session whole(load(file, {1}), {.context = 128}), mixed(load(file, {2, 1, 4}), {.context = 128});
    EXPECT_LT(relative_error(all_logits(mixed, tokens), all_logits(whole, tokens)), 2e-3);
}

// What GPUs have no room for is the processor's, and with it the embedding.
TEST(Ranks, theEmbeddingMayBeInTheLastStage) {
    const WideModel file(DType::Q8_0);
    PlacementPlan plan = stages_of(WideModel::kLayers, {2, 1});
    plan.stages.front().part.embedding = false;
    plan.stages.back().part.embedding = true;
    const std::vector<int> tokens = some_tokens(700);
    Session whole(load(file, {1}), {.context = 1024});
    Session split(Model::load(file.path(), {.threads = 2, .plan = plan}, {}, {}), {.context = 1024});
    const auto expected = whole.forward(tokens), found = split.forward(tokens);
    EXPECT_LT(relative_error({found.begin(), found.end()}, {expected.begin(), expected.end()}), 2e-3);
}

TEST(Ranks, aStopLeavesWholeChunksAndTheyGoOn) {
    const WideModel file(DType::Q8_0);
    const std::vector<int> tokens = some_tokens(600);
    for (const std::vector<int>& ranks : {std::vector<int>{4}, {1, 1, 1}}) {
        Session whole(load(file, ranks), {.context = 1024}), stopped(load(file, ranks), {.context = 1024});
        std::stop_source stop;
        const auto none = stopped.forward(tokens, stop.get_token(), [&](int done) {
            if (done >= 300) {
                stop.request_stop();
            }
        });
        EXPECT_TRUE(none.empty());
        const std::size_t held = stopped.tokens().size();
        ASSERT_LT(held, tokens.size());
        const auto found = stopped.forward(std::span(tokens).subspan(held)), expected = whole.forward(tokens);
        EXPECT_LT(relative_error({found.begin(), found.end()}, {expected.begin(), expected.end()}), 2e-3);
    }
}

TEST(Ranks, whatCannotBeDividedIsToldBeforeAnythingIsRead) {
    const WideModel file(DType::Q8_0);
    try {
        load(file, {3});
        FAIL();
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "the model's 8 key-value heads cannot be divided among 3 ranks");
    }
}

}  // namespace
}  // namespace altiplano::engine
