// The functions of engine/kernels/cuda/ptx.h for kernels that run on the host. That file says what each does.
#pragma once

#include <cstdint>
#include <cuda_fp8.h>
#include <cuda_runtime.h>

#include "tests/engine/host_cuda/tensor_core.h"

namespace altiplano::engine::cuda {

template <typename T>
T* dynamic_shared() {
    return reinterpret_cast<T*>(host_cuda::this_thread().block->shared);
}

inline void ldmatrix_x4(std::uint32_t (&fragments)[4], const void* row) {
    host_cuda::load_matrices(fragments, row);
}

inline void ldmatrix_x4_transposed(std::uint32_t (&fragments)[4], const void* row) {
    host_cuda::load_matrices_transposed(fragments, row);
}

inline void mma_f16(float (&sum)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
    host_cuda::multiply_f16(sum, a, b0, b1);
}

/// The copy is done no sooner than it must be, so that a wait that is missing shows.
inline void copy_async_16(void* shared, const void* global, bool valid) {
    host_cuda::start_copy(shared, global, valid);
}

inline void copy_async_commit() {
    ++host_cuda::this_thread().copy_group;
}

template <int N>
void copy_async_wait() {
    host_cuda::finish_copies(N);
}

inline uint4 load_streaming(const uint4* from) {
    return *from;
}
inline uint2 load_streaming(const uint2* from) {
    return *from;
}
inline std::uint32_t load_streaming(const std::uint32_t* from) {
    return *from;
}

inline int load_past_l1(const int* from) {
    return *from;
}

inline int dot4(int a, int b, int sum) {
    return __dp4a(a, b, sum);
}

inline void f8_values(std::uint32_t word, float* out) {
    for (int i = 0; i < 4; ++i) {
        out[i] = host_cuda::e4m3_to_float(static_cast<unsigned char>(word >> (8 * i)));
    }
}

inline float exp2_approximate(float x) {
    const float result = std::exp2(x);
    return result < 0x1p-126F ? 0.0F : result;
}

/// Kernels run one after another here, but who may overlap must wait.
inline void wait_for_previous_kernel() {
    host_cuda::this_thread().block->has_waited = true;
}
inline void let_next_kernel_start() {}

/// A thread that spins lets the others of its block, and the other cards, go ahead.
inline std::uint32_t load_acquire(const std::uint32_t* flag) {
    host_cuda::yield_thread();
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

inline void store_release(std::uint32_t* flag, std::uint32_t value) {
    __atomic_store_n(flag, value, __ATOMIC_RELEASE);
}

inline void nanosleep(unsigned nanoseconds) {
    __nanosleep(nanoseconds);
}

}  // namespace altiplano::engine::cuda
