// Operations as a CUDA graph: recorded from the stream, replayed with one call.
#pragma once

#include <cuda_runtime_api.h>
#include <functional>

#include "engine/device/cuda/handles.h"
#include "engine/device/device.h"

namespace altiplano::engine::cuda {

/// The first run computes as usual, so that CUDA loads its kernels and cuBLASLt makes up its mind; the second is
/// recorded and then computes as usual, too; from then on the graph is launched. So no rank's graph waits for another
/// rank whose driver makes a graph ready: drivers do that only when nothing is under way on any card, so the first two
/// runs begin when nothing is on this one. Made by one preparation of the device: another drops the graph. Where the
/// card has no memory left for the graph, later runs compute, too: is_repeating() meanwhile.
class CudaRecord final : public Record {
public:
    explicit CudaRecord(int card) : card_(card) {}
    ~CudaRecord() override;

    void run(int rows, int preparation, cudaStream_t stream, const std::function<void()>& operations);

private:
    void repeat(cudaStream_t stream, const std::function<void()>& operations) const;

    const int card_;
    int rows_ = 0;
    int preparation_ = -1;
    bool is_recorded_ = false;
    Executable graph_;  ///< null, though recorded, where the card has no room for it
};

/// Whether this thread does once more what it recorded: other ranks may launch it as a graph, and come to no meeting.
bool is_repeating() noexcept;

}  // namespace altiplano::engine::cuda
