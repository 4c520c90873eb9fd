// The memory that a GPU needs beside weights, caches and what the session holds: what CudaDevice::prepare reserves, and
// what a plan counts. Pure arithmetic.
#pragma once

#include <cstdint>

#include "engine/device/device.h"

namespace altiplano::engine {

/// Every part begins at a multiple of this.
inline constexpr std::int64_t kScratchAlignment = 256;
/// What cuBLASLt wants at most, on Hopper; elsewhere less (pytorch/pytorch#120925).
inline constexpr std::int64_t kWorkspaceBytes = std::int64_t{32} << 20;
/// The most that is unpacked of a matrix at once.
inline constexpr std::int64_t kTileBytes = std::int64_t{64} << 20;

/// Where the parts lie, from the beginning of the scratch; n = WorkSizes::rows.
struct GpuScratch {
    std::int64_t step = 0;       ///< step_bytes(n, head_dim)
    std::int64_t normed = 0;     ///< 4 n dim
    std::int64_t k = 0, v = 0;   ///< 4 n kv_width each
    std::int64_t gate = 0;       ///< 4 n ffn_width
    std::int64_t operand = 0;    ///< the input of the product in hand, as its kernel takes it; or a short list
    std::int64_t tile = 0;       ///< what is unpacked of a matrix, BF16: WorkSizes::tile_bytes, at most kTileBytes
    std::int64_t partials = 0;   ///< attention_partial_bytes()
    std::int64_t workspace = 0;  ///< kWorkspaceBytes
    std::int64_t total = 0;
};

GpuScratch gpu_scratch(const WorkSizes& sizes);

/// The first position, the tokens, the angles.
std::int64_t step_bytes(std::int64_t rows, std::int64_t head_dim);

}  // namespace altiplano::engine
