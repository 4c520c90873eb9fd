// Attention at every instruction level, with both cache types, against a softmax in double precision.
#include <cmath>
#include <gtest/gtest.h>

#include "engine/device/cpu_device.h"
#include "engine/device/host_memory.h"
#include "tests/engine/kernels/level_test.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

using AttentionTest = LevelTest;
INSTANTIATE_TEST_SUITE_P(Levels, AttentionTest, every_level(), level_name);

struct Shape {
    int heads, kv_heads, head_dim;
    std::int64_t q_width() const { return std::int64_t{heads} * head_dim; }
    std::int64_t kv_width() const { return std::int64_t{kv_heads} * head_dim; }
};

class Cache {
public:
    Cache(const Shape& shape, int context, DType type) : memory_(2 * half(shape, context, type), "a test") {
        view = {memory_.data(), memory_.data() + half(shape, context, type), type, shape.kv_heads, shape.head_dim,
                context};
    }
    KvCache view;

private:
    static std::int64_t half(const Shape& shape, int context, DType type) {
        return shape.kv_width() * context * block_bytes(type);
    }
    HostBuffer memory_;
};

ConstMatrix rows_of(const std::vector<float>& values, std::int64_t first, std::int64_t count, std::int64_t width) {
    return {reinterpret_cast<const std::byte*>(values.data() + first * width), DType::F32, count, width};
}

// One row of q over positions [0, positions) of k and v.
std::vector<double> expected_row(const Shape& s, const std::vector<float>& q, int row, const std::vector<float>& k,
                                 const std::vector<float>& v) {
    std::vector<double> out;
    for (int head = 0; head < s.heads; ++head) {
        const std::int64_t kv = std::int64_t{head / (s.heads / s.kv_heads)} * s.head_dim;
        std::vector<double> weights;
        double total = 0;
        for (int p = 0; p <= row; ++p) {
            double score = 0;
            for (int d = 0; d < s.head_dim; ++d) {
                score += static_cast<double>(q[static_cast<std::size_t>(row * s.q_width() + head * s.head_dim + d)]) *
                         static_cast<double>(k[static_cast<std::size_t>(p * s.kv_width() + kv + d)]);
            }
            weights.push_back(std::exp(score / std::sqrt(s.head_dim)));
            total += weights.back();
        }
        for (int d = 0; d < s.head_dim; ++d) {
            double sum = 0;
            for (int p = 0; p <= row; ++p) {
                sum += weights[static_cast<std::size_t>(p)] *
                       static_cast<double>(v[static_cast<std::size_t>(p * s.kv_width() + kv + d)]);
            }
            out.push_back(sum / total);
        }
    }
    return out;
}

TEST_P(AttentionTest, followsTheSoftmaxAtEveryPosition) {
    std::mt19937 random(1);
    for (const Shape shape : {Shape{4, 2, 64}, Shape{8, 1, 32}, Shape{5, 5, 32}, Shape{3, 1, 128}}) {
        for (const DType type : {DType::F32, DType::F16}) {
            constexpr int kTokens = 150;  // over two block ends
            CpuDevice device(2, kernels());
            const Cache cache(shape, 192, type);
            const auto q = reference::random_values(kTokens * shape.q_width(), random);
            const auto k = reference::random_values(kTokens * shape.kv_width(), random);
            const auto v = reference::random_values(kTokens * shape.kv_width(), random);
            std::vector<float> out(q.size());
            device.append(cache.view, rows_of(k, 0, kTokens, shape.kv_width()),
                          rows_of(v, 0, kTokens, shape.kv_width()), 0);
            device.attention(cache.view, rows_of(q, 0, kTokens, shape.q_width()), 0,
                             {reinterpret_cast<std::byte*>(out.data()), DType::F32, kTokens, shape.q_width()});
            for (const int row : {0, 1, 62, 63, 64, 127, 128, 149}) {
                const std::span<const float> got(out.data() + row * shape.q_width(),
                                                 static_cast<std::size_t>(shape.q_width()));
                EXPECT_LT(reference::relative_error(got, expected_row(shape, q, row, k, v)),
                          type == DType::F32 ? 2e-6 : 2e-3)
                    << shape.heads << " heads over " << shape.kv_heads << ", row " << row;
            }
        }
    }
}

TEST_P(AttentionTest, aTokenHasTheSameBitsAloneAndInABatch) {
    std::mt19937 random(2);
    constexpr Shape kShape = {4, 2, 64};
    constexpr int kTokens = 130;
    CpuDevice device(2, kernels());
    const Cache together(kShape, 192, DType::F16), alone(kShape, 192, DType::F16);
    const auto q = reference::random_values(kTokens * kShape.q_width(), random);
    const auto k = reference::random_values(kTokens * kShape.kv_width(), random);
    const auto v = reference::random_values(kTokens * kShape.kv_width(), random);
    std::vector<float> batch(q.size()), single(q.size());
    device.append(together.view, rows_of(k, 0, kTokens, kShape.kv_width()), rows_of(v, 0, kTokens, kShape.kv_width()),
                  0);
    device.attention(together.view, rows_of(q, 0, kTokens, kShape.q_width()), 0,
                     {reinterpret_cast<std::byte*>(batch.data()), DType::F32, kTokens, kShape.q_width()});
    for (int t = 0; t < kTokens; ++t) {
        device.append(alone.view, rows_of(k, t, 1, kShape.kv_width()), rows_of(v, t, 1, kShape.kv_width()), t);
        device.attention(
            alone.view, rows_of(q, t, 1, kShape.q_width()), t,
            {reinterpret_cast<std::byte*>(single.data() + t * kShape.q_width()), DType::F32, 1, kShape.q_width()});
    }
    EXPECT_EQ(batch, single);
}

// What a rewind leaves behind the last position must not shine through, not even where it is infinite.
TEST_P(AttentionTest, positionsBeyondTheRowDoNotCount) {
    std::mt19937 random(3);
    constexpr Shape kShape = {2, 1, 32};
    CpuDevice device(1, kernels());
    const Cache clean(kShape, 64, DType::F16), stale(kShape, 64, DType::F16);
    const auto q = reference::random_values(10 * kShape.q_width(), random);
    const auto k = reference::random_values(10 * kShape.kv_width(), random);
    std::vector<float> scrap(static_cast<std::size_t>(64 * kShape.kv_width()), INFINITY);
    device.append(stale.view, rows_of(scrap, 0, 64, kShape.kv_width()), rows_of(scrap, 0, 64, kShape.kv_width()), 0);
    std::vector<float> first(q.size()), second(q.size());
    for (const auto& [cache, out] : {std::pair{&clean, &first}, std::pair{&stale, &second}}) {
        device.append(cache->view, rows_of(k, 0, 10, kShape.kv_width()), rows_of(k, 0, 10, kShape.kv_width()), 0);
        device.attention(cache->view, rows_of(q, 0, 10, kShape.q_width()), 0,
                         {reinterpret_cast<std::byte*>(out->data()), DType::F32, 10, kShape.q_width()});
    }
    EXPECT_EQ(first, second);
}

TEST_P(AttentionTest, theCacheRoundsToTheNearestHalf) {
    std::vector<float> values;
    for (int i = 0; i < 4096; ++i) {
        values.push_back(std::ldexp(1.0F + static_cast<float>(i) / 4096 * 0.999F, i % 40 - 26) *
                         (i % 2 == 0 ? 1.0F : -1.0F));
    }
    std::vector<std::uint16_t> halves(values.size());
    kernels().store_values(values.data(), static_cast<int>(values.size()), DType::F16,
                           reinterpret_cast<std::byte*>(halves.data()), 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint16_t below = static_cast<std::uint16_t>(halves[i] & 0x7FFF), sign = halves[i] & 0x8000;
        const double distance = std::fabs(static_cast<double>(reference::half(halves[i])) - values[i]);
        for (const int step : {-1, 1}) {
            const int neighbour = below + step;
            if (neighbour >= 0) {
                EXPECT_LE(distance,
                          std::fabs(static_cast<double>(reference::half(static_cast<std::uint16_t>(neighbour | sign))) -
                                    values[i]))
                    << values[i];
            }
        }
    }
}

}  // namespace
}  // namespace altiplano::engine
