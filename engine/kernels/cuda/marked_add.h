// The two ends of a reduction that a library does in between: a mark that it began, the addition, a mark that it ended.
#pragma once

#include <cstdint>
#include <cuda_runtime.h>

#include "engine/kernels/cuda/rank_signals.h"

namespace altiplano::engine::cuda {

/// Loads both kernels to the current card: see load_one_shot.
void load_marked_add();

/// signals->entered = ++*counter   counter: in the card's memory, so that replayed graphs count on.
void launch_enter(RankSignals* signals, std::uint32_t* counter, cudaStream_t stream);

/// sum[count] += total[count], then signals->left = *counter   aligned to 16 bytes; count: a multiple of 4
void launch_add_and_leave(float* sum, const float* total, std::int64_t count, RankSignals* signals,
                          const std::uint32_t* counter, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
