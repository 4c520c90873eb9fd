// The input of a product of many rows, as cuBLASLt takes it, on CUDA.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cuda_runtime.h>

#include "engine/device/matrix.h"

namespace altiplano::engine::cuda {

/// The most that the values of a row count for when they are rounded to F8_E4M3: activation_scale_ub of Meta's FP8
/// checkpoints (llama-models, models/llama3/quantization/loader.py), 1200 in every published one.
inline constexpr float kActivationBound = 1200.0F;

/// [n, cols] in device memory, aligned to 16 bytes.
struct Operand {
    DType type = DType::BF16;  ///< F32, F16, BF16 or F8_E4M3
    std::byte* data = nullptr;
    float* scales = nullptr;  ///< of F8_E4M3: [n], what the row's values are multiplied by
};

/// out = x[n, cols], rounded; F16 and F8 saturate. cols: a multiple of 32.
void launch_operand(const float* x, int n, std::int64_t cols, const Operand& out, cudaStream_t stream);

/// out = rms_norm(x[n, cols]) = x / sqrt(mean(x^2) + eps) * weight[cols], rounded.
void launch_norm_operand(const float* x, const float* weight, float eps, int n, std::int64_t cols, const Operand& out,
                         cudaStream_t stream);

}  // namespace altiplano::engine::cuda
