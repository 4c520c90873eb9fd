// What lies between the products of many rows on CUDA, value by value.
#pragma once

#include <cstdint>
#include <cuda_runtime.h>

namespace altiplano::engine::cuda {

/// Rotates the pairs (2i, 2i + 1) of every head of x[n, heads * head_dim] in place, row r by angles[r][head_dim]:
/// head_dim / 2 cosines, then as many sines.
void launch_rotate(float* x, int n, int heads, int head_dim, const float* angles, cudaStream_t stream);

/// up = silu(gate) * up   count values, a multiple of 4
void launch_gate(const float* gate, float* up, std::int64_t count, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
