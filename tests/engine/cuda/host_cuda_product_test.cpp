// The emulated cuBLASLt: the products it takes, and those it refuses as the real one does.
#include <cublasLt.h>
#include <cuda_bf16.h>
#include <cuda_fp8.h>
#include <gtest/gtest.h>
#include <vector>

#include "tests/engine/cuda/device_array.h"
#include "tests/engine/host_cuda/host_cuda.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kInner = 32;
constexpr int kOuter = 16;  // rows of the weight
constexpr int kRows = 3;    // of x

std::vector<float> small_numbers(int count, int seed) {
    std::vector<float> values(count);
    for (int i = 0; i < count; ++i) {
        values[i] = static_cast<float>((i * 29 + seed) % 15 - 7) / 4;
    }
    return values;
}

/// A product out[kRows, kOuter] = x[kRows, kInner] * weight[kOuter, kInner]^T, described step by step.
class Product {
public:
    explicit Product(cudaDataType_t type, cudaDataType_t out = CUDA_R_32F) {
        cublasLtCreate(&handle);
        cublasLtMatmulDescCreate(&description, CUBLAS_COMPUTE_32F, CUDA_R_32F);
        set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T);
        cublasLtMatrixLayoutCreate(&a, type, kInner, kOuter, kInner);
        cublasLtMatrixLayoutCreate(&b, type, kInner, kRows, kInner);
        cublasLtMatrixLayoutCreate(&d, out, kOuter, kRows, kOuter);
        cublasLtMatmulPreferenceCreate(&preference);
        const std::uint64_t bytes = 4096;
        cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &bytes,
                                             sizeof bytes);
    }
    ~Product() {
        cublasLtMatmulPreferenceDestroy(preference);
        for (cublasLtMatrixLayout_t layout : {a, b, d}) {
            cublasLtMatrixLayoutDestroy(layout);
        }
        cublasLtMatmulDescDestroy(description);
        cublasLtDestroy(handle);
    }
    Product(const Product&) = delete;
    Product& operator=(const Product&) = delete;

    template <typename Value>
    void set(cublasLtMatmulDescAttributes_t attribute, Value value) {
        ASSERT_EQ(cublasLtMatmulDescSetAttribute(description, attribute, &value, sizeof value), CUBLAS_STATUS_SUCCESS);
    }
    cublasStatus_t choose() {
        int found = 0;
        return cublasLtMatmulAlgoGetHeuristic(handle, description, a, b, d, d, preference, 1, &chosen, &found);
    }
    cublasStatus_t run(const void* weight, const void* x, void* out, float beta, void* workspace) {
        const float alpha = 1;
        return cublasLtMatmul(handle, description, &alpha, weight, a, x, b, &beta, out, d, out, d, &chosen.algo,
                              workspace, 4096, nullptr);
    }

    cublasLtHandle_t handle = nullptr;
    cublasLtMatmulDesc_t description = nullptr;
    cublasLtMatrixLayout_t a = nullptr, b = nullptr, d = nullptr;
    cublasLtMatmulPreference_t preference = nullptr;
    cublasLtMatmulHeuristicResult_t chosen{};
};

class HostCudaProduct : public testing::Test {
protected:
    HostCudaProduct() { host_cuda::reset(); }
    void TearDown() override { EXPECT_EQ(host_cuda::live_handles(), 0); }
};

float plain_sum(const std::vector<float>& x, const std::vector<float>& weight, int row, int column) {
    float sum = 0;
    for (int k = 0; k < kInner; ++k) {
        sum += x[row * kInner + k] * weight[column * kInner + k];  // multiples of 1/16: exact
    }
    return sum;
}

TEST_F(HostCudaProduct, addsBf16ProductsToWhatIsThere) {
    const std::vector<float> weight = small_numbers(kOuter * kInner, 1), x = small_numbers(kRows * kInner, 5);
    const DeviceArray<__nv_bfloat16> device_weight(std::vector<__nv_bfloat16>(weight.begin(), weight.end()));
    const DeviceArray<__nv_bfloat16> device_x(std::vector<__nv_bfloat16>(x.begin(), x.end()));
    const DeviceArray<float> out(std::vector<float>(kRows * kOuter, 100.0F));
    const DeviceArray<std::byte> workspace(4096);
    Product product(CUDA_R_16BF);
    ASSERT_EQ(product.choose(), CUBLAS_STATUS_SUCCESS);
    ASSERT_EQ(product.run(device_weight.get(), device_x.get(), out.get(), 2, workspace.get()), CUBLAS_STATUS_SUCCESS);
    for (int i = 0; i < kRows * kOuter; ++i) {
        EXPECT_EQ(out.values()[i], 200 + plain_sum(x, weight, i / kOuter, i % kOuter));
    }
}

TEST_F(HostCudaProduct, scalesFp8ProductsByRow) {
    const std::vector<float> weight = small_numbers(kOuter * kInner, 1), x = small_numbers(kRows * kInner, 5);
    std::vector<__nv_fp8_e4m3> weight_bytes, x_bytes;
    for (const float value : weight) {
        weight_bytes.emplace_back(value);
    }
    for (const float value : x) {
        x_bytes.emplace_back(value);
    }
    std::vector<float> weight_scales(kOuter), x_scales = {1, 2, 4};
    for (int i = 0; i < kOuter; ++i) {
        weight_scales[i] = static_cast<float>(i + 1);
    }
    const DeviceArray<__nv_fp8_e4m3> device_weight(weight_bytes), device_x(x_bytes);
    const DeviceArray<float> device_weight_scales(weight_scales), device_x_scales(x_scales);
    const DeviceArray<float> out(kRows * kOuter);
    const DeviceArray<std::byte> workspace(4096);
    Product product(CUDA_R_8F_E4M3);
    product.set(CUBLASLT_MATMUL_DESC_A_SCALE_MODE, std::int32_t{CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F});
    product.set(CUBLASLT_MATMUL_DESC_B_SCALE_MODE, std::int32_t{CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F});
    product.set(CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, static_cast<const float*>(device_weight_scales.get()));
    product.set(CUBLASLT_MATMUL_DESC_B_SCALE_POINTER, static_cast<const float*>(device_x_scales.get()));
    ASSERT_EQ(product.choose(), CUBLAS_STATUS_SUCCESS);
    ASSERT_EQ(product.run(device_weight.get(), device_x.get(), out.get(), 0, workspace.get()), CUBLAS_STATUS_SUCCESS);
    for (int i = 0; i < kRows * kOuter; ++i) {
        const int row = i / kOuter, column = i % kOuter;
        EXPECT_EQ(out.values()[i], plain_sum(x, weight, row, column) * x_scales[row] * weight_scales[column]);
    }
}

cublasStatus_t choose_fp8(int major, int minor, std::int32_t scale_mode) {
    host_cuda::set_devices({{.major = major, .minor = minor}});
    Product product(CUDA_R_8F_E4M3);
    product.set(CUBLASLT_MATMUL_DESC_A_SCALE_MODE, scale_mode);
    product.set(CUBLASLT_MATMUL_DESC_B_SCALE_MODE, scale_mode);
    return product.choose();
}

TEST_F(HostCudaProduct, takesFp8WhereTheCardHasIt) {
    EXPECT_EQ(choose_fp8(8, 6, CUBLASLT_MATMUL_MATRIX_SCALE_SCALAR_32F), CUBLAS_STATUS_NOT_SUPPORTED);
    EXPECT_EQ(choose_fp8(8, 9, CUBLASLT_MATMUL_MATRIX_SCALE_SCALAR_32F), CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(choose_fp8(8, 9, CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F), CUBLAS_STATUS_NOT_SUPPORTED);
    EXPECT_EQ(choose_fp8(9, 0, CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F), CUBLAS_STATUS_SUCCESS);
}

TEST_F(HostCudaProduct, refusesFp8WhereAIsNotTransposed) {
    Product product(CUDA_R_8F_E4M3);
    product.set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_N);
    cublasLtMatrixLayoutDestroy(product.a);
    cublasLtMatrixLayoutCreate(&product.a, CUDA_R_8F_E4M3, kOuter, kInner, kOuter);
    EXPECT_EQ(product.choose(), CUBLAS_STATUS_NOT_SUPPORTED);
}

TEST_F(HostCudaProduct, refusesWhatDoesNotFit) {
    const DeviceArray<float> memory(4096), small(16);
    const DeviceArray<std::byte> workspace(4096);
    Product product(CUDA_R_32F);
    float* const data = memory.get();
    EXPECT_EQ(product.run(data, data, data, 0, workspace.get()), CUBLAS_STATUS_INVALID_VALUE);  // nothing chosen
    ASSERT_EQ(product.choose(), CUBLAS_STATUS_SUCCESS);
    EXPECT_EQ(product.run(data, data, data, 0, nullptr), CUBLAS_STATUS_INVALID_VALUE);  // no workspace
    EXPECT_EQ(product.run(data + 1, data, data, 0, workspace.get()), CUBLAS_STATUS_INVALID_VALUE);
    EXPECT_EQ(product.run(data, data, small.get(), 0, workspace.get()), CUBLAS_STATUS_EXECUTION_FAILED);
    EXPECT_EQ(cudaGetLastError(), cudaErrorIllegalAddress);
    cudaDeviceReset();
    product.set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_N);
    EXPECT_EQ(product.choose(), CUBLAS_STATUS_INVALID_VALUE);
}

}  // namespace
}  // namespace altiplano::engine::cuda
