// A segment file: a fixed head, the tokens, a checksum for each layer, a checksum of all that, then layer by layer the
// keys and the values of each head as they lie in memory. Numbers are little-endian.
#include "engine/model/state_segment.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "engine/checksum.h"
#include "engine/error.h"
#include "engine/weights/model_file.h"

namespace altiplano::engine {
namespace {

constexpr std::array<char, 8> kMagic = {'A', 'L', 'T', 'I', '-', 'K', 'V', '\n'};
constexpr std::uint32_t kVersion = 1;
constexpr int kMostLayers = 4096;
constexpr int kMostPositions = 1 << 28;  // far more than any context, far less than overflows
constexpr int kMostWidth = 1 << 16;      // heads, and values in one

struct FileHead {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t head_bytes;  // up to the data
    std::uint64_t file_bytes;
    std::array<char, 80> model;  // zeros after it
    std::array<char, 8> kv_type;
    std::int32_t layers, kv_heads, head_dim;
    std::int32_t first, last;
    std::uint32_t layout;  // kKvLayout
    std::uint64_t prefix, name;
};
static_assert(sizeof(FileHead) == 152);

std::size_t token_bytes(std::size_t count) {
    return (count * sizeof(std::int32_t) + 7) / 8 * 8;
}

std::size_t head_size(std::size_t tokens, std::size_t layers) {
    return sizeof(FileHead) + token_bytes(tokens) + (layers + 1) * sizeof(std::uint64_t);
}

/// Text in a fixed field, and back; empty where it does not fit or more than zeros follow.
template <std::size_t Size>
std::array<char, Size> to_field(std::string_view text) {
    std::array<char, Size> field{};
    std::copy_n(text.begin(), std::min(text.size(), Size), field.begin());
    return field;
}
template <std::size_t Size>
std::string from_field(const std::array<char, Size>& field) {
    const auto end = std::find(field.begin(), field.end(), '\0');
    return std::all_of(end, field.end(), [](char c) { return c == '\0'; }) ? std::string(field.begin(), end) : "";
}

std::optional<DType> cache_type(std::string_view text) {
    for (const DType type : {DType::F16, DType::F32, DType::Q8_0, DType::F8_E4M3}) {
        if (name(type) == text) {
            return type;
        }
    }
    return std::nullopt;
}

std::uint64_t sum_of(std::span<const std::span<std::byte>> pieces) {
    std::uint64_t sum = 0;
    for (const std::span<std::byte> piece : pieces) {
        sum = checksum(piece, sum);
    }
    return sum;
}

int whole_blocks(int positions) {
    return (positions + kKvBlock - 1) / kKvBlock * kKvBlock;
}

/// The pieces of one layer out of all.
std::span<const std::span<std::byte>> layer_of(std::span<const std::span<std::byte>> pieces, int layer, int layers) {
    const std::size_t count = pieces.size() / static_cast<std::size_t>(layers);
    return pieces.subspan(static_cast<std::size_t>(layer) * count, count);
}

FileHead file_head(const StateSegment& segment) {
    const StateIdentity& identity = segment.identity;
    return {.magic = kMagic,
            .version = kVersion,
            .head_bytes = static_cast<std::uint32_t>(segment.head_bytes),
            .file_bytes = static_cast<std::uint64_t>(segment.file_bytes),
            .model = to_field<80>(identity.model),
            .kv_type = to_field<8>(name(identity.type)),
            .layers = identity.layers,
            .kv_heads = identity.kv_heads,
            .head_dim = identity.head_dim,
            .first = segment.first,
            .last = segment.last(),
            .layout = kKvLayout,
            .prefix = segment.prefix,
            .name = segment.name};
}

/// Writes the head, tokens and sums to the beginning of the file.
void put_head(const StateSegment& segment, std::span<std::byte> file) {
    const FileHead head = file_head(segment);
    std::byte* at = file.data();
    std::memcpy(at, &head, sizeof(head));
    std::memcpy(at + sizeof(head), segment.tokens.data(), segment.tokens.size() * sizeof(std::int32_t));
    at += sizeof(head) + token_bytes(segment.tokens.size());
    std::memcpy(at, segment.layer_sums.data(), segment.layer_sums.size() * sizeof(std::uint64_t));
    at += segment.layer_sums.size() * sizeof(std::uint64_t);
    const std::uint64_t sum = checksum(file.first(static_cast<std::size_t>(at - file.data())), 0);
    std::memcpy(at, &sum, sizeof(sum));
}

void check_head(const ModelFile& file, const FileHead& head) {
    const auto fail = [&](ErrorKind kind, std::string_view field, const std::string& text) {
        throw file.error(kind, field, 0, text);
    };
    if (head.magic != kMagic) {
        fail(ErrorKind::BadFile, "magic", "this is no kept state of a conversation");
    }
    if (head.version != kVersion) {
        fail(ErrorKind::Unsupported, "version",
             "is " + std::to_string(head.version) + ", this program reads " + std::to_string(kVersion));
    }
    if (head.layout != kKvLayout) {
        fail(ErrorKind::Unsupported, "layout",
             "is " + std::to_string(head.layout) + ", this program computes in " + std::to_string(kKvLayout));
    }
    const auto check = [&](std::string_view field, std::int64_t value, std::int64_t most) {
        if (value < 1 || value > most) {
            fail(ErrorKind::BadFile, field, "is " + std::to_string(value) + ", expected 1 to " + std::to_string(most));
        }
    };
    check("layers", head.layers, kMostLayers);
    check("kv heads", head.kv_heads, kMostWidth);
    check("head dim", head.head_dim, kMostWidth);
    check("last position", head.last, kMostPositions);
    check("positions", std::int64_t{head.last} - head.first, kSegmentPositions);
    if (head.first < 0 || head.first % kSegmentPositions != 0) {
        fail(ErrorKind::BadFile, "first position",
             "is " + std::to_string(head.first) + ", expected a multiple of " + std::to_string(kSegmentPositions));
    }
    if (!cache_type(from_field(head.kv_type))) {
        fail(ErrorKind::Unsupported, "KV type",
             "is '" + from_field(head.kv_type) + "', which this program does not know");
    }
}

/// All sizes are right; tokens and sums are still to be filled in.
StateSegment sized_segment(StateIdentity identity, int first, int last) {
    StateSegment segment;
    segment.first = first;
    segment.tokens.resize(static_cast<std::size_t>(last - first));
    segment.layer_sums.resize(static_cast<std::size_t>(identity.layers));
    segment.head_bytes = static_cast<std::int64_t>(head_size(segment.tokens.size(), segment.layer_sums.size()));
    segment.file_bytes = segment.head_bytes + identity.bytes(last - first);
    segment.identity = std::move(identity);
    return segment;
}

StateSegment sized_segment(const FileHead& head) {
    StateSegment segment = sized_segment(
        {from_field(head.model), head.layers, head.kv_heads, head.head_dim, *cache_type(from_field(head.kv_type))},
        head.first, head.last);
    segment.prefix = head.prefix;
    segment.name = head.name;
    return segment;
}

StateSegment read_head(const ModelFile& file) {
    FileHead head{};
    file.read_at(0, std::as_writable_bytes(std::span(&head, 1)), "head");
    check_head(file, head);
    StateSegment segment = sized_segment(head);
    const auto expect = [&](std::string_view field, std::uint64_t value, std::int64_t expected) {
        if (value != static_cast<std::uint64_t>(expected)) {
            throw file.error(ErrorKind::BadFile, field, 0,
                             "is " + std::to_string(value) + ", expected " + std::to_string(expected));
        }
    };
    expect("head's size", head.head_bytes, segment.head_bytes);
    expect("file's size as stored", head.file_bytes, segment.file_bytes);
    expect("file's size", static_cast<std::uint64_t>(file.size()), segment.file_bytes);

    std::vector<std::byte> bytes(static_cast<std::size_t>(segment.head_bytes));
    file.read_at(0, bytes, "tokens and checksums");
    std::memcpy(segment.tokens.data(), bytes.data() + sizeof(head), segment.tokens.size() * sizeof(std::int32_t));
    const std::size_t sums = sizeof(head) + token_bytes(segment.tokens.size());
    std::memcpy(segment.layer_sums.data(), bytes.data() + sums, segment.layer_sums.size() * sizeof(std::uint64_t));
    std::uint64_t sum = 0;
    std::memcpy(&sum, bytes.data() + bytes.size() - sizeof(sum), sizeof(sum));
    if (sum != checksum(std::span(bytes).first(bytes.size() - sizeof(sum)), 0)) {
        throw file.error(ErrorKind::BadFile, "head", 0, "its checksum is wrong, so it is damaged");
    }
    if (segment.name != state_name(segment.prefix, segment.tokens)) {
        throw file.error(ErrorKind::BadFile, "name", 0, "is not that of the tokens");
    }
    return segment;
}

}  // namespace

std::int64_t StateIdentity::bytes(int positions) const noexcept {
    return CacheShape{layers, kv_heads, head_dim, positions, type}.bytes(positions);
}

StateIdentity state_identity(std::string model, const CacheShape& shape) {
    return {std::move(model), shape.layers, shape.kv_heads, shape.head_dim, shape.type};
}

std::uint64_t state_root(const StateIdentity& identity) {
    const std::array<std::int32_t, 4> shape = {identity.layers, identity.kv_heads, identity.head_dim,
                                               static_cast<std::int32_t>(block_values(identity.type))};
    const std::uint64_t sum = checksum(std::as_bytes(std::span(identity.model)), 1);
    const std::uint64_t shaped = checksum(std::as_bytes(std::span(shape)), sum);
    return checksum(std::as_bytes(std::span(name(identity.type))), shaped);
}

std::uint64_t state_name(std::uint64_t prefix, std::span<const int> tokens) {
    return checksum(std::as_bytes(tokens), prefix);
}

PackedSegment pack_segment(const Sequence& sequence, const std::string& model, int first) {
    const std::span<const int> held = sequence.tokens();
    const int last = std::min(first + kSegmentPositions, static_cast<int>(held.size()));
    const CacheShape& shape = sequence.shape();
    PackedSegment packed{sized_segment(state_identity(model, shape), first, last), {}};
    StateSegment& segment = packed.segment;
    segment.prefix = state_root(segment.identity);
    for (int at = 0; at < first; at += kSegmentPositions) {
        segment.prefix = state_name(segment.prefix, held.subspan(static_cast<std::size_t>(at), kSegmentPositions));
    }
    std::copy(held.begin() + first, held.begin() + last, segment.tokens.begin());
    segment.name = state_name(segment.prefix, segment.tokens);

    packed.file.resize(static_cast<std::size_t>(segment.file_bytes));
    const auto pieces = sequence.pieces(first, whole_blocks(last));
    std::byte* at = packed.file.data() + segment.head_bytes;
    for (const std::span<std::byte> piece : pieces) {
        std::memcpy(at, piece.data(), piece.size());
        at += piece.size();
    }
    for (int layer = 0; layer < shape.layers; ++layer) {
        segment.layer_sums[static_cast<std::size_t>(layer)] = sum_of(layer_of(pieces, layer, shape.layers));
    }
    put_head(segment, packed.file);
    return packed;
}

StateSegment read_segment_head(const std::filesystem::path& path) {
    return read_head(ModelFile(path));
}

void read_segment(const std::filesystem::path& path, const StateSegment& segment, const Sequence& into) {
    const ModelFile file(path);
    const CacheShape& shape = into.shape();
    if (read_head(file) != segment) {
        throw file.error(ErrorKind::BadFile, "head", 0, "the file is another one than before");
    }
    if (segment.identity != state_identity(segment.identity.model, shape) || segment.last() > shape.context) {
        throw file.error(ErrorKind::BadArgument, "head", 0, "the state does not fit the session");
    }
    const auto pieces = into.pieces(segment.first, whole_blocks(segment.last()));
    std::int64_t offset = segment.head_bytes;
    for (int layer = 0; layer < shape.layers; ++layer) {
        const auto layer_pieces = layer_of(pieces, layer, shape.layers);
        offset = file.read_pieces_at(offset, layer_pieces, "keys and values");
        if (sum_of(layer_pieces) != segment.layer_sums[static_cast<std::size_t>(layer)]) {
            throw file.error(ErrorKind::BadFile, "layer " + std::to_string(layer), offset,
                             "the checksum of its keys and values is wrong, so they are damaged");
        }
    }
}

}  // namespace altiplano::engine
