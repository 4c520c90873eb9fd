// What each level's sources define, for its table of functions. Contracts: cpu_kernels.h.
#pragma once

#include "engine/kernels/cpu_kernels.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

void decode_strip_row(DType type, const std::byte* strip, std::int64_t cols, int lane, float* out);
std::int64_t packed_block_bytes(DType type, std::int64_t tokens);
void pack_token(DType type, const float* x, std::int64_t cols, std::int64_t tokens, std::byte* out);
void multiply_strips(const StripProduct& product);
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
