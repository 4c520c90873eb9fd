// Rounding of plain numbers against the nearest of all numbers that a type has.
#include "engine/kernels/convert_rows.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

constexpr std::int64_t kCols = 96;

template <typename T>
std::vector<std::byte> bytes_of(const std::vector<T>& numbers) {
    const auto bytes = std::as_bytes(std::span(numbers));
    return {bytes.begin(), bytes.end()};
}

struct Converted {
    std::optional<std::int64_t> refused;
    std::vector<std::byte> rows;
    std::vector<float> scales;
};

Converted convert(DType from, DType to, std::int64_t cols, std::span<const std::byte> rows) {
    const auto count = static_cast<std::size_t>(std::ssize(rows) / row_bytes(from, cols));
    Converted result{{},
                     std::vector<std::byte>(count * static_cast<std::size_t>(row_bytes(to, cols))),
                     std::vector<float>(to == DType::F8_E4M3 ? count : 0)};
    result.refused = convert_rows({from, to, cols}, rows, result.rows, result.scales);
    return result;
}

/// Of all 256 the nearest; between two the one whose last bit is 0.
std::uint8_t nearest_f8(double value) {
    int best = 0;
    for (int code = 0; code < 127; ++code) {
        const double distance =
            std::abs(static_cast<double>(reference::f8_e4m3(static_cast<std::uint8_t>(code))) - std::abs(value));
        const double least =
            std::abs(static_cast<double>(reference::f8_e4m3(static_cast<std::uint8_t>(best))) - std::abs(value));
        best = distance < least || (distance == least && code % 2 == 0) ? code : best;
    }
    return static_cast<std::uint8_t>(best | (std::signbit(value) ? 128 : 0));
}

/// Rows of all sizes: a factor for each, and numbers over many powers of two.
std::vector<float> some_rows(int rows) {
    std::mt19937 random(5);
    std::vector<float> values;
    for (int row = 0; row < rows; ++row) {
        const float size = std::ldexp(1.0F, static_cast<int>(random() % 40) - 30);
        for (std::int64_t col = 0; col < kCols; ++col) {
            const float number = static_cast<float>(random()) / 2147483648.0F - 1.0F;
            values.push_back(std::ldexp(number * size, -static_cast<int>(random() % 14)));
        }
    }
    return values;
}

std::vector<std::byte> rounded(DType type, const std::vector<float>& values) {
    std::vector<std::uint16_t> narrow;
    for (const float value : values) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof(bits));
        narrow.push_back(type == DType::F16 ? reference::to_half(value) : static_cast<std::uint16_t>(bits >> 16));
    }
    return type == DType::F32 ? bytes_of(values) : bytes_of(narrow);
}

class ConvertRowsTest : public testing::TestWithParam<DType> {};
INSTANTIATE_TEST_SUITE_P(Types, ConvertRowsTest, testing::Values(DType::F32, DType::F16, DType::BF16),
                         [](const auto& info) { return std::string(name(info.param)); });

TEST_P(ConvertRowsTest, theLargestOfARowBecomes448AndTheOthersTheNearest) {
    constexpr int kRows = 60;
    const auto rows = rounded(GetParam(), some_rows(kRows));
    const Converted found = convert(GetParam(), DType::F8_E4M3, kCols, rows);
    ASSERT_FALSE(found.refused);
    const auto bytes = static_cast<std::size_t>(row_bytes(GetParam(), kCols));
    for (std::size_t row = 0; row < kRows; ++row) {
        const auto values = reference::decode(GetParam(), std::span(rows).subspan(row * bytes, bytes), kCols);
        float largest = 0;
        for (const float value : values) {
            largest = std::max(largest, std::abs(value));
        }
        ASSERT_EQ(found.scales[row], std::max(largest / 448.0F, std::numeric_limits<float>::min()));
        for (std::size_t col = 0; col < kCols; ++col) {
            const auto code = std::to_integer<std::uint8_t>(found.rows[row * kCols + col]);
            ASSERT_EQ(code, nearest_f8(static_cast<double>(values[col] / found.scales[row]))) << values[col];
            if (largest > 0 && std::abs(values[col]) == largest) {
                ASSERT_EQ(std::abs(reference::f8_e4m3(code)), 448.0F);
            }
        }
    }
}

TEST_P(ConvertRowsTest, blocksOfQ8AreRoundedAwayFromZeroBetweenTwo) {
    constexpr int kRows = 60;
    const auto rows = rounded(GetParam(), some_rows(kRows));
    const Converted found = convert(GetParam(), DType::Q8_0, kCols, rows);
    ASSERT_FALSE(found.refused);
    const auto values = reference::decode(GetParam(), rows, kCols * kRows);
    for (std::size_t block = 0; block < values.size() / 32; ++block) {
        const std::span<const float> group = std::span(values).subspan(block * 32, 32);
        float largest = 0;
        for (const float value : group) {
            largest = std::max(largest, std::abs(value));
        }
        const float scale = largest / 127.0F;
        std::uint16_t half = 0;
        std::memcpy(&half, &found.rows[block * 34], sizeof(half));
        ASSERT_NEAR(reference::half(half), scale, std::max(scale * 0x1p-11F, 0x1p-25F));
        for (std::size_t i = 0; i < 32; ++i) {
            const auto code = static_cast<std::int8_t>(found.rows[block * 34 + 2 + i]);
            ASSERT_EQ(code, std::lround(group[i] * (scale > 0 ? 1.0F / scale : 0.0F))) << group[i];
        }
    }
}

TEST(ConvertRows, everyHalfKeepsItsValue) {
    std::vector<std::uint16_t> halves;
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        halves.push_back(static_cast<std::uint16_t>((bits & 0x7C00) == 0x7C00 ? 0 : bits));
    }
    const Converted found = convert(DType::F16, DType::BF16, 32, bytes_of(halves));
    ASSERT_FALSE(found.refused);
    for (std::size_t i = 0; i < halves.size(); ++i) {
        const std::vector<float> value = reference::decode(DType::BF16, std::span(found.rows).subspan(i * 2, 2), 1);
        const float expected = reference::half(halves[i]);
        ASSERT_LE(std::abs(value[0] - expected), std::abs(expected) * 0x1p-8F) << i;
        ASSERT_EQ(std::signbit(value[0]), std::signbit(expected)) << i;
    }
}

TEST(ConvertRows, bf16IsToEvenBetweenTwo) {
    std::vector<float> values(32, 1.0F);
    values[0] = 1.0F + 0x1p-8F;      // between 1 and 1 + 2^-7
    values[1] = 1.0F + 3 * 0x1p-8F;  // between 1 + 2^-7 and 1 + 2^-6
    values[2] = -1.0F - 0x1p-8F - 0x1p-20F;
    const Converted found = convert(DType::F32, DType::BF16, 32, bytes_of(values));
    const auto numbers = reference::decode(DType::BF16, found.rows, 32);
    EXPECT_EQ(numbers[0], 1.0F);
    EXPECT_EQ(numbers[1], 1.0F + 0x1p-6F);
    EXPECT_EQ(numbers[2], -1.0F - 0x1p-7F);
}

TEST(ConvertRows, rowsOfZerosStayZeros) {
    const std::vector<float> zeros(64, 0.0F);
    for (const DType type : {DType::F8_E4M3, DType::Q8_0}) {
        const Converted found = convert(DType::F32, type, 64, bytes_of(zeros));
        EXPECT_FALSE(found.refused);
        EXPECT_EQ(reference::decode(type, found.rows, 64), zeros);
    }
}

TEST(ConvertRows, theSmallestRowsHaveAScaleAndNoInfinity) {
    const std::vector<float> values(32, 0x1p-140F);
    const Converted found = convert(DType::F32, DType::F8_E4M3, 32, bytes_of(values));
    EXPECT_FALSE(found.refused);
    EXPECT_GT(found.scales[0], 0.0F);
    EXPECT_TRUE(std::isfinite(reference::decode(DType::F8_E4M3, found.rows, 32)[0] * found.scales[0]));
    EXPECT_EQ(reference::decode(DType::Q8_0, convert(DType::F32, DType::Q8_0, 32, bytes_of(values)).rows, 32)[0], 0.0F);
}

/// Rows of ones but for an infinite number, or one that is none, in the third.
std::vector<std::byte> rows_with_no_number(DType type, std::int64_t cols, bool infinite) {
    const auto at = static_cast<std::size_t>(2 * cols + 40);
    const auto count = static_cast<std::size_t>(4 * cols);
    if (type == DType::F32) {
        std::vector<float> values(count, 1.0F);
        values[at] = infinite ? -std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
        return bytes_of(values);
    }
    std::vector<std::uint16_t> values(count, type == DType::F16 ? 0x3C00 : 0x3F80);
    values[at] = static_cast<std::uint16_t>((type == DType::F16 ? 0xFC00 : 0xFF80) + (infinite ? 0 : 1));
    return bytes_of(values);
}

TEST(ConvertRows, theFirstRowWithWhatIsNoNumberIsTold) {
    for (const bool infinite : {false, true}) {
        for (const DType from : {DType::F32, DType::F16, DType::BF16}) {
            for (const DType to : {DType::F8_E4M3, DType::Q8_0, DType::BF16}) {
                const auto rows = rows_with_no_number(from, 64, infinite);
                EXPECT_EQ(convert(from, to, 64, rows).refused, 2) << name(from) << ' ' << name(to) << ' ' << infinite;
            }
        }
    }
}

TEST(ConvertRows, aScaleBeyondAHalfIsTold) {
    std::vector<float> values(32, 65504.0F * 127.0F);
    EXPECT_FALSE(convert(DType::F32, DType::Q8_0, 32, bytes_of(values)).refused);
    values[7] *= 1.01F;
    EXPECT_EQ(convert(DType::F32, DType::Q8_0, 32, bytes_of(values)).refused, 0);
    EXPECT_FALSE(convert(DType::F32, DType::F8_E4M3, 32, bytes_of(values)).refused);
}

}  // namespace
}  // namespace altiplano::engine
