// Tiles of a KV cache in shared memory, and the fragments that the tensor cores take of them. Layout: device.h.
#pragma once

#include <cstdint>
#include <cstring>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

#include "engine/kernels/cuda/kv_store.cuh"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {

/// The right factors of four products [16, 16] x [16, 8]: 16 rows of a tile and all its 32 columns.
using Fragments = std::uint32_t[4][2];

__device__ inline std::uint32_t bits_of(__half2 pair) {
    std::uint32_t bits;
    memcpy(&bits, &pair, sizeof bits);
    return bits;
}
__device__ inline __half2 pair_of(std::uint32_t bits) {
    __half2 pair;
    memcpy(&pair, &bits, sizeof pair);
    return pair;
}
__device__ inline std::uint32_t pack_halves(float low, float high) {
    return bits_of(__floats2half2_rn(low, high));
}

/// A tile of F16 in shared memory. Its rows are of four pieces of 16 bytes, which change places by row so that the
/// eight rows that ldmatrix reads at once are in eight different groups of banks.
struct HalfTile {
    static constexpr DType kType = DType::F16;
    static constexpr int kBytes = kv_tile_bytes(kType);
    static constexpr int kPieces = kBytes / 16;

    /// Where the tile's piece of so many goes.
    static __device__ int place(int piece) { return place_of_row(piece / 4, piece % 4); }
    static __device__ int place_of_row(int row, int piece) { return row * 64 + ((piece ^ (row / 2 % 4)) * 16); }

    /// Which of the 32 columns the index'th (of 8) column of a block is.
    static __device__ constexpr int column(int block, int index) { return 8 * block + index; }

    /// Where the lane's row of four [8, 8] matrices is: lanes 0 to 7 top left, then bottom left, top and bottom right.
    static __device__ int lane_place() {
        const int lane = static_cast<int>(threadIdx.x) % 32;
        return place((lane / 8 % 2 * 8 + lane % 8) * 4 + lane / 16);
    }

    static __device__ void fragments(const std::byte* tile, int half, Fragments& right) {
        const int from = lane_place();
#pragma unroll
        for (int pair = 0; pair < 2; ++pair) {  // two pieces on: one bit of the place
            std::uint32_t four[4];
            ldmatrix_x4_transposed(four, tile + half * (kBytes / 2) + (from ^ (pair * 32)));
            right[2 * pair][0] = four[0];
            right[2 * pair][1] = four[1];
            right[2 * pair + 1][0] = four[2];
            right[2 * pair + 1][1] = four[3];
        }
    }
    /// Of keys: rows are dimensions, columns positions.
    static __device__ void keys(const std::byte* tile, int half, Fragments& right) {
        fragments(tile, half, right);
    }
    /// Of values: rows are the positions that columns 2 * half and 2 * half + 1 of the scores' blocks are of.
    static __device__ void values(const std::byte* tile, int half, Fragments& right) {
        fragments(tile, half, right);
    }

    /// Clears a row that is beyond what counts, or that holds what is no finite number, and says whether it did.
    static __device__ bool clean(std::byte* tile, int row, bool is_beyond) {
        bool is_broken = false;
        for (int i = 0; i < 4; ++i) {
            const uint4 piece = *reinterpret_cast<const uint4*>(tile + place(row * 4 + i));
            for (const std::uint32_t word : {piece.x, piece.y, piece.z, piece.w}) {
                is_broken |= (word & 0x7C00U) == 0x7C00U || (word & 0x7C000000U) == 0x7C000000U;
            }
        }
        for (int i = 0; i < 4 && (is_beyond || is_broken); ++i) {
            *reinterpret_cast<uint4*>(tile + place(row * 4 + i)) = uint4{0, 0, 0, 0};
        }
        return is_broken;
    }
};

/// What tiles of bytes have in common. Their rows are of two pieces of 16 bytes. ldmatrix takes neighbouring columns
/// for one number of 16 bits: they come in one register, and go to two blocks, the even columns' and the odd ones'.
struct ByteTile {
    static __device__ int place_of_row(int row, int piece) {
        return row / 4 * 128 + (((row % 4 * 2 + piece) ^ (row / 4 % 4)) * 16);
    }
    static __device__ constexpr int column(int block, int index) { return 16 * (block / 2) + block % 2 + 2 * index; }

    /// words[0], [1]: columns 0 to 15 of the upper and lower eight rows; [2], [3]: columns 16 to 31.
    static __device__ void key_words(const std::byte* rows, int half, std::uint32_t (&words)[4]) {
        const int lane = static_cast<int>(threadIdx.x) % 32;
        const int from = place_of_row(lane / 8 % 2 * 8 + lane % 8, lane / 16);
        ldmatrix_x4_transposed(words, rows + half * (kTileNumbers / 2) + from);
    }
    static __device__ void value_words(const std::byte* rows, int half, std::uint32_t (&words)[4]) {
        const int lane = static_cast<int>(threadIdx.x) % 32;
        const int from = place_of_row(column(lane / 8 % 2, lane % 8), lane / 16);
        ldmatrix_x4_transposed(words, rows + half * (kTileNumbers / 2) + from);
    }
};

/// A tile of bytes with a scale for each position.
struct ScaledTile : ByteTile {
    static constexpr DType kType = DType::Q8_0;
    static constexpr int kBytes = kv_tile_bytes(kType);
    static constexpr int kPieces = kBytes / 16;

    static __device__ int place(int piece) {
        constexpr int kScalePieces = kByteTileScaleBytes / 16;
        return piece < kScalePieces
                   ? piece * 16
                   : kByteTileScaleBytes + place_of_row((piece - kScalePieces) / 2, (piece - kScalePieces) % 2);
    }

    /// Two of a word's bytes, times their scales. A byte b after the byte 0x64 is the half 1024 + b, and each byte is
    /// 128 more than its number: exact until the scale.
    static __device__ std::uint32_t scaled(std::uint32_t word, unsigned which, std::uint32_t scales) {
        const __half2 number =
            __hsub2(pair_of(__byte_perm(word, 0x64646464U, which)), __half2half2(__ushort_as_half(0x6480)));
        return bits_of(__hmul2(number, pair_of(scales)));
    }

    static __device__ void keys(const std::byte* tile, int half, Fragments& right) {
        const int column_pair = static_cast<int>(threadIdx.x) % 32 / 4;
        std::uint32_t words[4];
        key_words(tile + kByteTileScaleBytes, half, words);
        for (int side = 0; side < 2; ++side) {
            const std::uint32_t two = reinterpret_cast<const std::uint32_t*>(tile)[side * 8 + column_pair];
            const std::uint32_t even = __byte_perm(two, 0, 0x1010), odd = __byte_perm(two, 0, 0x3232);
            for (int k = 0; k < 2; ++k) {
                right[2 * side][k] = scaled(words[2 * side + k], 0x4240, even);
                right[2 * side + 1][k] = scaled(words[2 * side + k], 0x4341, odd);
            }
        }
    }

    static __device__ void values(const std::byte* tile, int half, Fragments& right) {
        const int row_pair = static_cast<int>(threadIdx.x) % 4;
        std::uint32_t words[4];
        value_words(tile + kByteTileScaleBytes, half, words);
        const uint2 four = reinterpret_cast<const uint2*>(tile)[half * 4 + row_pair];
        const std::uint32_t scales[2] = {__byte_perm(four.x, four.y, 0x5410), __byte_perm(four.x, four.y, 0x7632)};
        for (int side = 0; side < 2; ++side) {
            for (int k = 0; k < 2; ++k) {
                right[2 * side][k] = scaled(words[2 * side + k], 0x4240, scales[k]);
                right[2 * side + 1][k] = scaled(words[2 * side + k], 0x4341, scales[k]);
            }
        }
    }

    static __device__ bool clean(std::byte* tile, int row, bool is_beyond) {
        constexpr float kLargestScale = 65504.0F / 127.0F;  // beyond it the largest byte is no F16
        __half* const scale = reinterpret_cast<__half*>(tile) + row;
        const bool is_broken = !(__half2float(*scale) <= kLargestScale);
        if (is_beyond || is_broken) {
            *scale = __ushort_as_half(0);
        }
        return is_broken;
    }

    /// 16 numbers of a tile that lies as in the cache, as F16: piece is row * 2 + which half of the row.
    template <bool is_key>
    static __device__ void expand(const std::byte* tile, int piece, uint4 (&halves)[2]) {
        const uint4 bytes = reinterpret_cast<const uint4*>(tile + kByteTileScaleBytes)[piece];
        const std::uint32_t words[4] = {bytes.x, bytes.y, bytes.z, bytes.w};
        const auto* scales = reinterpret_cast<const std::uint32_t*>(tile) + piece % 2 * 8;
        const std::uint32_t two = reinterpret_cast<const std::uint32_t*>(tile)[piece / 4];
        const std::uint32_t of_row = __byte_perm(two, 0, piece / 2 % 2 == 0 ? 0x1010 : 0x3232);
        std::uint32_t pairs[8];
        for (int i = 0; i < 4; ++i) {
            pairs[2 * i] = scaled(words[i], 0x4140, is_key ? scales[2 * i] : of_row);
            pairs[2 * i + 1] = scaled(words[i], 0x4342, is_key ? scales[2 * i + 1] : of_row);
        }
        halves[0] = {pairs[0], pairs[1], pairs[2], pairs[3]};
        halves[1] = {pairs[4], pairs[5], pairs[6], pairs[7]};
    }
};

/// A tile of F8_E4M3.
struct EighthTile : ByteTile {
    static constexpr DType kType = DType::F8_E4M3;
    static constexpr int kBytes = kv_tile_bytes(kType);
    static constexpr int kPieces = kBytes / 16;

    static __device__ int place(int piece) { return place_of_row(piece / 2, piece % 2); }

    static __device__ std::uint32_t widened(std::uint32_t two_bytes) {
        const __half2_raw pair = __nv_cvt_fp8x2_to_halfraw2(static_cast<__nv_fp8x2_storage_t>(two_bytes), __NV_E4M3);
        return static_cast<std::uint32_t>(pair.x) | static_cast<std::uint32_t>(pair.y) << 16;
    }

    static __device__ void widen(const std::uint32_t (&words)[4], Fragments& right) {
        for (int side = 0; side < 2; ++side) {
            for (int k = 0; k < 2; ++k) {
                const std::uint32_t even_odd = __byte_perm(words[2 * side + k], 0, 0x3120);
                right[2 * side][k] = widened(even_odd & 0xFFFFU);
                right[2 * side + 1][k] = widened(even_odd >> 16);
            }
        }
    }

    static __device__ void keys(const std::byte* tile, int half, Fragments& right) {
        std::uint32_t words[4];
        key_words(tile, half, words);
        widen(words, right);
    }

    static __device__ void values(const std::byte* tile, int half, Fragments& right) {
        std::uint32_t words[4];
        value_words(tile, half, words);
        widen(words, right);
    }

    static __device__ bool clean(std::byte* tile, int row, bool is_beyond) {
        bool is_broken = false;
        for (int i = 0; i < 2; ++i) {
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(tile + place_of_row(row, i));
            for (int k = 0; k < 16; ++k) {
                is_broken |= (bytes[k] & 0x7FU) == 0x7FU;
            }
        }
        for (int i = 0; i < 2 && (is_beyond || is_broken); ++i) {
            *reinterpret_cast<uint4*>(tile + place_of_row(row, i)) = uint4{0, 0, 0, 0};
        }
        return is_broken;
    }

    template <bool is_key>
    static __device__ void expand(const std::byte* tile, int piece, uint4 (&halves)[2]) {
        const uint4 bytes = reinterpret_cast<const uint4*>(tile)[piece];
        const auto low = [](std::uint32_t word) { return widened(word & 0xFFFFU); };
        const auto high = [](std::uint32_t word) { return widened(word >> 16); };
        halves[0] = {low(bytes.x), high(bytes.x), low(bytes.y), high(bytes.y)};
        halves[1] = {low(bytes.z), high(bytes.z), low(bytes.w), high(bytes.w)};
    }
};

}  // namespace altiplano::engine::cuda
