// How the rows and positions of one attention are shared out to the threads.
#pragma once

#include <span>
#include <stop_token>

#include "engine/device/device.h"
#include "engine/device/host_memory.h"
#include "engine/device/thread_pool.h"
#include "engine/kernels/attention_kernels.h"

namespace altiplano::engine {

/// Belongs to one device, which keeps the pool and the kernels alive. Where rows are many, each task takes some through
/// all chunks of positions; where they are few, as in decoding, the chunks are shared out too and merged afterwards. A
/// row goes through the same steps in the same order either way, so its bits do not depend on the choice.
class CpuAttention {
public:
    CpuAttention(ThreadPool& pool, const AttentionKernels& kernels) : pool_(pool), kernels_(kernels) {}

    /// As Device::attention. Throws Error(OutOfMemory).
    void run(const KvCache& cache, ConstMatrix q, int first, Matrix out, const std::stop_token& stop);

private:
    struct Call;
    struct Batch;
    struct Scratch;
    void reserve(const Call& call);
    Scratch scratch_of(const Call& call, int thread) const;
    std::int64_t split_bytes(const Call& call, const Batch& batch) const;
    void attend_whole(const Call& call, std::span<const Batch> batches);
    void attend_split(const Call& call, const Batch& batch);

    ThreadPool& pool_;
    const AttentionKernels& kernels_;
    HostBuffer scratch_;   ///< a Scratch for each thread
    HostBuffer partials_;  ///< of chunks that are shared out: [kv_heads][chunks][rows]
};

}  // namespace altiplano::engine
