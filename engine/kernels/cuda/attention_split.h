// The two kernels of attention over few tokens: parts of the positions, then their sum.
#pragma once

#include "engine/kernels/cuda/attention.h"

namespace altiplano::engine::cuda {

/// As launch_attention, for rows [first_row, first_row + rows) of the call's, at most kSplitTokens; cache.type is not
/// F32 and head_dim one of 32, 64, 96 and 128.
void launch_split_attention(const KvCache& cache, const AttentionCall& call, int first_row, int rows,
                            cudaStream_t stream);

}  // namespace altiplano::engine::cuda
