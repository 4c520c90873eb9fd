// Rows of weights as BF16 on CUDA, for the tensor cores' products of many rows.
#pragma once

#include <cstdint>
#include <cuda_runtime.h>

#include "engine/device/matrix.h"

namespace altiplano::engine::cuda {

/// tile[count, cols] = rows [first, first + count) of the matrix of any type, rounded to BF16, times their row scales;
/// a matrix without row_scales gives the bare numbers, which of F8_E4M3 are exact. tile: aligned to 16 bytes.
void launch_dequantise(const PlacedMatrix& weight, std::int64_t first, int count, std::byte* tile, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
