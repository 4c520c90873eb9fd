// A small layer of random weights, with embedding and output, on any device: the same numbers on each, so that one
// device's results can be held against another's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/device/device.h"

namespace altiplano::engine {

struct LayerShape {
    DType type = DType::BF16;
    DType kv_type = DType::F16;
    int dim = 256, heads = 8, kv_heads = 2, head_dim = 32, ffn = 512, vocab = 320;
    int context = 128;
    int most_rows = 64;

    int q_width() const { return heads * head_dim; }
    int kv_width() const { return kv_heads * head_dim; }
};

/// What a step computes, read back.
struct StepResults {
    std::vector<float> embedded, q, attended, after_attention, hidden, residual, logits;
};

class TestLayer {
public:
    static constexpr float kEps = 1e-5F;

    /// The device outlives it. Throws what the device throws.
    TestLayer(Device& device, const LayerShape& shape, unsigned seed = 1);

    /// The whole step, operation by operation.
    StepResults compute(const std::vector<int>& tokens, int first);
    /// The same through Device::run: only the logits of all rows, at most kLogitRows.
    std::vector<float> compute_recorded(const std::vector<int>& tokens, int first);

    const LayerShape& shape() const noexcept { return shape_; }
    const KvCache& cache() const noexcept { return cache_; }
    const LayerWeights& weights() const noexcept { return weights_; }

private:
    /// Rows of F32 in the device's memory.
    struct Values {
        DeviceMemory memory;
        std::int64_t cols = 0;
    };

    PlacedMatrix matrix(std::int64_t rows, std::int64_t cols, unsigned seed);
    ConstMatrix vector(std::int64_t cols, float size, unsigned seed);
    Values values(std::int64_t cols);
    Matrix first_rows(const Values& values, std::size_t rows) const;
    std::vector<float> read(const Values& values, std::size_t rows);
    void begin(const std::vector<int>& tokens, int first);
    void operations(std::size_t rows);

    Device& device_;
    LayerShape shape_;
    std::vector<DeviceMemory> memory_;
    LayerWeights weights_;
    PlacedMatrix embedding_, output_;
    ConstMatrix output_norm_;
    KvCache cache_;
    Values residual_, q_, attended_, hidden_, logits_;
    std::vector<float> angles_;
    std::unique_ptr<Record> record_;
};

/// sqrt(sum((a - b)^2) / sum(b^2)); infinite where sizes differ or a number is not finite.
double relative_error(const std::vector<float>& a, const std::vector<float>& b);

/// Ids of LayerShape's vocabulary.
inline std::vector<int> test_tokens(int count, int seed = 0) {
    std::vector<int> result(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        result[static_cast<std::size_t>(i)] = (i * 37 + seed * 11) % 320;
    }
    return result;
}

}  // namespace altiplano::engine
