// How weight matrices lie in the CPU device's memory: sixteen rows side by side, so that a vector lane is a row.
//
// A strip is 16 rows; one of its blocks is the 16 rows' blocks (blocks.h), field by field: the field at offset o of the
// rows' blocks lies at 16 * o, as [field bytes / unit][16 rows][unit]. A unit is what a lane takes at once: 4 bytes of
// quantised values or two BF16, 2 bytes of a half, 1 byte of a packed scale. Plain numbers count 32 as a block. No byte
// is added but for the rows that fill the last strip, which are zero.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/device/matrix.h"

namespace altiplano::engine {

inline constexpr int kStripRows = 16;

/// Values of one row in one block of a strip: 32 or 256.
int strip_block_values(DType type) noexcept;
/// Bytes of 16 rows of cols values; cols: a multiple of strip_block_values(type).
std::int64_t strip_bytes(DType type, std::int64_t cols) noexcept;

/// Lays up to 16 rows, as the files have them one after another, into one strip: out[strip_bytes(type, cols)].
void make_strip(DType type, std::span<const std::byte> rows, std::int64_t cols, std::byte* out);

}  // namespace altiplano::engine
