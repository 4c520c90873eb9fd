// The seed model and its bytes.
#include "tests/engine/weights/gguf_seed.h"

#include <algorithm>
#include <fstream>
#include <unistd.h>

#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

constexpr std::uint32_t kTypeF32 = 0, kTypeQ8 = 8;
constexpr std::uint64_t kWidth = 32, kAlignment = 32;
constexpr int kLayers = 2;

std::string utf8_of(int code_point) {
    if (code_point < 0x80) {
        return {static_cast<char>(code_point)};
    }
    return {static_cast<char>(0xC0 | code_point >> 6), static_cast<char>(0x80 | (code_point & 0x3F))};
}

// GPT-2's spelling of every byte, in the order of Llama 3: the printable ones first.
std::vector<std::string> byte_tokens() {
    std::vector<std::string> printable, others;
    for (int byte = 0; byte < 256; ++byte) {
        const bool is_printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
        if (is_printable) {
            printable.push_back(utf8_of(byte));
        } else {
            others.push_back(utf8_of(0x100 + static_cast<int>(others.size())));
        }
    }
    printable.insert(printable.end(), others.begin(), others.end());
    return printable;
}

std::string random_data(std::uint32_t type, std::uint64_t rows, std::uint64_t cols, std::mt19937& random) {
    if (type == kTypeF32) {
        std::string ones;
        for (std::uint64_t i = 0; i < rows * cols; ++i) {
            ones += raw(1.0F);
        }
        return ones;
    }
    const auto bytes =
        reference::random_rows(DType::Q8_0, static_cast<std::int64_t>(rows), static_cast<std::int64_t>(cols), random);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string padding(std::size_t size) {
    return std::string((kAlignment - size % kAlignment) % kAlignment, '\0');
}

}  // namespace

std::string raw_string(std::string_view text) {
    return raw<std::uint64_t>(text.size()) + std::string(text);
}
std::string gguf_u32(std::uint32_t value) {
    return raw<std::uint32_t>(kGgufU32) + raw(value);
}
std::string gguf_f32(float value) {
    return raw<std::uint32_t>(kGgufF32) + raw(value);
}
std::string gguf_text(std::string_view text) {
    return raw<std::uint32_t>(kGgufString) + raw_string(text);
}
std::string gguf_texts(const std::vector<std::string>& texts) {
    std::string value =
        raw<std::uint32_t>(kGgufArray) + raw<std::uint32_t>(kGgufString) + raw<std::uint64_t>(texts.size());
    for (const std::string& text : texts) {
        value += raw_string(text);
    }
    return value;
}
std::string gguf_i32s(const std::vector<std::int32_t>& values) {
    std::string value =
        raw<std::uint32_t>(kGgufArray) + raw<std::uint32_t>(kGgufI32) + raw<std::uint64_t>(values.size());
    for (const std::int32_t number : values) {
        value += raw(number);
    }
    return value;
}

GgufSeed::GgufSeed() : tokens(byte_tokens()), merges({"t h", "th e"}) {
    tokens.insert(tokens.end(), {"th", "the", "<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>",
                                 "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>"});
    std::vector<std::int32_t> kinds(tokens.size(), 1);
    std::fill(kinds.end() - 6, kinds.end(), 3);
    const auto vocab = static_cast<std::uint32_t>(tokens.size());
    pairs = {{"general.architecture", gguf_text("llama")},
             {"general.name", gguf_text("Seed")},
             {"general.file_type", gguf_u32(7)},
             {"llama.context_length", gguf_u32(128)},
             {"llama.embedding_length", gguf_u32(kWidth)},
             {"llama.block_count", gguf_u32(kLayers)},
             {"llama.feed_forward_length", gguf_u32(kWidth)},
             {"llama.attention.head_count", gguf_u32(1)},
             {"llama.attention.head_count_kv", gguf_u32(1)},
             {"llama.rope.dimension_count", gguf_u32(kWidth)},
             {"llama.rope.freq_base", gguf_f32(500000)},
             {"llama.attention.layer_norm_rms_epsilon", gguf_f32(1e-5F)},
             {"llama.vocab_size", gguf_u32(vocab)},
             {"tokenizer.ggml.model", gguf_text("gpt2")},
             {"tokenizer.ggml.pre", gguf_text("llama-bpe")},
             {"tokenizer.ggml.tokens", gguf_texts(tokens)},
             {"tokenizer.ggml.token_type", gguf_i32s(kinds)},
             {"tokenizer.ggml.merges", gguf_texts(merges)},
             {"tokenizer.ggml.bos_token_id", gguf_u32(vocab - 6)},
             {"tokenizer.ggml.eos_token_id", gguf_u32(vocab - 1)}};
    tensors = {{"token_embd.weight", {kWidth, vocab}, kTypeQ8, 0, {}},
               {"output_norm.weight", {kWidth}, kTypeF32, 0, {}}};
    for (int layer = 0; layer < kLayers; ++layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        for (const char* norm : {"attn_norm", "ffn_norm"}) {
            tensors.push_back({block + norm + ".weight", {kWidth}, kTypeF32, 0, {}});
        }
        for (const char* part : {"attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"}) {
            tensors.push_back({block + part + ".weight", {kWidth, kWidth}, kTypeQ8, 0, {}});
        }
    }
    std::mt19937 random(7);
    for (Tensor& tensor : tensors) {
        tensor.data = random_data(tensor.type, tensor.dimensions.size() > 1 ? tensor.dimensions[1] : 1,
                                  tensor.dimensions[0], random);
    }
    lay_out();
}

void GgufSeed::lay_out() {
    std::uint64_t offset = 0;
    for (Tensor& tensor : tensors) {
        tensor.offset = offset;
        offset += tensor.data.size() + padding(tensor.data.size()).size();
    }
}

std::string& GgufSeed::value(std::string_view key) {
    const auto it = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.key == key; });
    return it == pairs.end() ? pairs.emplace_back(Pair{std::string(key), {}}).value : it->value;
}
void GgufSeed::set(std::string_view key, std::string value_with_type) {
    value(key) = std::move(value_with_type);
}
void GgufSeed::remove(std::string_view key) {
    std::erase_if(pairs, [&](const Pair& pair) { return pair.key == key; });
}
GgufSeed::Tensor& GgufSeed::tensor(std::string_view name) {
    return *std::find_if(tensors.begin(), tensors.end(), [&](const Tensor& tensor) { return tensor.name == name; });
}
void GgufSeed::remove_tensor(std::string_view name) {
    std::erase_if(tensors, [&](const Tensor& tensor) { return tensor.name == name; });
    lay_out();
}

std::string GgufSeed::header() const {
    std::string bytes = "GGUF" + raw(version) + raw<std::uint64_t>(tensor_count.value_or(tensors.size())) +
                        raw<std::uint64_t>(pair_count.value_or(pairs.size()));
    for (const Pair& pair : pairs) {
        bytes += raw_string(pair.key) + pair.value;
    }
    for (const Tensor& tensor : tensors) {
        bytes += raw_string(tensor.name) + raw(static_cast<std::uint32_t>(tensor.dimensions.size()));
        for (const std::uint64_t dimension : tensor.dimensions) {
            bytes += raw(dimension);
        }
        bytes += raw(tensor.type) + raw(tensor.offset);
    }
    return bytes;
}

std::string GgufSeed::bytes() const {
    std::string bytes = header();
    bytes += padding(bytes.size());
    for (const Tensor& tensor : tensors) {
        bytes += tensor.data + padding(tensor.data.size());
    }
    return bytes;
}

TemporaryFile::TemporaryFile(std::string_view content) {
    std::string name = (std::filesystem::temp_directory_path() / "altiplano-test-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    ::close(descriptor);
    path_ = name;
    std::ofstream(path_, std::ios::binary) << content;
}
TemporaryFile::~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

}  // namespace altiplano::engine
