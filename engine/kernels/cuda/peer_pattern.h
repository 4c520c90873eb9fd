// Numbers that one card writes into another's memory, and the look whether they arrived.
#pragma once

#include <cstdint>
#include <cuda_runtime.h>

namespace altiplano::engine::cuda {

/// to[count] = a pattern that seed determines   count: a multiple of 4; aligned to 16 bytes; may be another card's
void launch_write_pattern(std::uint32_t* to, std::int64_t count, std::uint32_t seed, cudaStream_t stream);

/// *wrong += how many of from[count] differ from the pattern
void launch_count_wrong(const std::uint32_t* from, std::int64_t count, std::uint32_t seed, unsigned* wrong,
                        cudaStream_t stream);

}  // namespace altiplano::engine::cuda
