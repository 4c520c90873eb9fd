// Decoding of every weight type and products with it, at every instruction level, against plain loops.
#include <gtest/gtest.h>

#include "engine/device/cpu_device.h"
#include "tests/engine/kernels/level_test.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

using MatmulTest = LevelTest;
INSTANTIATE_TEST_SUITE_P(Levels, MatmulTest, every_level(), level_name);

// Longest sum here: 2,304 products of F32 rounding 6e-8.
constexpr double kTolerance = 2e-6;

std::vector<float> decode_rows(DType type, const std::vector<std::byte>& rows, std::int64_t count, std::int64_t cols) {
    std::vector<float> values;
    const auto bytes = static_cast<std::size_t>(row_bytes(type, cols));
    for (std::int64_t r = 0; r < count; ++r) {
        const auto row =
            reference::decode(type, std::span(rows).subspan(static_cast<std::size_t>(r) * bytes, bytes), cols);
        values.insert(values.end(), row.begin(), row.end());
    }
    return values;
}

struct Product {
    DType type;
    std::int64_t rows, cols, tokens;
};

std::vector<float> multiply(Device& device, const Product& p, const std::vector<std::byte>& weights,
                            std::vector<float> x) {
    std::vector<float> out(static_cast<std::size_t>(p.tokens * p.rows), -1.0F);
    device.matmul({reinterpret_cast<const std::byte*>(x.data()), DType::F32, p.tokens, p.cols},
                  {weights.data(), p.type, p.rows, p.cols},
                  {reinterpret_cast<std::byte*>(out.data()), DType::F32, p.tokens, p.rows});
    return out;
}

TEST_P(MatmulTest, decodesEveryTypeExactly) {
    std::mt19937 random(1);
    for (const DType type : kAllTypes) {
        const std::int64_t cols = 3 * std::max<std::int64_t>(block_values(type), 16);
        const auto row = reference::random_rows(type, 1, cols, random);
        std::vector<float> values(static_cast<std::size_t>(cols));
        kernels().decode_row(type, row.data(), cols, values.data());
        EXPECT_EQ(values, reference::decode(type, row, cols)) << name(type);
    }
}

TEST_P(MatmulTest, everyHalfBecomesItsFloat) {
    std::vector<std::uint16_t> halves(65536);
    for (std::size_t i = 0; i < halves.size(); ++i) {
        halves[i] = static_cast<std::uint16_t>(i);
    }
    std::vector<float> values(halves.size());
    kernels().decode_row(DType::F16, reinterpret_cast<const std::byte*>(halves.data()), std::ssize(halves),
                         values.data());
    for (std::size_t i = 0; i < halves.size(); ++i) {
        const float expected = reference::half(halves[i]);
        EXPECT_TRUE(values[i] == expected || (std::isnan(values[i]) && std::isnan(expected))) << i;
    }
}

TEST_P(MatmulTest, productsOfOddShapesAreRight) {
    std::mt19937 random(2);
    CpuDevice device(2, kernels());
    for (const DType type : kAllTypes) {
        const std::int64_t step = std::max<std::int64_t>(block_values(type), 32);
        for (const Product& p :
             {Product{type, 1, step, 1}, Product{type, 7, 3 * step, 1}, Product{type, 17, 2 * step, 3},
              Product{type, 33, 9 * step, 1}, Product{type, 35, 9 * step, 29}, Product{type, 16, 5 * step, 12}}) {
            const auto weights = reference::random_rows(type, p.rows, p.cols, random);
            const auto x = reference::random_values(p.tokens * p.cols, random);
            const auto expected =
                reference::matmul(x, decode_rows(type, weights, p.rows, p.cols), p.tokens, p.rows, p.cols);
            EXPECT_LT(reference::relative_error(multiply(device, p, weights, x), expected), kTolerance)
                << name(type) << " " << p.rows << "x" << p.cols << " for " << p.tokens;
        }
    }
}

// What makes a turn that reuses its prefix write the same text as one that does not.
TEST_P(MatmulTest, aTokenHasTheSameBitsAloneAndInABatch) {
    std::mt19937 random(3);
    CpuDevice one_thread(1, kernels()), three_threads(3, kernels());
    for (const DType type : kAllTypes) {
        const Product batch{type, 37, 1280, 31};
        const auto weights = reference::random_rows(type, batch.rows, batch.cols, random);
        const auto x = reference::random_values(batch.tokens * batch.cols, random);
        const auto together = multiply(three_threads, batch, weights, x);
        for (std::int64_t t = 0; t < batch.tokens; ++t) {
            const std::vector<float> row(x.begin() + t * batch.cols, x.begin() + (t + 1) * batch.cols);
            const auto alone = multiply(one_thread, {type, batch.rows, batch.cols, 1}, weights, row);
            EXPECT_EQ(alone,
                      std::vector<float>(together.begin() + t * batch.rows, together.begin() + (t + 1) * batch.rows))
                << name(type) << " token " << t;
        }
    }
}

TEST(MatmulLevelsTest, levelsWithFusedMultiplyAddAgreeBitForBit) {
    const auto levels = available_cpu_kernels();
    if (levels.size() < 3) {
        GTEST_SKIP() << "this processor has fewer than two such levels";
    }
    std::mt19937 random(4);
    CpuDevice first(1, *levels[1]), second(1, *levels[2]);
    for (const DType type : kAllTypes) {
        const Product p{type, 19, 1536, 14};
        const auto weights = reference::random_rows(type, p.rows, p.cols, random);
        const auto x = reference::random_values(p.tokens * p.cols, random);
        EXPECT_EQ(multiply(first, p, weights, x), multiply(second, p, weights, x)) << name(type);
    }
}

TEST_P(MatmulTest, embeddingIsTheTokensRow) {
    std::mt19937 random(5);
    CpuDevice device(2, kernels());
    for (const DType type : kAllTypes) {
        const auto table = reference::random_rows(type, 5, 256, random);
        const int tokens[] = {4, 0, 4};
        std::vector<float> out(3 * 256);
        device.embed({table.data(), type, 5, 256}, tokens,
                     {reinterpret_cast<std::byte*>(out.data()), DType::F32, 3, 256});
        const auto values = decode_rows(type, table, 5, 256);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto* expected = values.data() + tokens[i] * 256;
            EXPECT_TRUE(std::equal(expected, expected + 256, out.data() + i * 256)) << name(type);
        }
    }
}

}  // namespace
}  // namespace altiplano::engine
