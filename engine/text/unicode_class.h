// The classes of characters that the Llama 3 pattern tells apart.
#pragma once

#include <cstdint>
#include <span>

namespace altiplano::engine {

enum class CharClass : std::uint8_t { Other, Letter, Number, WhiteSpace };

/// Code points first to last, both included.
struct ClassRange {
    char32_t first;
    char32_t last;
    CharClass char_class;
};

/// Every range that is not Other, in ascending order.
std::span<const ClassRange> class_ranges() noexcept;

CharClass class_of(char32_t code) noexcept;

}  // namespace altiplano::engine
