// The kernel of kv_store_kernels.h.
#include "engine/kernels/cuda/kv_store.cuh"
#include "engine/kernels/cuda/launch.h"
#include "tests/engine/cuda/kv_store_kernels.h"

namespace altiplano::engine::cuda {
namespace {

__global__ void store_blocks(KvCache cache, const float* k, const float* v, int position) {
    const int across = cache.head_dim / kKvTile, part = static_cast<int>(blockIdx.x);
    const int column = part * kKvTile + static_cast<int>(threadIdx.x);
    store_key_block(cache, part / across, part % across, position, k[column]);
    store_value_block(cache, part / across, part % across, position, v[column]);
}

}  // namespace

void launch_store_blocks(const KvCache& cache, const float* k, const float* v, int position) {
    const auto parts = static_cast<unsigned>(cache.kv_heads * cache.head_dim / kKvTile);
    launch(store_blocks, {.grid = dim3(parts), .block = dim3(32)}, cache, k, v, position);
}

}  // namespace altiplano::engine::cuda
