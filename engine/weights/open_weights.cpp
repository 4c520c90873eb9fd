// Chooses the reader by the first bytes of the file.
#include <array>
#include <cstring>
#include <new>

#include "engine/weights/gguf.h"

namespace altiplano::engine {

std::unique_ptr<WeightSource> open_weights(const std::filesystem::path& path) try {
    ModelFile file(path);
    std::array<char, 4> magic{};
    if (file.size() < static_cast<std::int64_t>(magic.size())) {
        throw file.error(ErrorKind::BadFile, "magic", 0,
                         "the file has only " + std::to_string(file.size()) + " bytes, so it is no model file");
    }
    file.read_at(0, std::as_writable_bytes(std::span(magic)), "magic");
    if (std::memcmp(magic.data(), "GGUF", magic.size()) != 0) {
        throw file.error(ErrorKind::BadFile, "magic", 0,
                         "the file does not start with 'GGUF', so it is no model file that this program knows");
    }
    return open_gguf(std::move(file));
} catch (const std::bad_alloc&) {
    throw Error(ErrorKind::OutOfMemory, path.string() + ": there is not enough memory to read its header");
}

}  // namespace altiplano::engine
