// Fills memory with a model's weights, by several threads at once.
#pragma once

#include <span>
#include <stop_token>

#include "engine/device/device.h"
#include "engine/model/model.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

/// One weight matrix and where its rows go.
struct LoadItem {
    WeightId id;
    PlacedMatrix target;
};

/// Reads all items to their places on the device; false where stop was requested before the end. Calls progress from
/// the calling thread, at most every 20 ms and once at the end. Throws the first Error that any thread met.
bool load_weights(const WeightSource& source, const Device& device, std::span<const LoadItem> items, int threads,
                  const LoadProgress& progress, std::stop_token stop);

}  // namespace altiplano::engine
