// Looks a character's class up: a table of 128 for ASCII, a binary search for the rest.
#include "engine/text/unicode_class.h"

#include <algorithm>
#include <array>

namespace altiplano::engine {

namespace {

CharClass search(char32_t code) noexcept {
    const auto ranges = class_ranges();
    const auto* after = std::upper_bound(ranges.data(), ranges.data() + ranges.size(), code,
                                         [](char32_t value, const ClassRange& range) { return value < range.first; });
    if (after == ranges.data() || code > (after - 1)->last) {
        return CharClass::Other;
    }
    return (after - 1)->char_class;
}

std::array<CharClass, 128> make_ascii() noexcept {
    std::array<CharClass, 128> classes{};
    for (std::size_t code = 0; code < classes.size(); ++code) {
        classes[code] = search(static_cast<char32_t>(code));
    }
    return classes;
}

}  // namespace

CharClass class_of(char32_t code) noexcept {
    static const std::array<CharClass, 128> ascii = make_ascii();
    return code < ascii.size() ? ascii[code] : search(code);
}

}  // namespace altiplano::engine
