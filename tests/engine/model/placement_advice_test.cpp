// What is offered where a model does not fit: the right things, and only what does fit.
#include "engine/model/placement_advice.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "tests/engine/model/llama_shapes.h"

namespace altiplano::engine {
namespace {

PlacementRequest with_context(int context) {
    PlacementRequest request;
    request.context = context;
    return request;
}

template <typename Predicate>
const PlacementChange* offer(const std::vector<PlacementChange>& changes, const Predicate& predicate) {
    const auto it = std::find_if(changes.begin(), changes.end(), predicate);
    return it == changes.end() ? nullptr : &*it;
}
bool is_context(const PlacementChange& change) {
    return change.context && !change.weights && !change.kv_type;
}

// 24 GiB less weights, 512 MiB of libraries and 504,455,424 of scratch are 66,1xx tokens of 128 KiB.
TEST(PlacementAdviceTest, theLargestContextIsTheLargest) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    const auto devices = machine({24});
    const int largest = largest_context(weights, devices, {});
    EXPECT_EQ(largest, 66'112);
    EXPECT_TRUE(plan_placement(weights, devices, with_context(largest)).fits());
    EXPECT_FALSE(plan_placement(weights, devices, with_context(largest + 1)).fits());
    EXPECT_EQ(largest_context(weights, machine({48}), {}), 131'072);
    EXPECT_EQ(largest_context(weights, machine({12}), {}), 0);
}

TEST(PlacementAdviceTest, aModelThatFitsNeedsNoChange) {
    EXPECT_TRUE(changes_that_fit(all_of_type(k8B, DType::BF16), machine({24}), with_context(8192)).empty());
}

TEST(PlacementAdviceTest, aLongContextOf8BCanBeHadInFourWays) {
    const auto changes = changes_that_fit(all_of_type(k8B, DType::BF16), machine({24}), with_context(131'072));
    const auto* cache = offer(changes, [](const auto& change) { return change.kv_type.has_value(); });
    ASSERT_NE(cache, nullptr);
    EXPECT_EQ(*cache->kv_type, DType::F8_E4M3);
    const auto* context = offer(changes, is_context);
    ASSERT_NE(context, nullptr);
    EXPECT_EQ(*context->context, 66'112);
    const auto* gpus = offer(changes, [](const auto& change) { return change.gpus.has_value(); });
    ASSERT_NE(gpus, nullptr);
    EXPECT_EQ(*gpus->gpus, 2);
    EXPECT_NE(offer(changes, [](const auto& change) { return change.cpu_layers.has_value(); }), nullptr);
}

TEST(PlacementAdviceTest, fourCardsFor405BAreToBeEight) {
    const auto changes = changes_that_fit(fp8_405B(), machine({80, 80, 80, 80}), with_context(131'072));
    const auto* gpus = offer(changes, [](const auto& change) { return change.gpus.has_value(); });
    ASSERT_NE(gpus, nullptr);
    EXPECT_EQ(*gpus->gpus, 8);
    EXPECT_EQ(offer(changes, is_context), nullptr);
    EXPECT_EQ(offer(changes, [](const auto& change) { return change.weights.has_value(); }), nullptr);
}

TEST(PlacementAdviceTest, plainWeightsCanBeConverted) {
    const auto changes = changes_that_fit(all_of_type(k8B, DType::BF16), machine({16}), with_context(8192));
    for (const DType type : {DType::Q8_0, DType::F8_E4M3}) {
        EXPECT_NE(offer(changes, [type](const auto& change) { return change.weights == type; }), nullptr);
    }
}

// In FP8 the embedding and the output of 8B stay as they are, in Q8_0 they do not: 8.5 GiB and 8.0 GiB.
TEST(PlacementAdviceTest, aConversionCanTakeThePlaceOfAnother) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    const auto devices = machine({16});
    const PlacementRequest request = with_context(largest_context(weights.converted(DType::F8_E4M3), devices, {}) + 1);
    const auto changes = changes_that_fit(weights, devices, request, DType::F8_E4M3);
    const auto* other = offer(changes, [](const auto& change) { return change.weights == DType::Q8_0; });
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->tightest_bytes, plan_placement(weights.converted(DType::Q8_0), devices, request).tightest_bytes());
    EXPECT_EQ(offer(changes, [](const auto& change) { return change.weights == DType::F8_E4M3; }), nullptr);
    for (const PlacementChange& change : changes_that_fit(weights, machine({12}), request, DType::Q8_0)) {
        EXPECT_FALSE(change.weights);
    }
}

TEST(PlacementAdviceTest, nothingIsOfferedTwice) {
    PlacementRequest request = with_context(131'072);
    request.kv_type = DType::F8_E4M3;
    const auto changes = changes_that_fit(q4_k_m_70B(), machine({48}), request);
    EXPECT_EQ(std::count_if(changes.begin(), changes.end(), is_context), 1);
}

TEST(PlacementAdviceTest, whatNoSingleChangeDoesSeveralDo) {
    const auto changes = changes_that_fit(all_of_type(k8B, DType::BF16), machine({16}), with_context(131'072));
    const auto* several = offer(changes, [](const auto& change) { return change.weights && change.kv_type; });
    ASSERT_NE(several, nullptr);
    EXPECT_TRUE(several->context.has_value());
}

TEST(PlacementAdviceTest, theMemoryForTheCpuIsEnoughToTheByte) {
    const WeightTable weights = q4_k_m_70B();
    std::vector<DeviceInfo> devices = machine({24});
    const auto changes = changes_that_fit(weights, devices, with_context(8192));
    const auto* cpu = offer(changes, [](const auto& change) { return change.cpu_layers.has_value(); });
    ASSERT_NE(cpu, nullptr);
    devices.push_back({DeviceKind::Cpu, 0, cpu->cpu_bytes, 0});
    const PlacementPlan plan = plan_placement(weights, devices, with_context(8192));
    EXPECT_TRUE(plan.fits());
    EXPECT_EQ(plan.stages.back().part.layer_count, *cpu->cpu_layers);
    devices.back().total_bytes -= 1;
    EXPECT_FALSE(plan_placement(weights, devices, with_context(8192)).fits());
}

// Each offer is carried out and must fit.
TEST(PlacementAdviceTest, everyOfferFits) {
    const WeightTable models[] = {all_of_type(k8B, DType::BF16), all_of_type(k70B, DType::F16), q4_k_m_70B(),
                                  fp8_405B()};
    for (const WeightTable& weights : models) {
        for (const auto& devices : {machine({16}), machine({24, 16}), machine({80, 80, 80}), machine({48}, 32)}) {
            const PlacementRequest request = with_context(131'072);
            for (const PlacementChange& change : changes_that_fit(weights, devices, request)) {
                PlacementRequest changed = request;
                changed.context = change.context.value_or(request.context);
                changed.kv_type = change.kv_type.value_or(request.kv_type);
                auto others = change.gpus ? machine(std::vector<std::int64_t>(static_cast<std::size_t>(*change.gpus),
                                                                              devices[0].total_bytes / kGiB))
                                          : devices;
                if (change.cpu_layers) {
                    std::erase_if(others, [](const DeviceInfo& device) { return device.kind == DeviceKind::Cpu; });
                    others.push_back({DeviceKind::Cpu, 0, change.cpu_bytes, 0});
                }
                const WeightTable table = change.weights ? weights.converted(*change.weights) : weights;
                EXPECT_TRUE(plan_placement(table, others, changed).fits());
            }
        }
    }
}

}  // namespace
}  // namespace altiplano::engine
