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
    std::size_t shared_bytes = 0;  ///< dynamic shared memory: what dynamic_shared() gives; any amount the card has
    cudaStream_t stream = nullptr;
    /// The kernel may begin while the one before it in the stream still runs (compute capability 9.0 and newer; ignored
    /// below): it calls wait_for_previous_kernel() before it reads or overwrites what that one touches.
    bool overlap = false;
    bool cooperative = false;  ///< all blocks run at the same time, so that they can wait for each other
};

/// More dynamic shared memory than this is asked for: 48 KiB need no asking, less what the kernel declares for itself.
inline constexpr std::size_t kSharedBytesUnasked = 32 * 1024;

/// Whether the current card lets a kernel begin before the one ahead of it has ended.
inline bool can_overlap() {
    int device = 0;
    int major = 0;
    check(cudaGetDevice(&device), "asking for the current device");
    check(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, device),
          "asking for the compute capability");
    return major >= 9;
}

/// Starts `kernel` on the current device; the arguments are converted to its parameters' types and copied. Returns at
/// once; inside a stream capture it becomes a node of the graph. Throws Error where the launch itself is refused.
template <typename... Parameters, typename... Arguments>
void launch(void (*kernel)(Parameters...), const LaunchShape& shape, Arguments&&... arguments) {
    if (shape.shared_bytes > kSharedBytesUnasked) {
        check(cudaFuncSetAttribute(reinterpret_cast<const void*>(kernel), cudaFuncAttributeMaxDynamicSharedMemorySize,
                                   static_cast<int>(shape.shared_bytes)),
              "allowing a kernel its shared memory");
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
