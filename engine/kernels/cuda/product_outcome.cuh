// What becomes of the sums of a product: stored, added, rotated, gated, or kept in the cache.
#pragma once

#include "engine/kernels/cuda/kv_store.cuh"
#include "engine/kernels/cuda/product_steps.cuh"

namespace altiplano::engine::cuda {

__device__ __forceinline__ float silu(float x) {
    return x / (1.0F + expf(-x));
}

/// A number as a cache without scales keeps it.
__device__ __forceinline__ std::uint32_t kept_bits(DType type, float number) {
    switch (type) {
        case DType::F32:
            return __float_as_uint(number);
        case DType::F16:
            return __half_as_ushort(__float2half_rn(number));
        default:
            return round_to_f8(number);
    }
}

/// A key's or a value's dimensions row and row + 1 of all heads, of row t of x, to their place in the cache.
__device__ __forceinline__ void keep(const ProductTask& task, bool is_key, int row, int t, float a, float b) {
    const KvCache& cache = task.cache;
    const int position = *task.first + task.rows_before + t, place = position % kKvTile;
    const int head = row / cache.head_dim, within = row % cache.head_dim, block = within / kKvTile;
    const int dimension = within % kKvTile;
    std::byte* const tile = is_key ? cache.keys + key_tile_offset(cache, head, position, block)
                                   : cache.values + value_tile_offset(cache, head, position, block);
    const int index = is_key ? dimension * kKvTile + place : place * kKvTile + dimension;
    put_number(tile, cache.type, index, kept_bits(cache.type, a));
    put_number(tile, cache.type, index + (is_key ? kKvTile : 1), kept_bits(cache.type, b));
}

/// One row of x with the sums of a pair of rows: what is asked for is written.
__device__ __forceinline__ void deliver(const ProductTask& task, const Place& place, int t, float a, float b) {
    const ProductPart& part = *place.part;
    const int row = place.pair * part.stride, other = row + part.apart;
    const bool both = other < part.rows;
    if (part.first.row_scales != nullptr) {
        a = __fmul_rn(a, part.first.row_scales[row]);
    }
    if (part.second.row_scales != nullptr && both) {
        b = __fmul_rn(b, part.second.row_scales[other]);
    }
    float* const out = part.out == nullptr ? nullptr : part.out + std::int64_t{t} * part.rows + row;
    switch (part.outcome) {
        case Outcome::GateTimesUp:
            *out = __fmul_rn(silu(a), b);
            return;
        case Outcome::ToValues:
            keep(task, false, row, t, a, b);
            return;
        case Outcome::Rotate:
        case Outcome::ToKeys: {
            const float* const angles = task.angles + std::int64_t{t} * task.head_dim + row % task.head_dim / 2;
            const float cosine = angles[0], sine = angles[task.head_dim / 2], first = a;
            a = fmaf(first, cosine, -__fmul_rn(b, sine));
            b = fmaf(first, sine, __fmul_rn(b, cosine));
            if (part.outcome == Outcome::ToKeys) {
                keep(task, true, row, t, a, b);
                return;
            }
            break;
        }
        case Outcome::Add:
            a = __fadd_rn(out[0], a);
            b = both ? __fadd_rn(out[1], b) : 0.0F;
            break;
        case Outcome::TimesSiluOut:
            a = __fmul_rn(silu(out[0]), a);
            b = both ? __fmul_rn(silu(out[1]), b) : 0.0F;
            break;
        case Outcome::Store:
            break;
    }
    out[0] = a;
    if (both) {
        out[1] = b;
    }
}

/// Delivers all pairs of the block, a thread for each row of x of a pair. kept: [slots][warps][2][kTokens], of which
/// task.split neighbouring warps have a part of a pair's sums each.
template <int kTokens>
__device__ __forceinline__ void deliver_all(const ProductTask& task, const float* kept) {
    const int pairs_at_once = kProductWarps / task.split;
    const int count = task.slots * pairs_at_once * kTokens;
#pragma unroll 1
    for (int i = static_cast<int>(threadIdx.x); i < count; i += kProductThreads) {
        const int t = i % kTokens, slot = i / kTokens / pairs_at_once, within = i / kTokens % pairs_at_once;
        const int pair = (slot * static_cast<int>(gridDim.x) + static_cast<int>(blockIdx.x)) * pairs_at_once + within;
        if (pair >= task.pairs || t >= task.n) {
            continue;
        }
        const float* const sums = kept + (slot * kProductWarps + within * task.split) * 2 * kTokens + t;
        float a = sums[0], b = sums[kTokens];
#pragma unroll 1
        for (int w = 1; w < task.split; ++w) {
            a += sums[w * 2 * kTokens];
            b += sums[w * 2 * kTokens + kTokens];
        }
        deliver(task, place_of(task, pair), t, a, b);
    }
}

}  // namespace altiplano::engine::cuda
