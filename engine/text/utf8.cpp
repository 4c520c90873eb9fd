// Reads UTF-8 that may be broken or cut anywhere: the table of well-formed byte sequences of the Unicode standard.
#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// What may follow a lead byte: the number of further bytes, and the range of the first of them.
struct Lead {
    int further = -1;  ///< -1: no lead byte
    unsigned lowest = 0x80;
    unsigned highest = 0xBF;
};

Lead lead_of(unsigned byte) noexcept {
    if (byte < 0x80) {
        return {0};
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        return {1};
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        return {2, byte == 0xE0 ? 0xA0U : 0x80U, byte == 0xED ? 0x9FU : 0xBFU};
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        return {3, byte == 0xF0 ? 0x90U : 0x80U, byte == 0xF4 ? 0x8FU : 0xBFU};
    }
    return {};
}

}  // namespace

Utf8Char read_utf8(std::string_view text, std::size_t position) noexcept {
    const unsigned first = static_cast<unsigned char>(text[position]);
    Lead lead = lead_of(first);
    if (lead.further < 0) {
        return {0, 1, Utf8State::Broken};
    }
    char32_t code = lead.further == 0 ? first : first & (0x3FU >> lead.further);
    for (int i = 1; i <= lead.further; ++i) {
        const std::size_t at = position + static_cast<std::size_t>(i);
        if (at >= text.size()) {
            return {0, i, Utf8State::Open};
        }
        const unsigned byte = static_cast<unsigned char>(text[at]);
        if (byte < lead.lowest || byte > lead.highest) {
            return {0, i, Utf8State::Broken};
        }
        code = (code << 6) | (byte & 0x3FU);
        lead.lowest = 0x80;
        lead.highest = 0xBF;
    }
    return {code, lead.further + 1, Utf8State::Whole};
}

std::string Utf8Stream::push(std::string_view bytes) {
    open_ += bytes;
    std::string text;
    std::size_t position = 0;
    while (position < open_.size()) {
        const Utf8Char next = read_utf8(open_, position);
        if (next.state == Utf8State::Open) {
            break;
        }
        const auto length = static_cast<std::size_t>(next.length);
        text += next.state == Utf8State::Whole ? std::string_view(open_).substr(position, length) : kReplacement;
        position += length;
    }
    open_.erase(0, position);
    return text;
}

std::string Utf8Stream::finish() {
    const bool was_open = !open_.empty();
    open_.clear();
    return std::string(was_open ? kReplacement : "");
}

std::string valid_utf8(std::string_view bytes) {
    Utf8Stream stream;
    std::string text = stream.push(bytes);
    text += stream.finish();
    return text;
}

}  // namespace altiplano::engine
