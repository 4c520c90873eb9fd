// Lines from a terminal or a pipe, and Ctrl+C.
#pragma once

#include <optional>
#include <string>

namespace altiplano::engine::tools {

bool input_is_terminal();

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
