// What one launch of the product kernel computes: up to three matrices of one type times the same rows.
#pragma once

#include <climits>
#include <cstdint>
#include <cuda_runtime.h>

#include "engine/device/device.h"
#include "engine/kernels/cuda/card.h"
#include "engine/kernels/cuda/weights.h"

namespace altiplano::engine::cuda {

/// What becomes of the results a and b of a pair of rows, for each row of x.
enum class Outcome {
    Store,         ///< out = a, b
    Add,           ///< out += a, b
    Rotate,        ///< out = (a, b) turned by the angle of their place in the head
    GateTimesUp,   ///< out = silu(a) * b
    TimesSiluOut,  ///< out = silu(out) * (a, b)
    ToKeys,        ///< as Rotate, but to the keys of the cache, whose type has no scales
    ToValues,      ///< a, b to its values
};

/// One matrix, or two of which a pair takes a row each. Pair p is row p * stride of `first` and row
/// p * stride + apart of `second`: neighbours (2, 1) of one matrix, or twins (1, 0) of two.
struct ProductPart {
    WeightPlanes first;
    WeightPlanes second;
    float* out = nullptr;  ///< [n, rows], the results of twins at their common row
    Outcome outcome = Outcome::Store;
    int stride = 2;
    int apart = 1;
    int rows = 0;            ///< of each matrix
    int end_pair = INT_MAX;  ///< the parts' pairs are counted on: where those of this part end
    int pairs = 0;
};

inline constexpr int kMostParts = 3;

struct ProductTask {
    ProductPart parts[kMostParts];
    int part_count = 0;
    int pairs = 0;             ///< of all parts
    const float* x = nullptr;  ///< [n, cols]
    int n = 0;
    int cols = 0;                 ///< a multiple of 32 and of the type's block
    const float* norm = nullptr;  ///< [cols]: x is normalised and times this; null: x as it is
    float eps = 0;
    const float* angles = nullptr;  ///< [n, head_dim] for Outcome::Rotate
    int head_dim = 0;
    KvCache cache;               ///< for ToKeys and ToValues
    const int* first = nullptr;  ///< the position of row 0 of the call, in device memory
    int rows_before = 0;         ///< of the call, in launches before
    int slots = 0;               ///< rounds of pairs that a block has
    int split = 1;               ///< warps that share a pair: 1, 2, 4 or 8
};

/// Runs a task whose weights have the type, for any n; eight rows or fewer a launch.
template <DType type>
void run_product(ProductTask task, const Card& card, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
