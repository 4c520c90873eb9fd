// Reading norms and rope factors as F32, whatever the file's type.
#pragma once

#include <vector>

#include "engine/weights/weight_source.h"

namespace altiplano::engine {

/// A weight of one row. Throws Error; BadFile where it is not there.
std::vector<float> read_vector(const WeightSource& source, WeightId id);

}  // namespace altiplano::engine
