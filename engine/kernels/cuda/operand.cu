// Rounding activations for the tensor cores, normalised on the way: one block for each row. Twin: rmsnorm.cpp.
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/operand.h"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kThreads = 256;  // four values each at a time: a row of 4096 in four rounds
constexpr int kWarps = kThreads / 32;
constexpr float kLargestF16 = 65504.0F;
constexpr float kLargestF8 = 448.0F;
constexpr float kTiny = 1e-30F;  // where a row has no more, kLargestF8 / most may be infinite: it counts as zeros

struct Sum {
    static __device__ float of(float a, float b) { return a + b; }
};
struct Most {
    static __device__ float of(float a, float b) { return fmaxf(a, b); }
};

// Over the block, in every thread, in a fixed order.
template <typename Combine>
__device__ float over_block(float value, float* shared) {
    for (int step = 16; step > 0; step /= 2) {
        value = Combine::of(value, __shfl_xor_sync(0xFFFFFFFFU, value, step));
    }
    if (threadIdx.x % 32 == 0) {
        shared[threadIdx.x / 32] = value;
    }
    __syncthreads();
    float result = shared[0];
    for (int warp = 1; warp < kWarps; ++warp) {
        result = Combine::of(result, shared[warp]);
    }
    __syncthreads();
    return result;
}

__device__ std::uint32_t two_f16(float low, float high) {
    const auto bits = [](float value) {  // what is no number stays none
        const float kept = fabsf(value) > kLargestF16 ? copysignf(kLargestF16, value) : value;
        return static_cast<std::uint32_t>(__half_as_ushort(__float2half_rn(kept)));
    };
    return bits(low) | bits(high) << 16;
}

__device__ std::uint32_t two_bf16(float low, float high) {
    const auto bits = [](float value) {
        return static_cast<std::uint32_t>(__bfloat16_as_ushort(__float2bfloat16_rn(value)));
    };
    return bits(low) | bits(high) << 16;
}

__device__ std::uint32_t f8(float value) {
    return __nv_cvt_float_to_fp8(value, __NV_SATFINITE, __NV_E4M3);
}

// Four neighbours at value * factor.
__device__ void put(const Operand& out, std::int64_t at, const float4& value, float factor) {
    switch (out.type) {
        case DType::F16:
            *reinterpret_cast<uint2*>(out.data + 2 * at) = {two_f16(value.x, value.y), two_f16(value.z, value.w)};
            break;
        case DType::BF16:
            *reinterpret_cast<uint2*>(out.data + 2 * at) = {two_bf16(value.x, value.y), two_bf16(value.z, value.w)};
            break;
        case DType::F8_E4M3:
            *reinterpret_cast<std::uint32_t*>(out.data + at) = f8(value.x * factor) | f8(value.y * factor) << 8 |
                                                               f8(value.z * factor) << 16 | f8(value.w * factor) << 24;
            break;
        default:
            *reinterpret_cast<float4*>(out.data + 4 * at) = value;
    }
}

struct NormTask {
    const float* x;
    const float* weight;  // null: no norm
    float eps;
    std::int64_t cols;
    Operand out;
};

__device__ float4 normed(const NormTask& task, const float* row, std::int64_t at, float scale) {
    float4 value = *reinterpret_cast<const float4*>(row + at);
    if (task.weight != nullptr) {
        const float4 weight = *reinterpret_cast<const float4*>(task.weight + at);
        value = {value.x * scale * weight.x, value.y * scale * weight.y, value.z * scale * weight.z,
                 value.w * scale * weight.w};
    }
    return value;
}

__global__ void operand_kernel(NormTask task) {
    __shared__ float shared[kWarps];
    wait_for_previous_kernel();
    let_next_kernel_start();
    const std::int64_t row = blockIdx.x, first = std::int64_t{4} * threadIdx.x;
    const float* const x = task.x + row * task.cols;
    float scale = 1;
    if (task.weight != nullptr) {
        float sum = 0;
        for (std::int64_t at = first; at < task.cols; at += 4 * kThreads) {
            const float4 value = *reinterpret_cast<const float4*>(x + at);
            sum += value.x * value.x + value.y * value.y + value.z * value.z + value.w * value.w;
        }
        sum = over_block<Sum>(sum, shared);
        scale = 1.0F / sqrtf(sum / static_cast<float>(task.cols) + task.eps);
    }
    float factor = 1;
    if (task.out.type == DType::F8_E4M3) {
        float most = 0;
        for (std::int64_t at = first; at < task.cols; at += 4 * kThreads) {
            const float4 value = normed(task, x, at, scale);
            most = fmaxf(most, fmaxf(fmaxf(fabsf(value.x), fabsf(value.y)), fmaxf(fabsf(value.z), fabsf(value.w))));
        }
        most = over_block<Most>(most, shared);
        const float row_scale = most > kTiny ? fminf(most, kActivationBound) / kLargestF8 : 1.0F;
        factor = 1.0F / row_scale;
        if (threadIdx.x == 0) {
            task.out.scales[row] = row_scale;
        }
    }
    for (std::int64_t at = first; at < task.cols; at += 4 * kThreads) {
        put(task.out, row * task.cols + at, normed(task, x, at, scale), factor);
    }
}

}  // namespace

void launch_operand(const float* x, int n, std::int64_t cols, const Operand& out, cudaStream_t stream) {
    launch_norm_operand(x, nullptr, 0, n, cols, out, stream);
}

void launch_norm_operand(const float* x, const float* weight, float eps, int n, std::int64_t cols, const Operand& out,
                         cudaStream_t stream) {
    launch(operand_kernel,
           {.grid = dim3(static_cast<unsigned>(n)), .block = dim3(kThreads), .stream = stream, .overlap = true},
           NormTask{x, weight, eps, cols, out});
}

}  // namespace altiplano::engine::cuda
