// The layout of quantised blocks, shared by the CPU and CUDA kernels.
#pragma once

#include <cstddef>
#include <cstdint>

namespace altiplano::engine {

/// 32 values: scale * value.
struct BlockQ8_0 {
    std::uint16_t scale;  ///< half
    std::int8_t values[32];
};

/// 32 values: scale * (value - 8). Byte i holds value i in its low and value i + 16 in its high half.
struct BlockQ4_0 {
    std::uint16_t scale;  ///< half
    std::uint8_t values[16];
};

/// 256 values in 8 groups of 32: scale * scales[g] * value - minimum * minimums[g]. The 6-bit scales and minimums are
/// packed in 12 bytes. Of each 64 values, byte i holds value i in its low and value i + 32 in its high half.
struct BlockQ4_K {
    std::uint16_t scale;    ///< half
    std::uint16_t minimum;  ///< half
    std::uint8_t scales[12];
    std::uint8_t values[128];
};

/// As Q4_K with a fifth bit: bit g of high_bits[i] belongs to value i of group g.
struct BlockQ5_K {
    std::uint16_t scale;    ///< half
    std::uint16_t minimum;  ///< half
    std::uint8_t scales[12];
    std::uint8_t high_bits[32];
    std::uint8_t values[128];
};

/// 256 values in 16 groups of 16: scale * scales[g] * (value - 32). Of each 128 values, low[i] holds the low 4 bits of
/// value i and i + 64 (i < 64), and bits 2j, 2j + 1 of high[i] are the high 2 bits of value i + 32 j (i < 32).
struct BlockQ6_K {
    std::uint8_t low[128];
    std::uint8_t high[64];
    std::int8_t scales[16];
    std::uint16_t scale;  ///< half
};

static_assert(sizeof(BlockQ8_0) == 34 && sizeof(BlockQ4_0) == 18 && sizeof(BlockQ4_K) == 144 &&
              sizeof(BlockQ5_K) == 176 && sizeof(BlockQ6_K) == 210);

}  // namespace altiplano::engine
