// The KV cache on the CPU: storing into it and attending to it. Layout: device.h.
#include <algorithm>
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {

void CpuDevice::append(const KvCache& cache, ConstMatrix k, ConstMatrix v, int first) {
    const int rows = static_cast<int>(k.rows);
    assert(first + rows <= cache.context && k.cols == v.cols &&
           k.cols == std::int64_t{cache.kv_heads} * cache.head_dim);
    const int first_block = first / kKvBlock, blocks = (first + rows - 1) / kKvBlock + 1 - first_block;
    const std::int64_t head_bytes = kv_head_bytes(cache.type, cache.head_dim, cache.context);
    // A block is one thread's: its positions share cache lines.
    pool_.run(blocks * cache.kv_heads, [&](int task, int) {
        const int head = task % cache.kv_heads, block = first_block + task / cache.kv_heads;
        const int end = std::min((block + 1) * kKvBlock, first + rows);
        for (int position = std::max(block * kKvBlock, first); position < end; ++position) {
            const std::int64_t column = std::int64_t{head} * cache.head_dim;
            kernels_.attention.store_key(row_of(k, position - first) + column, cache.head_dim, cache.type, position,
                                         cache.keys + head * head_bytes);
            kernels_.attention.store_value(row_of(v, position - first) + column, cache.head_dim, cache.type, position,
                                           cache.values + head * head_bytes);
        }
    });
}

void CpuDevice::attend(const KvCache& cache, ConstMatrix q, int first, Matrix out) {
    attention_.run(cache, q, first, out, stop_);
}

}  // namespace altiplano::engine
