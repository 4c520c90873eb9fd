// Sixteen rows of queries in a warp: their scores over 32 positions, the softmax as it goes on, and the values it
// weighs.
#pragma once

#include "engine/kernels/cuda/attention_tiles.cuh"

namespace altiplano::engine::cuda {

inline constexpr int kRowTile = 16;    ///< rows of a tensor core product
inline constexpr int kStep = kKvTile;  ///< positions that are weighed at once

/// A row of a row tile is a query head of a token: row i of a key-value head is head i % group of token i / group.
/// Each lane has two rows: kRowTile / 2 apart, the first lane / 4.
__device__ inline int first_row_of_lane() {
    return static_cast<int>(threadIdx.x) % 32 / 4;
}
/// The first of the two neighbouring columns that a lane has of eight.
__device__ inline int first_column_of_lane() {
    return static_cast<int>(threadIdx.x) % 4 * 2;
}

/// A warp starts copying a tile to shared memory, its pieces placed for the fragments or as they lie in the cache.
template <typename Tile, bool placed>
__device__ inline void copy_tile(std::byte* shared, const std::byte* tile) {
    const int lane = static_cast<int>(threadIdx.x) % 32;
#pragma unroll
    for (int i = 0; i < (Tile::kPieces + 31) / 32; ++i) {
        const int piece = i * 32 + lane;
        if (Tile::kPieces % 32 == 0 || piece < Tile::kPieces) {
            copy_async_16(shared + (placed ? Tile::place(piece) : piece * 16), tile + piece * 16, true);
        }
    }
}

/// Scores, and then weights: [block of eight positions][both columns of the lane's first row, then of its second].
using Scores = float[4][4];

/// What a row tile has come to: of a lane's two rows the largest exponent (of two), the lane's share of the sum of the
/// weights relative to it, and the weighted values.
template <int head_dim>
struct RowState {
    float largest[2] = {-INFINITY, -INFINITY};
    float total[2] = {0.0F, 0.0F};
    float values[head_dim / 8][4] = {};
};

/// scores[row_tiles] = queries * keys over 32 positions. keys: head_dim / 32 tiles. queries.load(k, tile, a) gives the
/// left factor of dimensions [16 k, 16 k + 16).
template <typename Tile, int head_dim, int row_tiles, typename Queries>
__device__ inline void score(const Queries& queries, const std::byte* keys, Scores (&scores)[row_tiles]) {
#pragma unroll
    for (int tile = 0; tile < row_tiles; ++tile) {
#pragma unroll
        for (int i = 0; i < 16; ++i) {
            scores[tile][i / 4][i % 4] = 0.0F;
        }
    }
#pragma unroll
    for (int k = 0; k < head_dim / 16; ++k) {
        Fragments right;
        Tile::keys(keys + k / 2 * Tile::kBytes, k % 2, right);
#pragma unroll
        for (int tile = 0; tile < row_tiles; ++tile) {
            std::uint32_t left[4];
            queries.load(k, tile, left);
#pragma unroll
            for (int block = 0; block < 4; ++block) {
                mma_f16(scores[tile][block], left, right[block][0], right[block][1]);
            }
        }
    }
}

/// Leaves of each of the lane's rows the scores of its first visible[] of the 32 positions.
template <typename Tile>
__device__ inline void hide(Scores& scores, const int (&visible)[2]) {
#pragma unroll
    for (int i = 0; i < 16; ++i) {
        const int position = Tile::column(i / 4, first_column_of_lane() + i % 2);
        scores[i / 4][i % 4] = position < visible[i % 4 / 2] ? scores[i / 4][i % 4] : -INFINITY;
    }
}

/// Turns scores into weights relative to the largest so far. A row that sees none of the positions stays as it is, to
/// the bit.
template <int head_dim>
__device__ inline void soften(Scores& scores, RowState<head_dim>& state) {
    float base[2], kept[2];
#pragma unroll
    for (int row = 0; row < 2; ++row) {
        float largest = fmaxf(scores[0][2 * row], scores[0][2 * row + 1]);
#pragma unroll
        for (int block = 1; block < 4; ++block) {
            largest = fmaxf(largest, fmaxf(scores[block][2 * row], scores[block][2 * row + 1]));
        }
        largest = fmaxf(largest, __shfl_xor_sync(kAllLanes, largest, 1));
        largest = fmaxf(largest, __shfl_xor_sync(kAllLanes, largest, 2));
        largest = fmaxf(largest, state.largest[row]);
        base[row] = largest == -INFINITY ? 0.0F : largest;
        kept[row] = exp2_approximate(state.largest[row] - base[row]);
        state.largest[row] = largest;
    }
    // Most steps find no larger exponent, and a factor of one changes no bit.
    if (__ballot_sync(kAllLanes, kept[0] != 1.0F || kept[1] != 1.0F) != 0) {
#pragma unroll
        for (int block = 0; block < head_dim / 8; ++block) {
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                state.values[block][i] *= kept[i / 2];
            }
        }
    }
#pragma unroll
    for (int row = 0; row < 2; ++row) {
        float sum = 0.0F;
#pragma unroll
        for (int block = 0; block < 4; ++block) {
#pragma unroll
            for (int i = 2 * row; i < 2 * row + 2; ++i) {
                scores[block][i] = exp2_approximate(scores[block][i] - base[row]);
                sum += scores[block][i];
            }
        }
        state.total[row] = state.total[row] * kept[row] + sum;
    }
}

/// state.values += weights * values over 32 positions. The value tiles of 32 dimensions each are tile_step bytes apart.
template <typename Tile, int head_dim, int row_tiles>
__device__ inline void weigh(const Scores (&weights)[row_tiles], const std::byte* values, int tile_step,
                             RowState<head_dim> (&states)[row_tiles]) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
        std::uint32_t left[row_tiles][4];
#pragma unroll
        for (int tile = 0; tile < row_tiles; ++tile) {
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                const float* const two = weights[tile][2 * half + i / 2] + i % 2 * 2;
                left[tile][i] = pack_halves(two[0], two[1]);
            }
        }
#pragma unroll
        for (int wide = 0; wide < head_dim / kKvTile; ++wide) {
            Fragments right;
            Tile::values(values + wide * tile_step, half, right);
#pragma unroll
            for (int tile = 0; tile < row_tiles; ++tile) {
#pragma unroll
                for (int block = 0; block < 4; ++block) {
                    mma_f16(states[tile].values[wide * 4 + block], left[tile], right[block][0], right[block][1]);
                }
            }
        }
    }
}

/// Which of 32 positions a row sees, as bits.
__device__ inline std::uint32_t seen(int visible) {
    return visible >= 32 ? 0xFFFFFFFFU : visible <= 0 ? 0U : (1U << visible) - 1;
}

/// A lane's rows that see a position whose values are no numbers come to no number. broken: a bit for each of the 32.
template <int head_dim>
__device__ inline void show_broken(std::uint32_t broken, const int (&visible)[2], RowState<head_dim>& state) {
#pragma unroll
    for (int row = 0; row < 2; ++row) {
        if ((broken & seen(visible[row])) != 0) {
            state.total[row] = NAN;
        }
    }
}

/// The sums of the weights, in all four lanes of a row.
template <int head_dim>
__device__ inline void add_totals(RowState<head_dim>& state) {
#pragma unroll
    for (int row = 0; row < 2; ++row) {
        state.total[row] += __shfl_xor_sync(kAllLanes, state.total[row], 1);
        state.total[row] += __shfl_xor_sync(kAllLanes, state.total[row], 2);
    }
}

/// Dimension of a lane's i'th value (of four) of a block of the state.
template <typename Tile>
__device__ inline int dimension_of(int block, int i) {
    return block / 4 * kKvTile + Tile::column(block % 4, first_column_of_lane() + i % 2);
}

}  // namespace altiplano::engine::cuda
