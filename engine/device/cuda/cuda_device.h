// One GPU as a device: its memory, one stream of operations, recorded graphs for steps of few tokens.
#pragma once

#include <memory>
#include <stop_token>

#include "engine/device/cuda/handles.h"
#include "engine/device/cuda/placing.h"
#include "engine/device/cuda/products.h"
#include "engine/device/cuda/step_state.h"
#include "engine/device/device.h"
#include "engine/kernels/cuda/card.h"

namespace altiplano::engine::cuda {

/// Steps of up to kLogitRows tokens go through kernels that read weights as they are stored, once for all rows; larger
/// ones through cuBLASLt. Up to two layers of a large step are under way when an operation returns, so that a stop
/// takes effect soon.
class CudaDevice final : public Device {
public:
    /// Throws Error where the card is too old or does not start.
    explicit CudaDevice(int card);
    ~CudaDevice() override;

    int card() const noexcept { return card_; }
    cudaStream_t stream() const noexcept { return stream_.get(); }

    DeviceKind kind() const noexcept override { return DeviceKind::Gpu; }
    int threads() const noexcept override { return 1; }
    void set_threads(int) override {}

    std::int64_t alignment() const noexcept override { return kScratchAlignment; }
    DeviceMemory reserve(std::int64_t bytes, const std::string& what) override;
    void prepare(const WorkSizes& sizes) override;
    void write(std::byte* to, std::span<const std::byte> from) override;
    void read(std::span<std::byte> to, const std::byte* from) override;

    std::int64_t rows_at_once() const noexcept override { return 1; }
    std::int64_t placed_bytes(DType type, std::int64_t rows, std::int64_t cols) const noexcept override;
    void place_rows(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) const override;

    void set_stop(std::stop_token stop) override { stop_ = std::move(stop); }
    void begin(const Step& step) override;
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
    LikeliestTokens likeliest(ConstMatrix logits, int k, double temperature) override;

private:
    static constexpr int kUnderWay = 8;  // operations of a large step, four for each layer

    /// Whether an operation on so many rows should not begin.
    bool is_stopped(std::int64_t rows) const { return rows > kLogitRows && stop_.stop_requested(); }
    /// After an operation of a large step: waits for the one kUnderWay before it.
    void pace(std::int64_t rows);
    float* scratch(std::int64_t offset) const { return reinterpret_cast<float*>(memory_.data() + offset); }

    const int card_;
    const Card shape_;
    Stream stream_;
    std::unique_ptr<Placing> placing_;
    std::unique_ptr<Products> products_;
    Pinned bounce_;  ///< kBounceBytes that read() copies through
    struct Sending {
        Pinned memory;
        Event sent;
    };
    Sending sendings_[2];  ///< kBounceBytes each that write() copies through, in turns
    int next_sending_ = 0;
    Event paces_[kUnderWay];
    int next_pace_ = 0;

    WorkSizes sizes_;
    GpuScratch scratch_;
    DeviceMemory memory_;  ///< the scratch
    int preparation_ = 0;  ///< counts them: graphs recorded before know other places
    StepState step_;
    std::stop_token stop_;
};

}  // namespace altiplano::engine::cuda
