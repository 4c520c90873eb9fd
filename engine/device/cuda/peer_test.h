// Whether cards really reach each other's memory: some machines say so, and the bytes never arrive.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace altiplano::engine::cuda {

struct PeerResult {
    std::vector<std::string> failures;  ///< one sentence, without a full stop, for each pair and direction that fails
    bool all_pass() const noexcept { return failures.empty(); }
};

/// Lets every card write to the memory of every other, has each write a pattern there in both directions, in several
/// sizes, and looks whether it arrived. The result is kept for the process, for each set of cards by their places on
/// the bus. Cards may repeat. Several threads may call; the cards should be idle. Throws Error where a card itself
/// fails.
PeerResult test_peers(std::span<const int> cards);

}  // namespace altiplano::engine::cuda
