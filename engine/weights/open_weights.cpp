// Chooses the reader by the first bytes of the file, or by what a folder holds.
#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string_view>

#include "engine/weights/gguf.h"
#include "engine/weights/hf_folder.h"
#include "engine/weights/meta_folder.h"

namespace altiplano::engine {
namespace {

std::unique_ptr<WeightSource> open_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::exists(folder / "config.json", error)) {
        return open_hf_folder(folder);
    }
    if (std::filesystem::exists(folder / "params.json", error)) {
        return open_meta_folder(folder);
    }
    throw Error(ErrorKind::BadFile,
                folder.string() + ": the folder holds no model: neither config.json nor params.json is there");
}

/// Where a file is chosen, any of a folder's stands for the folder.
bool is_part_of_folder(const std::filesystem::path& path) {
    constexpr std::array<std::string_view, 3> kNames = {"config.json", "params.json", "model.safetensors.index.json"};
    constexpr std::array<std::string_view, 2> kEndings = {".safetensors", ".pth"};
    const std::string name = path.filename().string();
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
           std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view end) { return name.ends_with(end); });
}

std::unique_ptr<WeightSource> open_file(const std::filesystem::path& path) {
    ModelFile file(path);
    std::array<char, 4> magic{};
    const bool has_magic = file.size() >= static_cast<std::int64_t>(magic.size());
    if (has_magic) {
        file.read_at(0, std::as_writable_bytes(std::span(magic)), "magic");
    }
    if (std::memcmp(magic.data(), "GGUF", magic.size()) == 0) {
        return open_gguf(std::move(file));
    }
    if (is_part_of_folder(path)) {
        return open_folder(path.has_parent_path() ? path.parent_path() : ".");
    }
    throw file.error(ErrorKind::BadFile, "magic", 0,
                     has_magic ? "the file does not start with 'GGUF', so it is no model file that this program knows"
                               : "the file has only " + std::to_string(file.size()) + " bytes, so it is no model file");
}

}  // namespace

void WeightSource::read_row_scales(WeightId, std::int64_t, std::span<float>) const {
    throw Error(ErrorKind::BadArgument,
                summary().path.string() + ": row scales asked for that the weight does not have");
}

void WeightSource::read_part_rows(WeightId, int, std::int64_t, std::span<std::byte>) const {
    throw Error(ErrorKind::BadArgument,
                summary().path.string() + ": a part asked for of a weight that the file has whole");
}

void WeightSource::read_part_scales(WeightId id, int part, std::int64_t, std::span<float>) const {
    read_part_rows(id, part, 0, {});
}

std::unique_ptr<WeightSource> open_weights(const std::filesystem::path& path) try {
    std::error_code error;
    return std::filesystem::is_directory(path, error) ? open_folder(path) : open_file(path);
} catch (const std::bad_alloc&) {
    throw Error(ErrorKind::OutOfMemory, path.string() + ": there is not enough memory to read its header");
}

}  // namespace altiplano::engine
