// Storing many tokens' keys and values in a cache on CUDA.
#pragma once

#include <cuda_runtime.h>

#include "engine/device/device.h"

namespace altiplano::engine::cuda {

/// Stores the rows of k and v [n, kv_heads * head_dim], keys already rotated, at positions *first on, which the cache
/// must hold. first is in device memory. cache.type: F32, F16, Q8_0 (the bytes of the CPU engine) or F8_E4M3.
void launch_append(const KvCache& cache, const float* k, const float* v, int n, const int* first, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
