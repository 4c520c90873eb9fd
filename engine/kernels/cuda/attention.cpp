// Which kernels an attention takes.
#include "engine/kernels/cuda/attention.h"

#include <algorithm>
#include <cassert>

#include "engine/kernels/cuda/attention_plain.h"
#include "engine/kernels/cuda/attention_prompt.h"
#include "engine/kernels/cuda/attention_split.h"

namespace altiplano::engine::cuda {
namespace {

// By parts, tokens are computed sixteen at a time, and each time the cache is read. Up to so many that costs less than
// leaving most multiprocessors idle.
constexpr int kMostSplitCalls = 8;

bool is_for_tensor_cores(const KvCache& cache) {
    return cache.type != DType::F32 &&
           (cache.head_dim == 32 || cache.head_dim == 64 || cache.head_dim == 96 || cache.head_dim == 128);
}

bool are_few(const KvCache& cache, const AttentionCall& call) {
    const int rows = call.n * (call.heads / cache.kv_heads);
    const int blocks = (rows + kPromptRows - 1) / kPromptRows * cache.kv_heads;
    return call.n <= kSplitTokens || (call.n <= kMostSplitCalls * kSplitTokens && 2 * blocks <= call.multiprocessors);
}

}  // namespace

void launch_attention(const KvCache& cache, const AttentionCall& call, cudaStream_t stream) {
    assert(call.heads % cache.kv_heads == 0 && cache.head_dim % kKvTile == 0);
    if (!is_for_tensor_cores(cache)) {
        launch_plain_attention(cache, call, stream);
    } else if (!are_few(cache, call)) {
        launch_prompt_attention(cache, call, stream);
    } else {
        for (int row = 0; row < call.n; row += kSplitTokens) {
            launch_split_attention(cache, call, row, std::min(kSplitTokens, call.n - row), stream);
        }
    }
}

}  // namespace altiplano::engine::cuda
