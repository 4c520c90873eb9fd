// Decoding of every weight type and products with it, at every instruction level, against plain loops.
#include <cmath>
#include <gtest/gtest.h>

#include "engine/device/cpu_device.h"
#include "tests/engine/kernels/level_test.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

using MatmulTest = LevelTest;
INSTANTIATE_TEST_SUITE_P(Levels, MatmulTest, every_level(), level_name);

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

/// Rows of a file in the place that the device gives them.
class Placed {
public:
    Placed(const Device& device, DType type, std::int64_t rows, std::int64_t cols, const std::vector<std::byte>& data)
        : memory_(device.placed_bytes(type, rows, cols), "weights"),
          matrix_{memory_.data(), type, rows, cols, nullptr} {
        const std::int64_t at_once = device.rows_at_once(), row = row_bytes(type, cols);
        for (std::int64_t first = 0; first < rows; first += at_once) {
            const auto count = static_cast<std::size_t>(std::min(at_once, rows - first) * row);
            device.place_rows(matrix_, first, std::span(data).subspan(static_cast<std::size_t>(first * row), count));
        }
    }
    const PlacedMatrix& matrix() const { return matrix_; }

private:
    HostBuffer memory_;
    PlacedMatrix matrix_;
};

std::vector<float> multiply(Device& device, const Product& p, const std::vector<std::byte>& weights,
                            std::vector<float> x, const float* row_scales = nullptr) {
    std::vector<float> out(static_cast<std::size_t>(p.tokens * p.rows), -1.0F);
    const Placed placed(device, p.type, p.rows, p.cols, weights);
    PlacedMatrix matrix = placed.matrix();
    matrix.row_scales = row_scales;
    device.product({reinterpret_cast<const std::byte*>(x.data()), DType::F32, p.tokens, p.cols}, matrix,
                   {reinterpret_cast<std::byte*>(out.data()), DType::F32, p.tokens, p.rows});
    return out;
}

bool is_quantised(DType type) {
    return block_values(type) > 1;
}

/// What is left of activations that quantised weights are multiplied with: 15 bits in blocks of 256 columns.
std::vector<float> rounded(DType type, std::vector<float> x, std::int64_t cols) {
    for (std::size_t row = 0; is_quantised(type) && row < x.size(); row += static_cast<std::size_t>(cols)) {
        for (std::int64_t first = 0; first < cols; first += 256) {
            const std::span block =
                std::span(x).subspan(row + static_cast<std::size_t>(first),
                                     static_cast<std::size_t>(std::min<std::int64_t>(256, cols - first)));
            float most = 0;
            for (const float value : block) {
                most = std::max(most, std::abs(value));
            }
            for (float& value : block) {
                value = std::nearbyint(value * (16256.0F / most)) * (most / 16256.0F);
            }
        }
    }
    return x;
}

/// Whether there are levels whose tiles take the type's weights as BF16.
bool takes_split_tiles(DType type) {
    return type == DType::BF16 || type == DType::F8_E4M3;
}

/// Of a product whose activations are as rounded() gives them; tiles of BF16 take activations of 16 bits.
double tolerance(DType type) {
    return takes_split_tiles(type) ? 2e-5 : 2e-6;
}

TEST_P(MatmulTest, decodesEveryTypeExactly) {
    std::mt19937 random(1);
    for (const DType type : kAllTypes) {
        const std::int64_t cols = 3 * std::max<std::int64_t>(block_values(type), 32), row = row_bytes(type, cols);
        const auto rows = reference::random_rows(type, kStripRows, cols, random);
        std::vector<std::byte> strip(static_cast<std::size_t>(strip_bytes(type, cols)));
        make_strip(type, rows, cols, strip.data());
        for (int lane = 0; lane < kStripRows; ++lane) {
            std::vector<float> values(static_cast<std::size_t>(cols));
            kernels().decode_strip_row(type, strip.data(), cols, lane, values.data());
            EXPECT_EQ(values, reference::decode(type,
                                                std::span(rows).subspan(static_cast<std::size_t>(lane * row),
                                                                        static_cast<std::size_t>(row)),
                                                cols))
                << name(type) << " row " << lane;
        }
    }
}

TEST_P(MatmulTest, everyHalfBecomesItsFloat) {
    constexpr int kCols = 65536 / kStripRows;
    std::vector<std::uint16_t> halves(65536);
    for (std::size_t i = 0; i < halves.size(); ++i) {
        halves[i] = static_cast<std::uint16_t>(i);
    }
    std::vector<std::byte> strip(static_cast<std::size_t>(strip_bytes(DType::F16, kCols)));
    make_strip(DType::F16, std::as_bytes(std::span(halves)), kCols, strip.data());
    for (int lane = 0; lane < kStripRows; ++lane) {
        std::vector<float> values(kCols);
        kernels().decode_strip_row(DType::F16, strip.data(), kCols, lane, values.data());
        for (int i = 0; i < kCols; ++i) {
            const float value = values[static_cast<std::size_t>(i)];
            const float expected = reference::half(static_cast<std::uint16_t>(lane * kCols + i));
            EXPECT_TRUE(value == expected || (std::isnan(value) && std::isnan(expected))) << lane * kCols + i;
        }
    }
}

TEST_P(MatmulTest, everyCodeOfF8BecomesItsFloat) {
    constexpr int kCols = 32;
    std::vector<std::byte> codes(static_cast<std::size_t>(kStripRows * kCols));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        codes[i] = static_cast<std::byte>(i & 255);
    }
    std::vector<std::byte> strip(static_cast<std::size_t>(strip_bytes(DType::F8_E4M3, kCols)));
    make_strip(DType::F8_E4M3, codes, kCols, strip.data());
    int not_numbers = 0;
    for (int lane = 0; lane < kStripRows; ++lane) {
        std::vector<float> values(kCols);
        kernels().decode_strip_row(DType::F8_E4M3, strip.data(), kCols, lane, values.data());
        for (int i = 0; i < kCols; ++i) {
            const float value = values[static_cast<std::size_t>(i)];
            const float expected = reference::f8_e4m3(static_cast<std::uint8_t>(lane * kCols + i));
            not_numbers += std::isnan(value) ? 1 : 0;
            EXPECT_TRUE(value == expected || (std::isnan(value) && std::isnan(expected))) << lane * kCols + i;
        }
    }
    EXPECT_EQ(not_numbers, 4);  // 0x7F and 0xFF, each twice
}

TEST_P(MatmulTest, productsOfOddShapesAreRight) {
    std::mt19937 random(2);
    CpuDevice device(2, kernels());
    for (const DType type : kAllTypes) {
        const std::int64_t step = std::max<std::int64_t>(block_values(type), 32);
        for (const Product& p :
             {Product{type, 1, step, 1}, Product{type, 7, 3 * step, 1}, Product{type, 17, 2 * step, 3},
              Product{type, 33, 9 * step, 1}, Product{type, 35, 9 * step, 29}, Product{type, 16, 5 * step, 12},
              Product{type, 40, 11 * step, 8}, Product{type, 300, step, 50}, Product{type, 18, 2 * step, 261}}) {
            const auto weights = reference::random_rows(type, p.rows, p.cols, random);
            const auto x = reference::random_values(p.tokens * p.cols, random);
            const auto expected = reference::matmul(
                rounded(type, x, p.cols), decode_rows(type, weights, p.rows, p.cols), p.tokens, p.rows, p.cols);
            EXPECT_LT(reference::relative_error(multiply(device, p, weights, x), expected), tolerance(type))
                << name(type) << " " << p.rows << "x" << p.cols << " for " << p.tokens;
        }
    }
}

// What makes a turn that reuses its prefix write the same text as one that does not, and a guess cost no exactness.
TEST_P(MatmulTest, aTokenHasTheSameBitsAloneAndInABatch) {
    std::mt19937 random(3);
    CpuDevice one_thread(1, kernels()), three_threads(3, kernels());
    for (const DType type : kAllTypes) {
        for (const std::int64_t tokens : {2, 5, 8, 9, 16, 31, 48}) {
            const Product batch{type, 37, 1280, tokens};
            const auto weights = reference::random_rows(type, batch.rows, batch.cols, random);
            const auto x = reference::random_values(batch.tokens * batch.cols, random);
            const auto together = multiply(three_threads, batch, weights, x);
            for (std::int64_t t = 0; t < batch.tokens; ++t) {
                const std::vector<float> row(x.begin() + t * batch.cols, x.begin() + (t + 1) * batch.cols);
                const auto alone = multiply(one_thread, {type, batch.rows, batch.cols, 1}, weights, row);
                ASSERT_EQ(alone, std::vector<float>(together.begin() + t * batch.rows,
                                                    together.begin() + (t + 1) * batch.rows))
                    << name(type) << " token " << t << " of " << tokens;
            }
        }
    }
}

// Whole sums do not depend on the way they are taken; those of BF16 and E4M3 do where tiles take them.
TEST(MatmulLevelsTest, levelsWithFusedMultiplyAddAgreeBitForBit) {
    const auto levels = available_cpu_kernels();
    std::mt19937 random(4);
    for (const DType type : kAllTypes) {
        for (const std::int64_t tokens : {1, 14}) {
            const Product p{type, 19, 1536, tokens};
            const auto weights = reference::random_rows(type, p.rows, p.cols, random);
            const auto x = reference::random_values(p.tokens * p.cols, random);
            for (std::size_t level = 2; level < levels.size(); ++level) {
                if (takes_split_tiles(type) && levels[level]->level == "amx") {
                    continue;
                }
                CpuDevice first(1, *levels[1]), other(1, *levels[level]);
                EXPECT_EQ(multiply(first, p, weights, x), multiply(other, p, weights, x))
                    << name(type) << " on " << levels[level]->level;
            }
        }
    }
}

// All codes by all levels' own ways of taking them, each times one.
TEST_P(MatmulTest, productsTakeEveryCodeOfF8AsItsNumber) {
    constexpr std::int64_t kCols = 32;
    CpuDevice device(1, kernels());
    for (int code = 0; code < 256; ++code) {
        std::vector<std::byte> weights(16 * kCols);
        weights[static_cast<std::size_t>(code % 16 * kCols + code % kCols)] = static_cast<std::byte>(code);
        const float expected = reference::f8_e4m3(static_cast<std::uint8_t>(code));
        for (const std::int64_t tokens : {1, 9}) {
            const std::vector<float> ones(static_cast<std::size_t>(tokens * kCols), 1.0F);
            const auto out = multiply(device, {DType::F8_E4M3, 16, kCols, tokens}, weights, ones);
            for (std::size_t i = 0; i < out.size(); ++i) {
                const float value = static_cast<int>(i) % 16 == code % 16 ? expected : 0.0F;
                EXPECT_TRUE(out[i] == value || (std::isnan(out[i]) && std::isnan(value))) << code << " at " << i;
            }
        }
    }
}

TEST_P(MatmulTest, rowScalesAreFactorsOfTheSums) {
    std::mt19937 random(7);
    CpuDevice device(2, kernels());
    for (const DType type : {DType::F8_E4M3, DType::BF16, DType::Q8_0}) {
        for (const std::int64_t tokens : {1, 7, 300}) {
            const Product p{type, 83, 320, tokens};
            const auto weights = reference::random_rows(type, p.rows, p.cols, random);
            const auto x = reference::random_values(p.tokens * p.cols, random);
            const auto scales = reference::random_values(p.rows, random);
            auto expected = multiply(device, p, weights, x);
            for (std::size_t i = 0; i < expected.size(); ++i) {
                expected[i] *= scales[i % scales.size()];
            }
            EXPECT_EQ(multiply(device, p, weights, x, scales.data()), expected) << name(type) << " for " << tokens;
        }
    }
}

TEST_P(MatmulTest, whatIsNoNumberSpoilsItsOwnTokenOnly) {
    std::mt19937 random(6);
    CpuDevice device(1, kernels());
    for (const DType type : kAllTypes) {
        for (const std::int64_t tokens : {2, 20}) {
            const Product p{type, 16, 512, tokens};
            const auto weights = reference::random_rows(type, p.rows, p.cols, random);
            auto x = reference::random_values(p.tokens * p.cols, random);
            const auto sound = multiply(device, p, weights, x);
            x[300] = std::nanf("");
            const auto spoilt = multiply(device, p, weights, x);
            EXPECT_TRUE(std::all_of(spoilt.begin(), spoilt.begin() + p.rows, [](float v) { return std::isnan(v); }))
                << name(type);
            EXPECT_TRUE(std::equal(spoilt.begin() + p.rows, spoilt.end(), sound.begin() + p.rows)) << name(type);
        }
    }
}

TEST_P(MatmulTest, embeddingIsTheTokensRow) {
    std::mt19937 random(5);
    CpuDevice device(2, kernels());
    for (const DType type : kAllTypes) {
        const auto table = reference::random_rows(type, 21, 256, random);
        const Placed placed(device, type, 21, 256, table);
        const int tokens[] = {4, 0, 20};
        std::vector<float> out(3 * 256);
        device.begin({.tokens = tokens});
        device.embed(placed.matrix(), 0, {reinterpret_cast<std::byte*>(out.data()), DType::F32, 3, 256});
        const auto values = decode_rows(type, table, 21, 256);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto* expected = values.data() + tokens[i] * 256;
            EXPECT_TRUE(std::equal(expected, expected + 256, out.data() + i * 256)) << name(type);
        }
    }
}

TEST_P(MatmulTest, embeddingOfAnotherRanksTokenIsZero) {
    std::mt19937 random(9);
    CpuDevice device(2, kernels());
    const auto table = reference::random_rows(DType::Q8_0, 16, 64, random);
    const Placed placed(device, DType::Q8_0, 16, 64, table);
    const int tokens[] = {31, 32, 40, 48};
    std::vector<float> out(4 * 64, 7.0F);
    device.begin({.tokens = tokens});
    device.embed(placed.matrix(), 32, {reinterpret_cast<std::byte*>(out.data()), DType::F32, 4, 64});
    const auto values = decode_rows(DType::Q8_0, table, 16, 64);
    const std::vector<float> zeros(64);
    EXPECT_TRUE(std::equal(zeros.begin(), zeros.end(), out.data()));
    EXPECT_TRUE(std::equal(values.data(), values.data() + 64, out.data() + 64));
    EXPECT_TRUE(std::equal(values.data() + 8 * 64, values.data() + 9 * 64, out.data() + 2 * 64));
    EXPECT_TRUE(std::equal(zeros.begin(), zeros.end(), out.data() + 3 * 64));
}

TEST_P(MatmulTest, embeddingHasItsRowScale) {
    std::mt19937 random(8);
    CpuDevice device(2, kernels());
    const auto table = reference::random_rows(DType::F8_E4M3, 21, 256, random);
    const auto scales = reference::random_values(21, random);
    const Placed placed(device, DType::F8_E4M3, 21, 256, table);
    PlacedMatrix matrix = placed.matrix();
    matrix.row_scales = scales.data();
    const int token = 19;
    std::vector<float> out(256);
    device.begin({.tokens = std::span(&token, 1)});
    device.embed(matrix, 0, {reinterpret_cast<std::byte*>(out.data()), DType::F32, 1, 256});
    const auto values = decode_rows(DType::F8_E4M3, table, 21, 256);
    for (std::size_t i = 0; i < out.size(); ++i) {
        EXPECT_EQ(out[i], values[19 * 256 + i] * scales[19]);
    }
}

}  // namespace
}  // namespace altiplano::engine
