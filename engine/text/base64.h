// Base64 as Meta's vocabulary files use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace altiplano::engine {

/// The bytes that text spells, or nothing where it is not padded base64 of the standard alphabet.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace altiplano::engine
