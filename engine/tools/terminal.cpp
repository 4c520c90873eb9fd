// Lines from a terminal or a pipe, and Ctrl+C: read() by hand, because a signal must end the wait for a line.
#include "engine/tools/terminal.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <signal.h>
#include <unistd.h>

#include "engine/error.h"

namespace altiplano::engine::tools {

namespace {

volatile sig_atomic_t interrupted = 0;

}  // namespace

bool input_is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = 1; };
    sigaction(SIGINT, &action, nullptr);  // without SA_RESTART: read() returns
}

bool was_interrupted() noexcept {
    const bool was = interrupted != 0;
    interrupted = 0;
    return was;
}

std::optional<std::string> LineReader::next() {
    while (true) {
        const std::size_t end = buffer_.find('\n');
        if (end != std::string::npos || (ended_ && !buffer_.empty())) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end == std::string::npos ? end : end + 1);
            return line;
        }
        if (ended_) {
            return std::nullopt;
        }
        std::array<char, 4096> bytes{};
        const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            buffer_.clear();
            return "";
        }
        if (count < 0) {
            throw Error(ErrorKind::Io, std::string("standard input cannot be read: ") + std::strerror(errno));
        }
        ended_ = count == 0;
        buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace altiplano::engine::tools
