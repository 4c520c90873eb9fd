// How weight matrices lie in a GPU's memory: blocks split into planes, so that a warp's loads are whole aligned lines.
//
// Plain types are one plane: the rows as files have them. A block type has up to five planes, one after another; each
// holds its part of every block of row 0, then of row 1 and so on. Together they have the bytes of the file's rows,
// in another order. The unit of every block type is 32 values, one after another in the row; unit u of the matrix
// (u counts on from row to row) has, of values c[0..31]:
//   nibbles    16 bytes: byte i is c[i] | c[i + 16] << 4; for IQ4_NL and IQ4_XS c[2i] | c[2i + 1] << 4
//   pairs       8 bytes: two bits each, those of c[16 h + 4 k + j] at bit 2 k of byte 4 h + j   (k, j < 4)
//   bits        4 bytes: one bit each, that of c[4 k + j] at bit k of byte j                    (k < 8, j < 4)
// so that one shift and one mask give four values in a word. Sizes are of a unit, or of a block of 256 where said:
//   Q8_0    c[0..15]: 16, c[16..31]: 16, scale: 2
//   Q4_0    nibbles 16, scale 2                          IQ4_NL the same
//   Q4_1    nibbles 16, scale and minimum 4
//   Q5_0    nibbles 16, fifth bits 4, scale 2
//   Q5_1    nibbles 16, { fifth bits, scale, minimum } 8
//   Q2_K    pairs 8, scales of both groups of 16, low half each scale and high half minimum, 2; of a block: scale and
//           minimum 4
//   Q3_K    pairs 8, third bits 4, low scales 1, of a block: high scales 4, scale 2. The 6-bit scales of unit u of the
//           block: the first is the low six bits of its byte; the second has its low two bits on top of that byte, its
//           high four at bit 4 u of the high scales
//   Q4_K    nibbles 16; of a block: header 16 = { scale 2, minimum 2, low 8, high 4 }: the group's scale is the low six
//           bits of byte low[u], its minimum has the two bits on top, then four at bit 4 u of high
//   Q5_K    nibbles 16, fifth bits 4, header as in Q4_K
//   Q6_K    nibbles 16, pairs of the high two bits 8, scales of both groups 2, of a block: scale 2
//   IQ4_XS  nibbles 16; of a block: the file's first 8 bytes
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/device/matrix.h"

namespace altiplano::engine {

inline constexpr int kMostPlanes = 5;
/// Values of a unit of every block type.
inline constexpr int kUnitValues = 32;

/// Row r of a plane is the row_bytes at offset + r * row_bytes of the matrix.
struct Plane {
    std::int64_t offset = 0;
    std::int64_t row_bytes = 0;
};

struct Planes {
    std::array<Plane, kMostPlanes> planes;
    int count = 0;

    const Plane* begin() const { return planes.data(); }
    const Plane* end() const { return planes.data() + count; }
};

/// Where a matrix's planes lie; together they have rows * row_bytes(type, cols) bytes. Each begins aligned to 16 bytes,
/// or to what its kernels load at once where that is less, if the matrix does.
Planes planes_of(DType type, std::int64_t rows, std::int64_t cols) noexcept;

/// Splits rows as files have them (blocks.h), one after another and aligned to nothing, into image, which has as many
/// bytes and lies as a matrix of so many rows: planes_of(type, count, cols). To place rows [first, first + count) of a
/// larger matrix, copy each plane's count * row_bytes from image + its offset there to the matrix + the plane's offset
/// in it + first * row_bytes.
void split_rows(DType type, std::int64_t cols, std::span<const std::byte> rows, std::byte* image);

}  // namespace altiplano::engine
