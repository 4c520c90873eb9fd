// Batches of rows, chunks of positions, and who computes which. The arithmetic is in levels/attend.cpp.
#include "engine/kernels/cpu_attention.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {
namespace {

// Rows that go through a chunk together: enough that expanding it costs little beside using it.
constexpr int kRowsTogether = 192;
// Tokens that are shared out at once, so that the tasks stay far below what the pool can count.
constexpr int kTokensAtOnce = 2048;
// Tasks for each thread, so that the last ones to end wait little.
constexpr int kTasksPerThread = 16;
constexpr std::int64_t kMostPartialBytes = std::int64_t{64} << 20;

}  // namespace

/// Neighbouring tokens whose last positions are in the same chunk.
struct CpuAttention::Batch {
    int row = 0;
    int tokens = 0;
    int chunks = 0;
};

/// A thread's own memory.
struct CpuAttention::Scratch {
    float* packed;    ///< the queries of a batch
    float* expanded;  ///< the keys and values of a chunk
    float* state;     ///< [rows, partial_floats]: of the chunks so far
    float* partials;  ///< [rows, partial_floats]: of the chunk in hand
};

/// What is the same for all tasks of one attention.
struct CpuAttention::Call {
    const KvCache& cache;
    ConstMatrix q;
    int first = 0;
    Matrix out;
    const std::stop_token& stop;
    int group = 0;  ///< query heads that share a key-value head

    int partial_floats() const { return cache.head_dim + kPartialTail; }
    int tokens_together() const { return std::max(1, kRowsTogether / group); }
    int rows_together() const { return tokens_together() * group; }
    std::int64_t packed_floats() const { return std::int64_t{rows_together()} * cache.head_dim; }
    std::int64_t expanded_floats() const { return std::int64_t{2} * kAttentionChunk * cache.head_dim; }
    std::int64_t partials_floats() const { return std::int64_t{rows_together()} * partial_floats(); }
    std::int64_t scratch_floats() const { return packed_floats() + expanded_floats() + 2 * partials_floats(); }

    std::vector<Batch> batches(int begin, int end) const {
        std::vector<Batch> result;
        for (int row = begin; row < end;) {
            const int chunk = (first + row) / kAttentionChunk;
            const int chunk_end = (chunk + 1) * kAttentionChunk - first;
            const int tokens = std::min({tokens_together(), chunk_end - row, end - row});
            result.push_back({row, tokens, chunk + 1});
            row += tokens;
        }
        return result;
    }

    void pack(const AttentionKernels& kernels, const Batch& batch, int head, float* packed) const {
        kernels.pack_queries(row_of(q, batch.row) + head * group * cache.head_dim, q.cols, batch.tokens, group,
                             cache.head_dim, packed);
    }

    AttentionTask task(const Batch& batch, int head, int chunk) const {
        const std::int64_t start = head * kv_head_bytes(cache.type, cache.head_dim, cache.context) +
                                   kv_head_bytes(cache.type, cache.head_dim, chunk * kAttentionChunk);
        AttentionTask task;
        task.rows = batch.tokens * group;
        task.group = group;
        task.head_dim = cache.head_dim;
        task.positions = std::min(first + batch.row + 1 - chunk * kAttentionChunk, kAttentionChunk);
        task.keys = cache.keys + start;
        task.values = cache.values + start;
        task.type = cache.type;
        return task;
    }

    /// Where the row'th row of the batch goes.
    float* out_of(const Batch& batch, int head, int row) const {
        return row_of(out, batch.row + row / group) + (head * group + row % group) * cache.head_dim;
    }
};

void CpuAttention::reserve(const Call& call) {
    const std::int64_t bytes = pool_.threads() * call.scratch_floats() * static_cast<std::int64_t>(sizeof(float));
    if (scratch_.size() < bytes) {
        scratch_ = HostBuffer(bytes, "the attention");
    }
}

CpuAttention::Scratch CpuAttention::scratch_of(const Call& call, int thread) const {
    float* const start = reinterpret_cast<float*>(scratch_.data()) + thread * call.scratch_floats();
    float* const expanded = start + call.packed_floats();
    float* const state = expanded + call.expanded_floats();
    return {start, expanded, state, state + call.partials_floats()};
}

void CpuAttention::attend_whole(const Call& call, std::span<const Batch> batches) {
    const int count = static_cast<int>(batches.size());
    pool_.run(count * call.cache.kv_heads, [&](int index, int thread) {
        // The last batches see the most positions; what comes last should be short.
        const Batch& batch = batches[static_cast<std::size_t>(count - 1 - index / call.cache.kv_heads)];
        const int head = index % call.cache.kv_heads, head_dim = call.cache.head_dim;
        const Scratch scratch = scratch_of(call, thread);
        call.pack(kernels_, batch, head, scratch.packed);
        for (int chunk = 0; chunk < batch.chunks; ++chunk) {
            if (call.stop.stop_requested()) {
                return;
            }
            AttentionTask task = call.task(batch, head, chunk);
            task.q = scratch.packed;
            task.expanded = scratch.expanded;
            task.partials = chunk == 0 ? scratch.state : scratch.partials;
            kernels_.attend_chunk(task);
            for (int row = 0; chunk > 0 && row < task.rows; ++row) {
                kernels_.merge_partial(scratch.state + row * call.partial_floats(),
                                       scratch.partials + row * call.partial_floats(), head_dim);
            }
        }
        for (int row = 0; row < batch.tokens * call.group; ++row) {
            kernels_.finish_partial(scratch.state + row * call.partial_floats(), head_dim,
                                    call.out_of(batch, head, row));
        }
    });
}

std::int64_t CpuAttention::split_bytes(const Call& call, const Batch& batch) const {
    return std::int64_t{call.cache.kv_heads} * batch.chunks * batch.tokens * call.group * call.partial_floats() *
           static_cast<std::int64_t>(sizeof(float));
}

void CpuAttention::attend_split(const Call& call, const Batch& batch) {
    if (partials_.size() < split_bytes(call, batch)) {
        partials_ = HostBuffer(split_bytes(call, batch), "the attention");
    }
    const int heads = call.cache.kv_heads, rows = batch.tokens * call.group;
    const std::int64_t chunk_floats = std::int64_t{rows} * call.partial_floats();
    float* const partials = reinterpret_cast<float*>(partials_.data());
    const int run = std::max(1, batch.chunks * heads / (kTasksPerThread * pool_.threads()));
    const int runs = (batch.chunks + run - 1) / run;
    pool_.run(heads * runs, [&](int index, int thread) {
        const int head = index / runs, begin = index % runs * run;
        const Scratch scratch = scratch_of(call, thread);
        call.pack(kernels_, batch, head, scratch.packed);
        for (int chunk = begin; chunk < std::min(begin + run, batch.chunks) && !call.stop.stop_requested(); ++chunk) {
            AttentionTask task = call.task(batch, head, chunk);
            task.q = scratch.packed;
            task.expanded = scratch.expanded;
            task.partials = partials + (std::int64_t{head} * batch.chunks + chunk) * chunk_floats;
            kernels_.attend_chunk(task);
        }
    });
    pool_.run(heads * rows, [&](int index, int) {
        const int head = index / rows, row = index % rows;
        float* const state = partials + std::int64_t{head} * batch.chunks * chunk_floats + row * call.partial_floats();
        for (int chunk = 1; chunk < batch.chunks; ++chunk) {
            kernels_.merge_partial(state, state + chunk * chunk_floats, call.cache.head_dim);
        }
        kernels_.finish_partial(state, call.cache.head_dim, call.out_of(batch, head, row));
    });
}

void CpuAttention::run(const KvCache& cache, ConstMatrix q, int first, Matrix out, const std::stop_token& stop) {
    const Call call = {cache, q, first, out, stop, static_cast<int>(q.cols / cache.head_dim / cache.kv_heads)};
    assert(call.group * cache.kv_heads * std::int64_t{cache.head_dim} == q.cols && out.cols == q.cols &&
           out.rows == q.rows);
    reserve(call);
    const int rows = static_cast<int>(q.rows);
    for (int begin = 0; begin < rows; begin += kTokensAtOnce) {
        const std::vector<Batch> batches = call.batches(begin, std::min(begin + kTokensAtOnce, rows));
        const bool many = static_cast<int>(batches.size()) * cache.kv_heads >= kTasksPerThread / 2 * pool_.threads();
        if (many || split_bytes(call, batches.back()) > kMostPartialBytes || batches.back().chunks == 1) {
            attend_whole(call, batches);
            continue;
        }
        for (const Batch& batch : batches) {
            attend_split(call, batch);
        }
    }
}

}  // namespace altiplano::engine
