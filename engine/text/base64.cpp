// Base64 decoding, strict: RFC 4648, padded, no line breaks, unused bits zero.
#include "engine/text/base64.h"

#include <cstdint>

namespace altiplano::engine {

namespace {

int value_of(char digit) noexcept {
    if (digit >= 'A' && digit <= 'Z') {
        return digit - 'A';
    }
    if (digit >= 'a' && digit <= 'z') {
        return digit - 'a' + 26;
    }
    if (digit >= '0' && digit <= '9') {
        return digit - '0' + 52;
    }
    return digit == '+' ? 62 : digit == '/' ? 63 : -1;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes;
    std::uint32_t bits = 0;
    int bit_count = 0;
    for (const char digit : text.substr(0, text.size() - padding)) {
        const int value = value_of(digit);
        if (value < 0) {
            return std::nullopt;
        }
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            bytes += static_cast<char>((bits >> bit_count) & 0xFFU);
            bits &= (1U << bit_count) - 1U;
        }
    }
    return bits == 0 ? std::optional(bytes) : std::nullopt;
}

}  // namespace altiplano::engine
