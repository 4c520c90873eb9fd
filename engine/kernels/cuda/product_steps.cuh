// The steps of a product: which two rows of weights and which of their units a warp takes next, and what it does with
// them.
#pragma once

#include "engine/kernels/cuda/activations.cuh"

namespace altiplano::engine::cuda {

/// Where a warp is: the same in all its lanes.
struct Cursor {
    int pair;
    int unit;  ///< of a row, the lowest lane's
};

/// The units of a row that a warp takes of a chunk, and how pairs go round the warps.
struct Span {
    int chunk;  ///< the chunk's first unit
    int begin;  ///< the warp's first
    int end;    ///< of the chunk
    int step;
    int first_pair;
    int stride;

    __device__ Cursor start() const { return {first_pair, begin}; }
    __device__ bool is_last(const Cursor& at) const { return at.unit + step >= end; }
    __device__ void advance(Cursor& at) const {
        at.unit += step;
        if (at.unit >= end) {
            at.unit = begin;
            at.pair += stride;
        }
    }
};

/// The part of a pair and its place there.
struct Place {
    const ProductPart* part;
    int pair;
};

__device__ __forceinline__ Place place_of(const ProductTask& task, int pair) {
    const int part = (pair >= task.parts[0].end_pair ? 1 : 0) + (pair >= task.parts[1].end_pair ? 1 : 0);
    return {&task.parts[part], pair - task.parts[part].end_pair + task.parts[part].pairs};
}

template <DType type>
struct TwoUnits {
    Unit<type> first, second;

    __device__ __forceinline__ void load(const ProductTask& task, const Span& span, const Cursor& at) {
        const int unit = at.unit + static_cast<int>(threadIdx.x) % kWarpLanes;
        if (at.pair >= task.pairs || unit >= span.end) {
            return;
        }
        const Place place = place_of(task, at.pair);
        const int units = task.cols / Unit<type>::kValues;
        const int row = place.pair * place.part->stride;
        const int other = min(row + place.part->apart, place.part->rows - 1);
        first.load(place.part->first, static_cast<UnitIndex>(row) * units + unit);
        second.load(place.part->second, static_cast<UnitIndex>(other) * units + unit);
    }
};

/// 256 times the dot product with the high bytes, plus that with the low ones, of four words.
__device__ __forceinline__ int dot_half(const int* words, const int4& high, const int4& low) {
    int sum = dot4(words[0], high.x, 0);
    sum = dot4(words[1], high.y, sum);
    sum = dot4(words[2], high.z, sum);
    sum = dot4(words[3], high.w, sum) * 256;
    sum = dot4(words[0], low.x, sum);
    sum = dot4(words[1], low.y, sum);
    sum = dot4(words[2], low.z, sum);
    return dot4(words[3], low.w, sum);
}

/// The unit's part of a product, short of the activations' scale: dots and sums of both halves.
template <typename Block>
__device__ __forceinline__ float weigh(const typename Block::Groups& groups, int first_dot, int second_dot,
                                       const int2& sums) {
    float result = 0;
    if constexpr (Block::kGroups == 1) {
        const int sum = sums.x + sums.y, dot = first_dot + second_dot - Block::kOffset * sum;
        result = __fmul_rn(groups.scale[0], static_cast<float>(dot));
        if constexpr (Block::kMinimum) {
            result = fmaf(-groups.minimum[0], static_cast<float>(sum), result);
        }
    } else {
        result = __fmul_rn(groups.scale[0], static_cast<float>(first_dot - Block::kOffset * sums.x));
        result = fmaf(groups.scale[1], static_cast<float>(second_dot - Block::kOffset * sums.y), result);
        if constexpr (Block::kMinimum) {
            result = fmaf(-groups.minimum[0], static_cast<float>(sums.x), result);
            result = fmaf(-groups.minimum[1], static_cast<float>(sums.y), result);
        }
    }
    return result;
}

/// sums[r][t] += unit r times row t of x; at: the unit in the row and in the chunk.
template <DType type, int kTokens>
__device__ __forceinline__ void multiply(const TwoUnits<type>& units, int unit, int at, const ByteActivations* rows,
                                         float (&sums)[2][kTokens]) {
    using Block = Unit<type>;
    int first[8], second[8];
    units.first.codes(first);
    units.second.codes(second);
    const auto first_groups = units.first.groups(static_cast<UnitIndex>(unit));
    const auto second_groups = units.second.groups(static_cast<UnitIndex>(unit));
#pragma unroll
    for (int t = 0; t < kTokens; ++t) {
        const ByteActivations& x = rows[t];
        int dots[2][2];
#pragma unroll
        for (int half = 0; half < 2; ++half) {
            const int4 high = x.high[half][at], low = x.low[half][at];
            dots[0][half] = dot_half(first + 4 * half, high, low);
            dots[1][half] = dot_half(second + 4 * half, high, low);
        }
        const float scale = x.scale[at];
        const int2 of_x = x.sums[at];
        sums[0][t] = fmaf(scale, weigh<Block>(first_groups, dots[0][0], dots[0][1], of_x), sums[0][t]);
        sums[1][t] = fmaf(scale, weigh<Block>(second_groups, dots[1][0], dots[1][1], of_x), sums[1][t]);
    }
}

template <DType type, int kTokens, int values>
__device__ __forceinline__ void multiply(const TwoUnits<type>& units, int, int at, const FloatActivations<values>* rows,
                                         float (&sums)[2][kTokens]) {
    float first[values], second[values];
    units.first.floats(first);
    units.second.floats(second);
#pragma unroll
    for (int t = 0; t < kTokens; ++t) {
#pragma unroll
        for (int i = 0; i < values; i += 4) {
            const float4 x = rows[t].values[i / 4][at];
            const float four[4] = {x.x, x.y, x.z, x.w};
#pragma unroll
            for (int k = 0; k < 4; ++k) {
                sums[0][t] = fmaf(first[i + k], four[k], sums[0][t]);
                sums[1][t] = fmaf(second[i + k], four[k], sums[1][t]);
            }
        }
    }
}

}  // namespace altiplano::engine::cuda
