#include "tests/engine/session/wide_model.h"

#include <random>

#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

constexpr float kNorm = 0.02F;  // what keeps scores of random weights in the range where a softmax has a say

std::uint32_t file_type(DType type) {
    constexpr std::pair<DType, std::uint32_t> kNumbers[] = {
        {DType::F32, 0},   {DType::F16, 1},   {DType::Q4_0, 2},    {DType::Q4_1, 3},    {DType::Q5_0, 6},
        {DType::Q5_1, 7},  {DType::Q8_0, 8},  {DType::Q2_K, 10},   {DType::Q3_K, 11},   {DType::Q4_K, 12},
        {DType::Q5_K, 13}, {DType::Q6_K, 14}, {DType::IQ4_NL, 20}, {DType::IQ4_XS, 23}, {DType::BF16, 30}};
    for (const auto& [one, number] : kNumbers) {
        if (one == type) {
            return number;
        }
    }
    return 0;
}

std::string random_weights(DType type, std::int64_t rows, std::int64_t cols, std::mt19937& random) {
    if (block_values(type) > 1) {
        const auto bytes = reference::random_rows(type, rows, cols, random);
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    std::string bytes;
    for (std::int64_t i = 0; i < rows * cols; ++i) {
        const auto bits = static_cast<std::uint32_t>(random());
        // Any sign and mantissa; as a half from 1/32 to 1, as the others from 1/8 to 2.
        const auto half = static_cast<std::uint16_t>((bits & 0x83FF) | (10 + (bits >> 16) % 5) << 10);
        const std::uint32_t single = (bits & 0x807FFFFF) | (124 + (bits >> 23) % 4) << 23;
        bytes += type == DType::F16   ? raw(half)
                 : type == DType::F32 ? raw(single)
                                      : raw(static_cast<std::uint16_t>(single >> 16));
    }
    return bytes;
}

std::string seed(DType type) {
    GgufSeed file;
    std::mt19937 random(11);
    file.set("llama.context_length", gguf_u32(4096));
    file.set("llama.embedding_length", gguf_u32(WideModel::kDim));
    file.set("llama.block_count", gguf_u32(WideModel::kLayers));
    file.set("llama.feed_forward_length", gguf_u32(WideModel::kFfn));
    file.set("llama.attention.head_count", gguf_u32(WideModel::kHeads));
    file.set("llama.attention.head_count_kv", gguf_u32(WideModel::kKvHeads));
    file.set("llama.attention.key_length", gguf_u32(WideModel::kHeadDim));
    file.set("llama.attention.value_length", gguf_u32(WideModel::kHeadDim));
    file.set("llama.rope.dimension_count", gguf_u32(WideModel::kHeadDim));
    file.tensors.clear();
    const auto matrix = [&](const std::string& name, std::uint64_t rows, std::uint64_t cols) {
        file.tensors.push_back(
            {name + ".weight",
             {cols, rows},
             file_type(type),
             0,
             random_weights(type, static_cast<std::int64_t>(rows), static_cast<std::int64_t>(cols), random)});
    };
    const auto norm = [&](const std::string& name) {
        std::string values;
        for (int i = 0; i < WideModel::kDim; ++i) {
            values += raw(kNorm);
        }
        file.tensors.push_back({name + ".weight", {WideModel::kDim}, file_type(DType::F32), 0, values});
    };
    constexpr int kQ = WideModel::kHeads * WideModel::kHeadDim, kKv = WideModel::kKvHeads * WideModel::kHeadDim;
    matrix("token_embd", WideModel::kVocab, WideModel::kDim);
    matrix("output", WideModel::kVocab, WideModel::kDim);
    norm("output_norm");
    for (int layer = 0; layer < WideModel::kLayers; ++layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        norm(block + "attn_norm");
        norm(block + "ffn_norm");
        matrix(block + "attn_q", kQ, WideModel::kDim);
        matrix(block + "attn_k", kKv, WideModel::kDim);
        matrix(block + "attn_v", kKv, WideModel::kDim);
        matrix(block + "attn_output", WideModel::kDim, kQ);
        matrix(block + "ffn_gate", WideModel::kFfn, WideModel::kDim);
        matrix(block + "ffn_up", WideModel::kFfn, WideModel::kDim);
        matrix(block + "ffn_down", WideModel::kDim, WideModel::kFfn);
    }
    file.lay_out();
    return file.bytes();
}

}  // namespace

WideModel::WideModel(DType type) : file_(seed(type)) {}

}  // namespace altiplano::engine
