// What to change where a model does not fit: each change is tried, so what is offered does fit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/model/placement.h"

namespace altiplano::engine {

/// One way that fits; what is as it was asked for is not said again.
struct PlacementChange {
    std::optional<int> context;       ///< tokens, fewer than asked for
    std::optional<DType> kv_type;     ///< a smaller one
    std::optional<DType> weights;     ///< converted to this type while loading
    std::optional<int> gpus;          ///< so many cards, all like the largest there is
    std::optional<int> cpu_layers;    ///< so many layers on the CPU, beside the cards
    std::int64_t cpu_bytes = 0;       ///< with cpu_layers: the memory that the CPU needs for them
    std::int64_t tightest_bytes = 0;  ///< what then stays free where it is tightest
};

/// The most tokens that fit, a multiple of 64 or the whole context of the model; 0 where not even 64 do.
int largest_context(const WeightTable& weights, std::span<const DeviceInfo> devices, const PlacementRequest& request);

/// In order of what they cost the person: a smaller cache, less context, converted weights, several of these at once,
/// more cards, the CPU. Empty where the request fits as it is. weights: as they are stored; convert_to: what they are
/// to be converted to already, which another type may take the place of.
std::vector<PlacementChange> changes_that_fit(const WeightTable& weights, std::span<const DeviceInfo> devices,
                                              const PlacementRequest& request, std::optional<DType> convert_to = {});

}  // namespace altiplano::engine
