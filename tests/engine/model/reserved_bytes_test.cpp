// What models of true size would reserve of a card, on a card that only counts: no byte more or less than is planned.
#include <gtest/gtest.h>

#include "engine/device/gpu_scratch.h"
#include "engine/device/rank_sum_sizes.h"
#include "engine/model/memory_needs.h"
#include "engine/model/stage_session.h"
#include "engine/model/weight_layout.h"
#include "tests/engine/model/llama_shapes.h"

namespace altiplano::engine {
namespace {

/// As large as need be. It cannot compute.
class CountingCard final : public Device {
public:
    explicit CountingCard(std::int64_t& reserved) : reserved_(reserved) {}

    DeviceKind kind() const noexcept override { return DeviceKind::Gpu; }
    int threads() const noexcept override { return 1; }
    void set_threads(int) override {}
    std::int64_t alignment() const noexcept override { return kScratchAlignment; }
    DeviceMemory reserve(std::int64_t bytes, const std::string&) override {
        reserved_ += bytes;
        return {reinterpret_cast<std::byte*>(kScratchAlignment), bytes, [](std::byte*) {}};
    }
    void prepare(const WorkSizes& sizes) override { reserved_ += gpu_scratch(sizes).total; }
    std::int64_t rows_at_once() const noexcept override { return 1; }
    std::int64_t placed_bytes(DType type, std::int64_t rows, std::int64_t cols) const noexcept override {
        return rows * row_bytes(type, cols);
    }

    void write(std::byte*, std::span<const std::byte>) override { FAIL(); }
    void read(std::span<std::byte>, const std::byte*) override { FAIL(); }
    void place_rows(const PlacedMatrix&, std::int64_t, std::span<const std::byte>) const override { FAIL(); }
    void set_stop(std::stop_token) override { FAIL(); }
    void begin(const Step&) override { FAIL(); }
    void run(std::unique_ptr<Record>&, const std::function<void()>&) override { FAIL(); }
    void embed(const PlacedMatrix&, int, Matrix) override { FAIL(); }
    void attention_input(const LayerWeights&, float, ConstMatrix, const KvCache&, Matrix) override { FAIL(); }
    void attention(const KvCache&, ConstMatrix, Matrix) override { FAIL(); }
    void feed_forward_input(const LayerWeights&, float, ConstMatrix, Matrix) override { FAIL(); }
    void product(ConstMatrix, const PlacedMatrix&, Matrix) override { FAIL(); }
    void product_add(ConstMatrix, const PlacedMatrix&, Matrix) override { FAIL(); }
    void clear(Matrix) override { FAIL(); }
    void logits(ConstMatrix, ConstMatrix, float, const PlacedMatrix&, Matrix) override { FAIL(); }

private:
    std::int64_t& reserved_;
};

struct Case {
    WeightTable weights;
    int ranks;
    StagePart part;
    CacheOptions cache;
};

void expect_reserved_as_planned(const Case& one) {
    const ModelConfig& config = one.weights.config();
    const Sharding sharding(config, column_blocks(one.weights), one.ranks);
    std::vector<std::int64_t> reserved(static_cast<std::size_t>(one.ranks));
    StageParts stage = {one.part, sharding, {}, nullptr, nullptr};
    for (int rank = 0; rank < one.ranks; ++rank) {
        auto card = std::make_unique<CountingCard>(reserved[static_cast<std::size_t>(rank)]);
        WeightLayout layout = lay_out_weights(one.weights, one.part, sharding, rank, *card, nullptr);
        DeviceMemory memory = card->reserve(layout.bytes, "the model");
        stage.ranks.push_back({std::move(card), std::move(memory), std::move(layout.weights)});
    }
    const CacheShape shape = {config.layers, config.kv_heads, config.head_dim, one.cache.context, one.cache.kv_type};
    const StageSession session(config, stage, shape, one.cache.prefill_chunk);
    for (int rank = 0; rank < one.ranks; ++rank) {
        const MemoryNeeds needs = rank_needs(one.weights, sharding, rank, one.part, DeviceKind::Gpu, one.cache);
        EXPECT_EQ(needs.weights + needs.kv_cache + needs.scratch,
                  reserved[static_cast<std::size_t>(rank)] + rank_sum_bytes(one.ranks))
            << rank;
    }
}

TEST(ReservedBytesTest, ofOneCard) {
    for (const DType type : {DType::BF16, DType::F16, DType::F8_E4M3, DType::Q8_0, DType::Q4_K, DType::F32}) {
        expect_reserved_as_planned({all_of_type(k8B, type), 1, {0, 32, true, true}, {131'072, DType::F16, 2048}});
        expect_reserved_as_planned({all_of_type(k8B, type), 1, {0, 32, true, true}, {1000, DType::Q8_0, 100}});
    }
}

TEST(ReservedBytesTest, ofRanksThatShareEveryLayer) {
    for (const DType type : {DType::F16, DType::F8_E4M3}) {
        expect_reserved_as_planned({fp8_405B(), 8, {0, 126, true, true}, {131'072, type, 2048}});
        expect_reserved_as_planned({q4_k_m_70B(), 2, {0, 80, true, true}, {8192, type, 2048}});
    }
    expect_reserved_as_planned(
        {all_of_type(k405B, DType::BF16).converted(DType::Q8_0), 8, {0, 126, true, true}, {131'072, DType::F16, 8192}});
}

TEST(ReservedBytesTest, ofStages) {
    const CacheOptions cache = {32'768, DType::F16, 2048};
    expect_reserved_as_planned({q4_k_m_70B(), 1, {0, 30, true, false}, cache});
    expect_reserved_as_planned({q4_k_m_70B(), 1, {30, 30, false, false}, cache});
    expect_reserved_as_planned({q4_k_m_70B(), 4, {60, 20, false, true}, cache});
}

}  // namespace
}  // namespace altiplano::engine
