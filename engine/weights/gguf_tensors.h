// The tensor table of a GGUF file: names, shapes, types and places, checked against each other and the file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/device/matrix.h"
#include "engine/weights/gguf_cursor.h"

namespace altiplano::engine {

struct GgufTensor {
    std::string name;
    DType type = DType::F32;
    std::int64_t rows = 0;  ///< 1 for a vector
    std::int64_t cols = 0;
    std::int64_t offset = 0;  ///< in the file
    std::int64_t bytes = 0;
};

/// Reads count entries at the cursor, which then stands at the end of the header. alignment is a power of two.
/// Throws Error(BadFile), or Error(Unsupported) for a block type that this program does not compute with.
std::vector<GgufTensor> read_gguf_tensors(const ModelFile& file, GgufCursor& cursor, std::uint64_t count,
                                          std::int64_t alignment);

}  // namespace altiplano::engine
