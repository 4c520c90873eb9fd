// The format of a file that keeps the keys and values of some positions of a sequence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/model/sequence.h"

namespace altiplano::engine {

/// Positions in one file; the last file of a sequence may hold fewer. A longer sequence adds files and leaves those
/// that are full as they are.
inline constexpr int kSegmentPositions = 256;

/// Who computed the keys and values, and what they look like: states of different identities never meet.
struct StateIdentity {
    std::string model;  ///< Model::state_identity()
    int layers = 0;
    int kv_heads = 0;
    int head_dim = 0;
    DType type = DType::F16;

    bool operator==(const StateIdentity&) const = default;
    /// Of the keys and values of so many positions, whole blocks.
    std::int64_t bytes(int positions) const noexcept;
};
StateIdentity state_identity(std::string model, const CacheShape& shape);

/// The head of a file.
struct StateSegment {
    StateIdentity identity;
    int first = 0;  ///< a multiple of kSegmentPositions
    std::vector<int> tokens;
    std::uint64_t prefix = 0;  ///< names identity and all tokens before first
    std::uint64_t name = 0;    ///< names prefix and tokens
    std::vector<std::uint64_t> layer_sums;
    std::int64_t head_bytes = 0;
    std::int64_t file_bytes = 0;

    int last() const noexcept { return first + static_cast<int>(tokens.size()); }
    bool operator==(const StateSegment&) const = default;
};

/// What StateSegment::prefix is of the first segment of every sequence of this identity.
std::uint64_t state_root(const StateIdentity& identity);
/// Names what goes on from prefix with tokens.
std::uint64_t state_name(std::uint64_t prefix, std::span<const int> tokens);

/// A segment in memory: its head and the whole file.
struct PackedSegment {
    StateSegment segment;
    std::vector<std::byte> file;
};
/// A copy of the positions [first, first + kSegmentPositions), or of those that the sequence has.
PackedSegment pack_segment(const Sequence& sequence, const std::string& model, int first);

/// Reads the head and checks it in itself and against the size of the file. Throws Error(Io, BadFile, Unsupported).
StateSegment read_segment_head(const std::filesystem::path& path);

/// Fills the segment's positions of the sequence's memory; the sequence's tokens stay as they are. Any thread, others
/// may read other segments. Throws Error where the file is not that segment any more, is damaged, or does not fit.
void read_segment(const std::filesystem::path& path, const StateSegment& segment, const Sequence& into);

}  // namespace altiplano::engine
