// What each level's sources define, for its table of functions. Contracts: cpu_kernels.h.
#pragma once

#include "engine/kernels/cpu_kernels.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

void decode_row(DType type, const std::byte* row, std::int64_t cols, float* out);
void dot_rows(DType type, const std::byte* weights, std::int64_t rows, const float* x, std::int64_t cols, float* out);
void pack_tokens(const float* x, int tokens, std::int64_t cols, float* out);
void multiply_panel(const float* panel, int rows, const float* packed, int tokens, std::int64_t cols, float* out,
                    std::int64_t out_stride);
void rms_norm_row(const float* x, const float* weight, std::int64_t cols, float eps, float* out);
void rotate_row(float* x, int heads, int head_dim, const float* angles);
void store_values(const float* x, int count, DType type, std::byte* out, std::int64_t stride);
void attend(const AttentionTask& task);
void swiglu_row(float* gate, const float* up, std::int64_t count);
void add_row(float* sum, const float* x, std::int64_t count);

extern const CpuKernels kKernels;

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
