// Random weights of any type whose values have about the size that trained ones have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/device/matrix.h"

namespace altiplano::engine {

/// Valid blocks of the type, one after another, at least bytes long; values around 0, their mean square about 0.02^2.
/// Of F8_E4M3 the values are those of a row whose scale is kSyntheticRowScale. The same bytes each time.
std::vector<std::byte> synthetic_blocks(DType type, std::size_t bytes);

inline constexpr float kSyntheticRowScale = 1.0F / 8192;

}  // namespace altiplano::engine
