// Reads UTF-8 that may be broken or cut anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace altiplano::engine {

enum class Utf8State : std::uint8_t {
    Whole,   ///< a character
    Broken,  ///< bytes that no continuation can turn into one
    Open,    ///< the text ends inside what may be one
};

struct Utf8Char {
    char32_t code = 0;  ///< 0 unless Whole
    int length = 0;     ///< bytes: of the character, or of its longest beginning
    Utf8State state = Utf8State::Whole;
};

/// The character at position, which must be inside text. Overlong forms, surrogates and codes above U+10FFFF are
/// Broken; a Broken or Open one is as long as the part that could have become a character, at least one byte.
Utf8Char read_utf8(std::string_view text, std::size_t position) noexcept;

/// Turns bytes that come in arbitrary pieces into text that is valid UTF-8: gives whole characters as soon as they are
/// complete, holds at most three bytes back, and writes U+FFFD for what never completes.
class Utf8Stream {
public:
    /// The characters completed by these bytes.
    std::string push(std::string_view bytes);
    /// The end: U+FFFD where a character is still open, else nothing.
    std::string finish();
    /// Bytes of the character that is still open.
    std::string_view open_bytes() const noexcept { return open_; }

private:
    std::string open_;
};

/// Replaces broken bytes, and an open end, by U+FFFD.
std::string valid_utf8(std::string_view bytes);

}  // namespace altiplano::engine
