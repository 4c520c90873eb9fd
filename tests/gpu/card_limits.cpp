// What this card can do at most, as programs that do nothing else reach it: copying in its own memory, and a large
// product in BF16 by cuBLAS, besides the products as the engine asks for them. One line of JSON.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/cuda/handles.h"
#include "engine/device/cuda/tensor_product.h"
#include "engine/device/gpu_scratch.h"
#include "tests/bench/synthetic_blocks.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kNoGpu = 77;
constexpr int kRepeats = 20, kWarmUps = 3;
constexpr std::int64_t kCopyBytes = std::int64_t{4} << 30;  // far more than any second-level cache
constexpr int kSide = 8192;

struct CublasDelete {
    using pointer = cublasHandle_t;
    void operator()(cublasHandle_t handle) const noexcept { cublasDestroy(handle); }
};

Event timer() {
    cudaEvent_t made = nullptr;
    check(cudaEventCreate(&made), "making a timer");
    return Event(made);
}

// The median, by the card's own clock.
double seconds(cudaStream_t stream, const std::function<void()>& work) {
    const Event begin = timer(), end = timer();
    std::vector<float> times;
    for (int i = 0; i < kWarmUps + kRepeats; ++i) {
        check(cudaEventRecord(begin.get(), stream), "measuring");
        work();
        check(cudaEventRecord(end.get(), stream), "measuring");
        check(cudaEventSynchronize(end.get()), "measuring");
        float milliseconds = 0;
        check(cudaEventElapsedTime(&milliseconds, begin.get(), end.get()), "measuring");
        times.push_back(milliseconds);
    }
    times.erase(times.begin(), times.begin() + kWarmUps);
    std::sort(times.begin(), times.end());
    return static_cast<double>(times[times.size() / 2]) / 1000;
}

DeviceMemory random_matrix(DType type) {
    const std::int64_t bytes = std::int64_t{kSide} * row_bytes(type, kSide);
    DeviceMemory memory = reserve_on_card(0, bytes, "a matrix");
    const std::vector<std::byte> values = synthetic_blocks(type, static_cast<std::size_t>(bytes));
    check(cudaMemcpy(memory.data(), values.data(), values.size(), cudaMemcpyHostToDevice), "a copy");
    return memory;
}

double copy_gb_per_s(cudaStream_t stream) {
    const DeviceMemory from = reserve_on_card(0, kCopyBytes, "a copy"), to = reserve_on_card(0, kCopyBytes, "a copy");
    check(cudaMemset(from.data(), 0x5A, static_cast<std::size_t>(kCopyBytes)), "filling memory");
    const double once = seconds(stream, [&] {
        check(cudaMemcpyAsync(to.data(), from.data(), static_cast<std::size_t>(kCopyBytes), cudaMemcpyDeviceToDevice,
                              stream),
              "a copy");
    });
    return 2 * static_cast<double>(kCopyBytes) / once / 1e9;
}

double tflops(double once) {
    return 2.0 * kSide * kSide * kSide / once / 1e12;
}

// BF16 in and out: the rate that others quote.
double cublas_tflops(cudaStream_t stream) {
    cublasHandle_t made = nullptr;
    check(cublasCreate(&made), "starting cuBLAS");
    const std::unique_ptr<cublasHandle_t, CublasDelete> handle(made);
    check(cublasSetStream(made, stream), "starting cuBLAS");
    const DeviceMemory a = random_matrix(DType::BF16), b = random_matrix(DType::BF16), c = random_matrix(DType::BF16);
    const float one = 1, zero = 0;
    return tflops(seconds(stream, [&] {
        check(cublasGemmEx(made, CUBLAS_OP_T, CUBLAS_OP_N, kSide, kSide, kSide, &one, a.data(), CUDA_R_16BF, kSide,
                           b.data(), CUDA_R_16BF, kSide, &zero, c.data(), CUDA_R_16BF, kSide, CUBLAS_COMPUTE_32F,
                           CUBLAS_GEMM_DEFAULT),
              "a product");
    }));
}

// Out in F32, in FP8 with scales of rows on both sides.
double engine_tflops(DType type, cudaStream_t stream) {
    const DeviceMemory workspace = reserve_on_card(0, kWorkspaceBytes, "cuBLAS");
    TensorProduct product;
    product.use_workspace(workspace.data());
    const DeviceMemory x = random_matrix(type), weight = random_matrix(type), out = random_matrix(DType::F32),
                       scales = random_matrix(DType::F32);
    const auto* const factors = reinterpret_cast<const float*>(scales.data());
    Operand operand;
    operand.type = type;
    operand.data = x.data();
    operand.scales = type == DType::F8_E4M3 ? const_cast<float*>(factors) : nullptr;
    const ProductShape shape{
        .type = type, .rows = kSide, .in_dim = kSide, .out_dim = kSide, .out_stride = kSide, .adds = false};
    if (!product.can(shape)) {
        return 0;
    }
    return tflops(seconds(stream, [&] {
        product.run(shape, operand, weight.data(), type == DType::F8_E4M3 ? factors : nullptr,
                    reinterpret_cast<float*>(out.data()), stream);
    }));
}

int run() {
    int cards = 0;
    if (cudaGetDeviceCount(&cards) != cudaSuccess || cards == 0) {
        std::fputs("there is no GPU\n", stderr);
        return kNoGpu;
    }
    use_card(0);
    const Stream stream = make_stream();
    std::printf("{\"copy_gb_per_s\": %.1f", copy_gb_per_s(stream.get()));
    std::printf(", \"bf16_tflops\": %.1f", cublas_tflops(stream.get()));
    std::printf(", \"engine_bf16_tflops\": %.1f", engine_tflops(DType::BF16, stream.get()));
    std::printf(", \"engine_fp8_tflops\": %.1f}\n", engine_tflops(DType::F8_E4M3, stream.get()));
    return 0;
}

}  // namespace
}  // namespace altiplano::engine::cuda

int main() {
    try {
        return altiplano::engine::cuda::run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
