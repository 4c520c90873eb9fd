// The forward pass of Llama, readable from top to bottom.
#include "engine/model/rank_session.h"

#include <algorithm>
#include <string>

namespace altiplano::engine {
namespace {

constexpr int kHalves = 2;  // keys, values

ConstMatrix view(const Matrix& matrix) {
    return {matrix.data, matrix.type, matrix.rows, matrix.cols};
}

std::int64_t bytes_of(const Matrix& matrix) {
    return matrix.rows * row_bytes(matrix.type, matrix.cols);
}

// Of the rank's largest matrix that tensor cores cannot take as it is stored, as BF16.
std::int64_t largest_tile(const RankWeights& weights) {
    std::int64_t most = 0;
    const auto look_at = [&most](const PlacedMatrix& matrix) {
        if (matrix.type != DType::BF16 && matrix.type != DType::F16) {
            most = std::max(most, matrix.rows * row_bytes(DType::BF16, matrix.cols));
        }
    };
    for (const LayerWeights& layer : weights.layers) {
        for (const PlacedMatrix* matrix :
             {&layer.q, &layer.k, &layer.v, &layer.attention_output, &layer.gate, &layer.up, &layer.down}) {
            look_at(*matrix);
        }
    }
    look_at(weights.output);
    return most;
}

}  // namespace

RankSession::RankSession(const ModelConfig& config, const StageParts& stage, int rank, const CacheShape& shape,
                         int largest_chunk)
    : config_(config), stage_(stage), parts_(stage.ranks[static_cast<std::size_t>(rank)]), rank_(rank), shape_(shape) {
    if (!is_on_host()) {
        const std::int64_t heads = std::int64_t{kHalves} * stage.part.layer_count * stage.sharding.kv_heads(rank).count;
        cache_ = device().reserve(heads * shape.head_bytes(shape.context),
                                  "a context of " + std::to_string(shape.context) + " tokens");
    }
    reserve_activations(largest_chunk);
}

void RankSession::reserve_activations(int largest_chunk) {
    const Sharding& sharding = stage_.sharding;
    const std::int64_t q_width = sharding.heads(rank_).count * config_.head_dim;
    const std::int64_t ffn_width = sharding.ffn(rank_).count;
    const bool has_own_logits = stage_.part.output && (sharding.ranks() > 1 || !is_on_host());
    const std::pair<Matrix*, Matrix> matrices[] = {
        {&residual_, {nullptr, DType::F32, largest_chunk, config_.dim}},
        {&q_, {nullptr, DType::F32, largest_chunk, q_width}},
        {&attended_, {nullptr, DType::F32, largest_chunk, q_width}},
        {&hidden_, {nullptr, DType::F32, largest_chunk, ffn_width}},
        {&branch_, {nullptr, DType::F32, sharding.ranks() > 1 ? largest_chunk : 0, config_.dim}},
        {&logits_, {nullptr, DType::F32, has_own_logits ? kLogitRows : 0, sharding.vocab(rank_).count}}};
    const auto aligned = [step = device().alignment()](std::int64_t bytes) { return (bytes + step - 1) / step * step; };
    std::int64_t bytes = 0;
    for (const auto& [target, matrix] : matrices) {
        bytes += aligned(bytes_of(matrix));
    }
    memory_ = device().reserve(bytes, "a chunk of " + std::to_string(largest_chunk) + " tokens");
    std::byte* at = memory_.data();
    for (const auto& [target, matrix] : matrices) {
        *target = {at, matrix.type, matrix.rows, matrix.cols};
        at += aligned(bytes_of(matrix));
    }
    device().prepare({.rows = largest_chunk,
                      .head_dim = config_.head_dim,
                      .dim = config_.dim,
                      .q_width = q_width,
                      .kv_width = sharding.kv_heads(rank_).count * config_.head_dim,
                      .ffn_width = ffn_width,
                      .tile_bytes = largest_tile(parts_.weights),
                      .context = shape_.positions()});
}

KvCache RankSession::layer_cache(const Sequence& sequence, int layer) const {
    const Extent heads = stage_.sharding.kv_heads(rank_);
    KvCache cache = {nullptr, nullptr, shape_.type, static_cast<int>(heads.count), shape_.head_dim, shape_.positions()};
    const std::int64_t head_bytes = shape_.head_bytes(shape_.context);
    if (is_on_host()) {
        const KvCache whole = sequence.layer(stage_.part.first_layer + layer);
        cache.keys = whole.keys + heads.first * head_bytes;
        cache.values = whole.values + heads.first * head_bytes;
    } else {
        cache.keys = cache_.data() + std::int64_t{layer} * kHalves * heads.count * head_bytes;
        cache.values = cache.keys + heads.count * head_bytes;
    }
    return cache;
}

void RankSession::set_rows(std::size_t count) {
    for (Matrix* matrix : {&residual_, &q_, &attended_, &hidden_}) {
        matrix->rows = static_cast<std::int64_t>(count);
    }
    branch_.rows = stage_.sharding.ranks() > 1 ? static_cast<std::int64_t>(count) : 0;
}

void RankSession::compute(const Chunk& chunk, const Sequence& sequence,
                          const std::function<bool(int done)>& after_layer) {
    const std::size_t count = chunk.step.tokens.size();
    set_rows(count);
    device().begin(chunk.step);
    if (chunk.in != nullptr) {
        device().write(residual_.data,
                       {reinterpret_cast<const std::byte*>(chunk.in), static_cast<std::size_t>(bytes_of(residual_))});
    }
    const auto operations = [&] {
        if (chunk.in == nullptr) {
            embed_tokens();
        }
        for (int i = 0; i < stage_.part.layer_count; ++i) {
            layer(parts_.weights.layers[static_cast<std::size_t>(i)], layer_cache(sequence, i));
            if (after_layer && is_on_host() && !after_layer(i + 1)) {
                return;
            }
        }
    };
    if (count <= layer_records_.size() - 1) {
        device().run(layer_records_[count], operations);
    } else {
        operations();
    }
    if (chunk.out != nullptr && rank_ == 0) {
        device().read({reinterpret_cast<std::byte*>(chunk.out), static_cast<std::size_t>(bytes_of(residual_))},
                      residual_.data);
    }
}

void RankSession::embed(const Chunk& chunk) {
    set_rows(chunk.step.tokens.size());
    device().begin(chunk.step);
    embed_tokens();
    if (rank_ == 0) {
        device().read({reinterpret_cast<std::byte*>(chunk.out), static_cast<std::size_t>(bytes_of(residual_))},
                      residual_.data);
    }
}

void RankSession::embed_tokens() {
    const RankWeights& weights = parts_.weights;
    if (stage_.collective == nullptr) {
        device().embed(weights.embedding, weights.first_token, residual_);
        return;
    }
    device().embed(weights.embedding, weights.first_token, branch_);
    device().clear(residual_);
    stage_.collective->all_reduce_add(rank_, view(branch_), residual_);
}

void RankSession::layer(const LayerWeights& weights, const KvCache& cache) {
    device().attention_input(weights, config_.norm_eps, view(residual_), cache, q_);
    device().attention(cache, view(q_), attended_);
    add_product(attended_, weights.attention_output);
    device().feed_forward_input(weights, config_.norm_eps, view(residual_), hidden_);
    add_product(hidden_, weights.down);
}

// residual += x * weight^T, of which every rank has a summand.
void RankSession::add_product(const Matrix& x, const PlacedMatrix& weight) {
    if (stage_.collective == nullptr) {
        device().product_add(view(x), weight, residual_);
        return;
    }
    device().product(view(x), weight, branch_);
    stage_.collective->all_reduce_add(rank_, view(branch_), residual_);
}

void RankSession::logits_to(int first_row, Matrix to) {
    const std::int64_t row_size = row_bytes(DType::F32, config_.dim);
    device().logits({residual_.data + first_row * row_size, DType::F32, to.rows, config_.dim},
                    parts_.weights.output_norm, config_.norm_eps, parts_.weights.output, to);
}

void RankSession::compute_logits(int first_row, int rows) {
    const Matrix to = {logits_.data, DType::F32, rows, logits_.cols};
    if (first_row == 0) {
        device().run(logit_records_[static_cast<std::size_t>(rows)], [&] { logits_to(0, to); });
    } else {
        logits_to(first_row, to);
    }
}

void RankSession::logits(int first_row, int count, float* out) {
    const RankWeights& weights = parts_.weights;
    if (logits_.rows == 0) {
        logits_to(first_row, {reinterpret_cast<std::byte*>(out), DType::F32, count, weights.output.rows});
        return;
    }
    for (int done = 0; done < count; done += kLogitRows) {
        const int rows = std::min(count - done, kLogitRows);
        compute_logits(first_row + done, rows);
        for (int row = 0; row < rows; ++row) {
            float* const row_out = out + std::int64_t{done + row} * config_.vocab_size + weights.first_token;
            const auto size = static_cast<std::size_t>(row_bytes(DType::F32, logits_.cols));
            device().read({reinterpret_cast<std::byte*>(row_out), size},
                          logits_.data + row * static_cast<int64_t>(size));
        }
    }
}

LikeliestTokens RankSession::likeliest(int row, int k, double temperature) {
    compute_logits(row, 1);
    LikeliestTokens found = device().likeliest({logits_.data, DType::F32, 1, logits_.cols}, k, temperature);
    for (int& id : found.ids) {
        id += parts_.weights.first_token;
    }
    return found;
}

// copy(the sequence's bytes, the device's), for every head's keys and values at the positions.
template <typename Copy>
void RankSession::for_each_head(const Sequence& sequence, int first, int last, const Copy& copy) const {
    if (is_on_host() || first >= last) {
        return;
    }
    const std::int64_t head_bytes = shape_.head_bytes(shape_.context), begin = shape_.head_bytes(first);
    const auto size = static_cast<std::size_t>(shape_.head_bytes(last) - begin);
    const Extent heads = stage_.sharding.kv_heads(rank_);
    for (int i = 0; i < stage_.part.layer_count; ++i) {
        const KvCache host = sequence.layer(stage_.part.first_layer + i), own = layer_cache(sequence, i);
        for (std::int64_t head = 0; head < heads.count; ++head) {
            const std::int64_t from = (heads.first + head) * head_bytes + begin, to = head * head_bytes + begin;
            copy(std::span(host.keys + from, size), own.keys + to);
            copy(std::span(host.values + from, size), own.values + to);
        }
    }
}

void RankSession::download(const Sequence& to, int first, int last) const {
    for_each_head(to, first, last, [&](std::span<std::byte> host, const std::byte* own) { device().read(host, own); });
}

void RankSession::upload(const Sequence& from, int first, int last) const {
    for_each_head(from, first, last, [&](std::span<std::byte> host, std::byte* own) { device().write(own, host); });
}

}  // namespace altiplano::engine
