// Products of many rows on the tensor cores, by cuBLASLt.
#pragma once

#include <cstdint>
#include <cublasLt.h>
#include <cuda_runtime_api.h>
#include <map>
#include <memory>
#include <optional>

#include "engine/device/matrix.h"
#include "engine/kernels/cuda/operand.h"

namespace altiplano::engine::cuda {

struct LtDelete {
    using pointer = cublasLtHandle_t;
    void operator()(cublasLtHandle_t handle) const noexcept { cublasLtDestroy(handle); }
};

/// What a product looks like; cuBLASLt chooses its kernel by this.
struct ProductShape {
    DType type = DType::BF16;  ///< of both sides: F32, F16, BF16 or F8_E4M3
    std::int64_t rows = 0;     ///< of x
    std::int64_t in_dim = 0, out_dim = 0;
    std::int64_t out_stride = 0;  ///< values from a row of out to the next
    bool adds = false;            ///< to what out holds

    auto operator<=>(const ProductShape&) const = default;
};

/// Of one card; one thread at a time. Nothing is reserved while products run: the workspace is given.
class TensorProduct {
public:
    TensorProduct();
    ~TensorProduct();

    /// kWorkspaceBytes of the card, kept alive by the caller.
    void use_workspace(std::byte* memory) noexcept { workspace_ = memory; }

    /// Whether cuBLASLt has a kernel for it on this card.
    bool can(const ProductShape& shape);

    /// out[rows, out_dim] (+)= x[rows, in_dim] * weight[out_dim, in_dim]^T, of F8_E4M3 times x.scales and the weight's
    /// row_scales[out_dim]. Throws Error where there is no kernel or it cannot be started.
    void run(const ProductShape& shape, const Operand& x, const std::byte* weight, const float* row_scales, float* out,
             cudaStream_t stream);

private:
    struct Plan;
    const std::optional<Plan>& plan(const ProductShape& shape);

    std::unique_ptr<cublasLtHandle_t, LtDelete> handle_;
    std::byte* workspace_ = nullptr;
    std::map<ProductShape, std::optional<Plan>> plans_;  ///< nothing where there is no kernel
};

}  // namespace altiplano::engine::cuda
