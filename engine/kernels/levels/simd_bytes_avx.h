// Bytes for the two AVX levels; the conversions to floats are in their own files. See simd.h.
#pragma once

#include <immintrin.h>

namespace altiplano::engine::ALTIPLANO_LEVEL {

struct Bytes16 {
    __m128i v;
};
inline Bytes16 load_bytes(const void* p) {
    return {_mm_loadu_si128(static_cast<const __m128i*>(p))};
}

struct Bytes32 {
    __m256i v;
};
inline Bytes32 load_bytes32(const void* p) {
    return {_mm256_loadu_si256(static_cast<const __m256i*>(p))};
}
inline Bytes32 low_halves(Bytes32 a) {
    return {_mm256_and_si256(a.v, _mm256_set1_epi8(0x0F))};
}
inline Bytes32 high_halves(Bytes32 a) {
    return {_mm256_and_si256(_mm256_srli_epi16(a.v, 4), _mm256_set1_epi8(0x0F))};
}
inline Bytes32 either(Bytes32 a, Bytes32 b) {
    return {_mm256_or_si256(a.v, b.v)};
}
inline Bytes32 minus(Bytes32 a, char b) {
    return {_mm256_sub_epi8(a.v, _mm256_set1_epi8(b))};
}
template <int first, int count, int target>
inline Bytes32 bits(Bytes32 a) {
    constexpr char kMask = static_cast<char>(((1 << count) - 1) << target);
    __m256i moved = a.v;  // bits of a neighbouring byte that come along are masked
    if constexpr (first > target) {
        moved = _mm256_srli_epi16(a.v, first - target);
    } else if constexpr (first < target) {
        moved = _mm256_slli_epi16(a.v, target - first);
    }
    return {_mm256_and_si256(moved, _mm256_set1_epi8(kMask))};
}
template <int half>
inline Bytes16 half_of(Bytes32 a) {
    if constexpr (half == 0) {
        return {_mm256_castsi256_si128(a.v)};
    } else {
        return {_mm256_extracti128_si256(a.v, 1)};
    }
}

inline float from_half(std::uint16_t half) {
    return _cvtsh_ss(half);
}

/// (a0 + a2) + (a1 + a3)
inline float quarter_sum(__m128 a) {
    const __m128 pairs = _mm_add_ps(a, _mm_movehl_ps(a, a));
    return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
}
inline float eighth_sum(__m256 a) {
    return quarter_sum(_mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1)));
}
inline float eighth_largest(__m256 a) {
    const __m128 four = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
