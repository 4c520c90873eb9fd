// What a person searches for, as phrases, and the piece of a text where it stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace altiplano::storage {

/// One word as typed: its segments in order.
struct Phrase {
    std::vector<std::string> segments;
    bool open_end = false;  ///< the last segment may go on
};

/// The words of a query. Only its first 1,000 bytes count; none where nothing in it can be searched.
std::vector<Phrase> phrases_of(std::string_view query);

/// One line of about 160 bytes around the first place where one of the phrases stands.
std::string snippet(std::string_view text, const std::vector<Phrase>& phrases);

}  // namespace altiplano::storage
