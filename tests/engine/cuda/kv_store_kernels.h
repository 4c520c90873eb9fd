// Storing one token's keys and values from inside a kernel, as a fused one does.
#pragma once

#include "engine/device/device.h"

namespace altiplano::engine::cuda {

/// One warp for each 32 dimensions of k and v [kv_heads * head_dim].
void launch_store_blocks(const KvCache& cache, const float* k, const float* v, int position);

}  // namespace altiplano::engine::cuda
