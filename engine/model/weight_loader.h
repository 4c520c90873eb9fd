// Fills the memory of devices with a model's weights, by several threads at once.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/device/device.h"
#include "engine/model/model.h"
#include "engine/model/weight_layout.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

/// A part of a matrix and the device it goes to.
struct LoadTarget {
    Device* device = nullptr;
    PlacedSlice part;  ///< of the item's columns
};

/// A weight matrix, or one of the parts that the file has it in, and all slices of it: the file is read once.
struct LoadItem {
    WeightId id;
    std::optional<int> part;  ///< of the weight's column_parts
    WeightInfo stored;        ///< in the file
    WeightInfo placed;        ///< on the devices; of another type, it is converted on the way
    std::vector<LoadTarget> targets;
};

/// Reads all items and their row scales to their places on the devices; false where stop was requested before the end.
/// Calls progress from the calling thread, at most every 20 ms and once at the end. Throws the first Error that any
/// thread met, BadFile where a weight cannot be converted.
bool load_weights(const WeightSource& source, std::span<const LoadItem> items, int threads,
                  const LoadProgress& progress, std::stop_token stop);

}  // namespace altiplano::engine
