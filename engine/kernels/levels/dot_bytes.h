// The order of whole numbers for levels that multiply bytes: all high bytes, then all low ones. See simd.h.
#pragma once

#include "engine/kernels/packed.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

/// A whole number is 128 * high + low.
inline constexpr int kLowBits = 7;

inline void arrange(const std::int32_t* numbers, std::int8_t* out) {
    for (int i = 0; i < kBlockCols; ++i) {
        const std::int32_t high = (numbers[i] + (1 << (kLowBits - 1))) >> kLowBits;
        out[i] = static_cast<std::int8_t>(high);
        out[kBlockCols + i] = static_cast<std::int8_t>(numbers[i] - high * (1 << kLowBits));
    }
}

/// Four neighbouring bytes.
inline std::int32_t four_bytes(const std::int8_t* p) {
    std::int32_t bytes = 0;
    __builtin_memcpy(&bytes, p, sizeof(bytes));
    return bytes;
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
