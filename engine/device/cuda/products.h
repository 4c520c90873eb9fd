// Products of many rows with a weight of any type: which form the input takes, and what of the weight is unpacked
// first.
#pragma once

#include <cstdint>
#include <cuda_runtime_api.h>

#include "engine/device/cuda/tensor_product.h"
#include "engine/device/gpu_scratch.h"
#include "engine/device/matrix.h"

namespace altiplano::engine::cuda {

/// The input of one or more products: x, or rms_norm(x) where there is a norm.
struct ProductInput {
    ConstMatrix x;
    const float* norm = nullptr;  ///< [x.cols]
    float eps = 0;
};

/// F32, F16 and BF16 weights are multiplied as they are stored, the input rounded to the same type. FP8 weights are too
/// where the card's tensor cores take a scale for each row (compute capability 9.0); elsewhere they, and every block
/// type, are unpacked to BF16, as many rows at a time as the tile holds.
class Products {
public:
    Products(bool has_row_scaled_f8, cudaStream_t stream) : has_row_scaled_f8_(has_row_scaled_f8), stream_(stream) {}

    /// memory holds the parts of the scratch and is kept alive by the caller.
    void use_scratch(const GpuScratch& scratch, std::byte* memory);

    /// The input of the products that follow; its memory must not change between them.
    void take(const ProductInput& input);
    /// out (+)= input * weight^T
    void multiply(const PlacedMatrix& weight, Matrix out, bool adds);

private:
    DType type_for(const PlacedMatrix& weight, const ProductShape& shape);
    const Operand& operand(DType type);
    void multiply_unpacked(const PlacedMatrix& weight, const ProductShape& shape, float* out);

    bool has_row_scaled_f8_;
    cudaStream_t stream_;
    TensorProduct tensor_;
    GpuScratch scratch_;
    std::byte* memory_ = nullptr;
    ProductInput input_;
    Operand operand_;  ///< of the input, where data is not null
};

}  // namespace altiplano::engine::cuda
