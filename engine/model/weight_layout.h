// Where the weights of one rank lie in its device's memory.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/device/device.h"
#include "engine/model/memory_needs.h"
#include "engine/model/model_parts.h"
#include "engine/model/shard.h"
#include "engine/model/weight_table.h"

namespace altiplano::engine {

/// A matrix, or the rank's part of it.
struct PlacedSlice {
    WeightId id;
    WeightInfo held;  ///< the whole of it, as held_by_ranks says
    Slice slice;
    PlacedMatrix target;
    std::byte* row_scales = nullptr;  ///< where target.row_scales are to be written; null where there are none
};

/// A norm: F32, whatever the file's type.
struct PlacedVector {
    WeightId id;
    std::byte* target = nullptr;
};

struct WeightLayout {
    RankWeights weights;
    std::vector<PlacedSlice> matrices;
    std::vector<PlacedVector> norms;
    std::int64_t bytes = 0;
};

/// All weights of the part, one after another from memory on; each begins at a multiple of device.alignment(). With no
/// memory it tells the size. Throws Error(BadFile) where a weight is missing.
WeightLayout lay_out_weights(const WeightTable& table, const StagePart& part, const Sharding& sharding, int rank,
                             const Device& device, std::byte* memory);

}  // namespace altiplano::engine
