// Reading and asking for GGUF metadata.
#include "engine/weights/gguf_metadata.h"

#include <algorithm>
#include <array>
#include <bit>

namespace altiplano::engine {
namespace {

// More than any real file has by three orders of magnitude, and few enough to read in a moment.
constexpr std::uint64_t kMostPairs = 65'536;
constexpr std::int64_t kLongestKey = 65'535;           // as the format says
constexpr std::int64_t kLongestText = 64 << 10;        // of a string that we keep
constexpr std::int64_t kSmallestPair = 8 + 1 + 4 + 1;  // key length, key, type, value

struct TypeFacts {
    std::string_view name;
    std::int64_t bytes;  // 0 where the size varies
};
constexpr std::array<TypeFacts, 13> kTypes = {{{"UINT8", 1},
                                               {"INT8", 1},
                                               {"UINT16", 2},
                                               {"INT16", 2},
                                               {"UINT32", 4},
                                               {"INT32", 4},
                                               {"FLOAT32", 4},
                                               {"BOOL", 1},
                                               {"STRING", 0},
                                               {"ARRAY", 0},
                                               {"UINT64", 8},
                                               {"INT64", 8},
                                               {"FLOAT64", 8}}};

std::int64_t scalar_bytes(GgufType type) {
    return kTypes[static_cast<std::size_t>(type)].bytes;
}

GgufType read_type(GgufCursor& cursor, const std::string& key) {
    const auto number = cursor.number<std::uint32_t>(key);
    if (number >= kTypes.size()) {
        cursor.fail(ErrorKind::BadFile, key,
                    "value type " + std::to_string(number) + " does not exist, expected 0 to 12");
    }
    return static_cast<GgufType>(number);
}

std::uint64_t read_scalar(GgufCursor& cursor, GgufType type, const std::string& key) {
    switch (scalar_bytes(type)) {
        case 1:
            return cursor.number<std::uint8_t>(key);
        case 2:
            return cursor.number<std::uint16_t>(key);
        case 4:
            return cursor.number<std::uint32_t>(key);
        default:
            return cursor.number<std::uint64_t>(key);
    }
}

std::string read_key(GgufCursor& cursor, std::uint64_t index) {
    const std::string what = "metadata key " + std::to_string(index);
    std::string key = cursor.text(kLongestKey, what);
    const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F; };
    if (key.empty() || !std::all_of(key.begin(), key.end(), is_plain)) {
        cursor.fail(ErrorKind::BadFile, what, "is empty or holds bytes other than printable ASCII");
    }
    return key;
}

}  // namespace

std::string_view name(GgufType type) noexcept {
    return kTypes[static_cast<std::size_t>(type)].name;
}

GgufMetadata::GgufMetadata(const ModelFile& file, GgufCursor& cursor, std::uint64_t count) : file_(file) {
    const auto possible = static_cast<std::uint64_t>(cursor.remaining() / kSmallestPair);
    if (count > std::min(possible, kMostPairs)) {
        cursor.fail(ErrorKind::BadFile, "metadata count",
                    std::to_string(count) + " pairs are claimed, at most " +
                        std::to_string(std::min(possible, kMostPairs)) + " are possible here");
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        std::string key = read_key(cursor, i);
        const GgufValue value = read_value(cursor, key);
        if (!values_.emplace(key, value).second) {
            throw file_.error(ErrorKind::BadFile, key, value.offset, "the key stands twice in the file");
        }
    }
}

GgufValue GgufMetadata::read_value(GgufCursor& cursor, const std::string& key) const {
    GgufValue value;
    value.type = read_type(cursor, key);
    value.offset = cursor.position();
    if (value.type == GgufType::Array) {
        read_array(cursor, key, value);
    } else if (value.type == GgufType::String) {
        value.count = cursor.length(key);
        value.offset = cursor.position();
        cursor.skip(value.count, key);
    } else {
        value.bits = read_scalar(cursor, value.type, key);
        if (value.type == GgufType::Bool && value.bits > 1) {
            throw file_.error(ErrorKind::BadFile, key, value.offset,
                              "BOOL is " + std::to_string(value.bits) + ", expected 0 or 1");
        }
    }
    return value;
}

void GgufMetadata::read_array(GgufCursor& cursor, const std::string& key, GgufValue& value) const {
    value.element = read_type(cursor, key);
    if (value.element == GgufType::Array) {
        cursor.fail(ErrorKind::BadFile, key, "is an array of arrays, which no Llama model has");
    }
    const auto count = cursor.number<std::uint64_t>(key);
    const std::int64_t smallest = value.element == GgufType::String ? 8 : scalar_bytes(value.element);
    if (count > static_cast<std::uint64_t>(cursor.remaining() / smallest)) {
        cursor.fail(ErrorKind::BadFile, key,
                    "has " + std::to_string(count) + " elements of type " + std::string(name(value.element)) +
                        ", but the file has only " + std::to_string(cursor.remaining()) + " bytes left");
    }
    value.count = static_cast<std::int64_t>(count);
    value.offset = cursor.position();
    if (value.element != GgufType::String) {
        cursor.skip(value.count * smallest, key);
        return;
    }
    for (std::int64_t i = 0; i < value.count; ++i) {
        cursor.skip(cursor.length(key), key);
    }
}

const GgufValue* GgufMetadata::find(std::string_view key) const {
    const auto it = values_.find(std::string(key));
    return it == values_.end() ? nullptr : &it->second;
}

Error GgufMetadata::error(ErrorKind kind, std::string_view key, const std::string& text) const {
    const GgufValue* value = find(key);
    return file_.error(kind, key, value != nullptr ? value->offset : 0, text);
}

std::optional<std::int64_t> GgufMetadata::integer(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    switch (value->type) {
        case GgufType::U8:
        case GgufType::U16:
        case GgufType::U32:
            return static_cast<std::int64_t>(value->bits);
        case GgufType::I8:
            return static_cast<std::int8_t>(value->bits);
        case GgufType::I16:
            return static_cast<std::int16_t>(value->bits);
        case GgufType::I32:
            return static_cast<std::int32_t>(value->bits);
        case GgufType::I64:
            return static_cast<std::int64_t>(value->bits);
        case GgufType::U64:
            if (value->bits <= static_cast<std::uint64_t>(INT64_MAX)) {
                return static_cast<std::int64_t>(value->bits);
            }
            throw error(ErrorKind::BadFile, key, "is " + std::to_string(value->bits) + ", which is impossibly large");
        default:
            throw error(ErrorKind::BadFile, key, "is a " + std::string(name(value->type)) + ", expected an integer");
    }
}

std::optional<double> GgufMetadata::number(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->type == GgufType::F32) {
        return std::bit_cast<float>(static_cast<std::uint32_t>(value->bits));
    }
    if (value->type == GgufType::F64) {
        return std::bit_cast<double>(value->bits);
    }
    throw error(ErrorKind::BadFile, key, "is a " + std::string(name(value->type)) + ", expected a FLOAT32");
}

std::optional<std::string> GgufMetadata::text(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->type != GgufType::String) {
        throw error(ErrorKind::BadFile, key, "is a " + std::string(name(value->type)) + ", expected a STRING");
    }
    if (value->count > kLongestText) {
        throw error(
            ErrorKind::BadFile, key,
            "has " + std::to_string(value->count) + " bytes, the most allowed is " + std::to_string(kLongestText));
    }
    std::string result(static_cast<std::size_t>(value->count), '\0');
    file_.read_at(value->offset, std::as_writable_bytes(std::span(result)), key);
    return result;
}

const GgufValue* GgufMetadata::array(std::string_view key, GgufType element) const {
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return nullptr;
    }
    if (value->type != GgufType::Array || value->element != element) {
        const std::string found = value->type == GgufType::Array ? "an array of " + std::string(name(value->element))
                                                                 : "a " + std::string(name(value->type));
        throw error(ErrorKind::BadFile, key, "is " + found + ", expected an array of " + std::string(name(element)));
    }
    return value;
}

}  // namespace altiplano::engine
