// A model file opened for reading: positioned reads that several threads may do at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/error.h"

namespace altiplano::engine {

/// Never mapped into memory: a mapped file that another program truncates would kill this one.
class ModelFile {
public:
    /// Throws Error(Io) where the path cannot be opened or is no regular file.
    explicit ModelFile(const std::filesystem::path& path);

    const std::filesystem::path& path() const noexcept { return path_; }
    /// The size when it was opened.
    std::int64_t size() const noexcept { return size_; }

    /// Fills out from offset on. what names the thing read, for the error. Throws Error(Io); any thread.
    void read_at(std::int64_t offset, std::span<std::byte> out, std::string_view what) const;

    /// Fills several pieces with what follows one another in the file; returns the offset after it.
    std::int64_t read_pieces_at(std::int64_t offset, std::span<const std::span<std::byte>> pieces,
                                std::string_view what) const;

    /// Throws Error(Io) where the file's size or the time of its last change is not what it was when it was opened.
    void check_unchanged() const;

    /// "path: text (what at offset N)" as an Error.
    Error error(ErrorKind kind, std::string_view what, std::int64_t offset, const std::string& text) const;

private:
    /// Closes what it holds; -1 holds nothing.
    class Descriptor {
    public:
        explicit Descriptor(int value) noexcept : value_(value) {}
        Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
        Descriptor& operator=(Descriptor&&) = delete;
        ~Descriptor();
        int value() const noexcept { return value_; }

    private:
        int value_;
    };
    std::filesystem::path path_;
    Descriptor descriptor_;
    std::int64_t size_ = 0;
    std::int64_t changed_ns_ = 0;  ///< the time of the last change of its content, since 1970
};

}  // namespace altiplano::engine
