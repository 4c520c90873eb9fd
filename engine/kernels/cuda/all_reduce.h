// The sum over the ranks of a decode-size message in one kernel: every rank writes its part into the others' memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cuda_runtime.h>

#include "engine/device/rank_sum_sizes.h"
#include "engine/kernels/cuda/rank_signals.h"

namespace altiplano::engine::cuda {

/// What one rank's kernel knows. The pointers stay the same for as long as graphs hold them.
struct OneShotRank {
    /// For each rank one_shot_buffer_bytes(ranks) on its card, which this card can write to. Zero at first, and again
    /// on every rank after an abort.
    std::byte* buffers[kMaxRanks] = {};
    const std::uint32_t* abort = nullptr;  ///< pinned host memory: not 0 ends every kernel, its sum then undefined
    RankSignals* signals = nullptr;        ///< of this rank
    int rank = 0;
    int ranks = 0;
    bool shares_card = false;  ///< other ranks compute on the same card
};

/// Loads the kernel for so many ranks to the current card. Else its first launch would, which may wait for whatever is
/// under way on any card: also for the kernel of a rank that waits for this one.
void load_one_shot(int ranks);

/// sum[count] += (partial of rank 0 + that of rank 1 + ...), the same bits on every rank. Aligned to 16 bytes; count: a
/// multiple of 4, the same on every rank, at most kOneShotBytes. All ranks launch the same sequence of counts. May be
/// captured: a replay counts on where the last launch or replay ended.
void launch_one_shot(const OneShotRank& self, const float* partial, float* sum, std::int64_t count,
                     cudaStream_t stream);

}  // namespace altiplano::engine::cuda
