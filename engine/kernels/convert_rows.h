// Rounding rows of plain numbers to another type, while a model is loaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "engine/device/matrix.h"

namespace altiplano::engine {

struct RowConversion {
    DType from = DType::BF16;  ///< F32, F16 or BF16
    DType to = DType::Q8_0;    ///< F8_E4M3, Q8_0 or BF16
    std::int64_t cols = 0;     ///< a multiple of 32
};

/// out: the rows [n, cols] rounded to the nearest, as files have them (blocks.h).
///   F8_E4M3: row_scales[n] = the row's largest magnitude / 448, the type's largest number; to even between two
///   Q8_0:    a block's scale is its largest magnitude / 127; away from zero between two, by the scale as a float
///   BF16:    to even between two
/// row_scales is not touched but for F8_E4M3. Returns the first row, if any, with a number that the type has no place
/// for: one that is not finite, for Q8_0 also one beyond a half's range of scales; rows from there on are undefined.
std::optional<std::int64_t> convert_rows(const RowConversion& conversion, std::span<const std::byte> rows,
                                         std::span<std::byte> out, std::span<float> row_scales);

}  // namespace altiplano::engine
