// Whether the one-shot all-reduce adds up rightly on these very cards.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/device/cuda/one_shot.h"
#include "engine/device/cuda/rank_board.h"

namespace altiplano::engine::cuda {

/// Long beside the milliseconds it takes, short for a person who waits for a model to load.
inline constexpr std::chrono::milliseconds kProofPatience = std::chrono::seconds(10);

/// Adds up known numbers of several sizes on all ranks, each from a thread of its own. Empty where all sums were right;
/// else what was not, also that a rank waited longer than patience; then the board is to be cleared. Throws Error where
/// a card itself fails.
std::string prove_one_shot(const OneShot& one_shot, const std::vector<RankStream>& ranks, RankBoard& board,
                           std::chrono::milliseconds patience);

}  // namespace altiplano::engine::cuda
