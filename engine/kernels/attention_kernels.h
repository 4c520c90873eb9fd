// The inner loops of attention, once for each instruction level. Layout of the cache: device.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/device/matrix.h"

namespace altiplano::engine {

inline constexpr int kLargestHeadDim = 1024;
/// Positions whose softmax is computed as one. Every row's chunks are computed alike and merged from the first to the
/// last, however they are shared out, so the result does not depend on that. Long enough that merging costs nothing,
/// short enough that few key-value heads still keep many threads busy.
inline constexpr int kAttentionChunk = 256;

/// A row's softmax over some positions, before its division: values[head_dim], relative to the largest weight; then the
/// binary logarithm of that weight, then the sum of the relative weights; the rest is unused.
inline constexpr int kPartialTail = 16;

/// Some tokens' attention over one chunk of one key-value head, for the query heads that share it.
struct AttentionTask {
    const float* q = nullptr;  ///< by pack_queries
    int rows = 0;              ///< tokens * group, a token's heads one after another
    int group = 0;             ///< query heads of a token
    int head_dim = 0;          ///< a multiple of 32, at most kLargestHeadDim
    int positions = 0;         ///< of the chunk, that the first token attends to; each further token sees one more
    const std::byte* keys = nullptr;  ///< of this head, from the chunk's first position on
    const std::byte* values = nullptr;
    DType type = DType::F16;
    float* expanded = nullptr;  ///< room for the chunk's keys and values: 2 * kAttentionChunk * head_dim
    float* partials = nullptr;  ///< [rows, head_dim + kPartialTail]: the result
};

struct AttentionKernels {
    /// Rearranges the queries [tokens, group, head_dim] for attend_chunk; tokens are stride floats apart. packed holds
    /// as many values.
    void (*pack_queries)(const float* q, std::int64_t stride, int tokens, int group, int head_dim, float* packed);
    /// A row's result has the same bits whatever other rows the task has.
    void (*attend_chunk)(const AttentionTask& task);
    /// state = the softmax over the positions of both.
    void (*merge_partial)(float* state, const float* later, int head_dim);
    /// out[head_dim] = the finished softmax.
    void (*finish_partial)(const float* state, int head_dim, float* out);
    /// Rounds one position's values[head_dim] to the cache's type and puts them to their place in their head's part.
    void (*store_key)(const float* key, int head_dim, DType type, int position, std::byte* keys);
    void (*store_value)(const float* value, int head_dim, DType type, int position, std::byte* values);
};

}  // namespace altiplano::engine
