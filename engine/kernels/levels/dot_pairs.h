// The order of whole numbers for levels that multiply 16 bits: of every four the first, third, second and fourth, as a
// word of four bytes splits into its even and its odd ones. See simd.h.
#pragma once

#include "engine/kernels/packed.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

inline void arrange(const std::int32_t* numbers, std::int8_t* out) {
    for (int i = 0; i < kBlockCols; i += 4) {
        const std::int16_t four[4] = {static_cast<std::int16_t>(numbers[i]), static_cast<std::int16_t>(numbers[i + 2]),
                                      static_cast<std::int16_t>(numbers[i + 1]),
                                      static_cast<std::int16_t>(numbers[i + 3])};
        __builtin_memcpy(out + 2 * i, four, sizeof(four));
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
