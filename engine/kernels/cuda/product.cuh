// Products of a few rows with a weight matrix, straight from its planes: what one generated token consists of.
//
// A warp takes two rows of weights at a time, its lanes neighbouring units of them; loads of the next kAhead steps are
// always under way, across pairs of rows too. Every block holds all rows of x. The limit is the memory's rate: a unit
// of Q4_K is 18 bytes and about 60 instructions for one row of x, of which an H200's multiprocessor has 1.03 units and
// 128 lanes a clock at 4.3 TB/s. From five rows of x on, block types are limited by dot4 and shared memory.
#pragma once

#include <algorithm>

#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/product_outcome.cuh"

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

/// Blocks whose registers a multiprocessor must hold: 80 a thread for one row of x, 128 for more.
__host__ __device__ constexpr int blocks_at_once(int tokens) {
    return tokens == 1 ? 3 : 2;
}

/// Whether the norm's chunk is copied to shared memory before the kernel ahead has ended: for one row of x, whose
/// registers and time are scarce.
__host__ __device__ constexpr bool fetches_norm(const ProductTask& task, int tokens) {
    return tokens == 1 && task.norm != nullptr;
}

/// Adds up a warp's sums over its lanes and the chunks before. kept: [2][kTokens].
template <int kTokens>
__device__ __forceinline__ void keep_sums(bool first_chunk, const float (&sums)[2][kTokens], float* kept) {
    const int lane = static_cast<int>(threadIdx.x) % kWarpLanes;
    float a = 0, b = 0;
#pragma unroll
    for (int t = 0; t < kTokens; ++t) {
        const float first = sum_over_warp(sums[0][t]), second = sum_over_warp(sums[1][t]);
        a = lane == t ? first : a;
        b = lane == t ? second : b;
    }
    if (lane < kTokens) {
        kept[lane] = first_chunk ? a : kept[lane] + a;
        kept[kTokens + lane] = first_chunk ? b : kept[kTokens + lane] + b;
    }
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
    float* const kept = norm_here + (fetches_norm(task, kTokens) ? kChunk : 0);
    const auto chunk_at = [&](int first) { return min(kChunk, task.cols - first); };
    const auto span_of = [&](int first) {
        const int pairs_at_once = kProductWarps / task.split;
        return Span{.chunk = first / kValues,
                    .begin = first / kValues + warp % task.split * kWarpLanes,
                    .end = min(first + kChunk, task.cols) / kValues,
                    .step = task.split * kWarpLanes,
                    .first_pair = static_cast<int>(blockIdx.x) * pairs_at_once + warp / task.split,
                    .stride = static_cast<int>(gridDim.x) * pairs_at_once};
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
        float* sums_kept = kept + warp * 2 * kTokens;
        while (here.pair < task.pairs) {
#pragma unroll
            for (TwoUnits<type>& step : units) {
                if (here.pair >= task.pairs) {
                    break;
                }
                if (const int unit = here.unit + lane; unit < span.end) {
                    multiply(step, unit, unit - span.chunk, rows, sums);
                }
                step.load(task, span, ahead);
                span.advance(ahead);
                if (span.is_last(here)) {
                    keep_sums(first == 0, sums, sums_kept);
                    sums_kept += kProductWarps * 2 * kTokens;
#pragma unroll
                    for (int t = 0; t < kTokens; ++t) {
                        sums[0][t] = sums[1][t] = 0;
                    }
                }
                span.advance(here);
            }
        }
    }
    __syncthreads();
    deliver_all<kTokens>(task, kept);
}

/// How many warps share a pair of rows, each every so manieth step: as many as keep a large card's warps busy, by the
/// matrix's shape alone, as the order of sums depends on it.
inline int warps_of_pair(int pairs, int steps) {
    constexpr int kManyWarps = 3072;
    int warps = 1;
    while (2 * warps <= std::min(steps, kProductWarps) && pairs * warps < kManyWarps) {
        warps *= 2;
    }
    return warps;
}

/// The blocks of a launch and what each one has.
struct ProductGrid {
    int blocks;
    int slots;  ///< rounds of pairs
    std::size_t shared_bytes;
};

/// As many blocks as the card holds at once: later ones would fill all rows of x once more. Where so few have too many
/// slots for their memory, as many as the registers allow.
template <DType type, int kTokens>
ProductGrid product_grid(const ProductTask& task, const Card& card) {
    const int pairs_at_once = kProductWarps / task.split;
    const auto grid_of = [&](int together) {
        const int blocks = std::min((task.pairs + pairs_at_once - 1) / pairs_at_once, card.multiprocessors * together);
        const int slots = (task.pairs + blocks * pairs_at_once - 1) / (blocks * pairs_at_once);
        return ProductGrid{blocks, slots,
                           kTokens * sizeof(typename ActivationsOf<type>::Row) +
                               (fetches_norm(task, kTokens) ? sizeof(float) * kChunk : 0) +
                               sizeof(float) * 2 * kTokens * static_cast<std::size_t>(slots * kProductWarps)};
    };
    for (int together = blocks_at_once(kTokens); together > 0; --together) {
        const ProductGrid grid = grid_of(together);
        const std::size_t bytes = static_cast<std::size_t>(together) * (grid.shared_bytes + kSharedBytesDeclared);
        if (bytes <= static_cast<std::size_t>(card.shared_bytes)) {  // a block may have nearly all there is
            return grid;
        }
    }
    return grid_of(blocks_at_once(kTokens));
}

/// Launches for the first rows of the task and gives how many they were: fewer than kTokens where the card's shared
/// memory has no room for so many.
template <DType type, int kTokens>
int launch_rows(ProductTask task, const Card& card, cudaStream_t stream) {
    constexpr int kStep = Unit<type>::kValues * kWarpLanes;
    task.n = std::min(task.n, kTokens);
    task.split = warps_of_pair(task.pairs, (std::min(task.cols, kChunk) + kStep - 1) / kStep);
    const ProductGrid grid = product_grid<type, kTokens>(task, card);
    task.slots = grid.slots;
    if constexpr (kTokens > 1) {
        if (grid.shared_bytes + kSharedBytesDeclared > static_cast<std::size_t>(card.shared_bytes)) {
            return launch_rows<type, kTokens / 2>(task, card, stream);
        }
    }
    launch(product_kernel<type, kTokens>,
           {.grid = dim3(static_cast<unsigned>(grid.blocks)),
            .block = dim3(kProductThreads),
            .shared_bytes = grid.shared_bytes,
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
