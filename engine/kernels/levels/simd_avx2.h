// AVX2 with FMA and F16C: two registers. See simd.h.
#pragma once

#include "engine/kernels/levels/simd_bytes_avx.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

struct Vec16 {
    __m256 low, high;
};
inline Vec16 set(float x) {
    return {_mm256_set1_ps(x), _mm256_set1_ps(x)};
}
inline Vec16 set_halves(float low, float high) {
    return {_mm256_set1_ps(low), _mm256_set1_ps(high)};
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
inline float sum(Vec16 a) {
    return eighth_sum(_mm256_add_ps(a.low, a.high));
}
inline float largest(Vec16 a) {
    return eighth_largest(_mm256_max_ps(a.low, a.high));
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

inline Vec16 from_unsigned(Bytes16 a) {
    return {_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(a.v)),
            _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_srli_si128(a.v, 8)))};
}
inline Vec16 from_signed(Bytes16 a) {
    return {_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(a.v)),
            _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(a.v, 8)))};
}
template <int half>
inline Vec16 unsigned_lanes(Bytes32 a) {
    return from_unsigned(half_of<half>(a));
}
template <int half>
inline Vec16 signed_lanes(Bytes32 a) {
    return from_signed(half_of<half>(a));
}

/// No register holds a table of sixteen: computed instead, with the same rounding.
struct HalfTable {
    Vec16 scale, offset;
};
using HalfIndices = Bytes16;
inline HalfTable half_table(float scale, float offset) {
    return {set(scale), set(offset)};
}
inline HalfIndices half_indices(Bytes16 a) {
    return a;
}
inline Vec16 at_low(const HalfTable& table, HalfIndices a) {
    return fused(from_unsigned({_mm_and_si128(a.v, _mm_set1_epi8(0x0F))}), table.scale, table.offset);
}
inline Vec16 at_high(const HalfTable& table, HalfIndices a) {
    return fused(from_unsigned({_mm_and_si128(_mm_srli_epi16(a.v, 4), _mm_set1_epi8(0x0F))}), table.scale,
                 table.offset);
}

inline constexpr int kTileRows = 2;  // 2 * 3 sums of two registers each, and the inputs, of 16 registers
inline constexpr int kTileTokens = 3;
inline constexpr int kSmallTileTokens = 1;

struct ByteScale {
    Vec16 factor, offset;
};
inline ByteScale byte_scale(Vec16 scale) {
    return {scale, multiply(scale, set(-128.0F))};
}
inline __m256 scaled_eight(const void* p, __m256 factor, __m256 offset) {
    const __m128i bytes = _mm_loadl_epi64(static_cast<const __m128i*>(p));
    return _mm256_fmadd_ps(_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes)), factor, offset);
}
inline Vec16 load_scaled(const std::byte* p, const ByteScale& scale) {
    return {scaled_eight(p, scale.factor.low, scale.offset.low),
            scaled_eight(p + 8, scale.factor.high, scale.offset.high)};
}

inline constexpr int kAttentionRows = 6;  // 6 sums of two registers each, two inputs and a number of 16 registers
inline constexpr int kAttentionDirectRows = 12;
inline constexpr int kAttentionVectors = 1;

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
