// Rows begin at random blocks of a text that is random, too.
#include "tests/bench/synthetic_source.h"

#include <algorithm>
#include <cstring>

#include "engine/error.h"
#include "tests/bench/synthetic_blocks.h"

namespace altiplano::engine {
namespace {

constexpr std::int64_t kTextBytes = 1 << 20;  // rows begin in it; small enough for a processor's second cache

ModelConfig shape(int layers, int dim, int heads, int kv_heads, int ffn_dim, int vocab_size) {
    ModelConfig config;
    config.layers = layers;
    config.dim = dim;
    config.heads = heads;
    config.kv_heads = kv_heads;
    config.head_dim = 128;
    config.ffn_dim = ffn_dim;
    config.vocab_size = vocab_size;
    config.context_length = 131'072;
    config.has_rope_scaling = true;
    return config;
}

DType type_named(const std::string& text) {
    for (int i = 0; i <= static_cast<int>(DType::F8_E4M3); ++i) {
        if (name(static_cast<DType>(i)) == text) {
            return static_cast<DType>(i);
        }
    }
    throw Error(ErrorKind::BadArgument,
                "there is no type of weights " + text + ", expected FP8, Q4_K_M, BF16, Q8_0...");
}

// The published recipe: finer in the first and the last eighth of the layers and every third between; V is finer still
// in a model of 80 layers, whose eight heads share it.
DType q4_k_m(const ModelConfig& config, WeightId id) {
    const int eighth = config.layers / 8;
    const bool is_finer = id.layer < eighth || id.layer >= 7 * config.layers / 8 || (id.layer - eighth) % 3 == 2;
    switch (id.weight) {
        case Weight::Output:
            return DType::Q6_K;
        case Weight::AttentionV:
            return is_finer ? DType::Q6_K : config.layers == 80 ? DType::Q5_K : DType::Q4_K;
        case Weight::FeedForwardDown:
            return is_finer ? DType::Q6_K : DType::Q4_K;
        default:
            return DType::Q4_K;
    }
}

DType type_in(const std::string& mix, const ModelConfig& config, WeightId id) {
    if (mix == "Q4_K_M") {
        return q4_k_m(config, id);
    }
    if (mix == "FP8") {
        return id.layer >= 0 ? DType::F8_E4M3 : DType::BF16;
    }
    return type_named(mix);
}

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

void fill_with_ones(DType type, std::span<std::byte> out) {
    const auto one = type == DType::F32 ? 0x3F800000U : type == DType::F16 ? 0x3C00U : 0x3F80U;
    const auto step = static_cast<std::size_t>(block_bytes(type));
    for (std::size_t at = 0; at < out.size(); at += step) {
        std::memcpy(out.data() + at, &one, step);
    }
}

std::vector<Weight> all_weights() {
    std::vector<Weight> all;
    for (int i = 0; i <= static_cast<int>(Weight::FeedForwardDown); ++i) {
        all.push_back(static_cast<Weight>(i));
    }
    return all;
}

}  // namespace

ModelConfig synthetic_shape(const std::string& size) {
    if (size == "8B") {
        return shape(32, 4096, 32, 8, 14'336, 128'256);
    }
    if (size == "70B") {
        return shape(80, 8192, 64, 8, 28'672, 128'256);
    }
    if (size == "405B") {
        return shape(126, 16'384, 128, 8, 53'248, 128'256);
    }
    if (size == "tiny") {
        return shape(8, 512, 4, 1, 1024, 1024);
    }
    throw Error(ErrorKind::BadArgument, "there is no model of size " + size + ", expected 8B, 70B, 405B or tiny");
}

WeightTable synthetic_table(const ModelConfig& config, const std::string& mix) {
    return {config, [&](WeightId id) -> std::optional<DType> {
                if (id.weight == Weight::RopeFactors) {
                    return std::nullopt;
                }
                return shape_of(config, id.weight).rows == 1 ? DType::F32 : type_in(mix, config, id);
            }};
}

SyntheticSource::SyntheticSource(const std::string& size, const std::string& mix)
    : table_(synthetic_table(synthetic_shape(size), mix)) {
    std::map<DType, std::int64_t> longest;
    for (int layer = -1; layer < config().layers; ++layer) {
        for (const Weight weight : all_weights()) {
            const auto& info = table_.find({weight, layer});
            if (info && info->rows > 1) {
                longest[info->type] = std::max(longest[info->type], row_bytes(info->type, info->cols));
            }
        }
    }
    for (const auto& [type, bytes] : longest) {
        blocks_[type] = synthetic_blocks(type, static_cast<std::size_t>(kTextBytes + bytes));
    }
    summary_.path = "synthetic-" + size + "-" + mix;
    summary_.name = summary_.path.string();
    summary_.type_label = mix;
    summary_.file_bytes = table_.stored_bytes();
    summary_.parameter_count = table_.parameter_count();
    summary_.fingerprint = summary_.name;
}

TokenizerData SyntheticSource::tokenizer() const {
    TokenizerData data;
    for (int id = 0; id < config().vocab_size; ++id) {
        data.tokens.push_back({id < 256 ? std::string(1, static_cast<char>(id)) : "token" + std::to_string(id), false});
    }
    return data;
}

void SyntheticSource::read_rows(WeightId id, std::int64_t first_row, std::span<std::byte> out) const {
    const WeightInfo& info = *table_.find(id);
    if (info.rows == 1) {
        fill_with_ones(info.type, out);
        return;
    }
    const auto bytes = static_cast<std::size_t>(row_bytes(info.type, info.cols));
    const std::vector<std::byte>& text = blocks(info.type);
    const std::int64_t places = kTextBytes / block_bytes(info.type);
    const auto matrix = static_cast<std::uint64_t>(id.layer + 1) * 64 + static_cast<std::uint64_t>(id.weight);
    for (std::size_t at = 0; at + bytes <= out.size(); at += bytes, ++first_row) {
        const std::uint64_t place =
            mixed(mixed(matrix) + static_cast<std::uint64_t>(first_row)) % static_cast<std::uint64_t>(places);
        const std::size_t begin = place * static_cast<std::size_t>(block_bytes(info.type));
        std::memcpy(out.data() + at, text.data() + begin, bytes);
    }
}

void SyntheticSource::read_row_scales(WeightId, std::int64_t, std::span<float> out) const {
    std::fill(out.begin(), out.end(), kSyntheticRowScale);
}

}  // namespace altiplano::engine
