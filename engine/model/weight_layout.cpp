// One place after another, in the order of the forward pass.
#include "engine/model/weight_layout.h"

#include "engine/error.h"

namespace altiplano::engine {
namespace {

class Places {
public:
    Places(const WeightTable& table, const Sharding& sharding, int rank, const Device& device, std::byte* memory)
        : table_(table), sharding_(sharding), rank_(rank), device_(device), memory_(memory) {}

    PlacedMatrix matrix(Weight weight, int layer = -1) {
        const WeightInfo info = info_of({weight, layer});
        const Slice slice = sharding_.slice(weight, rank_);
        std::byte* const at = reserve(device_.placed_bytes(info.type, slice.rows.count, slice.cols.count));
        PlacedMatrix target = {at, info.type, slice.rows.count, slice.cols.count, nullptr};
        std::byte* const scales = info.has_row_scales ? reserve(row_bytes(DType::F32, slice.rows.count)) : nullptr;
        target.row_scales = reinterpret_cast<const float*>(scales);
        layout.matrices.push_back({{weight, layer}, info, slice, target, scales});
        return target;
    }

    ConstMatrix norm(Weight weight, int layer = -1) {
        const std::int64_t cols = info_of({weight, layer}).cols;
        std::byte* const at = reserve(row_bytes(DType::F32, cols));
        layout.norms.push_back({{weight, layer}, at});
        return {at, DType::F32, 1, cols};
    }

    WeightLayout layout;

private:
    WeightInfo info_of(WeightId id) const {
        if (!table_.find(id)) {
            throw Error(ErrorKind::BadFile, "a weight is missing");
        }
        return held_by_ranks(table_, sharding_, id);
    }

    std::byte* reserve(std::int64_t bytes) {
        std::byte* const at = memory_ == nullptr ? nullptr : memory_ + layout.bytes;
        layout.bytes += (bytes + device_.alignment() - 1) / device_.alignment() * device_.alignment();
        return at;
    }

    const WeightTable& table_;
    const Sharding& sharding_;
    const int rank_;
    const Device& device_;
    std::byte* const memory_;
};

LayerWeights lay_out_layer(Places& places, int index) {
    LayerWeights layer;
    layer.attention_norm = places.norm(Weight::AttentionNorm, index);
    layer.q = places.matrix(Weight::AttentionQ, index);
    layer.k = places.matrix(Weight::AttentionK, index);
    layer.v = places.matrix(Weight::AttentionV, index);
    layer.attention_output = places.matrix(Weight::AttentionOutput, index);
    layer.feed_forward_norm = places.norm(Weight::FeedForwardNorm, index);
    layer.gate = places.matrix(Weight::FeedForwardGate, index);
    layer.up = places.matrix(Weight::FeedForwardUp, index);
    layer.down = places.matrix(Weight::FeedForwardDown, index);
    return layer;
}

}  // namespace

WeightLayout lay_out_weights(const WeightTable& table, const StagePart& part, const Sharding& sharding, int rank,
                             const Device& device, std::byte* memory) {
    const bool is_tied = !table.find({Weight::Output, -1});
    Places places(table, sharding, rank, device, memory);
    RankWeights& weights = places.layout.weights;
    weights.first_token = static_cast<int>(sharding.vocab(rank).first);
    if (part.embedding || (part.output && is_tied)) {
        weights.embedding = places.matrix(Weight::TokenEmbedding);
    }
    for (int i = 0; i < part.layer_count; ++i) {
        weights.layers.push_back(lay_out_layer(places, part.first_layer + i));
    }
    if (part.output) {
        weights.output_norm = places.norm(Weight::OutputNorm);
        weights.output = is_tied ? weights.embedding : places.matrix(Weight::Output);
    }
    return std::move(places.layout);
}

}  // namespace altiplano::engine
