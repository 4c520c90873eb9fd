// Which engine computed an answer: stored with each answer.
#pragma once

#include <string_view>

namespace altiplano::engine {

/// The version of the whole program: the build reads it here. Raised whenever the arithmetic, and so the text for a
/// given seed, may change, too.
inline constexpr std::string_view kEngineVersion = "0.2.0";

}  // namespace altiplano::engine
