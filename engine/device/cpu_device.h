// The processor as a device: host memory, one thread pool, kernels of the best instruction level.
#pragma once

#include <memory>

#include "engine/device/device.h"
#include "engine/device/host_memory.h"
#include "engine/device/thread_pool.h"
#include "engine/kernels/cpu_attention.h"
#include "engine/kernels/cpu_kernels.h"

namespace altiplano::engine {

class CpuDevice final : public Device {
public:
    CpuDevice(int threads, const CpuKernels& kernels)
        : pool_(threads), kernels_(kernels), panels_(static_cast<std::size_t>(threads)) {}

    int threads() const noexcept { return pool_.threads(); }
    const CpuKernels& kernels() const noexcept { return kernels_; }

    void set_stop(std::stop_token stop) override { stop_ = std::move(stop); }
    void embed(ConstMatrix table, std::span<const int> tokens, Matrix out) override;
    void rms_norm(ConstMatrix x, ConstMatrix weight, float eps, Matrix out) override;
    void matmul(ConstMatrix x, ConstMatrix weight, Matrix out) override;
    void rope(Matrix x, int head_dim, std::span<const float> angles) override;
    void append(const KvCache& cache, ConstMatrix k, ConstMatrix v, int first) override;
    void attention(const KvCache& cache, ConstMatrix q, int first, Matrix out) override;
    void swiglu(Matrix gate, ConstMatrix up) override;
    void add(Matrix sum, ConstMatrix x) override;

private:
    void multiply_one(ConstMatrix x, ConstMatrix weight, Matrix out);
    void multiply_many(ConstMatrix x, ConstMatrix weight, Matrix out);
    const float* decode_panel(ConstMatrix weight, std::int64_t first, int rows, int thread);

    ThreadPool pool_;
    const CpuKernels& kernels_;
    std::stop_token stop_;
    std::vector<HostBuffer> panels_;  ///< one per thread: decoded weights
    HostBuffer packed_;               ///< the activations of the product in hand
    CpuAttention attention_{pool_, kernels_.attention};
};

/// The row'th row of an F32 matrix.
inline float* row_of(const Matrix& matrix, std::int64_t row) {
    return reinterpret_cast<float*>(matrix.data) + row * matrix.cols;
}
inline const float* row_of(const ConstMatrix& matrix, std::int64_t row) {
    return reinterpret_cast<const float*>(matrix.data) + row * matrix.cols;
}

}  // namespace altiplano::engine
