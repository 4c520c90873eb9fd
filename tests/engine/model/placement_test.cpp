// Plans for the machines that people have: what goes where, what fits and what does not.
#include "engine/model/placement.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "tests/engine/model/llama_shapes.h"

namespace altiplano::engine {
namespace {

PlacementRequest with_context(int context, Split split = Split::Auto) {
    PlacementRequest request;
    request.context = context;
    request.split = split;
    return request;
}

std::vector<int> layers_of(const PlacementPlan& plan) {
    std::vector<int> counts;
    for (const Stage& stage : plan.stages) {
        counts.push_back(stage.part.layer_count);
    }
    return counts;
}

/// Whatever the plan: all layers once and in order, the embedding and the output once, every device once.
void expect_sound(const PlacementPlan& plan, const WeightTable& weights, const std::vector<DeviceInfo>& devices) {
    int next = 0, embeddings = 0, outputs = 0;
    std::vector<std::string> names;
    for (const Stage& stage : plan.stages) {
        EXPECT_EQ(stage.part.first_layer, next);
        next += stage.part.layer_count;
        embeddings += stage.part.embedding;
        outputs += stage.part.output;
        for (const RankPlacement& rank : stage.ranks) {
            names.push_back(rank.device.label());
        }
    }
    EXPECT_EQ(next, weights.config().layers);
    EXPECT_EQ(embeddings, 1);
    EXPECT_EQ(outputs, 1);
    EXPECT_TRUE(plan.stages.back().part.output);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
    EXPECT_LE(names.size() + plan.unused.size(), devices.size());
}

PlacementPlan place(const WeightTable& weights, const std::vector<DeviceInfo>& devices,
                    const PlacementRequest& request) {
    PlacementPlan plan = plan_placement(weights, devices, request);
    expect_sound(plan, weights, devices);
    return plan;
}

TEST(PlacementTest, aSmallModelIsOnTheRoomiestCardAloneUnlessItIsToBeShared) {
    const WeightTable weights = all_of_type(llama_shape(16, 2048, 16, 8192), DType::Q4_K);  // 0.8 GiB
    std::vector<DeviceInfo> devices = machine({24, 24, 24});
    devices[0].in_use_bytes += std::int64_t{4} << 30;
    const PlacementPlan plan = place(weights, devices, with_context(8192));
    ASSERT_EQ(plan.stages.size(), 1U);
    ASSERT_EQ(plan.stages[0].ranks.size(), 1U);
    EXPECT_EQ(plan.stages[0].ranks[0].device.index, devices[1].index);
    EXPECT_EQ(plan.unused.size(), 2U);
    EXPECT_NE(plan.note.find("one GPU"), std::string::npos);
    EXPECT_EQ(place(weights, devices, with_context(8192, Split::Tensor)).stages[0].ranks.size(), 2U);
}

TEST(PlacementTest, the405BModelWithFullContextFitsEightCardsOf80) {
    const WeightTable weights = fp8_405B();
    const PlacementPlan plan = place(weights, machine({80, 80, 80, 80, 80, 80, 80, 80}), with_context(131'072));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 1U);
    ASSERT_EQ(plan.stages[0].ranks.size(), 8U);
    EXPECT_EQ(plan.note, "");
    for (const RankPlacement& rank : plan.stages[0].ranks) {
        EXPECT_NEAR(static_cast<double>(rank.needs.weights) / kGiB, 56.7, 0.05);
        EXPECT_NEAR(static_cast<double>(rank.needs.kv_cache) / kGiB, 7.9, 0.05);
        EXPECT_GT(rank.free_bytes(), 12 * kGiB);
    }
}

TEST(PlacementTest, the405BModelFitsNotFourCardsOf80) {
    const WeightTable weights = fp8_405B();
    for (const int context : {64, 131'072}) {
        const PlacementPlan plan = place(weights, machine({80, 80, 80, 80}), with_context(context));
        EXPECT_FALSE(plan.fits());
        EXPECT_LT(plan.tightest_bytes(), -30 * kGiB);
    }
    const PlacementPlan bf16 = place(all_of_type(k405B, DType::BF16), machine(std::vector<std::int64_t>(8, 80)), {});
    EXPECT_FALSE(bf16.fits());
}

TEST(PlacementTest, the405BModelInBf16FitsTwoGroupsOfEight) {
    const PlacementPlan plan =
        place(all_of_type(k405B, DType::BF16), machine(std::vector<std::int64_t>(16, 80)), with_context(8192));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 2U);
    EXPECT_EQ(plan.stages[0].ranks.size(), 8U);
    EXPECT_EQ(layers_of(plan), (std::vector<int>{63, 63}));
}

TEST(PlacementTest, the70BModelInQ4FitsTwoCardsOf24) {
    const WeightTable weights = q4_k_m_70B();
    const auto devices = machine({24, 24});
    const PlacementPlan plan = place(weights, devices, with_context(8192));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 1U);
    EXPECT_EQ(plan.stages[0].ranks.size(), 2U);
    EXPECT_NEAR(static_cast<double>(plan.needs().weights) / kGiB, 39.59, 0.05);
    EXPECT_EQ(plan.needs().kv_cache, std::int64_t{327'680} * 8192);
    EXPECT_FALSE(place(weights, devices, with_context(131'072)).fits());
    EXPECT_FALSE(place(weights, machine({24}), with_context(1024)).fits());
}

// 14.96 GiB of weights, 16 GiB of keys and values at 128K: one card of 24 holds a shorter context.
TEST(PlacementTest, the8BModelInBf16FitsACardOf24WithLessContext) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    EXPECT_FALSE(place(weights, machine({24}), with_context(131'072)).fits());
    EXPECT_TRUE(place(weights, machine({24}), with_context(65'536)).fits());
    PlacementRequest fp8_cache = with_context(120'000);
    fp8_cache.kv_type = DType::F8_E4M3;
    EXPECT_TRUE(place(weights, machine({24}), fp8_cache).fits());
}

TEST(PlacementTest, aByteLessIsTooLittle) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    std::vector<DeviceInfo> devices = machine({24});
    const std::int64_t needed = place(weights, devices, with_context(8192)).needs().total();
    devices[0].total_bytes = needed;
    EXPECT_TRUE(place(weights, devices, with_context(8192)).fits());
    devices[0].in_use_bytes = 1;
    const PlacementPlan plan = place(weights, devices, with_context(8192));
    EXPECT_FALSE(plan.fits());
    EXPECT_EQ(plan.tightest_bytes(), -1);
}

TEST(PlacementTest, mixedCardsGetLayersByTheirMemory) {
    const WeightTable weights = all_of_type(k70B, DType::Q4_K);
    const PlacementPlan plan = place(weights, machine({48, 24, 16}), with_context(8192));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 3U);
    EXPECT_NE(plan.note.find("differ in memory"), std::string::npos);
    std::vector<double> shares;
    for (const Stage& stage : plan.stages) {
        const RankPlacement& rank = stage.ranks.at(0);
        shares.push_back(static_cast<double>(rank.needs.total()) / static_cast<double>(rank.device.total_bytes));
    }
    // A layer of half a GiB is 3 % of the smallest card; the last card gets what is left.
    EXPECT_LT(*std::max_element(shares.begin(), shares.end()) - *std::min_element(shares.begin(), shares.end()), 0.06);
}

TEST(PlacementTest, whatOthersUseCounts) {
    const WeightTable weights = all_of_type(k70B, DType::Q4_K);
    std::vector<DeviceInfo> devices = machine({24, 24, 24});
    devices[0].in_use_bytes = 12 * kGiB;
    const PlacementPlan plan = place(weights, devices, with_context(8192));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 3U);
    EXPECT_LT(plan.stages[0].part.layer_count, plan.stages[1].part.layer_count * 2 / 3);
}

TEST(PlacementTest, threeCardsShareByTwoOrInStages) {
    const WeightTable weights = all_of_type(k8B, DType::Q8_0);
    const PlacementPlan two = place(weights, machine({24, 24, 24}), with_context(8192));
    ASSERT_EQ(two.stages.size(), 1U);
    EXPECT_EQ(two.stages[0].ranks.size(), 2U);
    EXPECT_EQ(two.unused.size(), 1U);
    EXPECT_NE(two.note.find("1 of 3 GPUs"), std::string::npos) << two.note;
    const PlacementPlan three = place(weights, machine({5, 5, 5}), with_context(8192));
    EXPECT_TRUE(three.fits());
    EXPECT_EQ(three.stages.size(), 3U);
}

TEST(PlacementTest, sixCardsAreThreePairsWhereFourAreNotEnough) {
    const WeightTable weights = all_of_type(k70B, DType::Q8_0);  // 70 GiB
    const PlacementPlan plan = place(weights, machine({16, 16, 16, 16, 16, 16}), with_context(8192));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 3U);
    EXPECT_EQ(plan.stages[2].ranks.size(), 2U);
    EXPECT_EQ(plan.unused.size(), 0U);
}

TEST(PlacementTest, theSplitCanBeChosen) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    const PlacementPlan layers = place(weights, machine({24, 24}), with_context(8192, Split::Layers));
    EXPECT_EQ(layers.stages.size(), 2U);
    const PlacementPlan tensor = place(weights, machine({48, 24}), with_context(8192, Split::Tensor));
    ASSERT_EQ(tensor.stages.size(), 1U);
    EXPECT_EQ(tensor.stages[0].ranks.size(), 2U);
}

TEST(PlacementTest, theRemainingLayersGoToTheCpu) {
    const WeightTable weights = q4_k_m_70B();
    const PlacementPlan plan = place(weights, machine({24}, 64), with_context(8192));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 2U);
    EXPECT_EQ(plan.stages[1].ranks[0].device.kind, DeviceKind::Cpu);
    EXPECT_TRUE(plan.stages[1].part.embedding);
    EXPECT_GT(plan.stages[0].part.layer_count, 40);  // of 80, of half a GiB
    // The card is full: one layer more would not go in.
    const RankPlacement& card = plan.stages[0].ranks[0];
    EXPECT_LT(card.free_bytes(), card.needs.weights / plan.stages[0].part.layer_count * 5 / 4);
    EXPECT_FALSE(place(weights, machine({24}, 16), with_context(8192)).fits());
}

// Beside the processor prompts are computed in its chunks: cards need scratch for no more, and get more layers.
TEST(PlacementTest, cardsBesideTheCpuPlanForItsChunks) {
    const WeightTable weights = q4_k_m_70B();
    const PlacementPlan plan = place(weights, machine({24}, 64), with_context(8192));
    EXPECT_EQ(plan.request.prefill_chunk, kCpuChunk);
    const Stage& stage = plan.stages[0];
    EXPECT_EQ(stage.ranks[0].needs, rank_needs(weights, Sharding(weights.config()), 0, stage.part, DeviceKind::Gpu,
                                               {8192, DType::F16, kCpuChunk}));
    EXPECT_EQ(place(weights, machine({24, 24}, 64), with_context(8192)).request.prefill_chunk, 2048);
}

TEST(PlacementTest, saysThatTheCpuKeepsNoFp8Cache) {
    PlacementRequest request = with_context(8192);
    request.kv_type = DType::F8_E4M3;
    const PlacementPlan plan = place(q4_k_m_70B(), machine({24}, 64), request);
    EXPECT_FALSE(plan.fits());
    EXPECT_NE(plan.note.find("F8_E4M3"), std::string::npos) << plan.note;
}

TEST(PlacementTest, aModelThatFitsTheCardsLeavesTheCpuAlone) {
    const PlacementPlan plan = place(all_of_type(k8B, DType::BF16), machine({24}, 64), with_context(8192));
    ASSERT_EQ(plan.stages.size(), 1U);
    EXPECT_EQ(plan.stages[0].ranks[0].device.kind, DeviceKind::Gpu);
}

TEST(PlacementTest, withoutCardsTheCpuHasItAll) {
    const PlacementPlan plan = place(all_of_type(k8B, DType::Q4_K), machine({}, 16), with_context(8192));
    EXPECT_TRUE(plan.fits());
    ASSERT_EQ(plan.stages.size(), 1U);
    EXPECT_EQ(plan.stages[0].ranks[0].needs.libraries, kProgramBytes);
}

TEST(PlacementTest, aCardTooSmallForALayerIsLeftOut) {
    const PlacementPlan plan = place(all_of_type(k8B, DType::BF16), machine({24, 1}), with_context(8192));
    EXPECT_TRUE(plan.fits());
    EXPECT_EQ(plan.stages.size(), 1U);
    ASSERT_EQ(plan.unused.size(), 1U);
    EXPECT_EQ(plan.unused[0].index, 1);
}

TEST(PlacementTest, refusesWhatIsImpossible) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    EXPECT_THROW(plan_placement(weights, machine({}), with_context(8192)), Error);
    EXPECT_THROW(plan_placement(weights, machine({24}), with_context(131'073)), Error);
    EXPECT_THROW(plan_placement(weights, machine({24}), with_context(0)), Error);
    PlacementRequest request = with_context(8192);
    request.kv_type = DType::Q4_K;
    EXPECT_THROW(plan_placement(weights, machine({24}), request), Error);
    request.kv_type = DType::F8_E4M3;
    EXPECT_THROW(plan_placement(weights, machine({}, 64), request), Error);
}

}  // namespace
}  // namespace altiplano::engine
