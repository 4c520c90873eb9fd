// The Llama 3 pattern by hand: one function for each of its alternatives.
#include "engine/text/piece_scanner.h"

#include "engine/text/unicode_class.h"
#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

struct Char {
    char32_t code = 0;
    std::size_t length = 0;  ///< bytes; 0 at the end of the text
    CharClass char_class = CharClass::Other;

    bool is(CharClass wanted) const noexcept { return length > 0 && char_class == wanted; }
    bool is_line_end() const noexcept { return length > 0 && (code == U'\r' || code == U'\n'); }
};

Char char_at(std::string_view text, std::size_t position) noexcept {
    if (position >= text.size()) {
        return {};
    }
    const auto byte = static_cast<unsigned char>(text[position]);
    if (byte < 0x80) {
        return {byte, 1, class_of(byte)};
    }
    const Utf8Char read = read_utf8(text, position);
    const auto length = static_cast<std::size_t>(read.length);
    return read.state == Utf8State::Whole ? Char{read.code, length, class_of(read.code)}
                                          : Char{U'\uFFFD', length, CharClass::Other};
}

std::size_t skip(std::string_view text, std::size_t position, CharClass wanted) noexcept {
    Char next = char_at(text, position);
    while (next.is(wanted)) {
        position += next.length;
        next = char_at(text, position);
    }
    return position;
}

char lower_ascii(std::string_view text, std::size_t position) noexcept {
    const char byte = position < text.size() ? text[position] : '\0';
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

/// Bytes of the contraction at an apostrophe, 0 for none. U+017F is an s to a pattern that ignores case.
std::size_t contraction_length(std::string_view text, std::size_t apostrophe) noexcept {
    const char first = lower_ascii(text, apostrophe + 1);
    const char second = lower_ascii(text, apostrophe + 2);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
        return 2;
    }
    if ((first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l')) {
        return 3;
    }
    return text.substr(apostrophe + 1, 2) == "\xC5\xBF" ? 3 : 0;
}

std::size_t digits_end(std::string_view text, std::size_t position) noexcept {
    for (int digits = 0; digits < 3; ++digits) {
        const Char next = char_at(text, position);
        if (!next.is(CharClass::Number)) {
            break;
        }
        position += next.length;
    }
    return position;
}

std::size_t signs_end(std::string_view text, std::size_t position) noexcept {
    position = skip(text, position, CharClass::Other);
    while (char_at(text, position).is_line_end()) {
        ++position;
    }
    return position;
}

/// White space up to its last line end; else all of it, but for one character that is left to what follows.
std::size_t white_space_end(std::string_view text, std::size_t begin) noexcept {
    std::size_t position = begin;
    std::size_t last_begin = begin;
    std::size_t after_line_end = begin;
    Char next = char_at(text, position);
    while (next.is(CharClass::WhiteSpace)) {
        last_begin = position;
        position += next.length;
        if (next.is_line_end()) {
            after_line_end = position;
        }
        next = char_at(text, position);
    }
    if (after_line_end > begin) {
        return after_line_end;
    }
    return position < text.size() && last_begin > begin ? last_begin : position;
}

}  // namespace

std::size_t piece_end(std::string_view text, std::size_t begin) noexcept {
    const Char first = char_at(text, begin);
    if (first.code == U'\'') {
        const std::size_t length = contraction_length(text, begin);
        if (length > 0) {
            return begin + length;
        }
    }
    const std::size_t second = begin + first.length;
    if (first.is(CharClass::Letter)) {
        return skip(text, second, CharClass::Letter);
    }
    if (first.is(CharClass::Number)) {
        return digits_end(text, begin);
    }
    if (!first.is_line_end() && char_at(text, second).is(CharClass::Letter)) {
        return skip(text, second, CharClass::Letter);
    }
    const std::size_t signs = first.code == U' ' ? second : begin;
    if (char_at(text, signs).is(CharClass::Other)) {
        return signs_end(text, signs);
    }
    return white_space_end(text, begin);
}

}  // namespace altiplano::engine
