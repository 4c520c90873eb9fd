// One card's memory, and which card the calls of this thread mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/device/device_memory.h"

namespace altiplano::engine::cuda {

/// What cudaMalloc gives and every kernel may rely on.
inline constexpr std::int64_t kAlignment = 256;

/// CUDA calls of this thread mean this card from now on.
void use_card(int card);
/// The card that this thread chose last; none before.
std::optional<int> used_card() noexcept;

/// Throws Error(OutOfMemory) with the needed and the free size.
DeviceMemory reserve_on_card(int card, std::int64_t bytes, const std::string& what);

}  // namespace altiplano::engine::cuda
