// Attention on CUDA: many tokens by tiles of rows, few by parts of the positions.
#pragma once

#include <cuda_runtime.h>

#include "engine/device/device.h"
#include "engine/kernels/attention_parts.h"

namespace altiplano::engine::cuda {

/// What an attention needs beside the cache; all pointers are to device memory.
struct AttentionCall {
    const float* q = nullptr;  ///< [n, heads * head_dim], already rotated
    float* out = nullptr;      ///< the same shape; not q
    int n = 0;
    int heads = 0;
    /// The position of row 0: row r attends to positions [0, *first + r], which the cache holds. Written by an
    /// operation that had ended before the kernel ahead of this one began: it is read before
    /// wait_for_previous_kernel().
    const int* first = nullptr;
    float* partials = nullptr;  ///< attention_partial_bytes(); used until the call's work is done
    int multiprocessors = 0;    ///< of the card
};

/// out = softmax(q k^T / sqrt(head_dim)) v   cache.type: F32, F16, Q8_0 or F8_E4M3; head_dim: a multiple of 32, at most
/// 1024; heads: a multiple of kv_heads. Launches the same kernels with the same grids whatever *first is, so a capture
/// may be replayed. A row's bits are the same for n = 1 to 16 and do not depend on the other rows; what the cache holds
/// beyond a row's position does not count, even where it is no number.
void launch_attention(const KvCache& cache, const AttentionCall& call, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
