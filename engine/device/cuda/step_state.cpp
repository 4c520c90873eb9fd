// Layout: the first position, at 256 the tokens, at the next multiple of 256 the angles.
#include "engine/device/cuda/step_state.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "engine/device/cuda/cuda_error.h"
#include "engine/device/gpu_scratch.h"

namespace altiplano::engine::cuda {

StepState::StepState(int rows, int head_dim, std::byte* memory)
    : memory_(memory), most_rows_(rows), head_dim_(head_dim) {
    for (Slot& slot : slots_) {
        slot.memory = make_pinned(step_bytes(rows, head_dim), "a step");
        slot.copied = make_event();
    }
}

void StepState::begin(const Step& step, cudaStream_t stream) {
    assert(std::ssize(step.tokens) <= most_rows_);
    assert(step.angles.size() == step.tokens.size() * static_cast<std::size_t>(head_dim_));
    rows_ = static_cast<int>(step.tokens.size());
    Slot& slot = slots_[next_];
    next_ = 1 - next_;
    check(cudaEventSynchronize(slot.copied.get()), "waiting for an earlier step");
    std::memcpy(slot.memory.get(), &step.first, sizeof(step.first));
    std::memcpy(slot.memory.get() + kScratchAlignment, step.tokens.data(), step.tokens.size_bytes());
    std::memcpy(slot.memory.get() + angles_offset(), step.angles.data(), step.angles.size_bytes());
    const std::size_t bytes = static_cast<std::size_t>(angles_offset()) + step.angles.size_bytes();
    check(cudaMemcpyAsync(memory_, slot.memory.get(), bytes, cudaMemcpyHostToDevice, stream), "copying a step");
    check(cudaEventRecord(slot.copied.get(), stream), "copying a step");
}

std::int64_t StepState::angles_offset() const noexcept {
    return step_bytes(rows_, 0);
}

const int* StepState::first() const noexcept {
    return reinterpret_cast<const int*>(memory_);
}

const int* StepState::tokens() const noexcept {
    return reinterpret_cast<const int*>(memory_ + kScratchAlignment);
}

const float* StepState::angles() const noexcept {
    return reinterpret_cast<const float*>(memory_ + angles_offset());
}

}  // namespace altiplano::engine::cuda
