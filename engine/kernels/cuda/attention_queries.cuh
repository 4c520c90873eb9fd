// Queries as the left factors of the scores: F16, scaled so that 2^score is a weight. In registers where a warp has one
// row tile, in shared memory where it has more.
#pragma once

#include "engine/kernels/cuda/attention_rows.cuh"

namespace altiplano::engine::cuda {

inline constexpr float kLog2E = 1.44269504088896341F;

/// A row tile's queries as fragments in registers.
template <int head_dim>
struct RegisterQueries {
    std::uint32_t fragments[head_dim / 16][4];

    __device__ void load(int k, int, std::uint32_t (&left)[4]) const {
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            left[i] = fragments[k][i];
        }
    }

    /// row_at(row): where the row'th row of the tile begins, null where there is none.
    template <typename RowAt>
    __device__ void fill(const RowAt& row_at) {
        const float* const rows[2] = {row_at(first_row_of_lane()), row_at(first_row_of_lane() + kRowTile / 2)};
        const float scale = kLog2E / sqrtf(static_cast<float>(head_dim));
#pragma unroll
        for (int k = 0; k < head_dim / 16; ++k) {
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                float2 two = {0.0F, 0.0F};
                if (rows[i % 2] != nullptr) {
                    const float* const from = rows[i % 2] + k * 16 + i / 2 * 8 + first_column_of_lane();
                    two = *reinterpret_cast<const float2*>(from);
                }
                fragments[k][i] = pack_halves(two.x * scale, two.y * scale);
            }
        }
    }
};

/// Rows of queries in shared memory: tiles of 32 dimensions, all rows each, with pieces placed as in a HalfTile.
template <int head_dim, int rows>
struct SharedQueries {
    static constexpr int kBytes = rows * head_dim * 2;
    std::byte* memory;
    int first_row;  ///< of the warp

    __device__ void load(int k, int tile, std::uint32_t (&left)[4]) const {
        const int from = HalfTile::lane_place() ^ (k % 2 * 32);
        ldmatrix_x4(left, memory + k / 2 * (rows * 64) + (first_row + tile * kRowTile) * 64 + from);
    }

    /// The block fills all rows. row_at(row): where row begins, null where there is none. A barrier must follow.
    template <typename RowAt>
    static __device__ void fill(std::byte* memory, const RowAt& row_at) {
        constexpr int kPieces = head_dim / 8;
        const float scale = kLog2E / sqrtf(static_cast<float>(head_dim));
        for (int i = static_cast<int>(threadIdx.x); i < rows * kPieces; i += static_cast<int>(blockDim.x)) {
            const int row = i / kPieces, piece = i % kPieces;
            const auto* numbers = reinterpret_cast<const float4*>(row_at(row));
            float4 low = {}, high = {};
            if (numbers != nullptr) {
                low = numbers[2 * piece];
                high = numbers[2 * piece + 1];
            }
            *reinterpret_cast<uint4*>(memory + piece / 4 * (rows * 64) + HalfTile::place_of_row(row, piece % 4)) = {
                pack_halves(low.x * scale, low.y * scale), pack_halves(low.z * scale, low.w * scale),
                pack_halves(high.x * scale, high.y * scale), pack_halves(high.z * scale, high.w * scale)};
        }
    }
};

}  // namespace altiplano::engine::cuda
