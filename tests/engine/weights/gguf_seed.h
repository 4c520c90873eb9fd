// Writes a valid two-layer Llama model as GGUF, and anything a test wants to be wrong with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace altiplano::engine {

/// The file's numbers for value types.
enum : std::uint32_t {
    kGgufU8,
    kGgufI8,
    kGgufU16,
    kGgufI16,
    kGgufU32,
    kGgufI32,
    kGgufF32,
    kGgufBool,
    kGgufString,
    kGgufArray
};

/// The bytes of a number, and of a string with its length before it.
template <typename T>
std::string raw(T value) {
    return {reinterpret_cast<const char*>(&value), sizeof(value)};
}
std::string raw_string(std::string_view text);

/// Values with their type before them.
std::string gguf_u32(std::uint32_t value);
std::string gguf_f32(float value);
std::string gguf_text(std::string_view text);
std::string gguf_texts(const std::vector<std::string>& texts);
std::string gguf_i32s(const std::vector<std::int32_t>& values);

struct GgufSeed {
    struct Pair {
        std::string key;
        std::string value;  ///< with its type
    };
    struct Tensor {
        std::string name;
        std::vector<std::uint64_t> dimensions;  ///< row length first
        std::uint32_t type = 0;
        std::uint64_t offset = 0;
        std::string data;
    };

    /// 32 wide, 1 head, 264 tokens, Q8_0.
    GgufSeed();

    std::string& value(std::string_view key);
    void set(std::string_view key, std::string value);
    void remove(std::string_view key);
    Tensor& tensor(std::string_view name);
    void remove_tensor(std::string_view name);
    /// Places the tensors one after another.
    void lay_out();

    /// Everything before the data, and the whole file.
    std::string header() const;
    std::string bytes() const;

    std::uint32_t version = 3;
    std::optional<std::uint64_t> pair_count, tensor_count;  ///< what the file claims, if not the truth
    std::vector<Pair> pairs;
    std::vector<Tensor> tensors;
    std::vector<std::string> tokens;
    std::vector<std::string> merges;
};

/// A file that is there as long as this is.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view content);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace altiplano::engine
