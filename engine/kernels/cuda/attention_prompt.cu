// Attention over many tokens: a block takes 128 rows of one key-value head through all positions, 64 at a time, the
// next ones on their way meanwhile. Keys and values of bytes become F16 once per block. Bound by the tensor cores: for
// 2,048 tokens of 8B 34 GFLOP a layer, half of it beyond the diagonal and left out; at 128K tokens the attention's 4.5
// PFLOP are twice what the products take. mma.sync reaches some 60 % of what wgmma would.
#include "engine/kernels/cuda/attention_prompt.h"
#include "engine/kernels/cuda/attention_queries.cuh"
#include "engine/kernels/cuda/launch.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kWarps = 4;
constexpr int kWarpTiles = kPromptRows / kWarps / kRowTile;
constexpr int kThreads = 32 * kWarps;

struct PromptTask {
    KvCache cache;
    const float* q;
    float* out;
    int heads;
    int n;
    const int* first;

    __device__ int group() const { return heads / cache.kv_heads; }
    __device__ std::int64_t head_bytes() const {
        return std::int64_t{cache.context} / kKvTile * (cache.head_dim / kKvTile) * kv_tile_bytes(cache.type);
    }
    /// Where row i of a key-value head begins in q and out.
    __device__ std::int64_t row_offset(int head, int row) const {
        const int token = row / group();
        return (std::int64_t{token} * heads + head * group() + row % group()) * cache.head_dim;
    }
};

/// Shared memory of a block, in bytes.
template <typename Tile, int head_dim>
struct PromptMemory {
    static constexpr bool kIsHalf = Tile::kType == DType::F16;
    static constexpr int kTiles = head_dim / kKvTile * (kKvBlock / kKvTile);  ///< of keys, and as many of values
    static constexpr int kQueryBytes = SharedQueries<head_dim, kPromptRows>::kBytes;
    static constexpr int kHalfBytes = kTiles * HalfTile::kBytes;
    /// What is copied at once: keys and values. Bytes are expanded from here to the one place for halves.
    static constexpr int kStageBytes = 2 * kTiles * Tile::kBytes;
    static constexpr int kBytes = kQueryBytes + (kIsHalf ? 2 * kStageBytes : kStageBytes + 2 * kHalfBytes);

    static __device__ std::byte* queries() { return dynamic_shared<std::byte>(); }
    static __device__ std::byte* stage(int step) {
        return queries() + kQueryBytes + (kIsHalf ? step % 2 : 0) * kStageBytes;
    }
    static __device__ std::byte* keys(int step) {
        return kIsHalf ? stage(step) : queries() + kQueryBytes + kStageBytes;
    }
    static __device__ std::byte* values(int step) { return keys(step) + kHalfBytes; }
};

template <int head_dim>
using PromptQueries = SharedQueries<head_dim, kPromptRows>;

/// Starts copying a step's keys and values, whole blocks of 64 positions.
template <typename Tile, int head_dim>
__device__ void copy_step(const std::byte* keys, const std::byte* values, int step) {
    using Memory = PromptMemory<Tile, head_dim>;
    const int warp = static_cast<int>(threadIdx.x) / 32;
    const std::int64_t offset = std::int64_t{step} * Memory::kTiles * Tile::kBytes;
    std::byte* const stage = Memory::stage(step);
#pragma unroll 2  // the registers are the sums'
    for (int i = 0; i < 2 * Memory::kTiles / kWarps; ++i) {
        const int tile = i * kWarps + warp;
        const bool is_key = tile < Memory::kTiles;
        const std::byte* const from = (is_key ? keys : values) + offset;
        copy_tile<Tile, Memory::kIsHalf>(stage + tile * Tile::kBytes,
                                         from + (is_key ? tile : tile - Memory::kTiles) * Tile::kBytes);
    }
    copy_async_commit();
}

/// Bytes in the stage to halves in their place.
template <typename Tile, int head_dim, bool is_key>
__device__ void expand_tiles(const std::byte* tiles, std::byte* halves) {
    constexpr int kPieces = kTileNumbers / 16;
#pragma unroll 1  // the registers are the sums'
    for (int i = static_cast<int>(threadIdx.x); i < PromptMemory<Tile, head_dim>::kTiles * kPieces; i += kThreads) {
        const int tile = i / kPieces, piece = i % kPieces;
        uint4 numbers[2];
        Tile::template expand<is_key>(tiles + tile * Tile::kBytes, piece, numbers);
        std::byte* const to = halves + tile * HalfTile::kBytes;
        *reinterpret_cast<uint4*>(to + HalfTile::place(2 * piece)) = numbers[0];
        *reinterpret_cast<uint4*>(to + HalfTile::place(2 * piece + 1)) = numbers[1];
    }
}

/// Clears the values of positions from certain on that do not count or are broken; broken[2]: a bit for each such.
template <int head_dim>
__device__ void clean_step(std::byte* values, int certain, int end, std::uint32_t* broken) {
    if (threadIdx.x < kKvBlock) {
        const int position = static_cast<int>(threadIdx.x);
        bool is_broken = false;
        for (int tile = position / kKvTile; tile < head_dim / kKvTile * 2 && position >= certain; tile += 2) {
            is_broken |= HalfTile::clean(values + tile * HalfTile::kBytes, position % kKvTile, position >= end);
        }
        const std::uint32_t bits = __ballot_sync(kAllLanes, is_broken && position < end);
        if (position % 32 == 0) {
            broken[position / 32] = bits;
        }
    }
    __syncthreads();
}

/// The rows of a warp, and which positions they see.
template <int head_dim>
struct WarpRows {
    int first_row;  ///< of the head's rows
    int first, group, count;
    RowState<head_dim> states[kWarpTiles];

    __device__ int token_of(int row) const { return min(first_row + row, count - 1) / group; }
    /// Positions that any row sees.
    __device__ int end() const { return first_row < count ? first + token_of(kWarpTiles * kRowTile - 1) + 1 : 0; }
    __device__ void visible(int tile, int start, int (&seen_here)[2]) const {
        for (int i = 0; i < 2; ++i) {
            seen_here[i] = first + token_of(tile * kRowTile + first_row_of_lane() + i * (kRowTile / 2)) + 1 - start;
        }
    }

    /// One step of 32 positions, its keys and values in tiles of halves. broken: of clean_step, null where all rows of
    /// the block see the step.
    __device__ void attend(const PromptQueries<head_dim>& queries, const std::byte* keys, const std::byte* values,
                           int start, const std::uint32_t* broken) {
        if (start >= end()) {
            return;
        }
        Scores scores[kWarpTiles];
        score<HalfTile, head_dim, kWarpTiles>(queries, keys, scores);
#pragma unroll
        for (int tile = 0; tile < kWarpTiles; ++tile) {
            if (broken != nullptr) {
                int seen_here[2];
                visible(tile, start, seen_here);
                hide<HalfTile>(scores[tile], seen_here);
                show_broken(*broken, seen_here, states[tile]);
            }
            soften(scores[tile], states[tile]);
        }
        weigh<HalfTile, head_dim, kWarpTiles>(scores, values, 2 * HalfTile::kBytes, states);
    }

    __device__ void put(const PromptTask& task, int head) {
#pragma unroll
        for (int tile = 0; tile < kWarpTiles; ++tile) {
            add_totals(states[tile]);
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                const int row = first_row + tile * kRowTile + first_row_of_lane() + i * (kRowTile / 2);
                if (row >= count) {
                    continue;
                }
                const float factor = 1.0F / states[tile].total[i];
                float* const out = task.out + task.row_offset(head, row);
#pragma unroll
                for (int block = 0; block < head_dim / 8; ++block) {
                    const float* const two = states[tile].values[block] + 2 * i;
                    *reinterpret_cast<float2*>(out + dimension_of<HalfTile>(block, 0)) = {two[0] * factor,
                                                                                          two[1] * factor};
                }
            }
        }
    }
};

/// Blocks [key-value head][rows], those that see the most positions first.
template <typename Tile, int head_dim>
__global__ __launch_bounds__(kThreads, 2) void prompt_kernel(PromptTask task) {
    using Memory = PromptMemory<Tile, head_dim>;
    __shared__ std::uint32_t broken[2];
    wait_for_previous_kernel();
    let_next_kernel_start();
    const int head = static_cast<int>(blockIdx.x), group = task.group(), count = task.n * group, first = *task.first;
    const int from = static_cast<int>(gridDim.y - 1 - blockIdx.y) * kPromptRows;
    const int certain = first + from / group + 1, end = first + (min(from + kPromptRows, count) - 1) / group + 1;
    const std::byte* const keys = task.cache.keys + task.head_bytes() * head;
    const std::byte* const values = task.cache.values + task.head_bytes() * head;
    copy_step<Tile, head_dim>(keys, values, 0);
    PromptQueries<head_dim>::fill(Memory::queries(), [&](int row) {
        return from + row < count ? task.q + task.row_offset(head, from + row) : nullptr;
    });
    const int warp_row = static_cast<int>(threadIdx.x) / 32 * (kPromptRows / kWarps);
    const PromptQueries<head_dim> queries = {Memory::queries(), warp_row};
    WarpRows<head_dim> rows = {from + warp_row, first, group, count, {}};
    const int steps = (end + kKvBlock - 1) / kKvBlock;
    for (int step = 0; step < steps; ++step) {
        copy_async_wait<0>();
        __syncthreads();  // the step's copies are seen by all, and what the one before used is free
        if constexpr (!Memory::kIsHalf) {
            expand_tiles<Tile, head_dim, true>(Memory::stage(step), Memory::keys(step));
            expand_tiles<Tile, head_dim, false>(Memory::stage(step) + Memory::kStageBytes / 2, Memory::values(step));
            __syncthreads();
        }
        if (step + 1 < steps) {
            copy_step<Tile, head_dim>(keys, values, step + 1);
        }
        const int start = step * kKvBlock;
        const bool is_edge = start + kKvBlock > certain;
        if (is_edge) {
            clean_step<head_dim>(Memory::values(step), certain - start, end - start, broken);
        }
#pragma unroll 1
        for (int half = 0; half < 2; ++half) {
            rows.attend(queries, Memory::keys(step) + half * (Memory::kHalfBytes / 2),
                        Memory::values(step) + half * HalfTile::kBytes, start + half * kStep,
                        is_edge ? broken + half : nullptr);
        }
    }
    rows.put(task, head);
}

template <typename Tile, int head_dim>
void launch_kernel(const PromptTask& task, cudaStream_t stream) {
    const int rows = task.n * (task.heads / task.cache.kv_heads);
    const auto blocks = static_cast<unsigned>((rows + kPromptRows - 1) / kPromptRows);
    launch(prompt_kernel<Tile, head_dim>,
           {.grid = dim3(static_cast<unsigned>(task.cache.kv_heads), blocks),
            .block = dim3(kThreads),
            .shared_bytes = static_cast<std::size_t>(PromptMemory<Tile, head_dim>::kBytes),
            .stream = stream,
            .overlap = true},
           task);
}

template <typename Tile>
void launch_width(const PromptTask& task, cudaStream_t stream) {
    switch (task.cache.head_dim) {
        case 32:
            return launch_kernel<Tile, 32>(task, stream);
        case 64:
            return launch_kernel<Tile, 64>(task, stream);
        case 96:
            return launch_kernel<Tile, 96>(task, stream);
        default:
            return launch_kernel<Tile, 128>(task, stream);
    }
}

}  // namespace

void launch_prompt_attention(const KvCache& cache, const AttentionCall& call, cudaStream_t stream) {
    const PromptTask task = {cache, call.q, call.out, call.heads, call.n, call.first};
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
