// Units (heads, blocks, strips) are shared out so that any two ranks are at most one unit apart.
#include "engine/model/shard.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

constexpr std::int64_t kLeastFfnStep = 32;  // what a product takes: see Device::matmul

// The rank's part of count things, in whole units but for the end of all.
Extent part(std::int64_t count, std::int64_t unit, int rank, int ranks) {
    const std::int64_t units = (count + unit - 1) / unit;
    const std::int64_t first = std::min(units * rank / ranks * unit, count);
    return {first, std::min(units * (rank + 1) / ranks * unit, count) - first};
}

std::string text(std::int64_t number) {
    return std::to_string(number);
}

}  // namespace

ColumnBlocks column_blocks(const WeightTable& weights) {
    const auto largest = [&weights](Weight weight) {
        std::int64_t most = 1;
        for (int layer = 0; layer < weights.config().layers; ++layer) {
            const auto& info = weights.find({weight, layer});
            most = std::max(most, info ? block_values(info->type) : 1);
        }
        return most;
    };
    return {largest(Weight::AttentionOutput), largest(Weight::FeedForwardDown)};
}

std::string Sharding::why_indivisible(const ModelConfig& config, const ColumnBlocks& blocks, int ranks) {
    if (ranks < 1 || config.kv_heads % ranks != 0) {
        return "the model's " + text(config.kv_heads) + " key-value heads cannot be divided among " + text(ranks) +
               " ranks";
    }
    const std::int64_t attention_cols = std::int64_t{config.heads} / ranks * config.head_dim;
    if (ranks > 1 && attention_cols % blocks.attention_output != 0) {
        return "the " + text(attention_cols) + " columns of the attention output for each of " + text(ranks) +
               " ranks are not whole blocks of " + text(blocks.attention_output);
    }
    const std::int64_t ffn_step = std::max(blocks.down, kLeastFfnStep);
    if (ranks > 1 && (config.ffn_dim + ffn_step - 1) / ffn_step < ranks) {
        return "the feed-forward width of " + text(config.ffn_dim) + " has fewer blocks of " + text(ffn_step) +
               " than " + text(ranks) + " ranks";
    }
    if (ranks > 1 && (config.vocab_size + kVocabStep - 1) / kVocabStep < ranks) {
        return "a vocabulary of " + text(config.vocab_size) + " tokens is too small for " + text(ranks) + " ranks";
    }
    return "";
}

Sharding::Sharding(const ModelConfig& config) : Sharding(config, {}, 1) {}

Sharding::Sharding(const ModelConfig& config, const ColumnBlocks& blocks, int ranks)
    : config_(config), ffn_step_(std::max(blocks.down, kLeastFfnStep)), ranks_(ranks) {
    const std::string why = why_indivisible(config, blocks, ranks);
    if (!why.empty()) {
        throw Error(ErrorKind::BadArgument, why);
    }
}

Extent Sharding::kv_heads(int rank) const {
    assert(rank >= 0 && rank < ranks_);
    return part(config_.kv_heads, 1, rank, ranks_);
}
Extent Sharding::heads(int rank) const {
    const std::int64_t group = config_.heads / config_.kv_heads;
    const Extent of_keys = kv_heads(rank);
    return {of_keys.first * group, of_keys.count * group};
}
Extent Sharding::ffn(int rank) const {
    return part(config_.ffn_dim, ffn_step_, rank, ranks_);
}
Extent Sharding::vocab(int rank) const {
    return part(config_.vocab_size, kVocabStep, rank, ranks_);
}

Slice Sharding::slice(Weight weight, int rank) const {
    const std::int64_t head_dim = config_.head_dim;
    const auto wide = [head_dim](Extent heads) { return Extent{heads.first * head_dim, heads.count * head_dim}; };
    const Extent dim = {0, config_.dim};
    switch (weight) {
        case Weight::TokenEmbedding:
        case Weight::Output:
            return {vocab(rank), dim};
        case Weight::AttentionQ:
            return {wide(heads(rank)), dim};
        case Weight::AttentionK:
        case Weight::AttentionV:
            return {wide(kv_heads(rank)), dim};
        case Weight::AttentionOutput:
            return {dim, wide(heads(rank))};
        case Weight::FeedForwardGate:
        case Weight::FeedForwardUp:
            return {ffn(rank), dim};
        case Weight::FeedForwardDown:
            return {dim, ffn(rank)};
        case Weight::RopeFactors:
            return {{0, 1}, {0, head_dim / 2}};
        case Weight::OutputNorm:
        case Weight::AttentionNorm:
        case Weight::FeedForwardNorm:
            break;
    }
    return {{0, 1}, dim};
}

WeightInfo held_by_ranks(const WeightTable& weights, const Sharding& sharding, WeightId id) {
    WeightInfo info = weights.find(id).value();
    bool in_parts = info.column_parts > 1;
    for (int rank = 0; rank < sharding.ranks(); ++rank) {
        in_parts = in_parts && part_of(info, sharding.slice(id.weight, rank));
    }
    info.type = in_parts ? DType::F8_E4M3 : info.type;
    info.has_row_scales = in_parts || info.has_row_scales;
    info.column_parts = in_parts ? info.column_parts : 1;
    return info;
}

Extent column_part(const WeightInfo& info, int part) {
    const std::int64_t cols = info.cols / info.column_parts;
    return {part * cols, cols};
}

std::optional<int> part_of(const WeightInfo& info, const Slice& slice) {
    const std::int64_t part = slice.cols.first / (info.cols / info.column_parts);
    const bool is_inside = slice.cols.end() <= column_part(info, static_cast<int>(part)).end();
    return is_inside ? std::optional(static_cast<int>(part)) : std::nullopt;
}

std::int64_t slice_bytes(DType type, const Slice& slice) noexcept {
    return slice.rows.count * row_bytes(type, slice.cols.count);
}

void take_columns(DType type, std::int64_t cols, std::span<const std::byte> rows, Extent columns,
                  std::span<std::byte> out) {
    assert(columns.first % block_values(type) == 0 && columns.count % block_values(type) == 0);
    const auto from_bytes = static_cast<std::size_t>(row_bytes(type, cols));
    const auto first = static_cast<std::size_t>(row_bytes(type, columns.first));
    const auto bytes = static_cast<std::size_t>(row_bytes(type, columns.count));
    assert(rows.size() % from_bytes == 0 && out.size() == rows.size() / from_bytes * bytes);
    for (std::byte* to = out.data(); rows.size() >= from_bytes; rows = rows.subspan(from_bytes)) {
        std::memcpy(to, rows.data() + first, bytes);
        to += bytes;
    }
}

}  // namespace altiplano::engine
