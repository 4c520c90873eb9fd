// Products of a few rows with a weight matrix, straight from its planes: what one generated token consists of.
//
// A warp takes two rows of weights at a time, its lanes neighbouring units of them; loads of the next kAhead steps are
// always under way, across pairs of rows too. Every block holds all rows of x. The limit is the memory's rate: a unit
// of Q4_K is 18 bytes and about 60 instructions for one row of x, of which an H200's multiprocessor has 1.03 units and
// 128 lanes a clock at 4.3 TB/s. From five rows of x on, block types are limited by dot4 and shared memory.
#pragma once

#include <algorithm>

#include "engine/kernels/cuda/activations.cuh"
#include "engine/kernels/cuda/kv_store.cuh"
#include "engine/kernels/cuda/launch.h"

namespace altiplano::engine::cuda {

/// Steps under way: 32 to 36 registers of both rows' units, as more would spill.
__host__ __device__ constexpr int steps_ahead(DType type) {
    switch (type) {
        case DType::F32:
        case DType::F16:
        case DType::BF16:
        case DType::Q2_K:
            return 4;
        case DType::F8_E4M3:
        case DType::Q4_0:
        case DType::Q4_1:
        case DType::IQ4_NL:
            return 3;
        default:
            return 2;
    }
}

/// Blocks that a multiprocessor must hold: 80 registers a thread for one row of x, 128 for more.
__host__ __device__ constexpr int blocks_at_once(int tokens) {
    return tokens == 1 ? 3 : 2;
}

/// Whether the norm's chunk is copied to shared memory before the kernel ahead has ended: for one row of x, whose
/// registers and time are scarce.
__host__ __device__ constexpr bool fetches_norm(const ProductTask& task, int tokens) {
    return tokens == 1 && task.norm != nullptr;
}

/// Where a warp is: the same in all its lanes.
struct Cursor {
    int pair;
    int unit;  ///< of a row, the lowest lane's
};

/// The units of a row that are at hand, and how pairs go round the warps.
struct Span {
    int begin;
    int end;
    int first_pair;
    int stride;

    __device__ Cursor start() const { return {first_pair, begin}; }
    __device__ bool is_last(const Cursor& at) const { return at.unit + kWarpLanes >= end; }
    __device__ void advance(Cursor& at) const {
        at.unit += kWarpLanes;
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

/// Adds up a pair's sums over the warp and the chunks before; in the last chunk they are delivered. kept: this warp's
/// sums of the pair, [2][kTokens].
template <int kTokens>
__device__ __forceinline__ void finish(const ProductTask& task, int pair, bool first_chunk, bool last_chunk,
                                       const float (&sums)[2][kTokens], float* kept) {
    const int lane = static_cast<int>(threadIdx.x) % kWarpLanes;
    float a = 0, b = 0;
#pragma unroll
    for (int t = 0; t < kTokens; ++t) {
        const float first = sum_over_warp(sums[0][t]), second = sum_over_warp(sums[1][t]);
        a = lane == t ? first : a;
        b = lane == t ? second : b;
    }
    if (lane >= kTokens || lane >= task.n) {
        return;
    }
    if (!first_chunk) {
        a += kept[lane];
        b += kept[kTokens + lane];
    }
    if (!last_chunk) {
        kept[lane] = a;
        kept[kTokens + lane] = b;
        return;
    }
    deliver(task, place_of(task, pair), lane, a, b);
}

template <DType type, int kTokens>
__global__ void __launch_bounds__(kProductThreads, blocks_at_once(kTokens))
    product_kernel(const __grid_constant__ ProductTask task) {
    using Row = typename ActivationsOf<type>::Row;
    constexpr int kAhead = steps_ahead(type), kValues = Unit<type>::kValues;
    Row* const rows = dynamic_shared<Row>();
    __shared__ float inverse[kTokens];
    const int warp = static_cast<int>(threadIdx.x) / kWarpLanes, lane = static_cast<int>(threadIdx.x) % kWarpLanes;
    float* const norm_here = reinterpret_cast<float*>(rows + kTokens);  // a chunk where it is fetched ahead
    float* const kept = norm_here + (fetches_norm(task, kTokens) ? kChunk : 0) + warp * task.slots * 2 * kTokens;
    const auto chunk_at = [&](int first) { return min(kChunk, task.cols - first); };
    const auto span_of = [&](int first) {
        return Span{first / kValues, min(first + kChunk, task.cols) / kValues,
                    static_cast<int>(blockIdx.x) * kProductWarps + warp, static_cast<int>(gridDim.x) * kProductWarps};
    };
    TwoUnits<type> units[kAhead];
    Cursor ahead = {};
    const auto load_first = [&](const Span& span) {
        ahead = span.start();
#pragma unroll
        for (TwoUnits<type>& step : units) {
            step.load(task, span, ahead);
            span.advance(ahead);
        }
    };
    let_next_kernel_start();
    if (fetches_norm(task, kTokens)) {
        fetch_norm(task.norm, chunk_at(0), norm_here);
    }
    load_first(span_of(0));
    wait_for_previous_kernel();
    if (task.norm != nullptr) {
        find_inverse_norms(task, inverse);
    }
    for (int first = 0; first < task.cols; first += kChunk) {
        const Span span = span_of(first);
        if (first > 0) {
            if (fetches_norm(task, kTokens)) {
                fetch_norm(task.norm + first, chunk_at(first), norm_here);
            }
            load_first(span);
            __syncthreads();  // the chunk before is no longer read
        }
        const float* const norm = task.norm == nullptr ? nullptr : kTokens == 1 ? norm_here : task.norm + first;
        fill_chunk(task, inverse, norm, first, chunk_at(first), rows);
        __syncthreads();
        Cursor here = span.start();
        float sums[2][kTokens] = {};
        float* sums_kept = kept;
        while (here.pair < task.pairs) {
#pragma unroll
            for (TwoUnits<type>& step : units) {
                if (here.pair >= task.pairs) {
                    break;
                }
                if (const int unit = here.unit + lane; unit < span.end) {
                    multiply(step, unit, unit - span.begin, rows, sums);
                }
                step.load(task, span, ahead);
                span.advance(ahead);
                if (span.is_last(here)) {
                    finish(task, here.pair, first == 0, first + kChunk >= task.cols, sums, sums_kept);
                    sums_kept += 2 * kTokens;
#pragma unroll
                    for (int t = 0; t < kTokens; ++t) {
                        sums[0][t] = sums[1][t] = 0;
                    }
                }
                span.advance(here);
            }
        }
    }
}

/// Launches for the first rows of the task and gives how many they were.
template <DType type, int kTokens>
int launch_rows(ProductTask task, const Card& card, cudaStream_t stream) {
    const int blocks =
        min((task.pairs + kProductWarps - 1) / kProductWarps, card.multiprocessors * blocks_at_once(kTokens));
    const int warps = blocks * kProductWarps;
    task.n = std::min(task.n, kTokens);
    task.slots = task.cols > kChunk ? (task.pairs + warps - 1) / warps : 0;
    const std::size_t shared = kTokens * sizeof(typename ActivationsOf<type>::Row) +
                               (fetches_norm(task, kTokens) ? sizeof(float) * kChunk : 0) +
                               sizeof(float) * 2 * kTokens * static_cast<std::size_t>(task.slots * kProductWarps);
    if constexpr (kTokens > 4) {
        if (shared > static_cast<std::size_t>(card.shared_bytes)) {
            return launch_rows<type, kTokens / 2>(task, card, stream);
        }
    }
    launch(product_kernel<type, kTokens>,
           {.grid = dim3(static_cast<unsigned>(blocks)),
            .block = dim3(kProductThreads),
            .shared_bytes = shared,
            .stream = stream,
            .overlap = true},
           task);
    return task.n;
}

template <DType type>
void run_product(ProductTask task, const Card& card, cudaStream_t stream) {
    while (task.n > 0) {
        const int rows = task.n > 4   ? launch_rows<type, 8>(task, card, stream)
                         : task.n > 2 ? launch_rows<type, 4>(task, card, stream)
                         : task.n > 1 ? launch_rows<type, 2>(task, card, stream)
                                      : launch_rows<type, 1>(task, card, stream);
        task.n -= rows;
        task.rows_before += rows;
        task.x += std::int64_t{rows} * task.cols;
        task.angles += std::int64_t{rows} * task.head_dim;
        for (ProductPart& part : task.parts) {
            part.out = part.out == nullptr ? nullptr : part.out + std::int64_t{rows} * part.rows;
        }
    }
}

}  // namespace altiplano::engine::cuda
