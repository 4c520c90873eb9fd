// Products of few rows with weights in a card's memory (planes.h), with what comes before and after them in one launch.
//
// x, out and the like are F32 in device memory, [n, cols] and [n, rows] without gaps, aligned to 16 bytes; weights
// aligned to 16, norms of F32, angles [n, head_dim]: cosines, then sines. Any n; meant for n <= 16, of which eight rows
// or fewer read the weights once. Columns: a multiple of 32 and of the type's block. Row scales are applied. A row's
// result has the same bits whatever n and the other rows are; what is not finite makes all of its results NaN where
// weights are blocks.
#pragma once

#include <cuda_runtime.h>

#include "engine/device/device.h"
#include "engine/kernels/cuda/card.h"

namespace altiplano::engine::cuda {

/// Rows of F32.
struct Rows {
    const float* x = nullptr;
    int n = 0;
};

/// x / sqrt(mean(x^2) + eps) * weight   weight: [cols]
struct Norm {
    const float* weight = nullptr;
    float eps = 0;
};

/// out = x W^T
void launch_product(const Card& card, Rows x, const PlacedMatrix& weight, float* out, cudaStream_t stream);
/// sum += x W^T
void launch_product_add(const Card& card, Rows x, const PlacedMatrix& weight, float* sum, cudaStream_t stream);
/// out = norm(x) W^T
void launch_norm_product(const Card& card, Rows x, const Norm& norm, const PlacedMatrix& weight, float* out,
                         cudaStream_t stream);

struct QkvWeights {
    PlacedMatrix q, k, v;
};
struct Rotation {
    const float* angles = nullptr;
    int head_dim = 0;
};
struct QkvOut {
    float* q = nullptr;
    float* k = nullptr;
    float* v = nullptr;
};
/// q = rotate(norm(x) Wq^T), k = rotate(norm(x) Wk^T), v = norm(x) Wv^T; pairs (2i, 2i + 1) of each head are rotated.
/// One launch for each type among the three.
void launch_qkv(const Card& card, Rows x, const Norm& norm, const QkvWeights& weights, const Rotation& rotation,
                const QkvOut& out, cudaStream_t stream);

/// Whether launch_qkv_to_cache serves a cache of the type: those that keep every number by itself.
inline bool takes_single_numbers(DType type) {
    return type != DType::Q8_0;
}
/// The same, but k and v go into the cache, at positions *first on, which it must hold. first: in device memory.
/// The bytes are those of launch_append.
void launch_qkv_to_cache(const Card& card, Rows x, const Norm& norm, const QkvWeights& weights,
                         const Rotation& rotation, float* q, const KvCache& cache, const int* first,
                         cudaStream_t stream);

/// out = silu(norm(x) Wgate^T) * (norm(x) Wup^T). One launch where both have one type, else two.
void launch_gate_up(const Card& card, Rows x, const Norm& norm, const PlacedMatrix& gate, const PlacedMatrix& up,
                    float* out, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
