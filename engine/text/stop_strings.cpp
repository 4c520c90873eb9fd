// Ends an answer before a stop string, however its text arrives.
#include "engine/text/stop_strings.h"

#include <algorithm>
#include <utility>

#include "engine/error.h"
#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

/// Bytes at the end of text that begin the stop string but are not all of it.
std::size_t beginning_at_end(std::string_view text, std::string_view stop) {
    for (std::size_t length = std::min(text.size(), stop.size() - 1); length > 0; --length) {
        if (text.ends_with(stop.substr(0, length))) {
            return length;
        }
    }
    return 0;
}

}  // namespace

StopStrings::StopStrings(std::vector<std::string> strings) : strings_(std::move(strings)) {
    for (const std::string& stop : strings_) {
        if (stop.empty()) {
            throw Error(ErrorKind::BadArgument, "a stop string is empty");
        }
        if (valid_utf8(stop) != stop) {
            throw Error(ErrorKind::BadArgument, "a stop string is not valid UTF-8");
        }
    }
}

std::string StopStrings::push(std::string_view text) {
    held_ += text;
    std::size_t first = std::string::npos;
    std::size_t keep = 0;
    for (const std::string& stop : strings_) {
        first = std::min(first, held_.find(stop));
        keep = std::max(keep, beginning_at_end(held_, stop));
    }
    if (first != std::string::npos) {
        found_ = true;
        held_.resize(first);
        return std::exchange(held_, {});
    }
    std::string certain = held_.substr(0, held_.size() - keep);
    held_.erase(0, certain.size());
    return certain;
}

std::string StopStrings::finish() {
    return std::exchange(held_, {});
}

}  // namespace altiplano::engine
