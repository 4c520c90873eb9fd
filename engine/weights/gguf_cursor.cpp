// The buffered walk over a GGUF header.
#include "engine/weights/gguf_cursor.h"

#include <algorithm>

namespace altiplano::engine {
namespace {

constexpr std::int64_t kBufferBytes = 64 << 10;

}  // namespace

void GgufCursor::fail(ErrorKind kind, std::string_view what, const std::string& text) const {
    throw file_.error(kind, what, position_, text);
}

void GgufCursor::require(std::int64_t bytes, std::string_view what) const {
    if (bytes > remaining()) {
        fail(ErrorKind::BadFile, what,
             "needs " + std::to_string(bytes) + " bytes, but the file ends after " + std::to_string(remaining()));
    }
}

std::int64_t GgufCursor::length(std::string_view what) {
    const std::int64_t at = position_;
    const auto value = number<std::uint64_t>(what);
    if (value > static_cast<std::uint64_t>(remaining())) {
        throw file_.error(ErrorKind::BadFile, what, at,
                          "its length is " + std::to_string(value) + " bytes, but the file has only " +
                              std::to_string(remaining()) + " left");
    }
    return static_cast<std::int64_t>(value);
}

std::string GgufCursor::text(std::int64_t longest, std::string_view what) {
    const std::int64_t at = position_;
    const std::int64_t bytes = length(what);
    if (bytes > longest) {
        throw file_.error(
            ErrorKind::BadFile, what, at,
            "its length is " + std::to_string(bytes) + " bytes, the most allowed is " + std::to_string(longest));
    }
    std::string value(static_cast<std::size_t>(bytes), '\0');
    copy(std::as_writable_bytes(std::span(value)), what);
    return value;
}

void GgufCursor::skip(std::int64_t bytes, std::string_view what) {
    require(bytes, what);
    position_ += bytes;
}

void GgufCursor::copy(std::span<std::byte> out, std::string_view what) {
    require(static_cast<std::int64_t>(out.size()), what);
    while (!out.empty()) {
        const std::int64_t buffered = buffer_start_ + static_cast<std::int64_t>(buffer_.size());
        if (position_ < buffer_start_ || position_ >= buffered) {
            buffer_.resize(static_cast<std::size_t>(std::min(kBufferBytes, remaining())));
            buffer_start_ = position_;
            file_.read_at(position_, buffer_, what);
            continue;
        }
        const auto from = static_cast<std::size_t>(position_ - buffer_start_);
        const std::size_t count = std::min(out.size(), buffer_.size() - from);
        std::memcpy(out.data(), buffer_.data() + from, count);
        out = out.subspan(count);
        position_ += static_cast<std::int64_t>(count);
    }
}

}  // namespace altiplano::engine
