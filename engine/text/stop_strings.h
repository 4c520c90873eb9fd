// Ends an answer before a stop string, however its text arrives.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace altiplano::engine {

/// Passes text on, but holds back what may be the beginning of a stop string.
class StopStrings {
public:
    /// Throws Error(BadArgument) where one is empty or no valid UTF-8.
    explicit StopStrings(std::vector<std::string> strings);

    /// The text that is certain after this much more, up to the first stop string.
    std::string push(std::string_view text);
    /// A stop string has come; the answer is over and finish() gives nothing.
    bool found() const noexcept { return found_; }
    /// What is held back: the answer ended without a stop string.
    std::string finish();

private:
    std::vector<std::string> strings_;
    std::string held_;
    bool found_ = false;
};

}  // namespace altiplano::engine
