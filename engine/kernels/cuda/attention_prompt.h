// Attention over many tokens, as in a prompt.
#pragma once

#include "engine/kernels/cuda/attention.h"

namespace altiplano::engine::cuda {

/// Rows (tokens times the query heads that share a key-value head) of a block: four warps of 32. A warp's two row tiles
/// share each fragment of keys and values: with one, reading them from shared memory would hold the tensor cores up.
inline constexpr int kPromptRows = 128;

/// As launch_attention for any n; cache.type is not F32 and head_dim one of 32, 64, 96 and 128.
void launch_prompt_attention(const KvCache& cache, const AttentionCall& call, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
