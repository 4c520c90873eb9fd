#include "tests/engine/host_cuda/shared_memory.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "tests/engine/host_cuda/sanitizers.h"

namespace host_cuda {
namespace {

constexpr std::size_t kGuardBytes = 2048;
constexpr std::size_t kAlignment = 128;

}  // namespace

SharedMemory::SharedMemory(int blocks, std::size_t bytes_each)
    : blocks_(blocks),
      bytes_each_(bytes_each),
      stride_((bytes_each + kGuardBytes + kAlignment - 1) / kAlignment * kAlignment),
      memory_(static_cast<std::byte*>(std::aligned_alloc(kAlignment, stride_ * blocks + kGuardBytes))) {
    if (memory_ == nullptr) {
        throw std::bad_alloc();
    }
    std::memset(memory_.get(), 0xFF, stride_ * blocks_ + kGuardBytes);
    forbid_access(memory_.get(), kGuardBytes);
    for (int i = 0; i < blocks_; ++i) {
        forbid_access(part(i) + bytes_each_, stride_ - bytes_each_);
    }
}

SharedMemory::~SharedMemory() {
    allow_access(memory_.get(), stride_ * blocks_ + kGuardBytes);
}

std::byte* SharedMemory::part(int block) const {
    return memory_.get() + kGuardBytes + stride_ * block;
}

void SharedMemory::poison() {
    for (int i = 0; i < blocks_; ++i) {
        std::memset(part(i), 0xFF, bytes_each_);
    }
}

bool SharedMemory::is_intact() const {
    const auto untouched = [](std::byte value) { return value == std::byte{0xFF}; };
    const auto intact = [&](const std::byte* from, std::size_t bytes) {
        return HOST_CUDA_HAS_ASAN || std::all_of(from, from + bytes, untouched);  // the sanitizer speaks up at once
    };
    bool all = intact(memory_.get(), kGuardBytes);
    for (int i = 0; i < blocks_; ++i) {
        all = all && intact(part(i) + bytes_each_, stride_ - bytes_each_);
    }
    return all;
}

}  // namespace host_cuda
