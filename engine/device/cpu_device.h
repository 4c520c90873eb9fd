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

    DeviceKind kind() const noexcept override { return DeviceKind::Cpu; }
    int threads() const noexcept override { return pool_.threads(); }
    void set_threads(int threads) override { pool_.resize(threads); }
    const CpuKernels& kernels() const noexcept { return kernels_; }

    std::int64_t alignment() const noexcept override { return 64; }  // a cache line and the widest vector
    DeviceMemory reserve(std::int64_t bytes, const std::string& what) override;
    void prepare(const WorkSizes& sizes) override;
    void write(std::byte* to, std::span<const std::byte> from) override;
    void read(std::span<std::byte> to, const std::byte* from) override;

    std::int64_t rows_at_once() const noexcept override { return kStripRows; }
    std::int64_t placed_bytes(DType type, std::int64_t rows, std::int64_t cols) const noexcept override;
    void place_rows(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) const override;

    void set_stop(std::stop_token stop) override { stop_ = std::move(stop); }
    void begin(const Step& step) override { step_ = step; }
    void run(std::unique_ptr<Record>& record, const std::function<void()>& operations) override;
    void embed(const PlacedMatrix& table, int first_token, Matrix out) override;
    void attention_input(const LayerWeights& layer, float eps, ConstMatrix residual, const KvCache& cache,
                         Matrix q) override;
    void attention(const KvCache& cache, ConstMatrix q, Matrix out) override;
    void feed_forward_input(const LayerWeights& layer, float eps, ConstMatrix residual, Matrix hidden) override;
    void product(ConstMatrix x, const PlacedMatrix& weight, Matrix out) override;
    void product_add(ConstMatrix x, const PlacedMatrix& weight, Matrix sum) override;
    void clear(Matrix out) override;
    void logits(ConstMatrix residual, ConstMatrix norm, float eps, const PlacedMatrix& output, Matrix out) override;

    // What these are made of. Same rules.

    /// out[n, dim] = x[n, dim] / sqrt(mean(x^2) + eps) * weight[1, dim]; out may be x
    void rms_norm(ConstMatrix x, ConstMatrix weight, float eps, Matrix out);
    /// Rotates every head of x[n, heads * head_dim] in place, row r by angles[head_dim] at r * head_dim.
    void rope(Matrix x, int head_dim, std::span<const float> angles);
    /// Stores the rows of k and v [n, kv_heads * head_dim] at positions first on.
    void append(const KvCache& cache, ConstMatrix k, ConstMatrix v, int first);
    /// out[n, heads * head_dim]: row r of q attends to positions [0, first + r], which the cache holds.
    void attend(const KvCache& cache, ConstMatrix q, int first, Matrix out);
    /// gate[n, ffn] = silu(gate) * up[n, ffn]
    void swiglu(Matrix gate, ConstMatrix up);
    /// sum[n, dim] += x[n, dim]
    void add(Matrix sum, ConstMatrix x);

private:
    /// What lies between two operations of a layer, [rows of the step, width].
    struct Between {
        Matrix normed, k, v, up, branch;
    };
    Between between(std::int64_t rows) const;
    void pack(ConstMatrix x, DType type);

    ThreadPool pool_;
    const CpuKernels& kernels_;
    std::stop_token stop_;
    Step step_;
    WorkSizes sizes_;
    HostBuffer between_;  ///< for the rows and widths of sizes_
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
