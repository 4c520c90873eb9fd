// The words of pinned host memory through which the kernels of all ranks and the host talk while streams are at work.
#pragma once

#include <chrono>
#include <cstdint>
#include <cuda_runtime_api.h>
#include <string>
#include <vector>

#include "engine/device/cuda/handles.h"
#include "engine/kernels/cuda/rank_signals.h"

namespace altiplano::engine::cuda {

/// Where one rank computes. The stream is the device's and outlives whoever holds this.
struct RankStream {
    int card = 0;
    cudaStream_t stream = nullptr;
};

/// Whether two of the ranks compute on the same card.
bool share_cards(const std::vector<RankStream>& ranks);

/// Any thread.
class RankBoard {
public:
    explicit RankBoard(int ranks);

    /// What kernels are given.
    const std::uint32_t* abort_flag() const noexcept;
    RankSignals* signals(int rank) const noexcept;

    /// Every kernel that waits for another rank ends, and so does every later one, until clear().
    void raise_abort() noexcept;
    void clear() noexcept;

    /// How far each rank has come; empty while none waits: see Watchdog::Look.
    std::vector<std::uint32_t> progress() const;
    /// The ranks that others wait for and that wait for none. Empty where all have come and still wait.
    std::vector<int> missing() const;
    /// The ranks that wait.
    std::vector<int> waiting() const;

private:
    bool waits(int rank) const;

    const int ranks_;
    Pinned memory_;  ///< the abort flag, and from the next line on the signals
};

/// Why the ranks stand still, as the board has it: who did not come within patience. names: of all ranks.
std::string hang_in_words(const RankBoard& board, const std::vector<std::string>& names,
                          std::chrono::milliseconds patience);

}  // namespace altiplano::engine::cuda
