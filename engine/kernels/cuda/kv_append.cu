// Storing many tokens' keys and values: one block per tile [32 positions][32 dimensions], turned round in shared memory
// so that both sides are read and written in whole lines. Twin: levels/kv_store.cpp.
#include "engine/kernels/cuda/kv_append.h"
#include "engine/kernels/cuda/kv_store.cuh"
#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kWarps = 8;  // four positions each: enough loads under way, and room for eight blocks on a multiprocessor

struct AppendTask {
    KvCache cache;
    const float* k;
    const float* v;
    int n;
    const int* first;
};

__global__ void append_kernel(AppendTask task) {
    __shared__ std::uint32_t numbers[kKvTile][kKvTile + 1];  // a column more: no bank meets itself
    wait_for_previous_kernel();
    let_next_kernel_start();
    const KvCache& cache = task.cache;
    const int lane = static_cast<int>(threadIdx.x) % 32, warp = static_cast<int>(threadIdx.x) / 32;
    const int across = cache.head_dim / kKvTile;
    const int head = static_cast<int>(blockIdx.y) / across, block = static_cast<int>(blockIdx.y) % across;
    const bool is_key = blockIdx.z == 0;
    const int first = *task.first;
    const int tile_start = (first / kKvTile + static_cast<int>(blockIdx.x)) * kKvTile;
    const int begin = max(first - tile_start, 0), end = min(first + task.n - tile_start, kKvTile);
    if (begin >= end) {
        return;  // the grid is for the worst place of first in its tile
    }
    std::byte* const tile = is_key ? cache.keys + key_tile_offset(cache, head, tile_start, block)
                                   : cache.values + value_tile_offset(cache, head, tile_start, block);
    const float* const from = (is_key ? task.k : task.v) + std::int64_t{head} * cache.head_dim + block * kKvTile + lane;
    for (int position = begin + warp; position < end; position += kWarps) {
        const std::int64_t row = tile_start + position - first;
        const StoredNumber stored = round_for_cache(cache.type, from[row * cache.kv_heads * cache.head_dim]);
        numbers[position][lane] = stored.bits;
        if (lane == 0) {
            put_scale(tile, cache.type, position, stored.scale);
        }
    }
    __syncthreads();
    for (int row = warp; row < kKvTile; row += kWarps) {
        const int position = is_key ? lane : row, dimension = is_key ? row : lane;
        if (position >= begin && position < end) {
            put_number(tile, cache.type, row * kKvTile + lane, numbers[position][dimension]);
        }
    }
}

}  // namespace

void launch_append(const KvCache& cache, const float* k, const float* v, int n, const int* first, cudaStream_t stream) {
    const auto tiles = static_cast<unsigned>((n + kKvTile - 1) / kKvTile + 1);
    const auto parts = static_cast<unsigned>(cache.kv_heads * (cache.head_dim / kKvTile));
    launch(append_kernel,
           {.grid = dim3(tiles, parts, 2), .block = dim3(32 * kWarps), .stream = stream, .overlap = true},
           AppendTask{cache, k, v, n, first});
}

}  // namespace altiplano::engine::cuda
