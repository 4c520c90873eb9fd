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

/// 32 values: scale * value + minimum, in the order of Q4_0.
struct BlockQ4_1 {
    std::uint16_t scale;    ///< half
    std::uint16_t minimum;  ///< half
    std::uint8_t values[16];
};

/// 32 values: scale * (value - 16). As Q4_0 with a fifth bit: bit i of the four bytes of high_bits belongs to value i.
struct BlockQ5_0 {
    std::uint16_t scale;  ///< half
    std::uint8_t high_bits[4];
    std::uint8_t values[16];
};

/// 32 values: scale * value + minimum, in the order of Q5_0.
struct BlockQ5_1 {
    std::uint16_t scale;    ///< half
    std::uint16_t minimum;  ///< half
    std::uint8_t high_bits[4];
    std::uint8_t values[16];
};

/// 32 values: scale * kUnevenSteps[value], in the order of Q4_0.
struct BlockIQ4_NL {
    std::uint16_t scale;  ///< half
    std::uint8_t values[16];
};

/// What the sixteen values of IQ4_NL and IQ4_XS stand for: closer together near zero, where most weights are.
inline constexpr std::int8_t kUnevenSteps[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                                 1,    13,   25,  38,  53,  69,  89,  113};

/// 256 values in 16 groups of 16: scale * (scales[g] & 15) * value - minimum * (scales[g] >> 4). Of each 128 values,
/// bits 2j, 2j + 1 of values[i] are value i + 32 j (i < 32).
struct BlockQ2_K {
    std::uint8_t scales[16];
    std::uint8_t values[64];
    std::uint16_t scale;    ///< half
    std::uint16_t minimum;  ///< half
};

/// 256 values in 16 groups of 16: scale * (scales[g] - 32) * (value - 4). Low two bits as in Q2_K; bit 4 h + j of
/// high_bits[i] is the third bit of value i + 32 j of half h. The 6-bit scale of group g has its low four bits in the
/// low (g < 8) or high half of byte g % 8, its high two at bit 2 (g / 4) of byte 8 + g % 4.
struct BlockQ3_K {
    std::uint8_t high_bits[32];
    std::uint8_t values[64];
    std::uint8_t scales[12];
    std::uint16_t scale;  ///< half
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

/// 256 values in 8 groups of 32, each in the order of IQ4_NL: scale * (scale of g - 32) * kUnevenSteps[value]. The
/// 6-bit scale of group g has its low four bits in the low (even g) or high half of low_scales[g / 2], its high two at
/// bit 2 g of high_scales.
struct BlockIQ4_XS {
    std::uint16_t scale;  ///< half
    std::uint16_t high_scales;
    std::uint8_t low_scales[4];
    std::uint8_t values[128];
};

static_assert(sizeof(BlockQ4_1) == 20 && sizeof(BlockQ5_0) == 22 && sizeof(BlockQ5_1) == 24 &&
              sizeof(BlockIQ4_NL) == 18 && sizeof(BlockQ2_K) == 84 && sizeof(BlockQ3_K) == 110 &&
              sizeof(BlockIQ4_XS) == 136);
static_assert(sizeof(BlockQ8_0) == 34 && sizeof(BlockQ4_0) == 18 && sizeof(BlockQ4_K) == 144 &&
              sizeof(BlockQ5_K) == 176 && sizeof(BlockQ6_K) == 210);

}  // namespace altiplano::engine
