// A whole model on emulated cards: the processor's logits, and no byte more than was planned.
#include <cstdlib>
#include <gtest/gtest.h>
#include <numeric>

#include "engine/device/cuda_module.h"
#include "engine/error.h"
#include "engine/model/model.h"
#include "engine/model/session.h"
#include "tests/engine/cuda_module/test_layer.h"

namespace altiplano::engine {
namespace {

constexpr int kContext = 128;
constexpr int kChunk = 32;

const std::shared_ptr<const CudaModule>& module() {
    setenv("ALTIPLANO_EMULATED_CARDS", "2x64", 1);
    static const auto loaded = std::make_shared<const CudaModule>(ALTIPLANO_EMULATED_MODULE);
    return loaded;
}

PlacementPlan plan_for(int cards) {
    const WeightTable weights(*open_weights(ALTIPLANO_STARTER));
    std::vector<DeviceInfo> devices;
    for (const CudaCard& card : module()->cards()) {
        devices.push_back(card.info);
    }
    devices.resize(static_cast<std::size_t>(cards));
    return plan_placement(
        weights, devices,
        {.context = kContext, .prefill_chunk = kChunk, .split = cards > 1 ? Split::Tensor : Split::Auto});
}

std::shared_ptr<const Model> load(const PlacementPlan& plan) {
    return Model::load(ALTIPLANO_STARTER, {.threads = 2, .plan = plan, .cuda = module()}, {}, {});
}

Session session_of(const std::shared_ptr<const Model>& model) {
    return Session(model, {.context = kContext, .prefill_chunk = kChunk});
}

std::vector<float> after(Session& session, std::span<const int> tokens) {
    const auto logits = session.forward(tokens);
    return {logits.begin(), logits.end()};
}

std::int64_t bytes_in_use(int card) {
    return module()->cards()[static_cast<std::size_t>(card)].info.in_use_bytes;
}

// A prompt of two chunks, then single tokens, the last of which are replayed.
void compare_with_the_processor(const PlacementPlan& plan) {
    const auto here = Model::load(ALTIPLANO_STARTER, {.threads = 1}, {}, {});
    const auto there = load(plan);
    Session expected = session_of(here), actual = session_of(there);
    std::vector<int> prompt(45);
    std::iota(prompt.begin(), prompt.end(), 100);
    EXPECT_LT(relative_error(after(actual, prompt), after(expected, prompt)), 0.03);
    for (const int token : {300, 301, 302, 303}) {
        const std::vector<int> one = {token};
        EXPECT_LT(relative_error(after(actual, one), after(expected, one)), 0.03) << token;
    }
}

TEST(ModelOnCards, OneCardComputesWhatTheProcessorComputes) {
    compare_with_the_processor(plan_for(1));
}

TEST(ModelOnCards, TwoCardsComputeWhatTheProcessorComputes) {
    compare_with_the_processor(plan_for(2));
}

// As the runtime tells it: with the kernels, which are loaded when they are first launched.
TEST(ModelOnCards, TakesTheMemoryThatWasPlannedAndNoneInMidAnswer) {
    constexpr std::int64_t kMostForKernels = std::int64_t{4} << 20;
    const PlacementPlan plan = plan_for(1);
    const MemoryNeeds& needs = plan.stages[0].ranks[0].needs;
    const std::int64_t before = bytes_in_use(0);
    std::int64_t ready = 0;
    {
        const auto model = load(plan);
        EXPECT_EQ(bytes_in_use(0) - before, needs.weights);
        Session session = session_of(model);
        ready = bytes_in_use(0);
        const std::int64_t kernels = ready - before - (needs.weights + needs.kv_cache + needs.scratch);
        EXPECT_GE(kernels, 0);
        EXPECT_LT(kernels, kMostForKernels);
        after(session, std::vector<int>(40, 5));
        after(session, std::vector<int>(1, 6));
        for (const std::size_t guessed : {1, 7, 15}) {
            session.forward_guess(7, std::vector<int>(guessed, 8));
        }
        Sampler sampler({}, model->config().vocab_size);
        session.choose_next(9, sampler);
        session.exchange(session.another_sequence());
        EXPECT_EQ(bytes_in_use(0), ready);
    }
    EXPECT_EQ(bytes_in_use(0), ready - needs.weights - needs.kv_cache - needs.scratch);
}

// What cards have computed is copied to the host when another conversation comes, and back: no bit is lost on the way.
TEST(ModelOnCards, SequencesGoAwayAndComeBack) {
    for (const int cards : {1, 2}) {
        const auto model = load(plan_for(cards));
        Session session = session_of(model), undisturbed = session_of(model);
        const std::vector<int> first(70, 7), second(33, 8), next = {9};
        after(session, first);
        after(undisturbed, first);
        session.rewind(66);
        undisturbed.rewind(66);
        Sequence kept = session.exchange(session.another_sequence());
        EXPECT_EQ(kept.tokens().size(), 66U);
        after(session, second);
        session.exchange(std::move(kept));
        EXPECT_EQ(after(session, next), after(undisturbed, next)) << cards;
    }
}

// The bytes of a cache are the same everywhere.
TEST(ModelOnCards, ASequenceOfTheProcessorGoesOnOnACard) {
    Session here = session_of(Model::load(ALTIPLANO_STARTER, {.threads = 1}, {}, {}));
    Session there = session_of(load(plan_for(1)));
    const std::vector<int> prompt(70, 7), next = {9};
    after(here, prompt);
    Sequence moved = here.exchange(here.another_sequence());
    there.exchange(std::move(moved));
    EXPECT_EQ(there.tokens().size(), 70U);
    here.forward(prompt);
    EXPECT_LT(relative_error(after(there, next), after(here, next)), 5e-3);
}

TEST(ModelOnCards, AModelThatDoesNotFitSaysSoAndLeavesNothing) {
    const PlacementPlan plan = plan_for(1);
    const std::int64_t before = bytes_in_use(0);
    const auto taken = module()->device(0)->reserve(std::int64_t{55} << 20, "something else");
    try {
        const auto model = load(plan);
        session_of(model);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::OutOfMemory) << error.what();
        EXPECT_NE(std::string(error.what()).find("of the memory of GPU 0, but only"), std::string::npos)
            << error.what();
    }
    EXPECT_EQ(bytes_in_use(0), before + taken.size());
}

}  // namespace
}  // namespace altiplano::engine
