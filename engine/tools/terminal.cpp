// Lines from a terminal or a pipe, and Ctrl+C: read() by hand, because a signal must end the wait for a line.
#include "engine/tools/terminal.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is not in <csignal>
#include <system_error>
#include <unistd.h>

#include "engine/error.h"
#include "engine/text/utf8.h"

namespace altiplano::engine::tools {

namespace {

volatile sig_atomic_t interrupted = 0;

}  // namespace

bool input_is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

std::string for_output(std::string_view text) {
    static const bool is_terminal = isatty(STDOUT_FILENO) == 1;
    if (!is_terminal) {
        return std::string(text);
    }
    std::string shown;
    for (std::size_t i = 0; i < text.size();) {
        const Utf8Char next = read_utf8(text, i);
        const bool is_control = next.code < 0x20 || (next.code >= 0x7F && next.code < 0xA0);
        const bool is_harmless = next.code == U'\n' || next.code == U'\t' || !is_control;
        shown += is_harmless ? text.substr(i, static_cast<std::size_t>(next.length)) : "\xEF\xBF\xBD";
        i += static_cast<std::size_t>(next.length);
    }
    return shown;
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
            throw Error(ErrorKind::Io,
                        std::string("standard input cannot be read: ") + std::generic_category().message(errno));
        }
        ended_ = count == 0;
        buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace altiplano::engine::tools
