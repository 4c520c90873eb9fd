// Rows split into planes give back the values of the file's rows, read as planes.h says.
#include "engine/kernels/planes.h"

#include <cstring>
#include <gtest/gtest.h>

#include "tests/engine/kernels/level_test.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

constexpr int kSteps[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

/// One matrix in planes: every number of unit u of the matrix, by its definition.
class Reader {
public:
    Reader(DType type, const Planes& planes, const std::byte* image) : type_(type), planes_(planes), image_(image) {}

    float value(std::int64_t unit, int i) const {
        switch (type_) {
            case DType::Q8_0:
                return half(2, 2 * unit) *
                       static_cast<float>(static_cast<std::int8_t>(byte(i / 16, 16 * unit + i % 16)));
            case DType::Q4_0:
                return half(1, 2 * unit) * static_cast<float>(nibble(unit, i) - 8);
            case DType::Q4_1:
                return half(1, 4 * unit) * static_cast<float>(nibble(unit, i)) + half(1, 4 * unit + 2);
            case DType::Q5_0:
                return half(2, 2 * unit) * static_cast<float>((nibble(unit, i) | bit(1, 4 * unit, i) << 4) - 16);
            case DType::Q5_1:
                return half(1, 8 * unit + 4) * static_cast<float>(nibble(unit, i) | bit(1, 8 * unit, i) << 4) +
                       half(1, 8 * unit + 6);
            case DType::IQ4_NL:
                return half(1, 2 * unit) * static_cast<float>(kSteps[nibble_in_order(unit, i)]);
            default:
                return value_of_256(unit, i);
        }
    }

private:
    float value_of_256(std::int64_t unit, int i) const {
        const std::int64_t block = unit / 8;
        switch (type_) {
            case DType::Q2_K: {
                const int scales = byte(1, 2 * unit + i / 16);
                return half(2, 4 * block) * static_cast<float>(scales & 15) * static_cast<float>(pair(0, unit, i)) -
                       half(2, 4 * block + 2) * static_cast<float>(scales >> 4);
            }
            case DType::Q3_K: {
                const int low = byte(2, unit), high = byte(3, 4 * block + unit % 8 / 2) >> (unit % 2 * 4) & 15;
                const int scale = (i < 16 ? low & 63 : low >> 6 | high << 2) - 32;
                return half(4, 2 * block) * static_cast<float>(scale) *
                       static_cast<float>((pair(0, unit, i) | bit(1, 4 * unit, i) << 2) - 4);
            }
            case DType::Q4_K:
                return with_header(1, unit, nibble(unit, i));
            case DType::Q5_K:
                return with_header(2, unit, nibble(unit, i) | bit(1, 4 * unit, i) << 4);
            case DType::Q6_K:
                return half(3, 2 * block) * static_cast<float>(static_cast<std::int8_t>(byte(2, 2 * unit + i / 16))) *
                       static_cast<float>((nibble(unit, i) | pair(1, unit, i) << 4) - 32);
            default: {
                const int u = static_cast<int>(unit % 8);
                const int low = byte(1, 8 * block + 4 + u / 2) >> (u % 2 * 4) & 15;
                const int high = (byte(1, 8 * block + 2) | byte(1, 8 * block + 3) << 8) >> (2 * u) & 3;
                return half(1, 8 * block) * static_cast<float>((low | high << 4) - 32) *
                       static_cast<float>(kSteps[nibble_in_order(unit, i)]);
            }
        }
    }
    float with_header(std::size_t plane, std::int64_t unit, int code) const {
        const std::int64_t at = 16 * (unit / 8), u = unit % 8;
        const int low = byte(plane, at + 4 + u), high = byte(plane, at + 12 + u / 2) >> (u % 2 * 4) & 15;
        return half(plane, at) * static_cast<float>(low & 63) * static_cast<float>(code) -
               half(plane, at + 2) * static_cast<float>(low >> 6 | high << 2);
    }
    int byte(std::size_t plane, std::int64_t at) const {
        return std::to_integer<int>(image_[planes_.planes[plane].offset + at]);
    }
    int byte(int plane, std::int64_t at) const { return byte(static_cast<std::size_t>(plane), at); }
    float half(std::size_t plane, std::int64_t at) const {
        return reference::half(static_cast<std::uint16_t>(byte(plane, at) | byte(plane, at + 1) << 8));
    }
    int nibble(std::int64_t unit, int i) const { return byte(0, 16 * unit + i % 16) >> (i / 16 * 4) & 15; }
    int nibble_in_order(std::int64_t unit, int i) const { return byte(0, 16 * unit + i / 2) >> (i % 2 * 4) & 15; }
    int bit(std::size_t plane, std::int64_t at, int i) const { return byte(plane, at + i % 4) >> (i / 4) & 1; }
    int pair(std::size_t plane, std::int64_t unit, int i) const {
        return byte(plane, 8 * unit + i / 16 * 4 + i % 4) >> (i % 16 / 4 * 2) & 3;
    }

    DType type_;
    Planes planes_;
    const std::byte* image_;
};

std::span<const std::byte> row_of(const std::vector<std::byte>& rows, std::int64_t row, std::int64_t bytes) {
    return std::span(rows).subspan(static_cast<std::size_t>(row * bytes), static_cast<std::size_t>(bytes));
}

TEST(PlanesTest, unitsHaveTheValuesOfTheFilesRows) {
    std::mt19937 random(11);
    for (const DType type : kAllTypes) {
        if (block_values(type) == 1) {
            continue;
        }
        constexpr std::int64_t kRows = 7;
        const std::int64_t cols = 3 * block_values(type), bytes = row_bytes(type, cols);
        const auto rows = reference::random_rows(type, kRows, cols, random);
        std::vector<std::byte> image(rows.size());
        split_rows(type, cols, rows, image.data());
        const Reader reader(type, planes_of(type, kRows, cols), image.data());
        for (std::int64_t r = 0; r < kRows; ++r) {
            const auto expected = reference::decode(type, row_of(rows, r, bytes), cols);
            for (std::int64_t c = 0; c < cols; ++c) {
                ASSERT_EQ(reader.value((r * cols + c) / kUnitValues, static_cast<int>(c % kUnitValues)),
                          expected[static_cast<std::size_t>(c)])
                    << name(type) << " row " << r << " column " << c;
            }
        }
    }
}

TEST(PlanesTest, fillTheMatrixAndBeginAligned) {
    for (const DType type : kAllTypes) {
        const std::int64_t rows = 3, cols = 5 * std::max<std::int64_t>(block_values(type), 32);
        std::int64_t end = 0;
        for (const Plane& plane : planes_of(type, rows, cols)) {
            EXPECT_EQ(plane.offset, end) << name(type);
            // As much as its kernels load at once: 16 bytes of values, or all that a block has of it if that is less.
            std::int64_t piece = 16;
            while (plane.row_bytes % piece != 0) {
                piece /= 2;
            }
            EXPECT_EQ(plane.offset % piece, 0) << name(type);
            end += rows * plane.row_bytes;
        }
        EXPECT_EQ(end, rows * row_bytes(type, cols)) << name(type);
    }
}

// The way a device places a file piece by piece.
TEST(PlanesTest, piecesOfRowsMakeTheWholeMatrix) {
    std::mt19937 random(12);
    for (const DType type : kAllTypes) {
        constexpr std::int64_t kRows = 13;
        const std::int64_t cols = 2 * std::max<std::int64_t>(block_values(type), 32), bytes = row_bytes(type, cols);
        const auto rows = reference::random_rows(type, kRows, cols, random);
        std::vector<std::byte> whole(rows.size()), pieces(rows.size());
        split_rows(type, cols, rows, whole.data());
        const Planes all = planes_of(type, kRows, cols);
        for (const auto& [first, count] : {std::pair<std::int64_t, std::int64_t>{0, 4}, {4, 1}, {5, 8}}) {
            std::vector<std::byte> image(static_cast<std::size_t>(count * bytes));
            split_rows(type, cols, std::span(rows).subspan(static_cast<std::size_t>(first * bytes), image.size()),
                       image.data());
            const Planes part = planes_of(type, count, cols);
            for (std::size_t p = 0; p < static_cast<std::size_t>(all.count); ++p) {
                const Plane& plane = all.planes[p];
                std::memcpy(pieces.data() + plane.offset + first * plane.row_bytes,
                            image.data() + part.planes[p].offset, static_cast<std::size_t>(count * plane.row_bytes));
            }
        }
        EXPECT_EQ(pieces, whole) << name(type);
    }
}

}  // namespace
}  // namespace altiplano::engine
