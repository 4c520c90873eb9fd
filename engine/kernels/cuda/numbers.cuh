// Weights' bits to floats, and what kernels need of words of four bytes.
#pragma once

#include <cstdint>
#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {

inline constexpr int kWarpLanes = 32;
inline constexpr unsigned kWholeWarp = 0xFFFFFFFFU;

__device__ __forceinline__ float half_value(std::uint32_t bits) {
    return __half2float(__ushort_as_half(static_cast<unsigned short>(bits & 0xFFFF)));
}

/// Both halves of a word, the low one first.
__device__ __forceinline__ void half_values(std::uint32_t word, float* out) {
    out[0] = half_value(word);
    out[1] = half_value(word >> 16);
}

/// Both BF16 of a word, the low one first: the upper half of a float each.
__device__ __forceinline__ void bf16_values(std::uint32_t word, float* out) {
    out[0] = __uint_as_float(word << 16);
    out[1] = __uint_as_float(word & 0xFFFF0000U);
}

/// Two floats rounded to BF16, the first in the low half.
__device__ __forceinline__ std::uint32_t bf16_pair(float low, float high) {
    return __bfloat16_as_ushort(__float2bfloat16_rn(low)) |
           static_cast<std::uint32_t>(__bfloat16_as_ushort(__float2bfloat16_rn(high))) << 16;
}

/// The four signed bytes of a word, the lowest first.
__device__ __forceinline__ void byte_values(int word, int* out) {
    out[0] = word << 24 >> 24;
    out[1] = word << 16 >> 24;
    out[2] = word << 8 >> 24;
    out[3] = word >> 24;
}

/// The sum over a warp's lanes, in every lane, in a fixed order.
__device__ __forceinline__ float sum_over_warp(float value) {
#pragma unroll
    for (int step = kWarpLanes / 2; step > 0; step /= 2) {
        value += __shfl_xor_sync(kWholeWarp, value, step);
    }
    return value;
}

}  // namespace altiplano::engine::cuda
