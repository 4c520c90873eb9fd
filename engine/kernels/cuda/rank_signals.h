// What the kernels of one rank tell the host while they wait for other ranks.
#pragma once

#include <cstdint>

namespace altiplano::engine::cuda {

inline constexpr int kMaxRanks = 8;

/// In pinned host memory, one for each rank; written by its kernels, read by the watchdog. Zero at first.
struct alignas(64) RankSignals {
    std::uint32_t waits_for[kMaxRanks];  ///< the number of the reduction that a rank's part is missing for; 0: none
    std::uint32_t entered;               ///< large reductions begun
    std::uint32_t left;                  ///< and ended
};

}  // namespace altiplano::engine::cuda
