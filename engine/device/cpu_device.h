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
    CpuDevice(int threads, const CpuKernels& kernels) : pool_(threads), kernels_(kernels) {}

    int threads() const noexcept override { return pool_.threads(); }
    void set_threads(int threads) override { pool_.resize(threads); }
    const CpuKernels& kernels() const noexcept { return kernels_; }

    std::int64_t rows_at_once() const noexcept override { return kStripRows; }
    std::int64_t placed_bytes(DType type, std::int64_t rows, std::int64_t cols) const noexcept override;
    void place_rows(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) const override;

    void set_stop(std::stop_token stop) override { stop_ = std::move(stop); }
    void embed(const PlacedMatrix& table, std::span<const int> tokens, Matrix out) override;
    void rms_norm(ConstMatrix x, ConstMatrix weight, float eps, Matrix out) override;
    void matmul(ConstMatrix x, const PlacedMatrix& weight, Matrix out) override;
    void rope(Matrix x, int head_dim, std::span<const float> angles) override;
    void append(const KvCache& cache, ConstMatrix k, ConstMatrix v, int first) override;
    void attention(const KvCache& cache, ConstMatrix q, int first, Matrix out) override;
    void swiglu(Matrix gate, ConstMatrix up) override;
    void add(Matrix sum, ConstMatrix x) override;

private:
    void pack(ConstMatrix x, DType type);

    ThreadPool pool_;
    const CpuKernels& kernels_;
    std::stop_token stop_;
    HostBuffer scratch_;  ///< kScratchBytes for each thread
    HostBuffer packed_;   ///< the activations of the product in hand
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
