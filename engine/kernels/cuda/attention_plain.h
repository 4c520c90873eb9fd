// Attention without tensor cores.
#pragma once

#include "engine/kernels/cuda/attention.h"

namespace altiplano::engine::cuda {

/// As launch_attention, for every type of cache and width of head.
void launch_plain_attention(const KvCache& cache, const AttentionCall& call, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
