// Needs against numbers computed by hand and against what the CPU engine really reserves.
#include "engine/model/memory_needs.h"

#include <filesystem>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/model.h"
#include "engine/model/session.h"
#include "tests/engine/model/llama_shapes.h"

namespace altiplano::engine {
namespace {

constexpr StagePart whole(int layers) {
    return {0, layers, true, true};
}
constexpr CacheOptions kLong = {131'072, DType::F16, 2048};

TEST(WeightTableTest, parametersAreThePublishedOnes) {
    EXPECT_EQ(all_of_type(k8B, DType::BF16).parameter_count(), 8'030'261'248);
    EXPECT_EQ(all_of_type(k70B, DType::BF16).parameter_count(), 70'553'706'496);
    EXPECT_EQ(all_of_type(k405B, DType::BF16).parameter_count(), 405'853'388'800);
}

// Published: 487.2 GB for the FP8 release, 39.59 GiB for 70B in Q4_K_M.
TEST(WeightTableTest, bytesAreThoseOfThePublishedFiles) {
    EXPECT_NEAR(static_cast<double>(fp8_405B().stored_bytes()) / 1e9, 487.2, 0.3);
    EXPECT_NEAR(static_cast<double>(q4_k_m_70B().stored_bytes()) / kGiB, 39.59, 0.01);
}

TEST(WeightTableTest, convertsPlainMatricesOnly) {
    const WeightTable fp8 = all_of_type(k8B, DType::BF16).converted(DType::F8_E4M3);
    EXPECT_EQ(fp8.find({Weight::AttentionQ, 3})->type, DType::F8_E4M3);
    EXPECT_TRUE(fp8.find({Weight::AttentionQ, 3})->has_row_scales);
    EXPECT_EQ(fp8.find({Weight::Output, -1})->type, DType::BF16);
    EXPECT_EQ(fp8.find({Weight::AttentionNorm, 3})->type, DType::BF16);
    EXPECT_EQ(q4_k_m_70B().find({Weight::AttentionNorm, 3})->type, DType::F32);
    const WeightTable q8 = all_of_type(k8B, DType::BF16).converted(DType::Q8_0);
    EXPECT_EQ(q8.find({Weight::Output, -1})->type, DType::Q8_0);
    EXPECT_TRUE(all_of_type(k8B, DType::BF16).can_shrink(DType::Q8_0));
    EXPECT_FALSE(q4_k_m_70B().can_shrink(DType::F8_E4M3));
    EXPECT_EQ(q4_k_m_70B().converted(DType::Q8_0).stored_bytes(), q4_k_m_70B().stored_bytes());
    EXPECT_THROW(q4_k_m_70B().converted(DType::Q4_K), Error);
}

// 8B in BF16: 8,029,995,008 values of matrices of 2 bytes and 65 norms of 4,096 values of 4.
TEST(MemoryNeedsTest, oneCardHoldsEveryByteOf8B) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    const MemoryNeeds needs = rank_needs(weights, Sharding(k8B), 0, whole(32), DeviceKind::Gpu, kLong);
    EXPECT_EQ(needs.weights, (8'030'261'248 - 65 * 4096) * 2 + 65 * 4096 * 4);
    EXPECT_EQ(needs.kv_cache, 131'072 * std::int64_t{131'072});  // bytes a token, tokens
    EXPECT_EQ(needs.libraries, kCudaContextBytes);
}

// Per GPU of 8: 56.7 GiB of weights and 7.9 GiB of keys and values.
TEST(MemoryNeedsTest, eachOfEightCardsHoldsItsPartOf405B) {
    const WeightTable weights = fp8_405B();
    const Sharding sharding(k405B, column_blocks(weights), 8);
    for (int rank = 0; rank < 8; ++rank) {
        const MemoryNeeds needs = rank_needs(weights, sharding, rank, whole(126), DeviceKind::Gpu, kLong);
        EXPECT_EQ(needs.weights, 60'926'312'448);  // 56.742 GiB
        EXPECT_EQ(needs.kv_cache, 126 * std::int64_t{131'072} * 2 * 128 * 2);
        EXPECT_EQ(needs.libraries, kCudaContextBytes + kNcclGroupBytes);
        EXPECT_LT(needs.scratch, kGiB);
    }
}

// The formula of memory_needs.h, by hand: 385,875,968 + 58,720,256 + 1,057,024 + 17,039,360 + 8,208,384 + 33,554,432.
TEST(MemoryNeedsTest, scratchIsTheSumOfItsParts) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    EXPECT_EQ(stage_needs(weights, Sharding(k8B), 0, whole(32), DeviceKind::Gpu, kLong).scratch, 504'455'424);
    const std::int64_t no_logits =
        stage_needs(weights, Sharding(k8B), 0, {0, 32, true, false}, DeviceKind::Gpu, kLong).scratch;
    EXPECT_EQ(no_logits, 504'455'424 - 4 * 16 * 128'256);
    CacheOptions small = kLong;
    small.prefill_chunk = 512;
    const std::int64_t less = 3 * (385'875'968 + 58'720'256 + 1'056'768) / 4;
    EXPECT_EQ(stage_needs(weights, Sharding(k8B), 0, whole(32), DeviceKind::Gpu, small).scratch, 504'455'424 - less);
    const WeightTable q8 = all_of_type(k8B, DType::Q8_0);  // a tile of 64 MiB
    EXPECT_EQ(stage_needs(q8, Sharding(k8B), 0, whole(32), DeviceKind::Gpu, kLong).scratch, 504'455'424 + (64 << 20));
}

TEST(MemoryNeedsTest, theCacheIsSmallerInASmallerType) {
    const WeightTable weights = all_of_type(k8B, DType::BF16);
    const auto cache = [&weights](DType type, int context) {
        return layer_needs(weights, Sharding(k8B), 0, 0, DeviceKind::Gpu, {context, type, 512}).kv_cache;
    };
    EXPECT_EQ(cache(DType::F16, 8192), 2 * 8 * 8192 * 256);
    EXPECT_EQ(cache(DType::F8_E4M3, 8192), 2 * 8 * 8192 * 128);
    EXPECT_EQ(cache(DType::Q8_0, 8192), 2 * 8 * 8192 * 136);
    EXPECT_EQ(cache(DType::F32, 8192), 2 * 8 * 8192 * 512);
    EXPECT_EQ(cache(DType::F16, 8129), cache(DType::F16, 8192));  // whole blocks of 64 positions
    EXPECT_LT(cache(DType::F16, 8128), cache(DType::F16, 8192));
}

void expect_reserved_as_planned(const std::filesystem::path& path) {
    const auto model = Model::load(path, {.threads = 1}, {}, {});
    const WeightTable weights(*open_weights(path));
    const int layers = model->config().layers;
    for (const DType type : {DType::F16, DType::Q8_0, DType::F32}) {
        const Session session(model, {.context = 300, .kv_type = type});
        const MemoryNeeds needs =
            rank_needs(weights, Sharding(model->config()), 0, whole(layers), DeviceKind::Cpu, {300, type, 256});
        EXPECT_EQ(needs.weights, model->weight_bytes()) << path;
        EXPECT_EQ(needs.kv_cache, session.cache_bytes()) << path;
    }
}

TEST(MemoryNeedsTest, whatTheCpuReservesIsWhatWasPlanned) {
    for (const char* path : {ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf",
                             ALTIPLANO_TEST_DATA "/tiny-llama31-Q8_0.gguf", ALTIPLANO_STARTER}) {
        expect_reserved_as_planned(path);
    }
}

TEST(MemoryNeedsTest, rowScalesAreReservedAsPlanned) {
    const std::filesystem::path folder = ALTIPLANO_SHARED "/golden/tiny-llama31-fp8-hf";
    if (!std::filesystem::exists(folder)) {
        GTEST_SKIP() << folder << " is not there";
    }
    expect_reserved_as_planned(folder);
    expect_reserved_as_planned(ALTIPLANO_SHARED "/golden/tiny-llama31-hf");
}

}  // namespace
}  // namespace altiplano::engine
