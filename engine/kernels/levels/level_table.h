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
void pack_queries(const float* q, std::int64_t stride, int tokens, int group, int head_dim, float* packed);
void attend_chunk(const AttentionTask& task);
void merge_partial(float* state, const float* later, int head_dim);
void finish_partial(const float* state, int head_dim, float* out);
void store_key(const float* key, int head_dim, DType type, int position, std::byte* keys);
void store_value(const float* value, int head_dim, DType type, int position, std::byte* values);
void swiglu_row(float* gate, const float* up, std::int64_t count);
void add_row(float* sum, const float* x, std::int64_t count);

extern const CpuKernels kKernels;

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
