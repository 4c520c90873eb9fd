// Every instruction that plain CUDA C++ cannot say, as functions: the only file with PTX. Each names, in quotes, its
// section of the PTX ISA. Twin: tests/engine/host_cuda/include/engine/kernels/cuda/ptx.h, the same run on the host.
#pragma once

#include <cstdint>
#include <cuda_runtime.h>

namespace altiplano::engine::cuda {

/// The address of shared memory as PTX instructions want it.
__device__ __forceinline__ std::uint32_t shared_address(const void* pointer) {
    return static_cast<std::uint32_t>(__cvta_generic_to_shared(pointer));
}

extern __shared__ __align__(128) unsigned char altiplano_dynamic_shared[];

/// The dynamic shared memory of the block (LaunchShape::shared_bytes), aligned to 128 bytes. Unset at the start.
template <typename T>
__device__ __forceinline__ T* dynamic_shared() {
    return reinterpret_cast<T*>(altiplano_dynamic_shared);
}

/// Loads four 8x8 matrices of 16-bit values from shared memory, all 32 lanes together ("ldmatrix"). Lane i
/// gives the address of one row of 16 bytes, aligned to 16: lanes 0-7 the rows of matrix 0, 8-15 of matrix 1 and so
/// on. fragments[m] of lane i: elements [i / 4][2 * (i % 4)] (low half) and the next one (high half) of matrix m.
__device__ __forceinline__ void ldmatrix_x4(std::uint32_t (&fragments)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(fragments[0]), "=r"(fragments[1]), "=r"(fragments[2]), "=r"(fragments[3])
                 : "r"(shared_address(row))
                 : "memory");
}

/// The same, each matrix transposed: fragments[m] of lane i holds elements [2 * (i % 4)][i / 4] and
/// [2 * (i % 4) + 1][i / 4] of matrix m as it lies in shared memory.
__device__ __forceinline__ void ldmatrix_x4_transposed(std::uint32_t (&fragments)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(fragments[0]), "=r"(fragments[1]), "=r"(fragments[2]), "=r"(fragments[3])
                 : "r"(shared_address(row))
                 : "memory");
}

/// sum[16, 8] += a[16, 16] * b[16, 8] in F16 with F32 sums, all 32 lanes together ("mma.m16n8k16"). With
/// g = lane / 4 and t = 2 * (lane % 4), two neighbours per register, the lower index in the low half:
/// a[0]: rows g, columns t, t + 1; a[1]: row g + 8; a[2]: row g, columns t + 8, t + 9; a[3]: row g + 8, t + 8, t + 9.
/// b0: rows t, t + 1 of column g; b1: rows t + 8, t + 9. sum: [g][t], [g][t + 1], [g + 8][t], [g + 8][t + 1].
/// So one ldmatrix_x4 of a's four 8x8 quarters (top left, bottom left, top right, bottom right) gives a.
__device__ __forceinline__ void mma_f16(float (&sum)[4], const std::uint32_t (&a)[4], std::uint32_t b0,
                                        std::uint32_t b1) {
    asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
        "{%0, %1, %2, %3};"
        : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

/// Starts copying 16 bytes from global to shared memory, past L1 ("cp.async"); both addresses aligned to 16.
/// Where not valid, zeros are written and `global` is not read. Done after copy_async_wait() and, for the other
/// threads, the barrier after it.
__device__ __forceinline__ void copy_async_16(void* shared, const void* global, bool valid) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(shared_address(shared)), "l"(global),
                 "r"(valid ? 16 : 0)
                 : "memory");
}

/// Ends this thread's group of copies ("cp.async.commit_group").
__device__ __forceinline__ void copy_async_commit() {
    asm volatile("cp.async.commit_group;" ::: "memory");
}

/// Waits until at most N of this thread's newest groups are under way ("cp.async.wait_group").
template <int N>
__device__ __forceinline__ void copy_async_wait() {
    asm volatile("cp.async.wait_group %0;" ::"n"(N) : "memory");
}

/// Reads what is read once and by one thread, a weight: past L1, read-only path ("ld.global.nc"). Never for
/// what the same kernel, or one it overlaps with, writes.
__device__ __forceinline__ uint4 load_streaming(const uint4* from) {
    uint4 value;
    asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0, %1, %2, %3}, [%4];"
                 : "=r"(value.x), "=r"(value.y), "=r"(value.z), "=r"(value.w)
                 : "l"(from));
    return value;
}

__device__ __forceinline__ uint2 load_streaming(const uint2* from) {
    uint2 value;
    asm volatile("ld.global.nc.L1::no_allocate.v2.u32 {%0, %1}, [%2];" : "=r"(value.x), "=r"(value.y) : "l"(from));
    return value;
}

__device__ __forceinline__ std::uint32_t load_streaming(const std::uint32_t* from) {
    std::uint32_t value;
    asm volatile("ld.global.nc.L1::no_allocate.u32 %0, [%1];" : "=r"(value) : "l"(from));
    return value;
}

/// Reads past L1 ("ld.cg"), which is sure to be up to date only after wait_for_previous_kernel().
__device__ __forceinline__ int load_past_l1(const int* from) {
    return __ldcg(from);
}

/// sum + the dot product of four signed bytes with four signed bytes ("dp4a").
__device__ __forceinline__ int dot4(int a, int b, int sum) {
    return __dp4a(a, b, sum);
}

/// The four E4M3 numbers of a word, the lowest first ("cvt", e4m3x2; below 8.9 there is no such instruction). There: a
/// number's exponent and mantissa moved by one bit are those of a half 2^8 times smaller; 0x7F and 0xFF are no number.
__device__ __forceinline__ void f8_values(std::uint32_t word, float* out) {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 890
    asm("{\n"
        ".reg .b16 low, high, a, b;\n"
        ".reg .b32 first, second;\n"
        "mov.b32 {low, high}, %4;\n"
        "cvt.rn.f16x2.e4m3x2 first, low;\n"
        "cvt.rn.f16x2.e4m3x2 second, high;\n"
        "mov.b32 {a, b}, first;\n"
        "cvt.f32.f16 %0, a;\n"
        "cvt.f32.f16 %1, b;\n"
        "mov.b32 {a, b}, second;\n"
        "cvt.f32.f16 %2, a;\n"
        "cvt.f32.f16 %3, b;\n"
        "}"
        : "=f"(out[0]), "=f"(out[1]), "=f"(out[2]), "=f"(out[3])
        : "r"(word));
#else
#pragma unroll
    for (int i = 0; i < 4; i += 2) {
        const std::uint32_t pair = __byte_perm(word, 0, i == 0 ? 0x1404 : 0x3424);
        const std::uint32_t halves = (pair & 0x80008000U) | (pair >> 1 & 0x3F803F80U);
        asm("{\n"
            ".reg .b16 a, b;\n"
            "mov.b32 {a, b}, %2;\n"
            "cvt.f32.f16 %0, a;\n"
            "cvt.f32.f16 %1, b;\n"
            "}"
            : "=f"(out[i]), "=f"(out[i + 1])
            : "r"(halves));
        out[i] *= 256.0F;
        out[i + 1] *= 256.0F;
    }
    if ((((word & 0x7F7F7F7FU) + 0x01010101U) & 0x80808080U) != 0) {
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            out[i] = (word >> (8 * i) & 0x7F) == 0x7F ? __uint_as_float(0x7FC00000U) : out[i];
        }
    }
#endif
}

/// 2^x, error about 2 units in the last place, subnormal results as zero ("ex2.approx.ftz").
__device__ __forceinline__ float exp2_approximate(float x) {
    float result;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
    return result;
}

/// Waits until the kernel before this one in the stream has ended and its writes are seen ("griddepcontrol").
/// Every kernel calls it, and before it first touches what a kernel writes that may still run; nothing to wait for
/// below 9.0.
__device__ __forceinline__ void wait_for_previous_kernel() {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

/// The kernel after this one may begin once all blocks have called this or ended ("griddepcontrol").
__device__ __forceinline__ void let_next_kernel_start() {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
}

/// Reads a flag that another card, or the host, writes; what was written before the flag is seen after (PTX, "Memory
/// consistency", scope .sys). Spin on it with nanosleep() between.
__device__ __forceinline__ std::uint32_t load_acquire(const std::uint32_t* flag) {
    std::uint32_t value;
    asm volatile("ld.acquire.sys.global.u32 %0, [%1];" : "=r"(value) : "l"(flag) : "memory");
    return value;
}

/// Writes a flag for another card after everything this thread, and those it met at a barrier, wrote before.
__device__ __forceinline__ void store_release(std::uint32_t* flag, std::uint32_t value) {
    asm volatile("st.release.sys.global.u32 [%0], %1;" ::"l"(flag), "r"(value) : "memory");
}

/// Lets the thread rest for about so long ("nanosleep").
__device__ __forceinline__ void nanosleep(unsigned nanoseconds) {
    __nanosleep(nanoseconds);
}

}  // namespace altiplano::engine::cuda
