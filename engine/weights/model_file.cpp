// Positioned reads with every failure told in words.
#include "engine/weights/model_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <system_error>
#include <unistd.h>

namespace altiplano::engine {
namespace {

// The kernel moves at most about 2 GiB a call; smaller reads keep a stop request quick.
constexpr std::size_t kLargestRead = std::size_t{64} << 20;
constexpr std::size_t kMostPieces = 64;  // in one call

std::string system_message(int code) {
    return std::generic_category().message(code);
}

std::int64_t change_time_ns(const struct stat& status) {
    return std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
}

}  // namespace

ModelFile::Descriptor::~Descriptor() {
    if (value_ >= 0) {
        ::close(value_);
    }
}

// O_NONBLOCK: opening a pipe must not wait for its writer; regular files do not care.
ModelFile::ModelFile(const std::filesystem::path& path)
    : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_.value() < 0) {
        throw Error(ErrorKind::Io, path_.string() + ": cannot be opened: " + system_message(errno));
    }
    struct stat status {};
    if (::fstat(descriptor_.value(), &status) != 0) {
        throw Error(ErrorKind::Io, path_.string() + ": cannot be examined: " + system_message(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error(ErrorKind::Io, path_.string() + (S_ISDIR(status.st_mode) ? ": is a folder, expected a model file"
                                                                             : ": is not a regular file"));
    }
    size_ = status.st_size;
    changed_ns_ = change_time_ns(status);
}

void ModelFile::check_unchanged() const {
    struct stat status {};
    if (::fstat(descriptor_.value(), &status) != 0) {
        throw Error(ErrorKind::Io, path_.string() + ": cannot be examined: " + system_message(errno));
    }
    if (status.st_size != size_) {
        throw Error(ErrorKind::Io, path_.string() + ": the file changed while it was read: it had " +
                                       std::to_string(size_) + " bytes and has " + std::to_string(status.st_size));
    }
    if (change_time_ns(status) != changed_ns_) {
        throw Error(ErrorKind::Io, path_.string() + ": the file changed while it was read");
    }
}

void ModelFile::read_at(std::int64_t offset, std::span<std::byte> out, std::string_view what) const {
    while (!out.empty()) {
        const std::size_t wanted = std::min(out.size(), kLargestRead);
        const ssize_t got = ::pread(descriptor_.value(), out.data(), wanted, offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            throw error(ErrorKind::Io, what, offset, "reading failed: " + system_message(errno));
        }
        if (got == 0) {
            throw error(ErrorKind::Io, what, offset,
                        "the file ends here, expected " + std::to_string(out.size()) + " more bytes");
        }
        out = out.subspan(static_cast<std::size_t>(got));
        offset += got;
    }
}

// One call for many pieces; what it leaves out is read piece by piece, with every failure told.
std::int64_t ModelFile::read_pieces_at(std::int64_t offset, std::span<const std::span<std::byte>> pieces,
                                       std::string_view what) const {
    while (!pieces.empty()) {
        std::array<iovec, kMostPieces> parts{};
        const std::size_t count = std::min(pieces.size(), parts.size());
        for (std::size_t i = 0; i < count; ++i) {
            parts[i] = {pieces[i].data(), pieces[i].size()};
        }
        const ssize_t got = ::preadv(descriptor_.value(), parts.data(), static_cast<int>(count), offset);
        auto left = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        for (const std::span<std::byte> piece : pieces.first(count)) {
            const std::size_t there = std::min(left, piece.size());
            read_at(offset + static_cast<std::int64_t>(there), piece.subspan(there), what);
            offset += std::ssize(piece);
            left -= there;
        }
        pieces = pieces.subspan(count);
    }
    return offset;
}

Error ModelFile::error(ErrorKind kind, std::string_view what, std::int64_t offset, const std::string& text) const {
    return Error(kind,
                 path_.string() + ": " + std::string(what) + " at offset " + std::to_string(offset) + ": " + text);
}

}  // namespace altiplano::engine
