// Lines from a terminal or a pipe, and Ctrl+C.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace altiplano::engine::tools {

bool input_is_terminal();

/// Whole characters as a terminal may show them: where standard output is one, control characters but for the line end
/// and the tab become U+FFFD, so that a model's text cannot steer it.
std::string for_output(std::string_view text);

/// From here on Ctrl+C does not end the program but is told by was_interrupted().
void catch_interrupts();

/// Whether Ctrl+C was pressed since the last call.
bool was_interrupted() noexcept;

/// Reads standard input by lines; belongs to one thread.
class LineReader {
public:
    /// The next line without its end; nothing at the end of the input. Empty after Ctrl+C. Throws Error(Io).
    std::optional<std::string> next();

private:
    std::string buffer_;
    bool ended_ = false;
};

}  // namespace altiplano::engine::tools
