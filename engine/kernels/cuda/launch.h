// How a kernel is started: launch(kernel, {.grid = ..., .block = ..., .stream = ...}, arguments...), never <<<...>>>.
#pragma once

#include <cstddef>
#include <cuda_runtime.h>
#include <utility>

#include "engine/device/cuda/cuda_error.h"

namespace altiplano::engine::cuda {

/// How many threads a kernel gets, how much shared memory, and where in the order of the work it stands.
struct LaunchShape {
    dim3 grid;
    dim3 block;
    std::size_t shared_bytes = 0;  ///< what dynamic_shared() gives: up to all the card has, less kSharedBytesDeclared
    cudaStream_t stream = nullptr;
    /// The kernel may begin while the one before it in the stream still runs (compute capability 9.0 and newer; ignored
    /// below): it calls wait_for_previous_kernel() before it reads or overwrites what that one touches.
    bool overlap = false;
    bool cooperative = false;  ///< all blocks run at the same time, so that they can wait for each other
};

/// More dynamic shared memory than this is asked for: 48 KiB need no asking, less what the kernel declares for itself.
inline constexpr std::size_t kSharedBytesUnasked = 32 * 1024;
/// What kernels that ask for more may declare for themselves.
inline constexpr std::size_t kSharedBytesDeclared = 2 * 1024;

/// Allows the kernel all that the current card has. The same each time, as what is allowed holds for the kernel on that
/// card whoever launches it: another thread meanwhile, or a graph that was recorded before.
inline void allow_shared_memory(const void* kernel) {
    int device = 0;
    int most = 0;
    check(cudaGetDevice(&device), "asking for the current device");
    check(cudaDeviceGetAttribute(&most, cudaDevAttrMaxSharedMemoryPerBlockOptin, device),
          "asking for the card's shared memory");
    check(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize,
                               most - static_cast<int>(kSharedBytesDeclared)),
          "allowing a kernel its shared memory");
}

/// Whether the current card lets a kernel begin before the one ahead of it has ended.
inline bool can_overlap() {
    int device = 0;
    int major = 0;
    check(cudaGetDevice(&device), "asking for the current device");
    check(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, device),
          "asking for the compute capability");
    return major >= 9;
}

/// Loads `kernel` to the current card, where its first launch would do so otherwise.
template <typename... Parameters>
void load(void (*kernel)(Parameters...)) {
    cudaFuncAttributes attributes = {};
    check(cudaFuncGetAttributes(&attributes, reinterpret_cast<const void*>(kernel)), "loading a kernel");
}

/// Starts `kernel` on the current device; the arguments are converted to its parameters' types and copied. Returns at
/// once; inside a stream capture it becomes a node of the graph. Throws Error where the launch itself is refused.
template <typename... Parameters, typename... Arguments>
void launch(void (*kernel)(Parameters...), const LaunchShape& shape, Arguments&&... arguments) {
    if (shape.shared_bytes > kSharedBytesUnasked) {
        allow_shared_memory(reinterpret_cast<const void*>(kernel));
    }
    cudaLaunchAttribute attributes[2] = {};
    unsigned count = 0;
    if (shape.overlap && can_overlap()) {
        attributes[count].id = cudaLaunchAttributeProgrammaticStreamSerialization;
        attributes[count++].val.programmaticStreamSerializationAllowed = 1;
    }
    if (shape.cooperative) {
        attributes[count].id = cudaLaunchAttributeCooperative;
        attributes[count++].val.cooperative = 1;
    }
    cudaLaunchConfig_t config = {};
    config.gridDim = shape.grid;
    config.blockDim = shape.block;
    config.dynamicSmemBytes = shape.shared_bytes;
    config.stream = shape.stream;
    config.attrs = attributes;
    config.numAttrs = count;
    check(cudaLaunchKernelEx(&config, kernel, std::forward<Arguments>(arguments)...), "launching a kernel");
}

}  // namespace altiplano::engine::cuda
