// Cuts text into the units that search compares, the same for stored text and for what is searched.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace altiplano::storage {

/// A word, or one letter with its marks in scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer ...,
/// and Korean), where any part of a sentence can then be found as a phrase. Case, width and accents are folded.
struct Segment {
    std::string text;       ///< letters, marks and digits only
    std::size_t begin = 0;  ///< bytes in the source
    std::size_t end = 0;
    bool single = false;  ///< one letter of a script without spaces
};

/// Canonical composition, so that both ways to write é are one. Invalid UTF-8 becomes U+FFFD.
std::string composed(std::string_view utf8);

/// Calls on_segment for each segment of composed text, in order, until it returns false.
void for_each_segment(std::string_view composed_text, const std::function<bool(const Segment&)>& on_segment);

/// The segments of any text, joined by spaces: what the index is fed with.
std::string segmented(std::string_view utf8);

}  // namespace altiplano::storage
