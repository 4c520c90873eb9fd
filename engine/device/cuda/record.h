// Operations as a CUDA graph: recorded from the stream, replayed with one call.
#pragma once

#include <cuda_runtime_api.h>
#include <functional>

#include "engine/device/cuda/handles.h"
#include "engine/device/device.h"

namespace altiplano::engine::cuda {

/// The first run computes as usual, so that CUDA loads its kernels and cuBLASLt makes up its mind; the second is
/// recorded and then computes as usual, too; from then on the graph is launched. So no rank's graph waits for another
/// rank whose driver makes a graph ready: drivers do that only when nothing is under way on any card. Made by one
/// preparation of the device: another drops the graph. Where the card has no memory left for the graph, every run
/// computes as the first.
class CudaRecord final : public Record {
public:
    void run(int rows, int preparation, cudaStream_t stream, const std::function<void()>& operations);

private:
    int rows_ = 0;
    int preparation_ = -1;
    bool has_room_ = true;  ///< the graph did not yet fail for want of memory
    Executable graph_;
};

}  // namespace altiplano::engine::cuda
