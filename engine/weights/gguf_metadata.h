// The key-value part of a GGUF file: scalars kept, strings and arrays remembered by their place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/weights/gguf_cursor.h"

namespace altiplano::engine {

/// Value types as the file numbers them.
enum class GgufType : std::uint32_t {
    U8 = 0,
    I8 = 1,
    U16 = 2,
    I16 = 3,
    U32 = 4,
    I32 = 5,
    F32 = 6,
    Bool = 7,
    String = 8,
    Array = 9,
    U64 = 10,
    I64 = 11,
    F64 = 12
};

/// One value. A scalar is in bits; of a string or array only the place in the file is kept.
struct GgufValue {
    GgufType type = GgufType::U8;
    GgufType element = GgufType::U8;  ///< of an array
    std::uint64_t bits = 0;           ///< of a scalar, little endian, zero above its width
    std::int64_t count = 0;           ///< bytes of a string, elements of an array
    std::int64_t offset = 0;          ///< where the value starts: its digits, the string's bytes, the first element
};

/// Immutable after reading. Getters return nothing where the key is absent and throw Error(BadFile) where its type is
/// another one than asked for.
class GgufMetadata {
public:
    /// Reads count pairs; throws Error.
    GgufMetadata(const ModelFile& file, GgufCursor& cursor, std::uint64_t count);

    const GgufValue* find(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    /// An array of that element type.
    const GgufValue* array(std::string_view key, GgufType element) const;
    const ModelFile& file() const noexcept { return file_; }
    /// An Error(kind) that names the key and where its value stands.
    Error error(ErrorKind kind, std::string_view key, const std::string& text) const;

private:
    GgufValue read_value(GgufCursor& cursor, const std::string& key) const;
    void read_array(GgufCursor& cursor, const std::string& key, GgufValue& value) const;

    const ModelFile& file_;
    std::unordered_map<std::string, GgufValue> values_;
};

/// "UINT32", "STRING" and so on.
std::string_view name(GgufType type) noexcept;

}  // namespace altiplano::engine
