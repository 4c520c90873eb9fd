// Sixteen floats at a time, for each instruction level. The only file with conditional code for a processor.
//
// ALTIPLANO_LEVEL names the level's namespace; the same sources are compiled once per level. Nothing here may call into
// the standard library: the linker would share one copy between levels.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace altiplano::engine::ALTIPLANO_LEVEL {

#if defined(__AVX512F__)

struct Vec16 {
    __m512 v;
};
inline Vec16 set(float x) {
    return {_mm512_set1_ps(x)};
}
inline Vec16 load(const float* p) {
    return {_mm512_loadu_ps(p)};
}
inline void store(float* p, Vec16 a) {
    _mm512_storeu_ps(p, a.v);
}
inline Vec16 add(Vec16 a, Vec16 b) {
    return {_mm512_add_ps(a.v, b.v)};
}
inline Vec16 subtract(Vec16 a, Vec16 b) {
    return {_mm512_sub_ps(a.v, b.v)};
}
inline Vec16 multiply(Vec16 a, Vec16 b) {
    return {_mm512_mul_ps(a.v, b.v)};
}
inline Vec16 divide(Vec16 a, Vec16 b) {
    return {_mm512_div_ps(a.v, b.v)};
}
inline Vec16 larger(Vec16 a, Vec16 b) {
    return {_mm512_max_ps(a.v, b.v)};
}
inline Vec16 smaller(Vec16 a, Vec16 b) {
    return {_mm512_min_ps(a.v, b.v)};
}
/// a * b + c, rounded once
inline Vec16 fused(Vec16 a, Vec16 b, Vec16 c) {
    return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
inline Vec16 round(Vec16 a) {
    return {_mm512_roundscale_ps(a.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}
/// a * 2^n for whole n in [-126, 127]
inline Vec16 scale_by_power(Vec16 a, Vec16 n) {
    const __m512i bits = _mm512_slli_epi32(_mm512_add_epi32(_mm512_cvtps_epi32(n.v), _mm512_set1_epi32(127)), 23);
    return {_mm512_mul_ps(a.v, _mm512_castsi512_ps(bits))};
}
inline Vec16 load_f16(const std::uint16_t* p) {
    return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
}
inline void store_f16(std::uint16_t* p, Vec16 a) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), _mm512_cvtps_ph(a.v, _MM_FROUND_TO_NEAREST_INT));
}
inline Vec16 load_bf16(const std::uint16_t* p) {
    const __m512i wide = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
    return {_mm512_castsi512_ps(_mm512_slli_epi32(wide, 16))};
}

/// Sixteen unsigned bytes.
struct Bytes16 {
    __m128i v;
};
inline Bytes16 load_bytes(const void* p) {
    return {_mm_loadu_si128(static_cast<const __m128i*>(p))};
}
inline Vec16 from_unsigned(Bytes16 a) {
    return {_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(a.v))};
}
inline Vec16 from_signed(Bytes16 a) {
    return {_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(a.v))};
}

/// The halves' sum, and so on: the order is the same on every level.
inline __m128 halves_sum(__m256 a) {
    return _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
}
inline float quarter_sum(__m128 a) {
    const __m128 pairs = _mm_add_ps(a, _mm_movehl_ps(a, a));
    return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
}
inline float sum(Vec16 a) {
    return quarter_sum(halves_sum(_mm256_add_ps(_mm512_castps512_ps256(a.v), _mm512_extractf32x8_ps(a.v, 1))));
}
inline constexpr int kTileRows = 4;  // 4 * 6 sums, 6 inputs and a weight fill 32 registers
inline constexpr int kTileTokens = 6;
inline constexpr int kAttentionRows = 4;

#elif defined(__AVX2__)

struct Vec16 {
    __m256 low, high;
};
inline Vec16 set(float x) {
    return {_mm256_set1_ps(x), _mm256_set1_ps(x)};
}
inline Vec16 load(const float* p) {
    return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)};
}
inline void store(float* p, Vec16 a) {
    _mm256_storeu_ps(p, a.low);
    _mm256_storeu_ps(p + 8, a.high);
}
inline Vec16 add(Vec16 a, Vec16 b) {
    return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)};
}
inline Vec16 subtract(Vec16 a, Vec16 b) {
    return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)};
}
inline Vec16 multiply(Vec16 a, Vec16 b) {
    return {_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)};
}
inline Vec16 divide(Vec16 a, Vec16 b) {
    return {_mm256_div_ps(a.low, b.low), _mm256_div_ps(a.high, b.high)};
}
inline Vec16 larger(Vec16 a, Vec16 b) {
    return {_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)};
}
inline Vec16 smaller(Vec16 a, Vec16 b) {
    return {_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)};
}
inline Vec16 fused(Vec16 a, Vec16 b, Vec16 c) {
    return {_mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high)};
}
inline Vec16 round(Vec16 a) {
    constexpr int kNearest = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
    return {_mm256_round_ps(a.low, kNearest), _mm256_round_ps(a.high, kNearest)};
}
inline __m256 power_of_two(__m256 n) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23));
}
inline Vec16 scale_by_power(Vec16 a, Vec16 n) {
    return multiply(a, {power_of_two(n.low), power_of_two(n.high)});
}
inline Vec16 load_f16(const std::uint16_t* p) {
    const auto* halves = reinterpret_cast<const __m128i*>(p);
    return {_mm256_cvtph_ps(_mm_loadu_si128(halves)), _mm256_cvtph_ps(_mm_loadu_si128(halves + 1))};
}
inline void store_f16(std::uint16_t* p, Vec16 a) {
    auto* halves = reinterpret_cast<__m128i*>(p);
    _mm_storeu_si128(halves, _mm256_cvtps_ph(a.low, _MM_FROUND_TO_NEAREST_INT));
    _mm_storeu_si128(halves + 1, _mm256_cvtps_ph(a.high, _MM_FROUND_TO_NEAREST_INT));
}
inline __m256 widen_bf16(__m128i a) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(a), 16));
}
inline Vec16 load_bf16(const std::uint16_t* p) {
    const auto* halves = reinterpret_cast<const __m128i*>(p);
    return {widen_bf16(_mm_loadu_si128(halves)), widen_bf16(_mm_loadu_si128(halves + 1))};
}

struct Bytes16 {
    __m128i v;
};
inline Bytes16 load_bytes(const void* p) {
    return {_mm_loadu_si128(static_cast<const __m128i*>(p))};
}
inline Vec16 from_unsigned(Bytes16 a) {
    return {_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(a.v)),
            _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_srli_si128(a.v, 8)))};
}
inline Vec16 from_signed(Bytes16 a) {
    return {_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(a.v)),
            _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(a.v, 8)))};
}
inline float sum(Vec16 a) {
    const __m256 eight = _mm256_add_ps(a.low, a.high);
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 pairs = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
}
inline constexpr int kTileRows = 3;  // 3 * 2 sums of two registers, 2 inputs of one half each
inline constexpr int kTileTokens = 2;
inline constexpr int kAttentionRows = 1;

#else

// Plain loops: right everywhere, the compiler vectorises them as it can.
struct Vec16 {
    float lane[16];
};
template <typename Function>
inline Vec16 each_lane(const Function& function) {
    Vec16 result;
    for (int i = 0; i < 16; ++i) {
        result.lane[i] = function(i);
    }
    return result;
}
inline Vec16 set(float x) {
    return each_lane([&](int) { return x; });
}
inline Vec16 load(const float* p) {
    return each_lane([&](int i) { return p[i]; });
}
inline void store(float* p, Vec16 a) {
    for (int i = 0; i < 16; ++i) {
        p[i] = a.lane[i];
    }
}
inline Vec16 add(Vec16 a, Vec16 b) {
    return each_lane([&](int i) { return a.lane[i] + b.lane[i]; });
}
inline Vec16 subtract(Vec16 a, Vec16 b) {
    return each_lane([&](int i) { return a.lane[i] - b.lane[i]; });
}
inline Vec16 multiply(Vec16 a, Vec16 b) {
    return each_lane([&](int i) { return a.lane[i] * b.lane[i]; });
}
inline Vec16 divide(Vec16 a, Vec16 b) {
    return each_lane([&](int i) { return a.lane[i] / b.lane[i]; });
}
inline Vec16 larger(Vec16 a, Vec16 b) {
    return each_lane([&](int i) { return a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i]; });
}
inline Vec16 smaller(Vec16 a, Vec16 b) {
    return each_lane([&](int i) { return a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i]; });
}
inline Vec16 fused(Vec16 a, Vec16 b, Vec16 c) {
    return each_lane([&](int i) { return a.lane[i] * b.lane[i] + c.lane[i]; });
}
inline float float_of_bits(std::uint32_t bits) {
    return __builtin_bit_cast(float, bits);
}
inline Vec16 round(Vec16 a) {
    return each_lane([&](int i) { return __builtin_rintf(a.lane[i]); });
}
inline Vec16 scale_by_power(Vec16 a, Vec16 n) {
    return each_lane([&](int i) {
        return a.lane[i] * float_of_bits(static_cast<std::uint32_t>(static_cast<int>(n.lane[i]) + 127) << 23);
    });
}
inline float half_to_float(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
    const std::uint32_t exponent = half >> 10 & 0x1FU;
    const std::uint32_t mantissa = half & 0x3FFU;
    if (exponent == 0) {  // zero or subnormal: mantissa * 2^-24
        const float value = static_cast<float>(mantissa) * 0x1p-24F;
        return sign != 0 ? -value : value;
    }
    const std::uint32_t wide = exponent == 31 ? 255 : exponent + 112;
    return float_of_bits(sign | wide << 23 | mantissa << 13);
}
inline std::uint16_t float_to_half(float value) {
    const auto bits = __builtin_bit_cast(std::uint32_t, value);
    const std::uint32_t sign = bits >> 16 & 0x8000U;
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    if (magnitude >= 0x7F800000U) {  // infinite or not a number
        return static_cast<std::uint16_t>(sign | 0x7C00U | (magnitude > 0x7F800000U ? 0x200U : 0U));
    }
    if (magnitude < 0x38800000U) {  // below the smallest normal half: adding 0.5 rounds to steps of 2^-24
        const float rounded = float_of_bits(magnitude) + 0.5F;
        return static_cast<std::uint16_t>(sign | (__builtin_bit_cast(std::uint32_t, rounded) - 0x3F000000U));
    }
    const std::uint32_t rounded = magnitude + 0xFFFU + (magnitude >> 13 & 1U) - (112U << 23);
    return static_cast<std::uint16_t>(sign | (rounded >= 0x0F800000U ? 0x7C00U : rounded >> 13));
}
inline Vec16 load_f16(const std::uint16_t* p) {
    return each_lane([&](int i) { return half_to_float(p[i]); });
}
inline void store_f16(std::uint16_t* p, Vec16 a) {
    for (int i = 0; i < 16; ++i) {
        p[i] = float_to_half(a.lane[i]);
    }
}
inline Vec16 load_bf16(const std::uint16_t* p) {
    return each_lane([&](int i) { return float_of_bits(static_cast<std::uint32_t>(p[i]) << 16); });
}

struct Bytes16 {
    std::uint8_t lane[16];
};
inline Bytes16 load_bytes(const void* p) {
    Bytes16 bytes;
    __builtin_memcpy(bytes.lane, p, 16);
    return bytes;
}
inline Vec16 from_unsigned(Bytes16 a) {
    return each_lane([&](int i) { return static_cast<float>(a.lane[i]); });
}
inline Vec16 from_signed(Bytes16 a) {
    return each_lane([&](int i) { return static_cast<float>(static_cast<std::int8_t>(a.lane[i])); });
}
inline float sum(Vec16 a) {
    for (int half = 8; half >= 1; half /= 2) {
        for (int i = 0; i < half; ++i) {
            a.lane[i] += a.lane[i + half];
        }
    }
    return a.lane[0];
}
inline constexpr int kTileRows = 1;
inline constexpr int kTileTokens = 2;
inline constexpr int kAttentionRows = 1;

#endif

#if defined(__AVX2__)
inline Bytes16 low_halves(Bytes16 a) {
    return {_mm_and_si128(a.v, _mm_set1_epi8(0x0F))};
}
inline Bytes16 high_halves(Bytes16 a) {
    return {_mm_and_si128(_mm_srli_epi16(a.v, 4), _mm_set1_epi8(0x0F))};
}
inline Bytes16 either(Bytes16 a, Bytes16 b) {
    return {_mm_or_si128(a.v, b.v)};
}
/// count bits of every byte from bit first on, moved to bit target.
template <int first, int count, int target>
inline Bytes16 bits(Bytes16 a) {
    constexpr char kMask = static_cast<char>(((1 << count) - 1) << target);
    const __m128i moved = first > target ? _mm_srli_epi16(a.v, first > target ? first - target : 0)
                                         : _mm_slli_epi16(a.v, first > target ? 0 : target - first);
    return {_mm_and_si128(moved, _mm_set1_epi8(kMask))};
}
inline float from_half(std::uint16_t half) {
    return _cvtsh_ss(half);
}
inline float largest(Vec16 a) {
    float lanes[16];
    store(lanes, a);
    float result = lanes[0];
    for (int i = 1; i < 16; ++i) {
        result = lanes[i] > result ? lanes[i] : result;
    }
    return result;
}
#else
template <typename Function>
inline Bytes16 each_byte(const Function& function) {
    Bytes16 result;
    for (int i = 0; i < 16; ++i) {
        result.lane[i] = static_cast<std::uint8_t>(function(i));
    }
    return result;
}
inline Bytes16 low_halves(Bytes16 a) {
    return each_byte([&](int i) { return a.lane[i] & 15; });
}
inline Bytes16 high_halves(Bytes16 a) {
    return each_byte([&](int i) { return a.lane[i] >> 4; });
}
inline Bytes16 either(Bytes16 a, Bytes16 b) {
    return each_byte([&](int i) { return a.lane[i] | b.lane[i]; });
}
template <int first, int count, int target>
inline Bytes16 bits(Bytes16 a) {
    return each_byte([&](int i) { return (a.lane[i] >> first & ((1 << count) - 1)) << target; });
}
inline float from_half(std::uint16_t half) {
    return half_to_float(half);
}
inline float largest(Vec16 a) {
    float result = a.lane[0];
    for (int i = 1; i < 16; ++i) {
        result = a.lane[i] > result ? a.lane[i] : result;
    }
    return result;
}
#endif

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
