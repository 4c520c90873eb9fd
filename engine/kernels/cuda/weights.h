// A weight matrix as kernels take it: where each of its planes begins (planes.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/device/matrix.h"
#include "engine/kernels/planes.h"

namespace altiplano::engine::cuda {

struct WeightPlanes {
    const std::byte* planes[kMostPlanes] = {};
    const float* row_scales = nullptr;  ///< a factor for each row; null where all are 1
};

inline WeightPlanes weight_planes(const PlacedMatrix& matrix) {
    WeightPlanes result;
    const Planes planes = planes_of(matrix.type, matrix.rows, matrix.cols);
    for (std::size_t p = 0; p < static_cast<std::size_t>(planes.count); ++p) {
        result.planes[p] = matrix.data + planes.planes[p].offset;
    }
    result.row_scales = matrix.row_scales;
    return result;
}

}  // namespace altiplano::engine::cuda
