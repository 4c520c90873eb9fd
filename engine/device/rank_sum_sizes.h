// The memory of each card that adding up over ranks takes: what the CUDA module reserves and what a plan counts.
#pragma once

#include <cstdint>

namespace altiplano::engine {

/// The largest message of the one-shot all-reduce: up to here the time of the way, not that of the bytes, counts.
inline constexpr std::int64_t kOneShotBytes = 512 * 1024;
/// Flags and counters before its slots.
inline constexpr std::int64_t kOneShotHeaderBytes = 4096;
/// NCCL adds up in pieces: large enough for the full speed of NVLink, and all that a sum needs besides the message.
inline constexpr std::int64_t kNcclPieceBytes = 16 << 20;
/// A counter before the piece.
inline constexpr std::int64_t kNcclHeaderBytes = 256;

/// Two slots for each rank.
constexpr std::int64_t one_shot_buffer_bytes(int ranks) {
    return kOneShotHeaderBytes + 2 * ranks * kOneShotBytes;
}

/// On each card, NCCL's own memory aside.
constexpr std::int64_t rank_sum_bytes(int ranks) {
    return ranks < 2 ? 0 : one_shot_buffer_bytes(ranks) + kNcclHeaderBytes + kNcclPieceBytes;
}

}  // namespace altiplano::engine
