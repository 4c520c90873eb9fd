// What the shape of a launch depends on.
#pragma once

namespace altiplano::engine::cuda {

struct Card {
    int multiprocessors = 1;       ///< cudaDevAttrMultiProcessorCount
    int shared_bytes = 48 * 1024;  ///< that a block may have: cudaDevAttrMaxSharedMemoryPerBlockOptin
};

}  // namespace altiplano::engine::cuda
