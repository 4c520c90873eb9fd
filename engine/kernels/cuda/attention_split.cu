// Attention over few tokens, as in decoding: blocks take parts of the positions (attention_parts.h), a second kernel
// adds the parts up. Bound by the reading of the cache: a multiprocessor has 8 warps with two copies of up to 8 KiB
// each on their way, 128 KiB where some 40 would do, and the tensor cores work at a tenth of what they can (128
// products of 4096 operations for 32 KiB: at 4.3 TB/s 17 of some 130 million a millisecond).
#include <cassert>

#include "engine/kernels/cuda/attention_rows.cuh"
#include "engine/kernels/cuda/attention_split.h"
#include "engine/kernels/cuda/launch.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kWarps = kAttentionSpan / kStep;  // each takes a step of the span, on its own until the end
constexpr int kSlots = 3;  // keys in use, values on their way, the next keys on theirs: 96 KiB for head_dim 128 in F16,
                           // twice on a multiprocessor of 228 KiB, once on one of 100
constexpr float kLog2E = 1.44269504088896341F;

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

/// A row tile's queries as fragments in registers, scaled so that 2^score is the weight.
template <int head_dim>
struct RegisterQueries {
    std::uint32_t fragments[head_dim / 16][4];

    __device__ void load(int k, int, std::uint32_t (&left)[4]) const {
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            left[i] = fragments[k][i];
        }
    }

    /// rows[]: where the lane's two rows are; null where there is none.
    __device__ void fill(const float* const (&rows)[2]) {
        const float scale = kLog2E / sqrtf(static_cast<float>(head_dim));
#pragma unroll
        for (int k = 0; k < head_dim / 16; ++k) {
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                const float* const from = rows[i % 2] + k * 16 + i / 2 * 8 + first_column_of_lane();
                const float2 two = rows[i % 2] == nullptr ? float2{0.0F, 0.0F} : *reinterpret_cast<const float2*>(from);
                fragments[k][i] = pack_halves(two.x * scale, two.y * scale);
            }
        }
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
template <typename Tile, int head_dim>
struct Ring {
    static constexpr int kSlotBytes = head_dim / kKvTile * Tile::kBytes;
    std::byte* slots;
    const std::byte* keys;  ///< of the head
    const std::byte* values;
    int position;  ///< of the warp's first step
    int steps;
    int stride;  ///< positions between two steps

    __device__ std::byte* slot(int index) const { return slots + index % kSlots * kSlotBytes; }
    /// Starts what comes index'th: keys of step index / 2, or its values. Nothing beyond the last step.
    __device__ void start(int index) const {
        if (index < 2 * steps) {
            const int at = position + index / 2 * stride;
            const std::int64_t tiles = std::int64_t{at / kKvTile} * (head_dim / kKvTile);
            if (index % 2 == 0) {
                copy_tiles<Tile, head_dim>(slot(index), keys + tiles * Tile::kBytes, 1);
            } else {  // blocks of 64 positions hold two tiles for each 32 dimensions
                const std::int64_t block = std::int64_t{at / kKvBlock} * (kKvBlock / kKvTile) * (head_dim / kKvTile);
                copy_tiles<Tile, head_dim>(slot(index), values + (block + at % kKvBlock / kKvTile) * Tile::kBytes,
                                           kKvBlock / kKvTile);
            }
        }
        copy_async_commit();
    }
    /// Waits for the index'th; one more may be on its way.
    __device__ const std::byte* wait(int index) const {
        copy_async_wait<1>();
        __syncwarp();
        return slot(index);
    }
};

/// Each lane clears a position of a step's values where it does not count or is broken; says which were broken.
template <typename Tile, int head_dim>
__device__ std::uint32_t clean_values(const std::byte* values, int certain, int end) {
    const int position = static_cast<int>(threadIdx.x) % 32;
    bool is_broken = false;
    if (position >= certain) {
        for (int tile = 0; tile < head_dim / kKvTile; ++tile) {
            is_broken |= Tile::clean(const_cast<std::byte*>(values) + tile * Tile::kBytes, position, position >= end);
        }
    }
    return __ballot_sync(kAllLanes, is_broken && position < end);
}

/// A warp's steps, from the first to the last.
template <typename Tile, int head_dim>
__device__ void attend(const RegisterQueries<head_dim>& queries, const Ring<Tile, head_dim>& ring,
                       const int (&visible)[2], int certain, int end, RowState<head_dim> (&state)[1]) {
    for (int step = 0; step < ring.steps; ++step) {
        const int start = ring.position + step * ring.stride;
        Scores scores[1];
        const std::byte* const keys = ring.wait(2 * step);
        ring.start(2 * step + 2);
        score<Tile, head_dim, 1>(queries, keys, scores);
        const int seen_here[2] = {visible[0] - start, visible[1] - start};
        const bool is_last = start + kStep > certain;
        if (is_last) {
            hide<Tile>(scores[0], seen_here);
        }
        soften(scores[0], state[0]);
        const std::byte* const values = ring.wait(2 * step + 1);
        ring.start(2 * step + 3);
        if (is_last) {
            const std::uint32_t broken = clean_values<Tile, head_dim>(values, certain - start, end - start);
            __syncwarp();
            show_broken(broken, seen_here, state[0]);
        }
        weigh<Tile, head_dim, 1>(scores, values, Tile::kBytes, state);
    }
}

/// What the warps of a block have come to, in shared memory.
template <int head_dim>
struct WarpResults {
    float (*largest)[kRowTile];  ///< [warp][row]
    float (*total)[kRowTile];
    std::byte* values;  ///< [warp], warp_bytes apart: [row][head_dim]
    int warp_bytes;

    __device__ float* row(int warp, int row) const {
        return reinterpret_cast<float*>(values + warp * warp_bytes) + row * head_dim;
    }

    template <typename Tile>
    __device__ void put(RowState<head_dim>& state) const {
        const int warp = static_cast<int>(threadIdx.x) / 32;
        add_totals(state);
#pragma unroll
        for (int i = 0; i < head_dim / 2; ++i) {
            const int at = first_row_of_lane() + i % 4 / 2 * (kRowTile / 2);
            row(warp, at)[dimension_of<Tile>(i / 4, i % 4)] = state.values[i / 4][i % 4];
        }
        if (threadIdx.x % 4 == 0) {
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                largest[warp][first_row_of_lane() + i * (kRowTile / 2)] = state.largest[i];
                total[warp][first_row_of_lane() + i * (kRowTile / 2)] = state.total[i];
            }
        }
    }
};

/// Adds the warps' results up, always in the same order, and puts them into the part's place.
template <int head_dim>
__device__ void put_part(const SplitTask& task, const WarpResults<head_dim>& results, int first_row, int rows) {
    const int group = task.group(), head = static_cast<int>(blockIdx.z) * group;
    for (int i = static_cast<int>(threadIdx.x); i < rows * head_dim; i += 32 * kWarps) {
        const int row = i / head_dim, dimension = i % head_dim;
        float largest = results.largest[0][row];
        for (int warp = 1; warp < kWarps; ++warp) {
            largest = fmaxf(largest, results.largest[warp][row]);
        }
        const float base = largest == -INFINITY ? 0.0F : largest;
        float value = 0.0F, total = 0.0F;
        for (int warp = 0; warp < kWarps; ++warp) {
            const float factor = exp2_approximate(results.largest[warp][row] - base);
            value += factor * results.row(warp, row)[dimension];
            total += factor * results.total[warp][row];
        }
        const int token = (first_row + row) / group;
        const std::int64_t at = (std::int64_t{token} * task.heads + head + (first_row + row) % group) * task.parts +
                                static_cast<int>(blockIdx.y);
        task.values[at * head_dim + dimension] = value;
        if (dimension == 0) {
            task.stats[2 * at] = largest;
            task.stats[2 * at + 1] = total;
        }
    }
}

/// Blocks [row tile][part][key-value head]: neighbours read the same positions at the same time.
template <typename Tile, int head_dim>
__global__ __launch_bounds__(32 * kWarps, 2) void split_kernel(SplitTask task) {
    using WarpRing = Ring<Tile, head_dim>;
    static_assert(kSlots * WarpRing::kSlotBytes >= kRowTile * head_dim * 4);
    __shared__ float largest[kWarps][kRowTile], total[kWarps][kRowTile];
    const int warp = static_cast<int>(threadIdx.x) / 32, group = task.group();
    const int first_row = static_cast<int>(blockIdx.x) * kRowTile;
    const int rows = min(task.rows * group - first_row, kRowTile);
    const int written = *task.first, first = written + task.first_row;
    const int certain = first + first_row / group + 1, end = first + (first_row + rows - 1) / group + 1;
    const int start = static_cast<int>(blockIdx.y) * kAttentionSpan;
    if (start >= end) {
        return;
    }
    const int stride = task.parts * kAttentionSpan, position = start + warp * kStep;
    const std::int64_t head_offset = task.head_bytes() * static_cast<int>(blockIdx.z);
    const WarpRing ring = {dynamic_shared<std::byte>() + warp * kSlots * WarpRing::kSlotBytes,
                           task.cache.keys + head_offset,
                           task.cache.values + head_offset,
                           position,
                           position < end ? (end - position + stride - 1) / stride : 0,
                           stride};
    // What was written in earlier steps is read before the kernel ahead has ended.
    const bool is_old = position + kStep <= written;
    if (!is_old) {
        wait_for_previous_kernel();
    }
    ring.start(0);
    ring.start(1);
    if (is_old) {
        wait_for_previous_kernel();
    }
    let_next_kernel_start();
    const float* row_at[2];
    int visible[2];
    for (int i = 0; i < 2; ++i) {
        const int row = first_row + first_row_of_lane() + i * (kRowTile / 2), token = row / group;
        visible[i] = min(first + token + 1, end);
        const int column = (static_cast<int>(blockIdx.z) * group + row % group) * head_dim;
        row_at[i] = row < first_row + rows ? task.q + std::int64_t{token} * task.heads * head_dim + column : nullptr;
    }
    RegisterQueries<head_dim> queries;
    queries.fill(row_at);
    RowState<head_dim> state[1];
    attend<Tile, head_dim>(queries, ring, visible, certain, end, state);
    copy_async_wait<0>();
    __syncwarp();
    const WarpResults<head_dim> results = {largest, total, dynamic_shared<std::byte>(), kSlots * WarpRing::kSlotBytes};
    results.template put<Tile>(state[0]);
    __syncthreads();
    put_part<head_dim>(task, results, first_row, rows);
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

template <typename Tile, int head_dim>
void launch_both(const SplitTask& task, cudaStream_t stream) {
    const int group = task.heads / task.cache.kv_heads;
    const auto row_tiles = static_cast<unsigned>((task.rows * group + kRowTile - 1) / kRowTile);
    const dim3 grid(row_tiles, static_cast<unsigned>(task.parts), static_cast<unsigned>(task.cache.kv_heads));
    launch(split_kernel<Tile, head_dim>,
           {.grid = grid,
            .block = dim3(32 * kWarps),
            .shared_bytes = static_cast<std::size_t>(kWarps * kSlots * Ring<Tile, head_dim>::kSlotBytes),
            .stream = stream,
            .overlap = true},
           task);
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
