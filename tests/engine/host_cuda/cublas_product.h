// A product as cuBLASLt knows it: D = alpha * op(A) * op(B) + beta * C, columns one after another.
#pragma once

#include <cstdint>

#include "tests/engine/host_cuda/include/cublasLt.h"

struct cublasLtContext {};
struct cublasLtMatmulDescOpaque_t {
    cublasComputeType_t compute = CUBLAS_COMPUTE_32F;
    cudaDataType_t scale_type = CUDA_R_32F;
    std::int32_t transpose_a = CUBLAS_OP_N;
    std::int32_t transpose_b = CUBLAS_OP_N;
    const float* scale_a = nullptr;
    const float* scale_b = nullptr;
    std::int32_t scale_mode_a = CUBLASLT_MATMUL_MATRIX_SCALE_SCALAR_32F;
    std::int32_t scale_mode_b = CUBLASLT_MATMUL_MATRIX_SCALE_SCALAR_32F;
    std::int8_t fast_accumulation = 0;
};
struct cublasLtMatrixLayoutOpaque_t {
    cudaDataType_t type = CUDA_R_32F;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::int64_t leading = 0;
};
struct cublasLtMatmulPreferenceOpaque_t {
    std::uint64_t workspace_bytes = 0;
};

namespace host_cuda {

/// Everything that one product needs, by value: it may be done later, and many times in a graph.
struct Product {
    cublasLtMatmulDescOpaque_t description;
    cublasLtMatrixLayoutOpaque_t a, b, c, d;
};
struct ProductMemory {
    const void* a;
    const void* b;
    const void* c;
    void* d;
    float alpha;
    float beta;
};

/// Whether a card of this compute capability (90 for 9.0) takes it: NOT_SUPPORTED for types and forms that it has no
/// kernel for, INVALID_VALUE for shapes that do not match.
cublasStatus_t check_product(const Product& product, int capability);
/// Whether the addresses are aligned to 16 bytes.
bool is_aligned(const ProductMemory& memory);
/// Whether the card can reach all that is read and written.
bool is_reachable(const Product& product, const ProductMemory& memory, int device);
/// Computes it, sums in F32 one after another.
void multiply(const Product& product, const ProductMemory& memory);

}  // namespace host_cuda
