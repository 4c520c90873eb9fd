// Whole models on several emulated cards, loaded through the module as programs load it: tensor parallel over 2 and 4
// cards computes what the processor does, prompts and recorded steps alike.
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>

#include "engine/device/cuda_module.h"
#include "engine/error.h"
#include "engine/model/session.h"
#include "tests/engine/session/wide_model.h"

namespace altiplano::engine {
namespace {

std::shared_ptr<const CudaModule> module() {
    setenv("ALTIPLANO_EMULATED_CARDS", "4x512", 1);
    static const auto loaded = std::make_shared<const CudaModule>(ALTIPLANO_EMULATED_MODULE);
    return loaded;
}

/// All layers on so many cards, or on one rank of the processor where it is 0.
std::shared_ptr<const Model> load(const WideModel& file, int cards, bool direct_ways = true) {
    Stage stage = {{0, WideModel::kLayers, true, true}, {}};
    for (int card = 0; card < std::max(cards, 1); ++card) {
        const DeviceKind kind = cards == 0 ? DeviceKind::Cpu : DeviceKind::Gpu;
        stage.ranks.push_back({{.kind = kind, .index = card}, {}});
    }
    PlacementPlan plan;
    plan.stages = {stage};
    return Model::load(file.path(), {.threads = 2, .plan = plan, .cuda = module(), .direct_ways = direct_ways}, {}, {});
}

std::vector<int> some_tokens(int count) {
    std::vector<int> tokens(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        tokens[static_cast<std::size_t>(i)] = i * 37 % WideModel::kVocab;
    }
    return tokens;
}

// A prompt of two chunks, then token after token: more often than it takes until a step is recorded and replayed.
std::vector<float> all_logits(const std::shared_ptr<const Model>& model) {
    Session session(model, {.context = 128, .prefill_chunk = 20});
    std::vector<float> logits;
    const auto add = [&](std::span<const float> more) { logits.insert(logits.end(), more.begin(), more.end()); };
    add(session.forward(some_tokens(24)));
    for (int step = 0; step < 4; ++step) {
        add(session.forward(std::vector<int>{step * 11}));
    }
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

class CardRanksTest : public testing::TestWithParam<DType> {};
INSTANTIATE_TEST_SUITE_P(Types, CardRanksTest, testing::Values(DType::BF16, DType::Q8_0, DType::Q4_K),
                         [](const auto& info) { return std::string(name(info.param)); });

TEST_P(CardRanksTest, logitsAreTheProcessorsAndTheSameBitsEachTime) {
    ASSERT_EQ(module()->why_not(), "");
    const WideModel file(GetParam());
    const std::vector<float> expected = all_logits(load(file, 0));
    for (const int cards : {2, 4}) {
        const auto model = load(file, cards);
        const std::vector<float> logits = all_logits(model);
        ASSERT_EQ(logits.size(), expected.size());
        EXPECT_LT(relative_error(logits, expected), 2e-2) << cards << " cards";
        if (cards == 4) {
            EXPECT_EQ(all_logits(model), logits);
        }
    }
}

TEST(CardRanks, withoutDirectWaysTheSumsGoThroughNcclAndTheModelSaysSo) {
    const WideModel file(DType::Q8_0);
    const auto model = load(file, 2, false);
    EXPECT_EQ(model->notes(), std::vector<std::string>{"direct transfers between the GPUs are switched off"});
    EXPECT_LT(relative_error(all_logits(model), all_logits(load(file, 0))), 2e-2);
}

}  // namespace
}  // namespace altiplano::engine
