// Reads the numbers and strings of a GGUF header one after another, each checked against the end of the file.
#pragma once

#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "engine/weights/model_file.h"

namespace altiplano::engine {

static_assert(std::endian::native == std::endian::little, "GGUF is read as the little-endian file it is");

/// Buffered; belongs to one thread. Every method throws Error(BadFile) with field and offset where the file ends.
class GgufCursor {
public:
    GgufCursor(const ModelFile& file, std::int64_t offset) : file_(file), position_(offset) {}

    std::int64_t position() const noexcept { return position_; }
    std::int64_t remaining() const noexcept { return file_.size() - position_; }

    template <typename T>
    T number(std::string_view what) {
        T value;
        copy(std::as_writable_bytes(std::span(&value, 1)), what);
        return value;
    }

    /// The byte length before a string, checked to lie inside the file.
    std::int64_t length(std::string_view what);
    /// A whole string of at most longest bytes.
    std::string text(std::int64_t longest, std::string_view what);
    void skip(std::int64_t bytes, std::string_view what);
    /// Fails at the current position.
    [[noreturn]] void fail(ErrorKind kind, std::string_view what, const std::string& text) const;

private:
    void copy(std::span<std::byte> out, std::string_view what);
    void require(std::int64_t bytes, std::string_view what) const;

    const ModelFile& file_;
    std::int64_t position_;
    std::int64_t buffer_start_ = 0;
    std::vector<std::byte> buffer_;
};

}  // namespace altiplano::engine
