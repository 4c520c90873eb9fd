// Attention over few tokens, as in decoding: blocks take parts of the positions (attention_parts.h), a second kernel
// adds the parts up. Bound by the reading of the cache: a multiprocessor has 8 warps with two copies of up to 8 KiB
// each on their way, 128 KiB where some 40 would do, and the tensor cores work at a tenth of what they can (128
// products of 4096 operations for 32 KiB: at 4.3 TB/s 17 of some 130 million a millisecond).
#include <cassert>

#include "engine/kernels/cuda/attention_queries.cuh"
#include "engine/kernels/cuda/attention_split.h"
#include "engine/kernels/cuda/launch.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kWarps = kAttentionSpan / kStep;  // each takes a step of the span, on its own until the end

/// How a block uses its shared memory. One row tile is what a token of most models has; where a guess has more, two
/// share what is read, and their queries leave the registers to the second one's sums.
template <typename Tile, int head_dim, int tiles>
struct SplitShape {
    static constexpr int kRows = tiles * kRowTile;
    static constexpr int kSlotBytes = head_dim / kKvTile * Tile::kBytes;
    /// Keys, values, the next keys: 96 KiB for head_dim 128 in F16, twice on a multiprocessor of 228 KiB, once on one
    /// of 100. Two row tiles compute for twice as long, so keys and values are enough; bytes take half the room.
    static constexpr int kSlots = tiles == 1 ? 3 : Tile::kType == DType::F16 ? 2 : 4;
    static constexpr int kRingBytes = kSlots * kSlotBytes;
    static constexpr int kBytes = kWarps * kRingBytes + (tiles == 1 ? 0 : SharedQueries<head_dim, kRows>::kBytes);
    static_assert(kRingBytes >= kRows * head_dim * 4, "a warp's results take its ring's place");

    static __device__ std::byte* ring(int warp) { return dynamic_shared<std::byte>() + warp * kRingBytes; }
    static __device__ std::byte* queries() { return ring(kWarps); }
};

struct SplitTask {
    KvCache cache;
    const float* q;
    float* out;
    int heads;
    int rows;       ///< tokens of this launch
    int first_row;  ///< the first one's row in the call
    const int* first;
    float* values;  ///< [row][head][part][head_dim]
    float* stats;   ///< [row][head][part]: largest exponent, sum of weights
    int parts;

    __device__ int group() const { return heads / cache.kv_heads; }
    __device__ std::int64_t head_bytes() const {
        return std::int64_t{cache.context} / kKvTile * (cache.head_dim / kKvTile) * kv_tile_bytes(cache.type);
    }
};

/// A warp copies head_dim / 32 tiles, tile_step tiles apart, to shared memory.
template <typename Tile, int head_dim>
__device__ void copy_tiles(std::byte* shared, const std::byte* tiles, int tile_step) {
#pragma unroll
    for (int tile = 0; tile < head_dim / kKvTile; ++tile) {
        copy_tile<Tile, true>(shared + tile * Tile::kBytes, tiles + tile * tile_step * Tile::kBytes);
    }
}

/// A warp's ring of slots, filled with keys and values by turns, 32 positions at a time.
template <typename Tile, int head_dim, int tiles>
struct Ring {
    using Shape = SplitShape<Tile, head_dim, tiles>;
    std::byte* slots;
    const std::byte* keys;  ///< of the head
    const std::byte* values;
    int position;  ///< of the warp's first step
    int steps;
    int stride;  ///< positions between two steps

    __device__ std::byte* slot(int index) const { return slots + index % Shape::kSlots * Shape::kSlotBytes; }
    /// Starts what comes index'th: keys of step index / 2, or its values. Nothing beyond the last step.
    __device__ void start(int index) const {
        if (index < 2 * steps) {
            const int at = position + index / 2 * stride;
            const std::int64_t wide = std::int64_t{at / kKvTile} * (head_dim / kKvTile);
            if (index % 2 == 0) {
                copy_tiles<Tile, head_dim>(slot(index), keys + wide * Tile::kBytes, 1);
            } else {  // blocks of 64 positions hold two tiles for each 32 dimensions
                const std::int64_t block = std::int64_t{at / kKvBlock} * (kKvBlock / kKvTile) * (head_dim / kKvTile);
                copy_tiles<Tile, head_dim>(slot(index), values + (block + at % kKvBlock / kKvTile) * Tile::kBytes,
                                           kKvBlock / kKvTile);
            }
        }
        copy_async_commit();
    }
    /// Fills all slots.
    __device__ void start_first() const {
        for (int index = 0; index < Shape::kSlots; ++index) {
            start(index);
        }
    }
    /// The first position after those that start_first() reads.
    __device__ int first_end() const {
        return position + max(min(steps, (Shape::kSlots + 1) / 2) - 1, 0) * stride + kStep;
    }
    /// Waits for the index'th.
    __device__ std::byte* wait(int index) const {
        copy_async_wait<Shape::kSlots - 1>();
        __syncwarp();
        return slot(index);
    }
    /// The index'th was used: its slot is filled again.
    __device__ void release(int index) const {
        __syncwarp();
        start(index + Shape::kSlots);
    }
};

/// Each lane clears a position of a step's values where it does not count or is broken; says which were broken.
template <typename Tile, int head_dim>
__device__ std::uint32_t clean_values(std::byte* values, int certain, int end) {
    const int position = static_cast<int>(threadIdx.x) % 32;
    bool is_broken = false;
    if (position >= certain) {
        for (int tile = 0; tile < head_dim / kKvTile; ++tile) {
            is_broken |= Tile::clean(values + tile * Tile::kBytes, position, position >= end);
        }
    }
    const std::uint32_t broken = __ballot_sync(kAllLanes, is_broken && position < end);
    __syncwarp();
    return broken;
}

/// Which positions the rows of a block see: all of them the first certain ones, some the first end.
struct Sight {
    int first, first_row, rows, group;

    __device__ int seen_by(int row) const { return first + min(row, first_row + rows - 1) / group + 1; }
    __device__ int certain() const { return seen_by(first_row); }
    __device__ int end() const { return seen_by(first_row + rows - 1); }
    /// Of the 32 positions from start on, what the lane's two rows of a tile see.
    __device__ void visible(int tile, int start, int (&seen_here)[2]) const {
        for (int i = 0; i < 2; ++i) {
            seen_here[i] = seen_by(first_row + tile * kRowTile + first_row_of_lane() + i * (kRowTile / 2)) - start;
        }
    }
};

/// A warp's steps, from the first to the last.
template <typename Tile, int head_dim, int tiles, typename Queries>
__device__ void attend(const Queries& queries, const Ring<Tile, head_dim, tiles>& ring, const Sight& sight,
                       RowState<head_dim> (&states)[tiles]) {
    const int certain = sight.certain(), end = sight.end();
    for (int step = 0; step < ring.steps; ++step) {
        const int start = ring.position + step * ring.stride;
        const bool is_edge = start + kStep > certain;
        Scores scores[tiles];
        score<Tile, head_dim, tiles>(queries, ring.wait(2 * step), scores);
        ring.release(2 * step);
#pragma unroll
        for (int tile = 0; tile < tiles; ++tile) {
            if (is_edge) {
                int seen_here[2];
                sight.visible(tile, start, seen_here);
                hide<Tile>(scores[tile], seen_here);
            }
            soften(scores[tile], states[tile]);
        }
        std::byte* const values = ring.wait(2 * step + 1);
        if (is_edge) {
            const std::uint32_t broken = clean_values<Tile, head_dim>(values, certain - start, end - start);
#pragma unroll
            for (int tile = 0; tile < tiles; ++tile) {
                int seen_here[2];
                sight.visible(tile, start, seen_here);
                show_broken(broken, seen_here, states[tile]);
            }
        }
        weigh<Tile, head_dim, tiles>(scores, values, Tile::kBytes, states);
        ring.release(2 * step + 1);
    }
}

/// What the warps of a block have come to, in shared memory.
template <typename Tile, int head_dim, int tiles>
struct WarpResults {
    using Shape = SplitShape<Tile, head_dim, tiles>;
    float (*largest)[Shape::kRows];  ///< [warp][row]
    float (*total)[Shape::kRows];

    static __device__ float* row(int warp, int row) {
        return reinterpret_cast<float*>(Shape::ring(warp)) + row * head_dim;
    }

    __device__ void put(int tile, RowState<head_dim>& state) const {
        const int warp = static_cast<int>(threadIdx.x) / 32, first = tile * kRowTile + first_row_of_lane();
        add_totals(state);
#pragma unroll
        for (int i = 0; i < head_dim / 2; ++i) {
            const int at = first + i % 4 / 2 * (kRowTile / 2);
            row(warp, at)[dimension_of<Tile>(i / 4, i % 4)] = state.values[i / 4][i % 4];
        }
        if (threadIdx.x % 4 == 0) {
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                largest[warp][first + i * (kRowTile / 2)] = state.largest[i];
                total[warp][first + i * (kRowTile / 2)] = state.total[i];
            }
        }
    }

    /// Adds the warps' results up, always in the same order, and puts them into the part's place.
    __device__ void put_part(const SplitTask& task, int first_row, int rows) const {
        const int group = task.group(), head = static_cast<int>(blockIdx.z) * group;
        for (int i = static_cast<int>(threadIdx.x); i < rows * head_dim; i += 32 * kWarps) {
            const int at = i / head_dim, dimension = i % head_dim;
            float most = largest[0][at];
            for (int warp = 1; warp < kWarps; ++warp) {
                most = fmaxf(most, largest[warp][at]);
            }
            const float base = most == -INFINITY ? 0.0F : most;
            float value = 0.0F, weight = 0.0F;
            for (int warp = 0; warp < kWarps; ++warp) {
                const float factor = exp2_approximate(largest[warp][at] - base);
                value += factor * row(warp, at)[dimension];
                weight += factor * total[warp][at];
            }
            const int token = (first_row + at) / group;
            const std::int64_t place =
                (std::int64_t{token} * task.heads + head + (first_row + at) % group) * task.parts +
                static_cast<int>(blockIdx.y);
            task.values[place * head_dim + dimension] = value;
            if (dimension == 0) {
                task.stats[2 * place] = most;
                task.stats[2 * place + 1] = weight;
            }
        }
    }
};

/// Blocks [rows][part][key-value head]: neighbours read the same positions at the same time.
template <typename Tile, int head_dim, int tiles>
__global__ __launch_bounds__(32 * kWarps, 2) void split_kernel(SplitTask task) {
    using Shape = SplitShape<Tile, head_dim, tiles>;
    __shared__ float largest[kWarps][Shape::kRows], total[kWarps][Shape::kRows];
    const int warp = static_cast<int>(threadIdx.x) / 32, kv_head = static_cast<int>(blockIdx.z), group = task.group();
    const int first_row = static_cast<int>(blockIdx.x) * Shape::kRows, written = load_past_l1(task.first);
    const Sight sight = {written + task.first_row, first_row, min(task.rows * group - first_row, Shape::kRows), group};
    const int start = static_cast<int>(blockIdx.y) * kAttentionSpan, end = sight.end();
    if (start >= end) {
        return;
    }
    const int stride = task.parts * kAttentionSpan, position = start + warp * kStep;
    const Ring<Tile, head_dim, tiles> ring = {Shape::ring(warp),
                                              task.cache.keys + task.head_bytes() * kv_head,
                                              task.cache.values + task.head_bytes() * kv_head,
                                              position,
                                              position < end ? (end - position + stride - 1) / stride : 0,
                                              stride};
    // What was written in earlier steps is read before the kernel ahead has ended.
    const bool is_old = ring.first_end() <= written;
    if (!is_old) {
        wait_for_previous_kernel();
    }
    ring.start_first();
    if (is_old) {
        wait_for_previous_kernel();
    }
    let_next_kernel_start();
    const auto row_at = [&](int row) -> const float* {
        const int at = first_row + row;
        return row < sight.rows
                   ? task.q + (std::int64_t{at / group} * task.heads + kv_head * group + at % group) * head_dim
                   : nullptr;
    };
    RowState<head_dim> states[tiles];
    if constexpr (tiles == 1) {
        RegisterQueries<head_dim> queries;
        queries.fill(row_at);
        attend<Tile, head_dim, tiles>(queries, ring, sight, states);
    } else {
        SharedQueries<head_dim, Shape::kRows>::fill(Shape::queries(), row_at);
        __syncthreads();
        const SharedQueries<head_dim, Shape::kRows> queries = {Shape::queries(), 0};
        attend<Tile, head_dim, tiles>(queries, ring, sight, states);
    }
    copy_async_wait<0>();
    __syncwarp();
    const WarpResults<Tile, head_dim, tiles> results = {largest, total};
#pragma unroll
    for (int tile = 0; tile < tiles; ++tile) {
        results.put(tile, states[tile]);
    }
    __syncthreads();
    results.put_part(task, first_row, sight.rows);
}

constexpr int kSumWarps = 4;  // parts are shared out to them: each reads some eight, all at once

/// Blocks [head][row]: out = the sum of the row's parts, each relative to the largest exponent of all.
template <int head_dim>
__global__ __launch_bounds__(32 * kSumWarps) void sum_parts_kernel(SplitTask task) {
    constexpr int kEach = head_dim / 32;
    __shared__ float values[kSumWarps][head_dim], totals[kSumWarps];
    wait_for_previous_kernel();
    let_next_kernel_start();
    const int lane = static_cast<int>(threadIdx.x) % 32, warp = static_cast<int>(threadIdx.x) / 32;
    const int head = static_cast<int>(blockIdx.x), row = static_cast<int>(blockIdx.y);
    const int positions = *task.first + task.first_row + row + 1;
    const int parts = min(task.parts, (positions + kAttentionSpan - 1) / kAttentionSpan);
    const std::int64_t at = (std::int64_t{row} * task.heads + head) * task.parts;
    const float* const stats = task.stats + 2 * at;
    float largest = -INFINITY;
    for (int part = lane; part < parts; part += 32) {
        largest = fmaxf(largest, stats[2 * part]);
    }
    for (int step = 16; step > 0; step /= 2) {
        largest = fmaxf(largest, __shfl_xor_sync(kAllLanes, largest, step));
    }
    float sums[kEach] = {}, total = 0.0F;
#pragma unroll 4
    for (int part = warp; part < parts; part += kSumWarps) {
        const float factor = exp2_approximate(stats[2 * part] - largest);
        total += factor * stats[2 * part + 1];
        for (int i = 0; i < kEach; ++i) {
            sums[i] += factor * task.values[(at + part) * head_dim + i * 32 + lane];
        }
    }
    for (int i = 0; i < kEach; ++i) {
        values[warp][i * 32 + lane] = sums[i];
    }
    if (lane == 0) {
        totals[warp] = total;
    }
    __syncthreads();
    for (int i = static_cast<int>(threadIdx.x); i < head_dim; i += 32 * kSumWarps) {
        float value = values[0][i], weight = totals[0];
        for (int other = 1; other < kSumWarps; ++other) {
            value += values[other][i];
            weight += totals[other];
        }
        task.out[(std::int64_t{row} * task.heads + head) * head_dim + i] = value / weight;
    }
}

template <typename Tile, int head_dim, int tiles>
void launch_parts(const SplitTask& task, cudaStream_t stream) {
    using Shape = SplitShape<Tile, head_dim, tiles>;
    const int rows = task.rows * (task.heads / task.cache.kv_heads);
    launch(split_kernel<Tile, head_dim, tiles>,
           {.grid = dim3(static_cast<unsigned>((rows + Shape::kRows - 1) / Shape::kRows),
                         static_cast<unsigned>(task.parts), static_cast<unsigned>(task.cache.kv_heads)),
            .block = dim3(32 * kWarps),
            .shared_bytes = static_cast<std::size_t>(Shape::kBytes),
            .stream = stream,
            .overlap = true},
           task);
}

template <typename Tile, int head_dim>
void launch_both(const SplitTask& task, cudaStream_t stream) {
    if (task.rows * (task.heads / task.cache.kv_heads) <= kRowTile) {
        launch_parts<Tile, head_dim, 1>(task, stream);
    } else {
        launch_parts<Tile, head_dim, 2>(task, stream);
    }
    launch(sum_parts_kernel<head_dim>,
           {.grid = dim3(static_cast<unsigned>(task.heads), static_cast<unsigned>(task.rows)),
            .block = dim3(32 * kSumWarps),
            .stream = stream,
            .overlap = true},
           task);
}

template <typename Tile>
void launch_width(const SplitTask& task, cudaStream_t stream) {
    switch (task.cache.head_dim) {
        case 32:
            return launch_both<Tile, 32>(task, stream);
        case 64:
            return launch_both<Tile, 64>(task, stream);
        case 96:
            return launch_both<Tile, 96>(task, stream);
        default:
            return launch_both<Tile, 128>(task, stream);
    }
}

}  // namespace

void launch_split_attention(const KvCache& cache, const AttentionCall& call, int first_row, int rows,
                            cudaStream_t stream) {
    assert(rows <= kSplitTokens && cache.type != DType::F32 && cache.head_dim <= 128);
    const std::int64_t row_floats = std::int64_t{call.heads} * cache.head_dim;
    SplitTask task = {};
    task.cache = cache;
    task.q = call.q + first_row * row_floats;
    task.out = call.out + first_row * row_floats;
    task.heads = call.heads;
    task.rows = rows;
    task.first_row = first_row;
    task.first = call.first;
    task.parts = attention_parts(cache.kv_heads, cache.context, call.multiprocessors);
    task.values = call.partials;
    task.stats = call.partials + std::int64_t{kSplitTokens} * row_floats * task.parts;
    switch (cache.type) {
        case DType::F16:
            return launch_width<HalfTile>(task, stream);
        case DType::Q8_0:
            return launch_width<ScaledTile>(task, stream);
        default:
            return launch_width<EighthTile>(task, stream);
    }
}

}  // namespace altiplano::engine::cuda
