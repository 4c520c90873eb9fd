// The likeliest tokens as a GPU finds them (cuda/short_list.h): how they lie in memory, its scratch, and what becomes
// of them on the host. For kernels, for whoever copies them and for the plan of the memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace altiplano::engine {

/// Tokens that a short list may be asked for.
inline constexpr int kMostCandidates = 1024;

/// A short list in memory: this, then float logits[k] and int ids[k] for the k that were asked for; count of them are
/// set, by falling logit and, of equals, rising id.
struct ShortListHeader {
    /// Of all tokens: the sum of e^((logit - highest) / temperature), within kShortListError of it.
    double total = 0;
    /// As many as were asked for or as there are; 0 where a logit is not finite, or too many are nearly alike to be
    /// sorted out: then all logits must be looked at.
    std::int32_t count = 0;
    std::int32_t reserved = 0;
};
inline constexpr double kShortListError = 1e-9;

constexpr std::int64_t short_list_bytes(int k) {
    return static_cast<std::int64_t>(sizeof(ShortListHeader)) + std::int64_t{8} * k;
}

/// How finding them goes: blocks of logits; a count of them by how far they are below the highest; those above a cut.
inline constexpr int kShortListBlockLogits = 1024;
inline constexpr int kShortListBins = 4096;
inline constexpr int kShortListRoom = 2 * kMostCandidates;

struct ShortListScratch {
    std::uint64_t gathered[kShortListRoom];
    std::int32_t bins[kShortListBins];
    std::int32_t gathered_count;
    std::int32_t reserved;
};

/// Scratch for a vocabulary, aligned to 8: ShortListScratch, then for each block of logits a double (the weights' sum)
/// and a float (the highest).
constexpr std::int64_t short_list_scratch_bytes(std::int64_t vocab_size) {
    const std::int64_t blocks = (vocab_size + kShortListBlockLogits - 1) / kShortListBlockLogits;
    return static_cast<std::int64_t>(sizeof(ShortListScratch)) + 12 * blocks;
}

/// Memory that holds scratch and list for any vocabulary of a million tokens.
inline constexpr std::int64_t kShortListRoomBytes = std::int64_t{64} << 10;

/// A short list on the host; empty where there is none.
struct LikeliestTokens {
    std::vector<int> ids;
    std::vector<float> logits;
    double total = 0;  ///< as ShortListHeader::total, for the temperature that was asked for
};

/// bytes: short_list_bytes(k).
LikeliestTokens read_short_list(std::span<const std::byte> bytes, int k);
/// The k likeliest of all ranks, each of which gave k or all it has of its own tokens. Empty where one is.
LikeliestTokens merge_likeliest(std::span<const LikeliestTokens> ranks, int k, double temperature);

}  // namespace altiplano::engine
