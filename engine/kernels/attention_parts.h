// How attention on a GPU shares positions out when tokens are few, and the memory that its parts' results take. Pure
// arithmetic, for the kernels (cuda/attention.h) and for the plan of the memory.
#pragma once

#include <algorithm>
#include <cstdint>

namespace altiplano::engine {

/// Tokens that are computed at once by parts: a token and a guess of fifteen.
inline constexpr int kSplitTokens = 16;
/// Positions that a part takes at a time: part p has spans p, p + parts, p + 2 * parts and so on. Which part a position
/// is in thus depends neither on how many are in use nor on the tokens of the call: a token's bits are the same.
inline constexpr int kAttentionSpan = 128;

/// Parts that the memory must hold. Two blocks of 96 KiB fit on a multiprocessor: for eight key-value heads 33 parts
/// fill the 132 of an H200. One head alone, as on a rank of eight, gets a part for each.
constexpr int most_attention_parts(int kv_heads) {
    return std::max(64, 128 / kv_heads);
}

/// Parts for a cache of so many positions on a card with so many multiprocessors.
constexpr int attention_parts(int kv_heads, int context, int multiprocessors) {
    const int wanted = (2 * multiprocessors + kv_heads - 1) / kv_heads;
    const int spans = (context + kAttentionSpan - 1) / kAttentionSpan;
    return std::clamp(std::min(wanted, spans), 1, most_attention_parts(kv_heads));
}

/// The scratch of attention, whatever the context: for each row of queries and each part the weighted values, their
/// largest exponent and the sum of the weights.
constexpr std::int64_t attention_partial_bytes(int heads, int kv_heads, int head_dim) {
    return std::int64_t{4} * kSplitTokens * heads * most_attention_parts(kv_heads) * (head_dim + 2);
}

}  // namespace altiplano::engine
