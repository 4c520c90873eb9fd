// Which bytes of which shard make up a row.
#include "engine/weights/meta_shards.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>
#include <system_error>

#include "engine/kernels/cpu_kernels.h"
#include "engine/kernels/strips.h"

namespace altiplano::engine {
namespace {

constexpr int kMostShards = 100;  // the names have two digits

/// The number of "consolidated.03.pth", or -1.
int shard_index(const std::string& file_name) {
    for (int index = 0; index < kMostShards; ++index) {
        if (file_name == meta_shard_name(index)) {
            return index;
        }
    }
    return -1;
}

std::set<int> list_shards(const std::filesystem::path& folder) {
    std::set<int> found;
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
        found.insert(shard_index(entries->path().filename().string()));
    }
    if (error) {
        throw Error(ErrorKind::Io, folder.string() + ": cannot be listed: " + error.message());
    }
    found.erase(-1);
    return found;
}

/// What lies in slices by rows: numbers of the weight, or its scales.
struct RowSlices {
    std::span<const TorchCheckpoint> files;
    std::span<const std::int64_t> offsets;
    std::int64_t rows_in_each;
    std::int64_t row_bytes;
};

void read_row_slices(const RowSlices& slices, const std::string& name, std::int64_t row, std::span<std::byte> out) {
    while (!out.empty()) {
        const auto shard = static_cast<std::size_t>(row / slices.rows_in_each);
        const std::int64_t first = row % slices.rows_in_each;
        const std::int64_t count = std::min(std::ssize(out) / slices.row_bytes, slices.rows_in_each - first);
        const auto part = out.first(static_cast<std::size_t>(count * slices.row_bytes));
        slices.files[shard].file().read_at(slices.offsets[shard] + first * slices.row_bytes, part, name);
        out = out.subspan(part.size());
        row += count;
    }
}

// The slices of many rows follow one another in a shard: one read brings each to its place.
void read_column_slices(std::span<const TorchCheckpoint> shards, const ShardedWeight& weight, std::int64_t row,
                        std::span<std::byte> out) {
    const auto bytes = static_cast<std::size_t>(row_bytes(weight.whole.type, weight.whole.cols));
    const std::size_t slice = bytes / shards.size();
    std::vector<std::span<std::byte>> pieces(out.size() / bytes);
    for (std::size_t shard = 0; shard < shards.size(); ++shard) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            pieces[i] = out.subspan(i * bytes + shard * slice, slice);
        }
        const std::int64_t offset = weight.offsets[shard] + row * static_cast<std::int64_t>(slice);
        shards[shard].file().read_pieces_at(offset, pieces, weight.name);
    }
}

std::vector<float> decode_plain(DType type, std::span<const std::byte> row, std::int64_t cols) {
    std::vector<std::byte> strip(static_cast<std::size_t>(strip_bytes(type, cols)));
    make_strip(type, row, cols, strip.data());
    std::vector<float> values(static_cast<std::size_t>(cols));
    best_cpu_kernels().decode_strip_row(type, strip.data(), cols, 0, values.data());
    return values;
}

// Each GPU of a training run has its own copy of the norms, and in real releases they have drifted apart by some units
// in the last place. All are as good; the first is taken. A copy that is far off belongs to another model.
void read_copies(std::span<const TorchCheckpoint> shards, const ShardedWeight& weight, std::span<std::byte> out) {
    constexpr float kDrift = 0.125F;  // of the largest value
    const DType type = weight.whole.type;
    if (out.empty()) {
        return;
    }
    shards[0].file().read_at(weight.offsets[0], out, weight.name);
    std::vector<std::byte> copy(out.size());
    for (std::size_t shard = 1; shard < shards.size(); ++shard) {
        const ModelFile& file = shards[shard].file();
        file.read_at(weight.offsets[shard], copy, weight.name);
        if (std::memcmp(copy.data(), out.data(), out.size()) == 0) {
            continue;
        }
        const auto first = decode_plain(type, out, weight.whole.cols);
        const auto other = decode_plain(type, copy, weight.whole.cols);
        float largest = 0, difference = 0;
        for (std::size_t i = 0; i < first.size(); ++i) {
            largest = std::max(largest, std::abs(first[i]));
            difference = std::max(difference, std::abs(first[i] - other[i]));
        }
        if (!(difference <= kDrift * largest)) {
            throw file.error(ErrorKind::BadFile, weight.name, weight.offsets[shard],
                             "is another vector than in " + meta_shard_name(0) + ", by up to " +
                                 std::to_string(difference) + ": the shards belong to different models");
        }
    }
}

void check_rows(const MetaFiles& files, const ShardedWeight& weight, std::int64_t first, std::int64_t count) {
    if (first < 0 || first > weight.whole.rows || count < 0 || count > weight.whole.rows - first) {
        throw Error(ErrorKind::BadArgument, files.shards[0].file().path().parent_path().string() +
                                                ": rows asked for that " + weight.name + " does not have");
    }
}

void check_part(const MetaFiles& files, const ShardedWeight& weight, int part) {
    if (weight.whole.column_parts == 1 || part < 0 || part >= weight.whole.column_parts) {
        throw Error(ErrorKind::BadArgument, files.shards[0].file().path().parent_path().string() +
                                                ": a part asked for that " + weight.name + " does not have");
    }
}

void check_scales(const ModelFile& file, const ShardedWeight& weight, std::span<const float> scales) {
    if (!std::all_of(scales.begin(), scales.end(), [](float scale) { return std::isfinite(scale); })) {
        throw file.error(ErrorKind::BadFile, weight.name, weight.scale_offsets[0], "a scale of it is no finite number");
    }
}

// Sign, four bits of exponent with a bias of 7, three of mantissa; no infinities.
std::array<float, 256> numbers_of_f8_e4m3() {
    std::array<float, 256> numbers{};
    for (int bits = 0; bits < 256; ++bits) {
        const int exponent = bits >> 3 & 15, mantissa = bits & 7;
        const float size = exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -9)
                                         : std::ldexp(static_cast<float>(8 + mantissa), exponent - 10);
        const bool is_number = (bits & 0x7F) != 0x7F;
        numbers[static_cast<std::size_t>(bits)] =
            is_number ? (bits >= 128 ? -size : size) : std::numeric_limits<float>::quiet_NaN();
    }
    return numbers;
}

// To the nearest, to even between two.
std::uint16_t to_bf16(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return static_cast<std::uint16_t>(std::isnan(value) ? 0x7FC0 : (bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

// A product of four bits of mantissa and a scale: BF16 rounds it 16 times finer than the 8 bits did.
void read_scaled_columns(const MetaFiles& files, const ShardedWeight& weight, std::int64_t row,
                         std::span<std::byte> out) {
    static const std::array<float, 256> numbers = numbers_of_f8_e4m3();
    const auto cols = static_cast<std::size_t>(weight.whole.cols);
    const std::size_t slice = cols / files.shards.size(), rows = out.size() / (cols * sizeof(std::uint16_t));
    std::vector<std::byte> bytes(rows * slice);
    std::vector<float> scales(rows);
    for (std::size_t shard = 0; shard < files.shards.size(); ++shard) {
        read_column_part(files, weight, static_cast<int>(shard), row, bytes);
        read_part_scales_of(files, weight, static_cast<int>(shard), row, scales);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            const float number = numbers[std::to_integer<std::size_t>(bytes[i])];
            const std::uint16_t value = to_bf16(number * scales[i / slice]);
            std::memcpy(&out[(i / slice * cols + shard * slice + i % slice) * sizeof(value)], &value, sizeof(value));
        }
    }
}

}  // namespace

std::string meta_shard_name(int index) {
    return "consolidated." + std::string(index < 10 ? "0" : "") + std::to_string(index) + ".pth";
}

MetaFiles open_meta_files(const std::filesystem::path& folder) {
    const std::set<int> found = list_shards(folder);
    if (found.empty()) {
        throw Error(ErrorKind::BadFile, folder.string() + ": params.json is there, but no " + meta_shard_name(0));
    }
    MetaFiles files;
    for (int index = 0; index <= *found.rbegin(); ++index) {
        if (!found.contains(index)) {
            throw Error(ErrorKind::BadFile, folder.string() + ": " + meta_shard_name(index) + " is missing, but " +
                                                meta_shard_name(*found.rbegin()) + " is there");
        }
        files.shards.emplace_back(folder / meta_shard_name(index));
    }
    const auto& tensors = files.shards[0].tensors();
    if (std::any_of(tensors.begin(), tensors.end(), [](const auto& t) { return t.type == DType::F8_E4M3; })) {
        for (int index = 0; index < std::ssize(files.shards); ++index) {
            files.scales.emplace_back(folder / ("fp8_scales_" + std::to_string(index) + ".pt"));
        }
    }
    return files;
}

void read_sharded_rows(const MetaFiles& files, const ShardedWeight& weight, std::int64_t first_row,
                       std::span<std::byte> out) {
    const std::span<const TorchCheckpoint> shards = files.shards;
    const std::int64_t bytes = row_bytes(weight.whole.type, weight.whole.cols);
    check_rows(files, weight, first_row, std::ssize(out) % bytes == 0 ? std::ssize(out) / bytes : -1);
    if (weight.split == ShardSplit::Rows) {
        const RowSlices slices{shards, weight.offsets, weight.whole.rows / std::ssize(shards), bytes};
        read_row_slices(slices, weight.name, first_row, out);
    } else if (weight.split == ShardSplit::None) {
        read_copies(shards, weight, out);
    } else if (weight.stored == weight.whole.type) {
        read_column_slices(shards, weight, first_row, out);
    } else {
        read_scaled_columns(files, weight, first_row, out);
    }
}

void read_sharded_scales(const MetaFiles& files, const ShardedWeight& weight, std::int64_t first_row,
                         std::span<float> out) {
    check_rows(files, weight, first_row, weight.whole.has_row_scales ? std::ssize(out) : -1);
    const std::int64_t parts = weight.split == ShardSplit::Rows ? std::ssize(files.scales) : 1;
    const RowSlices slices{files.scales, weight.scale_offsets, weight.whole.rows / parts, sizeof(float)};
    read_row_slices(slices, weight.name, first_row, std::as_writable_bytes(out));
    check_scales(files.scales[0].file(), weight, out);
}

void read_column_part(const MetaFiles& files, const ShardedWeight& weight, int part, std::int64_t first_row,
                      std::span<std::byte> out) {
    const std::int64_t bytes = weight.whole.cols / weight.whole.column_parts;
    check_part(files, weight, part);
    check_rows(files, weight, first_row, std::ssize(out) % bytes == 0 ? std::ssize(out) / bytes : -1);
    const auto shard = static_cast<std::size_t>(part);
    files.shards[shard].file().read_at(weight.offsets[shard] + first_row * bytes, out, weight.name);
}

void read_part_scales_of(const MetaFiles& files, const ShardedWeight& weight, int part, std::int64_t first_row,
                         std::span<float> out) {
    check_part(files, weight, part);
    check_rows(files, weight, first_row, std::ssize(out));
    const auto shard = static_cast<std::size_t>(part);
    const ModelFile& file = files.scales[shard].file();
    file.read_at(weight.scale_offsets[shard] + first_row * std::int64_t{sizeof(float)}, std::as_writable_bytes(out),
                 weight.name);
    check_scales(file, weight, out);
}

}  // namespace altiplano::engine
