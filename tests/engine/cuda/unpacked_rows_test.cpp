// Rows of weights of every type as floats and as BF16 on CUDA: embedding and dequantised tiles.
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

#include "engine/kernels/cuda/dequantise.h"
#include "engine/kernels/cuda/embed.h"
#include "tests/engine/cuda/card_matrix.h"
#include "tests/engine/kernels/level_test.h"

namespace altiplano::engine::cuda {
namespace {

class UnpackedRowsTest : public testing::TestWithParam<DType> {
protected:
    std::mt19937 random_{static_cast<unsigned>(GetParam()) + 200};
    const std::int64_t least_cols_ = std::max<std::int64_t>(block_values(GetParam()), 32);
};
INSTANTIATE_TEST_SUITE_P(Types, UnpackedRowsTest, testing::ValuesIn(kAllTypes),
                         [](const auto& info) { return std::string(name(info.param)); });

std::span<const float> row_of(std::span<const float> rows, std::int64_t row, std::int64_t cols) {
    return rows.subspan(static_cast<std::size_t>(row * cols), static_cast<std::size_t>(cols));
}

std::uint32_t bits_of(float value) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    return bits;
}

/// To the nearest BF16, ties to even.
float as_bf16(float value) {
    const std::uint32_t bits = bits_of(value), rounded = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000U;
    float result = 0;
    std::memcpy(&result, &rounded, sizeof(result));
    return result;
}

/// The same value, or one that a last bit of a float made another BF16.
bool is_near(float value, float expected) {
    return value == as_bf16(expected) || std::abs(value - expected) <= std::abs(expected) * 0x1.01p-9F;
}

TEST_P(UnpackedRowsTest, tokensBecomeTheirRowsAndOthersZeros) {
    for (const std::int64_t cols : {least_cols_, 5 * least_cols_, 4096 + least_cols_}) {
        constexpr std::int64_t kVocabulary = 9;
        constexpr int kFirst = 100;
        CardMatrix table(GetParam(), kVocabulary, cols, random_);
        if (cols != least_cols_) {
            table.scale_rows(random_);
        }
        const std::vector<int> tokens = {108, 100, 99, 104, 109, 0, 104};
        CardRows out(tokens.size() * static_cast<std::size_t>(cols));
        const DeviceArray<int> ids(tokens);
        launch_embed(table.placed(), kFirst, ids.get(), static_cast<int>(tokens.size()), out.data(), nullptr);
        const auto rows = out.values();
        for (std::size_t t = 0; t < tokens.size(); ++t) {
            const std::int64_t row = tokens[t] - kFirst;
            const auto got = row_of(rows, static_cast<std::int64_t>(t), cols);
            for (std::int64_t c = 0; c < cols; ++c) {
                const float expected = row >= 0 && row < kVocabulary
                                           ? row_of(table.values(), row, cols)[static_cast<std::size_t>(c)]
                                           : 0.0F;
                ASSERT_NEAR(got[static_cast<std::size_t>(c)], expected, std::abs(expected) * 1e-6F + 1e-7F)
                    << "token " << tokens[t] << " column " << c << " of " << cols;
            }
        }
    }
}

TEST_P(UnpackedRowsTest, tilesAreTheRowsInBf16) {
    for (const std::int64_t cols : {least_cols_, 3 * least_cols_, 37 * least_cols_}) {
        constexpr std::int64_t kRows = 11, kFirst = 3, kCount = 7;
        CardMatrix weight(GetParam(), kRows, cols, random_);
        if (cols != least_cols_) {
            weight.scale_rows(random_);
        }
        constexpr std::uint16_t kUntouched = 0x7FC1;
        const DeviceArray<std::uint16_t> tile(
            std::vector<std::uint16_t>(static_cast<std::size_t>(kCount * cols + 16), kUntouched));
        launch_dequantise(weight.placed(), kFirst, kCount, reinterpret_cast<std::byte*>(tile.get()), nullptr);
        const std::vector<std::uint16_t> values = tile.values();
        for (std::int64_t i = 0; i < kCount * cols; ++i) {
            const float expected = weight.values()[static_cast<std::size_t>(kFirst * cols + i)];
            const std::uint32_t bits = std::uint32_t{values[static_cast<std::size_t>(i)]} << 16;
            float value = 0;
            std::memcpy(&value, &bits, sizeof(value));
            ASSERT_TRUE(is_near(value, expected)) << value << " for " << expected << " at " << i << " of " << cols;
        }
        EXPECT_EQ(values[static_cast<std::size_t>(kCount * cols)], kUntouched);
    }
}

TEST(UnpackedCodesTest, everyHalfBf16AndF8ComesOutAsItIs) {
    for (const DType type : {DType::F16, DType::BF16, DType::F8_E4M3}) {
        constexpr std::int64_t kCols = 1024;
        const std::int64_t codes = type == DType::F8_E4M3 ? kCols : 65536, rows = codes / kCols;
        std::vector<std::byte> bytes(static_cast<std::size_t>(codes * block_bytes(type)));
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            const std::size_t code = type == DType::F8_E4M3 ? i : i / 2;
            bytes[i] = static_cast<std::byte>(type == DType::F8_E4M3 || i % 2 == 0 ? code : code >> 8);
        }
        const CardMatrix table(type, rows, kCols, bytes);
        std::vector<int> tokens(static_cast<std::size_t>(rows));
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            tokens[i] = static_cast<int>(i);
        }
        CardRows out(static_cast<std::size_t>(codes));
        const DeviceArray<int> ids(tokens);
        launch_embed(table.placed(), 0, ids.get(), static_cast<int>(rows), out.data(), nullptr);
        const auto values = out.values();
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float expected = table.values()[i];
            ASSERT_TRUE(values[i] == expected || (std::isnan(values[i]) && std::isnan(expected)))
                << name(type) << " code " << i;
        }
    }
}

}  // namespace
}  // namespace altiplano::engine::cuda
