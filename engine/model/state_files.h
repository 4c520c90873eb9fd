// Segment files on disk: written as a whole, read by several threads at once.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "engine/model/state_segment.h"

namespace altiplano::engine {

/// Writes a file that is there as a whole or not at all, also after a power cut, readable for its owner only; the
/// folder must exist. Throws Error(Io).
void write_whole_file(const std::filesystem::path& path, std::span<const std::byte> bytes);

/// The end of the names of files that write_whole_file() had not finished.
inline constexpr std::string_view kUnfinishedSuffix = ".part";

struct StoredSegment {
    std::filesystem::path path;
    StateSegment segment;
};

struct RestoreOptions {
    int vocab_size = 0;
    int threads = 1;
};

/// What kept a sequence from going on.
struct RestoreFailure {
    std::filesystem::path path;
    std::string reason;
};

/// chain: the segments of one sequence, the first from position 0. The sequence keeps the tokens that it shares with
/// the chain in whole segments and reads the others. Where a file cannot be used the sequence ends before it, which is
/// told.
std::optional<RestoreFailure> restore_segments(Sequence& sequence, std::span<const StoredSegment> chain,
                                               const RestoreOptions& options, const std::stop_token& stop);

}  // namespace altiplano::engine
