// Writing safely, reading in parallel.
#include "engine/model/state_files.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

/// Closes what it holds.
class OpenFile {
public:
    OpenFile(const std::filesystem::path& path, int flags)
        : path_(path), descriptor_(::open(path.c_str(), flags, 0600)) {
        check(descriptor_ >= 0, "cannot be opened");
    }
    ~OpenFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    void write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) {
                continue;
            }
            check(written > 0, "cannot be written");
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }
    void bring_to_disk() { check(::fsync(descriptor_) == 0, "cannot be brought to the disk"); }

private:
    void check(bool done, const char* what) const {
        if (!done) {
            throw Error(ErrorKind::Io, path_.string() + ": " + what + ": " + std::generic_category().message(errno));
        }
    }

    std::filesystem::path path_;
    int descriptor_;
};

int common_length(std::span<const int> tokens, std::span<const StoredSegment> chain) {
    int length = 0;
    for (const StoredSegment& stored : chain) {
        const std::vector<int>& more = stored.segment.tokens;
        const auto rest = tokens.subspan(static_cast<std::size_t>(length));
        const auto end = std::mismatch(rest.begin(), rest.end(), more.begin(), more.end()).second;
        length += static_cast<int>(end - more.begin());
        if (end != more.end()) {
            break;
        }
    }
    return length;
}

void check_chain(std::span<const StoredSegment> chain, const Sequence& sequence, int vocab_size) {
    std::uint64_t prefix = chain.empty() ? 0 : state_root(chain.front().segment.identity);
    int first = 0;
    for (const StoredSegment& stored : chain) {
        const StateSegment& segment = stored.segment;
        const bool known = std::all_of(segment.tokens.begin(), segment.tokens.end(),
                                       [=](int token) { return token >= 0 && token < vocab_size; });
        if (segment.first != first || segment.prefix != prefix || segment.last() > sequence.shape().context || !known) {
            throw Error(ErrorKind::BadArgument,
                        stored.path.string() + ": does not follow the positions before " + std::to_string(first));
        }
        first = segment.last();
        prefix = segment.name;
    }
}

/// Threads take segments from a shared list until one fails.
class Reading {
public:
    Reading(const Sequence& sequence, std::span<const StoredSegment> segments)
        : sequence_(sequence), segments_(segments), reasons_(segments.size()), read_(segments.size()) {}

    void read(int threads, const std::stop_token& stop) {
        std::vector<std::jthread> others;
        const int count = std::min(threads, static_cast<int>(segments_.size()));
        for (int i = 1; i < count; ++i) {
            others.emplace_back([&] { read_some(stop); });
        }
        read_some(stop);
    }

    /// The segments before the first that was not read.
    std::size_t done() const {
        return static_cast<std::size_t>(std::find(read_.begin(), read_.end(), 0) - read_.begin());
    }
    const std::string& reason(std::size_t index) const { return reasons_[index]; }

private:
    void read_some(const std::stop_token& stop) {
        for (std::size_t i = next_++; i < segments_.size() && !failed_ && !stop.stop_requested(); i = next_++) {
            try {
                read_segment(segments_[i].path, segments_[i].segment, sequence_);
                read_[i] = 1;
            } catch (const std::exception& error) {
                reasons_[i] = error.what();
                failed_ = true;
            }
        }
    }

    const Sequence& sequence_;
    std::span<const StoredSegment> segments_;  // of the caller of read()
    std::vector<std::string> reasons_;
    std::vector<char> read_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> failed_ = false;
};

}  // namespace

void write_whole_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    std::filesystem::path unfinished = path;
    unfinished += kUnfinishedSuffix;
    try {
        OpenFile file(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
        file.write(bytes);
        file.bring_to_disk();
        std::filesystem::rename(unfinished, path);
        OpenFile(path.parent_path(), O_RDONLY | O_DIRECTORY | O_CLOEXEC).bring_to_disk();
    } catch (const std::exception& error) {
        std::error_code ignored;
        std::filesystem::remove(unfinished, ignored);
        throw Error(ErrorKind::Io, error.what());
    }
}

std::optional<RestoreFailure> restore_segments(Sequence& sequence, std::span<const StoredSegment> chain,
                                               const RestoreOptions& options, const std::stop_token& stop) {
    check_chain(chain, sequence, options.vocab_size);
    const auto kept = static_cast<std::size_t>(common_length(sequence.tokens(), chain) / kSegmentPositions);
    const auto missing = chain.subspan(std::min(kept, chain.size()));
    if (missing.empty()) {
        return std::nullopt;
    }
    sequence.rewind(missing.front().segment.first);
    Reading reading(sequence, missing);
    reading.read(options.threads, stop);
    const std::size_t done = reading.done();
    for (const StoredSegment& stored : missing.first(done)) {
        sequence.append(stored.segment.tokens);
    }
    if (done == missing.size() || reading.reason(done).empty()) {
        return std::nullopt;
    }
    return RestoreFailure{missing[done].path, reading.reason(done)};
}

}  // namespace altiplano::engine
