// CUDA on the host: what a kernel's source needs to be plain C++. Each thread of a block is a fiber.
#pragma once

#include <cstddef>
#include <functional>
#include <tuple>
#include <type_traits>

#include "tests/engine/host_cuda/atomics.h"
#include "tests/engine/host_cuda/include/cuda_runtime_api.h"
#include "tests/engine/host_cuda/include/vector_types.h"
#include "tests/engine/host_cuda/intrinsics.h"
#include "tests/engine/host_cuda/kernel_argument.h"
#include "tests/engine/host_cuda/threads.h"
#include "tests/engine/host_cuda/warp.h"

#define __global__
#define __device__
#define __host__
#define __constant__ static
#define __shared__ static thread_local
#define __grid_constant__
#define __launch_bounds__(...)
#define __forceinline__ inline __attribute__((always_inline))
#define __align__(bytes) __attribute__((aligned(bytes)))

/// Starts a kernel: the arguments are converted to its parameters' types and copied, as the real one does.
template <typename... Parameters, typename... Arguments>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Parameters...),
                               Arguments&&... arguments) {
    static_assert((std::is_trivially_copyable_v<Parameters> && ...), "a kernel's arguments are copied byte by byte");
    std::tuple<std::remove_cv_t<Parameters>...> copies(std::forward<Arguments>(arguments)...);
    host_cuda::KernelArguments pointers;
    std::apply([&](const auto&... values) { (pointers.add(values), ...); }, copies);
    return host_cuda::start_kernel(*config, reinterpret_cast<const void*>(kernel), pointers,
                                   [kernel, copies] { std::apply(kernel, copies); });
}

template <typename... Parameters>
cudaError_t cudaFuncSetAttribute(void (*kernel)(Parameters...), cudaFuncAttribute attribute, int value) {
    return cudaFuncSetAttribute(reinterpret_cast<const void*>(kernel), attribute, value);
}
template <typename... Parameters>
cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, void (*kernel)(Parameters...)) {
    return cudaFuncGetAttributes(attributes, reinterpret_cast<const void*>(kernel));
}
template <typename... Parameters>
cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void (*kernel)(Parameters...), int block_threads,
                                                          std::size_t shared_bytes) {
    return cudaOccupancyMaxActiveBlocksPerMultiprocessor(blocks, reinterpret_cast<const void*>(kernel), block_threads,
                                                         shared_bytes);
}
