// The step in the card's memory: what operations, and graphs recorded earlier, read its tokens, place and angles from.
#pragma once

#include <cstdint>
#include <cuda_runtime_api.h>

#include "engine/device/cuda/handles.h"
#include "engine/device/device.h"

namespace altiplano::engine::cuda {

/// One thread at a time. Where things lie depends on the number of tokens alone, so that a recorded graph finds them
/// again with the next step of as many.
class StepState {
public:
    StepState() = default;
    /// memory: step_bytes(rows, head_dim) of the card, kept alive by the caller.
    StepState(int rows, int head_dim, std::byte* memory);

    /// Puts the copy of the step into the stream; the spans may change afterwards. Waits where two earlier copies are
    /// still under way.
    void begin(const Step& step, cudaStream_t stream);

    int rows() const noexcept { return rows_; }  ///< tokens of the step
    const int* first() const noexcept;           ///< one position
    const int* tokens() const noexcept;          ///< [rows]
    const float* angles() const noexcept;        ///< [rows][head_dim]

private:
    /// Host memory that is being copied.
    struct Slot {
        Pinned memory;
        Event copied;
    };
    std::int64_t angles_offset() const noexcept;

    std::byte* memory_ = nullptr;
    int most_rows_ = 0;
    int head_dim_ = 0;
    int rows_ = 0;
    int next_ = 0;
    Slot slots_[2];
};

}  // namespace altiplano::engine::cuda
