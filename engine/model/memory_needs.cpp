// The formulas of memory_needs.h, in the same order.
#include "engine/model/memory_needs.h"

#include <algorithm>
#include <array>

#include "engine/device/device.h"
#include "engine/device/gpu_scratch.h"
#include "engine/device/rank_sum_sizes.h"
#include "engine/kernels/strips.h"

namespace altiplano::engine {
namespace {

constexpr std::int64_t kGpuAlignment = 256;  // what cudaMalloc gives and every kernel may rely on
constexpr std::int64_t kCpuAlignment = 64;   // a cache line and the widest vector

constexpr std::array kLayerWeights = {Weight::AttentionNorm,   Weight::AttentionQ,      Weight::AttentionK,
                                      Weight::AttentionV,      Weight::AttentionOutput, Weight::FeedForwardNorm,
                                      Weight::FeedForwardGate, Weight::FeedForwardUp,   Weight::FeedForwardDown};

std::int64_t round_up(std::int64_t value, std::int64_t step) {
    return (value + step - 1) / step * step;
}

std::int64_t alignment_of(DeviceKind kind) {
    return kind == DeviceKind::Gpu ? kGpuAlignment : kCpuAlignment;
}

std::int64_t weight_bytes(const WeightTable& weights, const Sharding& sharding, int rank, WeightId id,
                          DeviceKind kind) {
    if (!weights.find(id)) {
        return 0;
    }
    const WeightInfo info = held_by_ranks(weights, sharding, id);
    const std::int64_t step = alignment_of(kind);
    Slice slice = sharding.slice(id.weight, rank);
    if (info.rows == 1) {
        return round_up(4 * slice.cols.count, step);
    }
    const std::int64_t scales = info.has_row_scales ? round_up(4 * slice.rows.count, step) : 0;
    slice.rows.count = kind == DeviceKind::Cpu ? round_up(slice.rows.count, kStripRows) : slice.rows.count;
    return round_up(slice_bytes(info.type, slice), step) + scales;
}

// The values of the rank's widest layers' products and activations.
struct Widths {
    std::int64_t dim, q, kv, ffn;
    std::int64_t all() const { return 3 * dim + 2 * q + 2 * kv + 2 * ffn; }
    std::int64_t largest() const { return std::max({dim, q, ffn}); }
};

Widths widths_of(const WeightTable& weights, const Sharding& sharding, int rank) {
    const ModelConfig& config = weights.config();
    return {config.dim, sharding.heads(rank).count * config.head_dim, sharding.kv_heads(rank).count * config.head_dim,
            sharding.ffn(rank).count};
}

// Of the stage's largest matrix that is not multiplied as it is stored.
std::int64_t tile_bytes(const WeightTable& weights, const Sharding& sharding, int rank, const StagePart& part) {
    std::int64_t most = 0;
    const auto look_at = [&](WeightId id) {
        if (!weights.find(id)) {
            return;
        }
        const WeightInfo info = held_by_ranks(weights, sharding, id);
        if (info.rows > 1 && info.type != DType::BF16 && info.type != DType::F16) {
            most = std::max(most, slice_bytes(DType::BF16, sharding.slice(id.weight, rank)));
        }
    };
    for (int layer = part.first_layer; layer < part.first_layer + part.layer_count; ++layer) {
        for (const Weight weight : kLayerWeights) {
            look_at({weight, layer});
        }
    }
    if (part.output) {
        look_at({weights.find({Weight::Output, -1}) ? Weight::Output : Weight::TokenEmbedding, -1});
    }
    return most;
}

// Of the rank's own tokens.
std::int64_t logit_bytes(const Sharding& sharding, int rank) {
    return std::int64_t{4} * kLogitRows * sharding.vocab(rank).count;
}

// What a session keeps between operations, as RankSession lays it out.
std::int64_t session_bytes(const Widths& widths, const Sharding& sharding, const StagePart& part, int rank,
                           std::int64_t tokens) {
    std::int64_t bytes = part.output ? round_up(logit_bytes(sharding, rank), kGpuAlignment) : 0;
    const std::int64_t summand = sharding.ranks() > 1 ? widths.dim : 0;
    for (const std::int64_t width : {widths.dim, widths.q, widths.q, widths.ffn, summand}) {
        bytes += round_up(4 * tokens * width, kGpuAlignment);
    }
    return bytes;
}

std::int64_t gpu_scratch_bytes(const WeightTable& weights, const Sharding& sharding, int rank, const StagePart& part,
                               int tokens) {
    const Widths widths = widths_of(weights, sharding, rank);
    const WorkSizes sizes{.rows = tokens,
                          .head_dim = weights.config().head_dim,
                          .dim = widths.dim,
                          .q_width = widths.q,
                          .kv_width = widths.kv,
                          .ffn_width = widths.ffn,
                          .tile_bytes = tile_bytes(weights, sharding, rank, part)};
    const std::int64_t parts[] = {
        session_bytes(widths, sharding, part, rank, tokens),
        gpu_scratch(sizes).total,
        rank_sum_bytes(sharding.ranks()),
    };
    std::int64_t bytes = 0;
    for (const std::int64_t one : parts) {
        bytes += round_up(one, kGpuAlignment);
    }
    return bytes;
}

std::int64_t cpu_scratch(const WeightTable& weights, const Sharding& sharding, int rank, const StagePart& part,
                         std::int64_t tokens) {
    const Widths widths = widths_of(weights, sharding, rank);
    return 4 * tokens * (widths.all() + widths.largest() + weights.config().head_dim) +
           (part.output ? std::int64_t{4} * kLogitRows * weights.config().vocab_size + logit_bytes(sharding, rank) : 0);
}

std::int64_t library_bytes(DeviceKind kind, int ranks) {
    if (kind == DeviceKind::Cpu) {
        return kProgramBytes;
    }
    return kCudaContextBytes + (ranks > 2 ? kNcclGroupBytes : ranks == 2 ? kNcclPairBytes : 0);
}

}  // namespace

MemoryNeeds layer_needs(const WeightTable& weights, const Sharding& sharding, int rank, int layer, DeviceKind kind,
                        const CacheOptions& options) {
    MemoryNeeds needs;
    for (const Weight weight : kLayerWeights) {
        needs.weights += weight_bytes(weights, sharding, rank, {weight, layer}, kind);
    }
    const auto positions = static_cast<int>(round_up(options.context, kKvBlock));
    needs.kv_cache =
        2 * sharding.kv_heads(rank).count * kv_head_bytes(options.kv_type, weights.config().head_dim, positions);
    return needs;
}

MemoryNeeds stage_needs(const WeightTable& weights, const Sharding& sharding, int rank, const StagePart& part,
                        DeviceKind kind, const CacheOptions& options) {
    MemoryNeeds needs;
    const bool is_tied = !weights.find({Weight::Output, -1});
    const auto add = [&](Weight weight) { needs.weights += weight_bytes(weights, sharding, rank, {weight, -1}, kind); };
    if (part.embedding || (part.output && is_tied)) {
        add(Weight::TokenEmbedding);
    }
    if (part.output) {
        add(Weight::OutputNorm);
        add(Weight::Output);
    }
    const int chunk = std::min(options.prefill_chunk, options.context);
    needs.scratch = kind == DeviceKind::Gpu ? gpu_scratch_bytes(weights, sharding, rank, part, chunk)
                                            : cpu_scratch(weights, sharding, rank, part, std::min(chunk, kCpuChunk));
    needs.libraries = library_bytes(kind, sharding.ranks());
    return needs;
}

MemoryNeeds rank_needs(const WeightTable& weights, const Sharding& sharding, int rank, const StagePart& part,
                       DeviceKind kind, const CacheOptions& options) {
    MemoryNeeds needs = stage_needs(weights, sharding, rank, part, kind, options);
    for (int layer = part.first_layer; layer < part.first_layer + part.layer_count; ++layer) {
        const MemoryNeeds more = layer_needs(weights, sharding, rank, layer, kind, options);
        needs.weights += more.weights;
        needs.kv_cache += more.kv_cache;
    }
    return needs;
}

}  // namespace altiplano::engine
