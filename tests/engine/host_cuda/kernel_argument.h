// How a launch reaches the emulated runtime: the kernel as a closure, and the pointers among its arguments to check.
#pragma once

#include <functional>
#include <type_traits>
#include <vector>

#include "tests/engine/host_cuda/include/cuda_runtime_api.h"

namespace host_cuda {

/// The arguments that are pointers: each must lead into memory that the card can reach.
class KernelArguments {
public:
    template <typename T>
    void add(const T& value) {
        if constexpr (std::is_pointer_v<T>) {
            pointers_.push_back(reinterpret_cast<const void*>(value));
        }
    }
    const std::vector<const void*>& pointers() const { return pointers_; }

private:
    std::vector<const void*> pointers_;
};

/// What cudaLaunchKernelEx becomes. thread: runs one thread of the kernel.
cudaError_t start_kernel(const cudaLaunchConfig_t& config, const void* kernel, const KernelArguments& arguments,
                         std::function<void()> thread);

}  // namespace host_cuda
