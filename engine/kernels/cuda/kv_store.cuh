// Rounding keys and values to the type of the cache and putting them to their place in its tiles. Twin:
// levels/kv_store.cpp, whose bytes these are.
#pragma once

#include <cstdint>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <cuda_runtime.h>

#include "engine/device/device.h"

namespace altiplano::engine::cuda {

inline constexpr int kTileNumbers = kKvTile * kKvTile;
inline constexpr int kByteTileScaleBytes = 2 * kKvTile;  ///< a tile of Q8_0 begins with the scales of its positions
inline constexpr unsigned kAllLanes = 0xFFFFFFFFU;

/// Bytes of a tile [32][32] of the type.
__host__ __device__ constexpr int kv_tile_bytes(DType type) {
    return type == DType::F32    ? 4 * kTileNumbers
           : type == DType::F16  ? 2 * kTileNumbers
           : type == DType::Q8_0 ? kTileNumbers + kByteTileScaleBytes
                                 : kTileNumbers;
}

/// Where in the keys the tile of a head's 32 positions and 32 dimensions begins.
__host__ __device__ inline std::int64_t key_tile_offset(const KvCache& cache, int head, int position, int block) {
    const int across = cache.head_dim / kKvTile;
    const std::int64_t row = std::int64_t{head} * (cache.context / kKvTile) + position / kKvTile;
    return (row * across + block) * kv_tile_bytes(cache.type);
}

/// The same in the values.
__host__ __device__ inline std::int64_t value_tile_offset(const KvCache& cache, int head, int position, int block) {
    const int across = cache.head_dim / kKvTile, down = kKvBlock / kKvTile;
    const std::int64_t panel = std::int64_t{head} * (cache.context / kKvBlock) + position / kKvBlock;
    return ((panel * across + block) * down + position % kKvBlock / kKvTile) * kv_tile_bytes(cache.type);
}

/// A number as the cache keeps it, in the low bits, and the scale of its block of 32.
struct StoredNumber {
    std::uint32_t bits = 0;
    std::uint16_t scale = 0;
};

/// Bytes of one scale, the largest 127 times it. Numbers that no scale reaches, or that are none, come back as no
/// number, so that the error shows.
__device__ inline StoredNumber round_to_byte(float number) {
    constexpr float kLargestByte = 127.0F, kLargestHalf = 65504.0F;
    constexpr std::uint32_t kByteOffset = 128;
    constexpr std::uint16_t kHalfNoNumber = 0x7E00;
    float largest = fabsf(number);
    for (int step = 16; step > 0; step /= 2) {
        largest = fmaxf(largest, __shfl_xor_sync(kAllLanes, largest, step));
    }
    const unsigned broken = __ballot_sync(kAllLanes, !(fabsf(number) <= 3.402823466e+38F));
    const float scale = largest / kLargestByte;
    if (broken != 0 || scale > kLargestHalf) {
        return {kByteOffset, kHalfNoNumber};
    }
    const __half rounded = __float2half_rn(scale);
    const float step = __half2float(rounded);
    if (!(step > 0.0F)) {
        return {kByteOffset, __half_as_ushort(rounded)};
    }
    const float steps = fmaxf(-kLargestByte, fminf(kLargestByte, rintf(number / step)));
    return {static_cast<std::uint32_t>(static_cast<int>(steps) + static_cast<int>(kByteOffset)),
            __half_as_ushort(rounded)};
}

/// Beyond 448 as 448; what is infinite as no number, so that the error shows.
__device__ inline std::uint32_t round_to_f8(float number) {
    constexpr std::uint32_t kNoNumber = 0x7F;
    return fabsf(number) <= 3.402823466e+38F ? __nv_cvt_float_to_fp8(number, __NV_SATFINITE, __NV_E4M3) : kNoNumber;
}

/// A lane's number of a block of 32 dimensions: all 32 lanes of a warp call this together, each with its own.
__device__ inline StoredNumber round_for_cache(DType type, float number) {
    switch (type) {
        case DType::F32:
            return {__float_as_uint(number), 0};
        case DType::F16:
            return {__half_as_ushort(__float2half_rn(number)), 0};
        case DType::Q8_0:
            return round_to_byte(number);
        default:
            return {round_to_f8(number), 0};
    }
}

/// Puts a number to its place in a tile: index is row * 32 + column.
__device__ inline void put_number(std::byte* tile, DType type, int index, std::uint32_t bits) {
    switch (type) {
        case DType::F32:
            reinterpret_cast<std::uint32_t*>(tile)[index] = bits;
            break;
        case DType::F16:
            reinterpret_cast<std::uint16_t*>(tile)[index] = static_cast<std::uint16_t>(bits);
            break;
        case DType::Q8_0:
            tile += kByteTileScaleBytes;
            [[fallthrough]];
        default:
            reinterpret_cast<std::uint8_t*>(tile)[index] = static_cast<std::uint8_t>(bits);
            break;
    }
}

/// Puts the scale of a position's block to its place in a tile; nothing for types that have none.
__device__ inline void put_scale(std::byte* tile, DType type, int position, std::uint16_t scale) {
    if (type == DType::Q8_0) {
        reinterpret_cast<std::uint16_t*>(tile)[position % kKvTile] = scale;
    }
}

}  // namespace altiplano::engine::cuda
