// Reading the tensor table; every product is checked before it is made.
#include "engine/weights/gguf_tensors.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

namespace altiplano::engine {
namespace {

constexpr std::uint64_t kMostTensors = 65'536;  // Llama 3.1 405B has 1,138
constexpr std::int64_t kLongestName = 64;       // as the format says
constexpr std::uint32_t kMostDimensions = 4;    // as the format says
constexpr std::int64_t kLargestDimension = INT32_MAX;
constexpr std::int64_t kSmallestEntry = 8 + 1 + 4 + 8 + 4 + 8;  // name, one dimension, type, offset

struct TypeFacts {
    std::string_view name;  // empty where the number is not in use
    std::optional<DType> type;
};

// Index = the number in the file.
constexpr std::array<TypeFacts, 40> kTypes = {{{"F32", DType::F32},
                                               {"F16", DType::F16},
                                               {"Q4_0", DType::Q4_0},
                                               {"Q4_1", DType::Q4_1},
                                               {},
                                               {},
                                               {"Q5_0", DType::Q5_0},
                                               {"Q5_1", DType::Q5_1},
                                               {"Q8_0", DType::Q8_0},
                                               {"Q8_1", {}},
                                               {"Q2_K", DType::Q2_K},
                                               {"Q3_K", DType::Q3_K},
                                               {"Q4_K", DType::Q4_K},
                                               {"Q5_K", DType::Q5_K},
                                               {"Q6_K", DType::Q6_K},
                                               {"Q8_K", {}},
                                               {"IQ2_XXS", {}},
                                               {"IQ2_XS", {}},
                                               {"IQ3_XXS", {}},
                                               {"IQ1_S", {}},
                                               {"IQ4_NL", DType::IQ4_NL},
                                               {"IQ3_S", {}},
                                               {"IQ2_S", {}},
                                               {"IQ4_XS", DType::IQ4_XS},
                                               {"I8", {}},
                                               {"I16", {}},
                                               {"I32", {}},
                                               {"I64", {}},
                                               {"F64", {}},
                                               {"IQ1_M", {}},
                                               {"BF16", DType::BF16},
                                               {},
                                               {},
                                               {},
                                               {"TQ1_0", {}},
                                               {"TQ2_0", {}},
                                               {},
                                               {},
                                               {},
                                               {"MXFP4", {}}}};

DType read_type(GgufCursor& cursor, const std::string& tensor) {
    const auto number = cursor.number<std::uint32_t>(tensor);
    if (number >= kTypes.size() || kTypes[number].name.empty()) {
        cursor.fail(ErrorKind::BadFile, tensor, "tensor type " + std::to_string(number) + " does not exist");
    }
    if (!kTypes[number].type) {
        cursor.fail(ErrorKind::Unsupported, tensor,
                    "the tensor type " + std::string(kTypes[number].name) +
                        " is not supported; supported are F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K to Q6_K, "
                        "IQ4_NL and IQ4_XS");
    }
    return *kTypes[number].type;
}

std::array<std::int64_t, kMostDimensions> read_dimensions(GgufCursor& cursor, const std::string& tensor) {
    const auto count = cursor.number<std::uint32_t>(tensor);
    if (count < 1 || count > kMostDimensions) {
        cursor.fail(ErrorKind::BadFile, tensor, "has " + std::to_string(count) + " dimensions, expected 1 to 4");
    }
    std::array<std::int64_t, kMostDimensions> dimensions = {1, 1, 1, 1};
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto value = cursor.number<std::uint64_t>(tensor);
        if (value < 1 || value > static_cast<std::uint64_t>(kLargestDimension)) {
            cursor.fail(ErrorKind::BadFile, tensor,
                        "dimension " + std::to_string(i) + " is " + std::to_string(value) + ", expected 1 to " +
                            std::to_string(kLargestDimension));
        }
        dimensions[i] = static_cast<std::int64_t>(value);
    }
    return dimensions;
}

// cols and rows are at most 2^31 and a block at most 256 bytes for 1 value, so cols * bytes cannot overflow; rows *
// that can.
void set_bytes(GgufCursor& cursor, GgufTensor& tensor) {
    if (tensor.cols % block_values(tensor.type) != 0) {
        cursor.fail(ErrorKind::BadFile, tensor.name,
                    "rows of " + std::to_string(tensor.cols) + " values are not whole " +
                        std::string(name(tensor.type)) + " blocks of " + std::to_string(block_values(tensor.type)));
    }
    if (__builtin_mul_overflow(row_bytes(tensor.type, tensor.cols), tensor.rows, &tensor.bytes)) {
        cursor.fail(ErrorKind::BadFile, tensor.name, "its size in bytes is impossibly large");
    }
}

GgufTensor read_tensor(GgufCursor& cursor, std::uint64_t index) {
    GgufTensor tensor;
    tensor.name = cursor.text(kLongestName, "name of tensor " + std::to_string(index));
    if (tensor.name.empty()) {
        cursor.fail(ErrorKind::BadFile, "name of tensor " + std::to_string(index), "is empty");
    }
    const auto dimensions = read_dimensions(cursor, tensor.name);
    if (dimensions[2] != 1 || dimensions[3] != 1) {
        cursor.fail(ErrorKind::BadFile, tensor.name, "has more than 2 dimensions, expected 1 or 2");
    }
    tensor.type = read_type(cursor, tensor.name);
    tensor.cols = dimensions[0];
    tensor.rows = dimensions[1];
    set_bytes(cursor, tensor);
    const auto offset = cursor.number<std::uint64_t>(tensor.name);
    if (offset > static_cast<std::uint64_t>(INT64_MAX)) {
        cursor.fail(ErrorKind::BadFile, tensor.name, "data offset " + std::to_string(offset) + " is impossibly large");
    }
    tensor.offset = static_cast<std::int64_t>(offset);
    return tensor;
}

std::int64_t aligned(std::int64_t value, std::int64_t alignment) {
    return (value + alignment - 1) / alignment * alignment;
}

// Tensors lie one after another without overlap or gap, whatever the order of the table. end stays below the file's
// size plus the alignment, so no sum can overflow.
void place(const ModelFile& file, std::vector<GgufTensor>& tensors, std::int64_t data_start, std::int64_t alignment) {
    std::vector<GgufTensor*> by_offset;
    by_offset.reserve(tensors.size());
    for (GgufTensor& tensor : tensors) {
        by_offset.push_back(&tensor);
    }
    std::stable_sort(by_offset.begin(), by_offset.end(), [](auto* a, auto* b) { return a->offset < b->offset; });
    std::int64_t end = data_start;
    for (GgufTensor* tensor : by_offset) {
        const std::int64_t expected = aligned(end, alignment) - data_start;
        if (tensor->offset != expected) {
            throw file.error(ErrorKind::BadFile, tensor->name, data_start,
                             "data offset is " + std::to_string(tensor->offset) + ", expected " +
                                 std::to_string(expected) + " after the tensor before it");
        }
        tensor->offset += data_start;
        if (tensor->offset > file.size() || tensor->bytes > file.size() - tensor->offset) {
            throw file.error(ErrorKind::BadFile, tensor->name, tensor->offset,
                             "needs " + std::to_string(tensor->bytes) + " bytes, but the file ends at " +
                                 std::to_string(file.size()) + "; it is incomplete");
        }
        end = tensor->offset + tensor->bytes;
    }
}

}  // namespace

std::vector<GgufTensor> read_gguf_tensors(const ModelFile& file, GgufCursor& cursor, std::uint64_t count,
                                          std::int64_t alignment) {
    const auto possible = static_cast<std::uint64_t>(cursor.remaining() / kSmallestEntry);
    if (count > std::min(possible, kMostTensors)) {
        cursor.fail(ErrorKind::BadFile, "tensor count",
                    std::to_string(count) + " tensors are claimed, at most " +
                        std::to_string(std::min(possible, kMostTensors)) + " are possible here");
    }
    std::vector<GgufTensor> tensors;
    std::unordered_set<std::string> names;
    for (std::uint64_t i = 0; i < count; ++i) {
        tensors.push_back(read_tensor(cursor, i));
        if (!names.insert(tensors.back().name).second) {
            cursor.fail(ErrorKind::BadFile, tensors.back().name, "the tensor stands twice in the table");
        }
    }
    place(file, tensors, aligned(cursor.position(), alignment), alignment);
    return tensors;
}

}  // namespace altiplano::engine
