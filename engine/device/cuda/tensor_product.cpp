// cuBLASLt counts by columns. A row-major matrix [r, c] is its matrix [c x r] with leading dimension c, so
//   out[n, out_dim] = x[n, in_dim] * weight[out_dim, in_dim]^T   becomes
//   D[out_dim x n]  = A^T * B,   A = weight [in_dim x out_dim], B = x [in_dim x n]
// which is also the only form its FP8 kernels take on Hopper. A's scales are then those of weight's rows, B's those of
// x's rows.
#include "engine/device/cuda/tensor_product.h"

#include <cassert>

#include "engine/device/cuda/cuda_error.h"
#include "engine/device/gpu_scratch.h"
#include "engine/error.h"

namespace altiplano::engine::cuda {
namespace {

// A prompt's last chunk has any number of rows: so many shapes of the same model are remembered.
constexpr std::size_t kMostPlans = 512;

struct DescriptionDelete {
    using pointer = cublasLtMatmulDesc_t;
    void operator()(cublasLtMatmulDesc_t description) const noexcept { cublasLtMatmulDescDestroy(description); }
};
using Description = std::unique_ptr<cublasLtMatmulDesc_t, DescriptionDelete>;

struct LayoutDelete {
    using pointer = cublasLtMatrixLayout_t;
    void operator()(cublasLtMatrixLayout_t layout) const noexcept { cublasLtMatrixLayoutDestroy(layout); }
};
using Layout = std::unique_ptr<cublasLtMatrixLayout_t, LayoutDelete>;

struct PreferenceDelete {
    using pointer = cublasLtMatmulPreference_t;
    void operator()(cublasLtMatmulPreference_t preference) const noexcept {
        cublasLtMatmulPreferenceDestroy(preference);
    }
};
using Preference = std::unique_ptr<cublasLtMatmulPreference_t, PreferenceDelete>;

cudaDataType_t data_type(DType type) {
    switch (type) {
        case DType::F16:
            return CUDA_R_16F;
        case DType::BF16:
            return CUDA_R_16BF;
        case DType::F8_E4M3:
            return CUDA_R_8F_E4M3;
        default:
            assert(type == DType::F32);
            return CUDA_R_32F;
    }
}

template <typename Value>
void set(const Description& description, cublasLtMatmulDescAttributes_t what, const Value& value) {
    check(cublasLtMatmulDescSetAttribute(description.get(), what, &value, sizeof(value)), "describing a product");
}

// Sums in F32 for every type; F32 itself is not rounded to TF32.
Description describe(DType type) {
    cublasLtMatmulDesc_t made = nullptr;
    check(cublasLtMatmulDescCreate(&made, CUBLAS_COMPUTE_32F, CUDA_R_32F), "describing a product");
    Description description(made);
    set(description, CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T);
    set(description, CUBLASLT_MATMUL_DESC_TRANSB, CUBLAS_OP_N);
    if (type == DType::F8_E4M3) {
        const auto mode = static_cast<std::int32_t>(CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F);
        set(description, CUBLASLT_MATMUL_DESC_A_SCALE_MODE, mode);
        set(description, CUBLASLT_MATMUL_DESC_B_SCALE_MODE, mode);
        set(description, CUBLASLT_MATMUL_DESC_FAST_ACCUM, std::int8_t{1});  // as the model's makers compute it
    }
    return description;
}

Layout lay_out(cudaDataType_t type, std::int64_t rows, std::int64_t cols, std::int64_t leading) {
    cublasLtMatrixLayout_t made = nullptr;
    check(cublasLtMatrixLayoutCreate(&made, type, static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(cols),
                                     leading),
          "describing a matrix");
    return Layout(made);
}

Preference prefer(std::uint64_t workspace) {
    cublasLtMatmulPreference_t made = nullptr;
    check(cublasLtMatmulPreferenceCreate(&made), "describing a workspace");
    Preference preference(made);
    check(cublasLtMatmulPreferenceSetAttribute(preference.get(), CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &workspace,
                                               sizeof(workspace)),
          "describing a workspace");
    return preference;
}

// Where cuBLASLt may look while it chooses; of any value, for only their alignment counts.
const float* some_scales() {
    alignas(kScratchAlignment) static const float scale = 1;
    return &scale;
}

}  // namespace

/// A product's shape in cuBLASLt's terms, and the kernel it chose.
struct TensorProduct::Plan {
    Description description;
    Layout weight, x, out;
    cublasLtMatmulAlgo_t algorithm;
};

TensorProduct::TensorProduct() {
    cublasLtHandle_t handle = nullptr;
    check(cublasLtCreate(&handle), "starting cuBLASLt");
    handle_.reset(handle);
}
TensorProduct::~TensorProduct() = default;

const std::optional<TensorProduct::Plan>& TensorProduct::plan(const ProductShape& shape) {
    if (const auto known = plans_.find(shape); known != plans_.end()) {
        return known->second;
    }
    if (plans_.size() >= kMostPlans) {
        plans_.clear();
    }
    const cudaDataType_t type = data_type(shape.type);
    Plan plan{describe(shape.type),
              lay_out(type, shape.in_dim, shape.out_dim, shape.in_dim),
              lay_out(type, shape.in_dim, shape.rows, shape.in_dim),
              lay_out(CUDA_R_32F, shape.out_dim, shape.rows, shape.out_stride),
              {}};
    if (shape.type == DType::F8_E4M3) {
        set(plan.description, CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, some_scales());
        set(plan.description, CUBLASLT_MATMUL_DESC_B_SCALE_POINTER, some_scales());
    }
    const Preference preference = prefer(static_cast<std::uint64_t>(kWorkspaceBytes));
    cublasLtMatmulHeuristicResult_t found{};
    int count = 0;
    const cublasStatus_t status =
        cublasLtMatmulAlgoGetHeuristic(handle_.get(), plan.description.get(), plan.weight.get(), plan.x.get(),
                                       plan.out.get(), plan.out.get(), preference.get(), 1, &found, &count);
    if (status != CUBLAS_STATUS_NOT_SUPPORTED && status != CUBLAS_STATUS_INVALID_VALUE) {
        check(status, "choosing a kernel for a product");
    }
    if (status != CUBLAS_STATUS_SUCCESS || count == 0) {
        return plans_.emplace(shape, std::nullopt).first->second;
    }
    plan.algorithm = found.algo;
    return plans_.emplace(shape, std::move(plan)).first->second;
}

bool TensorProduct::can(const ProductShape& shape) {
    return plan(shape).has_value();
}

void TensorProduct::run(const ProductShape& shape, const Operand& x, const std::byte* weight, const float* row_scales,
                        float* out, cudaStream_t stream) {
    assert(x.type == shape.type);
    const std::optional<Plan>& chosen = plan(shape);
    if (!chosen) {
        throw Error(ErrorKind::Device, "cuBLASLt has no kernel for a product of [" + std::to_string(shape.rows) + ", " +
                                           std::to_string(shape.in_dim) + "] with [" + std::to_string(shape.out_dim) +
                                           ", " + std::to_string(shape.in_dim) + "] in " +
                                           std::string(name(shape.type)));
    }
    if (shape.type == DType::F8_E4M3) {
        set(chosen->description, CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, row_scales);
        set(chosen->description, CUBLASLT_MATMUL_DESC_B_SCALE_POINTER, static_cast<const float*>(x.scales));
    }
    const float alpha = 1, beta = shape.adds ? 1.0F : 0.0F;
    check(cublasLtMatmul(handle_.get(), chosen->description.get(), &alpha, weight, chosen->weight.get(), x.data,
                         chosen->x.get(), &beta, out, chosen->out.get(), out, chosen->out.get(), &chosen->algorithm,
                         workspace_, static_cast<std::size_t>(kWorkspaceBytes), stream),
          "a product of many rows");
}

}  // namespace altiplano::engine::cuda
