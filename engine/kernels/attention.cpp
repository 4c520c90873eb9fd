// Attention over the cached positions on the CPU: one token and key-value head a task. Layout of the cache: device.h.
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {

void CpuDevice::append(const KvCache& cache, ConstMatrix k, ConstMatrix v, int first) {
    assert(first + k.rows <= cache.context && k.cols == v.cols &&
           k.cols == std::int64_t{cache.kv_heads} * cache.head_dim);
    const std::int64_t value_bytes = block_bytes(cache.type);
    pool_.run(static_cast<int>(k.rows), [&](int row, int) {
        const int position = first + row;
        for (int head = 0; head < cache.kv_heads; ++head) {
            const std::int64_t head_start = std::int64_t{head} * cache.context * cache.head_dim;
            const std::int64_t block_start = std::int64_t{position / kKvBlock} * kKvBlock * cache.head_dim;
            kernels_.store_values(row_of(k, row) + head * cache.head_dim, cache.head_dim, cache.type,
                                  cache.keys + (head_start + block_start + position % kKvBlock) * value_bytes,
                                  kKvBlock);
            kernels_.store_values(row_of(v, row) + head * cache.head_dim, cache.head_dim, cache.type,
                                  cache.values + (head_start + std::int64_t{position} * cache.head_dim) * value_bytes,
                                  1);
        }
    });
}

void CpuDevice::attention(const KvCache& cache, ConstMatrix q, int first, Matrix out) {
    const int group = static_cast<int>(q.cols / cache.head_dim / cache.kv_heads);
    assert(group * cache.kv_heads * std::int64_t{cache.head_dim} == q.cols && out.cols == q.cols && out.rows == q.rows);
    const std::int64_t head_bytes = kv_head_bytes(cache.type, cache.head_dim, cache.context);
    pool_.run(static_cast<int>(q.rows) * cache.kv_heads, [&](int task, int) {
        if (stop_.stop_requested()) {
            return;
        }
        const int row = task / cache.kv_heads, head = task % cache.kv_heads;
        AttentionTask attention;
        attention.q = row_of(q, row) + head * group * cache.head_dim;
        attention.rows = group;
        attention.head_dim = cache.head_dim;
        attention.positions = first + row + 1;
        attention.keys = cache.keys + head * head_bytes;
        attention.values = cache.values + head * head_bytes;
        attention.type = cache.type;
        attention.out = row_of(out, row) + head * group * cache.head_dim;
        kernels_.attend(attention);
    });
}

}  // namespace altiplano::engine
