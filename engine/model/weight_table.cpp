// The table is a list by layer and weight, so that a plan can be made many times a second.
#include "engine/model/weight_table.h"

#include <array>
#include <string>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

constexpr std::array kOnce = {Weight::TokenEmbedding, Weight::OutputNorm, Weight::Output, Weight::RopeFactors};
constexpr std::array kOfLayer = {Weight::AttentionNorm,   Weight::AttentionQ,      Weight::AttentionK,
                                 Weight::AttentionV,      Weight::AttentionOutput, Weight::FeedForwardNorm,
                                 Weight::FeedForwardGate, Weight::FeedForwardUp,   Weight::FeedForwardDown};
constexpr std::size_t kWeights = static_cast<std::size_t>(Weight::FeedForwardDown) + 1;

bool is_plain(DType type) {
    return type == DType::F32 || type == DType::F16 || type == DType::BF16;
}

}  // namespace

std::int64_t stored_bytes(const WeightInfo& info) {
    const bool in_parts = info.column_parts > 1;
    const DType type = in_parts ? DType::F8_E4M3 : info.type;
    return info.rows * (row_bytes(type, info.cols) + (info.has_row_scales || in_parts ? 4 * info.column_parts : 0));
}

template <typename Change>
void WeightTable::for_each(const Change& change) {
    once_.resize(kWeights);
    layers_.resize(kWeights * static_cast<std::size_t>(config_.layers));
    for (const Weight weight : kOnce) {
        change(WeightId{weight, -1}, slot({weight, -1}));
    }
    for (int layer = 0; layer < config_.layers; ++layer) {
        for (const Weight weight : kOfLayer) {
            change(WeightId{weight, layer}, slot({weight, layer}));
        }
    }
}

WeightTable::WeightTable(const WeightSource& source) : config_(source.config()) {
    for_each([&source](WeightId id, std::optional<WeightInfo>& info) { info = source.find(id); });
}

WeightTable::WeightTable(const ModelConfig& config, const std::function<std::optional<DType>(WeightId)>& type_of)
    : config_(config) {
    for_each([&](WeightId id, std::optional<WeightInfo>& info) {
        const std::optional<DType> type = type_of(id);
        if (type) {
            info = shape_of(config_, id.weight);
            info->type = info->rows == 1 && !is_plain(*type) ? DType::F32 : *type;
            info->has_row_scales = info->type == DType::F8_E4M3;
        }
    });
}

std::optional<WeightInfo>& WeightTable::slot(WeightId id) {
    const auto weight = static_cast<std::size_t>(id.weight);
    return id.layer < 0 ? once_[weight] : layers_[static_cast<std::size_t>(id.layer) * kWeights + weight];
}
const std::optional<WeightInfo>& WeightTable::find(WeightId id) const {
    const auto weight = static_cast<std::size_t>(id.weight);
    return id.layer < 0 ? once_[weight] : layers_[static_cast<std::size_t>(id.layer) * kWeights + weight];
}

std::int64_t WeightTable::parameter_count() const {
    std::int64_t count = 0;
    for (const auto* list : {&once_, &layers_}) {
        for (const auto& info : *list) {
            count += info ? info->rows * info->cols : 0;
        }
    }
    const auto& factors = find({Weight::RopeFactors, -1});
    return count - (factors ? factors->cols : 0);
}

std::int64_t WeightTable::stored_bytes() const {
    std::int64_t bytes = 0;
    for (const auto* list : {&once_, &layers_}) {
        for (const auto& info : *list) {
            bytes += info ? engine::stored_bytes(*info) : 0;
        }
    }
    return bytes;
}

bool WeightTable::can_shrink(DType type) const {
    return converted(type).stored_bytes() < stored_bytes();
}

WeightTable WeightTable::converted(DType type) const {
    if (type != DType::F8_E4M3 && type != DType::Q8_0 && type != DType::BF16) {
        throw Error(ErrorKind::BadArgument, "weights cannot be converted to " + std::string(name(type)) +
                                                " while loading, expected F8_E4M3, Q8_0 or BF16");
    }
    WeightTable table = *this;
    table.for_each([type](WeightId id, std::optional<WeightInfo>& info) {
        const bool is_excluded = id.layer < 0 && type == DType::F8_E4M3;
        if (info && info->rows > 1 && is_plain(info->type) && !is_excluded) {
            info->type = type;
            info->has_row_scales = type == DType::F8_E4M3;
            info->column_parts = type == DType::Q8_0 ? 1 : info->column_parts;
        }
    });
    return table;
}

}  // namespace altiplano::engine
