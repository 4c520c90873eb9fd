// The same step on two devices, operation by operation; each operation gets the processor's numbers as its input.
#include "engine/model/device_check.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <span>

#include "engine/device/host_memory.h"
#include "engine/model/rope_frequencies.h"
#include "engine/model/stages.h"

namespace altiplano::engine {
namespace {

constexpr int kRows[] = {1, 3, kLogitRows, 40};
constexpr int kContext = 320;
constexpr int kHistory = 170;  // positions before the step: several blocks and a part of one
constexpr double kRoundedSums = 2e-5, kHalves = 3e-3, kEighths = 6e-2;

bool takes_eight_bits(DType type) {
    return type == DType::F8_E4M3;
}

/// A device, one layer and one cache on it, and the matrices of a step.
class Side {
public:
    Side(const WeightTable& table, const WeightSource& source, const StagePart& part, const DeviceInfo& device,
         const CudaModule* cuda, int threads)
        : config_(table.config()) {
        PlacementPlan plan;
        plan.stages.push_back({part, {{device, {}}}});
        stages_ = make_stages(table, plan, threads, cuda);
        fill_stages(stages_, source, table, threads, {}, {});
        const std::int64_t q_width = std::int64_t{config_.heads} * config_.head_dim;
        this->device().prepare({.rows = kContext,
                                .head_dim = config_.head_dim,
                                .dim = config_.dim,
                                .q_width = q_width,
                                .kv_width = std::int64_t{config_.kv_heads} * config_.head_dim,
                                .ffn_width = config_.ffn_dim,
                                .tile_bytes = std::int64_t{64} << 20,
                                .context = kContext});
    }

    Device& device() { return *stages_.front().ranks.front().device; }
    const RankWeights& weights() const { return stages_.front().ranks.front().weights; }
    const LayerWeights& layer() const { return weights().layers.front(); }

    KvCache new_cache(DType type) {
        const std::int64_t half = config_.kv_heads * kv_head_bytes(type, config_.head_dim, kContext);
        cache_ = device().reserve(2 * half, "a cache");
        const std::vector<std::byte> zeros(static_cast<std::size_t>(2 * half));
        device().write(cache_.data(), zeros);
        return {cache_.data(), cache_.data() + half, type, config_.kv_heads, config_.head_dim, kContext};
    }
    std::vector<std::byte> cache_bytes() {
        std::vector<std::byte> bytes(static_cast<std::size_t>(cache_.size()));
        device().read(bytes, cache_.data());
        return bytes;
    }
    void set_cache_bytes(std::span<const std::byte> bytes) { device().write(cache_.data(), bytes); }

    /// A matrix of these numbers on the device, valid as long as this is; out of NaN where they are to be computed.
    Matrix matrix(std::int64_t rows, std::int64_t cols, std::span<const float> values = {}) {
        std::vector<float> all(values.begin(), values.end());
        all.resize(static_cast<std::size_t>(rows * cols), std::nanf(""));
        matrices_.push_back(device().reserve(row_bytes(DType::F32, rows * cols), "a matrix"));
        device().write(matrices_.back().data(), std::as_bytes(std::span(all)));
        return {matrices_.back().data(), DType::F32, rows, cols};
    }
    std::vector<float> values(const Matrix& matrix) {
        std::vector<float> values(static_cast<std::size_t>(matrix.rows * matrix.cols));
        device().read(std::as_writable_bytes(std::span(values)), matrix.data);
        return values;
    }
    void forget_matrices() { matrices_.clear(); }

private:
    ModelConfig config_;
    std::vector<StageParts> stages_;
    DeviceMemory cache_;
    std::vector<DeviceMemory> matrices_;
};

ConstMatrix view(const Matrix& matrix) {
    return {matrix.data, matrix.type, matrix.rows, matrix.cols};
}

/// One layer on both devices.
class LayerCheck {
public:
    LayerCheck(const ModelConfig& config, Side& processor, Side& device,
               const std::function<void(const CheckResult&)>& on_result)
        : config_(config), sides_{&processor, &device}, on_result_(on_result) {}

    void run() {
        for (const int rows : kRows) {
            check_embedding(rows);
            check_feed_forward(rows);
            check_products(rows);
            for (const DType type : {DType::F16, DType::Q8_0, DType::F32}) {
                check_attention(rows, type);
            }
        }
        for (const int rows : {1, kLogitRows}) {
            check_logits(rows);
        }
    }

private:
    std::vector<float> random(std::int64_t count, float size = 1) {
        std::normal_distribution<float> normal(0, size);
        std::vector<float> values(static_cast<std::size_t>(count));
        std::generate(values.begin(), values.end(), [&] { return normal(engine_); });
        return values;
    }

    /// compute(side) on both, in turn; it returns the matrix to compare.
    template <typename Compute>
    void compare(const std::string& operation, const std::string& types, int rows, double bound,
                 const Compute& compute) {
        std::vector<float> results[2];
        for (int i = 0; i < 2; ++i) {
            results[i] = sides_[i]->values(compute(*sides_[i]));
            sides_[i]->forget_matrices();
        }
        on_result_({operation, types, rows, relative_error(results[1], results[0]), bound});
    }

    void begin(Side& side, int rows, int first) {
        tokens_.resize(static_cast<std::size_t>(rows));
        for (int i = 0; i < rows; ++i) {
            tokens_[static_cast<std::size_t>(i)] = i * 7919 % config_.vocab_size;
        }
        const auto head_dim = static_cast<std::size_t>(config_.head_dim);
        angles_.resize(tokens_.size() * head_dim);
        const std::vector<double> frequencies = rope_frequencies(config_, {});
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            rope_angles(frequencies, first + static_cast<int>(i), std::span(angles_).subspan(i * head_dim, head_dim));
        }
        side.device().begin({tokens_, first, angles_});
    }

    void check_embedding(int rows) {
        compare("embed", types({sides_[0]->weights().embedding}), rows, kRoundedSums, [&](Side& side) {
            begin(side, rows, 0);
            const Matrix out = side.matrix(rows, config_.dim);
            side.device().embed(side.weights().embedding, 0, out);
            return out;
        });
    }

    void check_feed_forward(int rows) {
        const auto residual = random(rows * std::int64_t{config_.dim});
        const LayerWeights& layer = sides_[0]->layer();
        const double bound = 2 * std::max(product_bound(layer.gate.type, rows), product_bound(layer.up.type, rows));
        compare("feed_forward_input", types({layer.gate, layer.up}), rows, bound, [&](Side& side) {
            begin(side, rows, 0);
            const Matrix from = side.matrix(rows, config_.dim, residual), out = side.matrix(rows, config_.ffn_dim);
            side.device().feed_forward_input(side.layer(), config_.norm_eps, view(from), out);
            return out;
        });
    }

    void check_products(int rows) {
        const auto hidden = random(rows * std::int64_t{config_.ffn_dim}),
                   sum = random(rows * std::int64_t{config_.dim});
        const DType down = sides_[0]->layer().down.type;
        for (const bool adds : {false, true}) {
            compare(adds ? "product_add" : "product", std::string(name(down)), rows, product_bound(down, rows),
                    [&](Side& side) {
                        begin(side, rows, 0);
                        const Matrix x = side.matrix(rows, config_.ffn_dim, hidden);
                        const Matrix out = side.matrix(rows, config_.dim, adds ? std::span(sum) : std::span<float>());
                        adds ? side.device().product_add(view(x), side.layer().down, out)
                             : side.device().product(view(x), side.layer().down, out);
                        return out;
                    });
        }
    }

    // First the history through attention_input, then one step after it; the device goes on with the processor's cache.
    void check_attention(int rows, DType cache_type) {
        const LayerWeights& layer = sides_[0]->layer();
        const std::int64_t q_width = std::int64_t{config_.heads} * config_.head_dim;
        const auto history = random(kHistory * std::int64_t{config_.dim}),
                   residual = random(rows * std::int64_t{config_.dim});
        const auto q = random(rows * q_width);
        KvCache caches[2];
        for (int i = 0; i < 2; ++i) {
            caches[i] = sides_[i]->new_cache(cache_type);
        }
        const auto cache_of = [&](const Side& side) { return caches[&side == sides_[1] ? 1 : 0]; };
        const double bound = 2 * std::max({product_bound(layer.q.type, rows), product_bound(layer.k.type, rows),
                                           product_bound(layer.v.type, rows)});
        compare("attention_input", types({layer.q, layer.k, layer.v}), rows, bound, [&](Side& side) {
            begin(side, kHistory, 0);
            const Matrix before = side.matrix(kHistory, config_.dim, history), ignored = side.matrix(kHistory, q_width);
            side.device().attention_input(side.layer(), config_.norm_eps, view(before), cache_of(side), ignored);
            begin(side, rows, kHistory);
            const Matrix from = side.matrix(rows, config_.dim, residual), out = side.matrix(rows, q_width);
            side.device().attention_input(side.layer(), config_.norm_eps, view(from), cache_of(side), out);
            return out;
        });
        const auto attend = [&](Side& side) {
            begin(side, rows, kHistory);
            const Matrix from = side.matrix(rows, q_width, q), out = side.matrix(rows, q_width);
            side.device().attention(cache_of(side), view(from), out);
            return out;
        };
        // What the device has stored, as its own attention sees it, and then attention alone.
        const DType stored_type = std::max({layer.k.type, layer.v.type}, [](DType a, DType b) {
            return product_bound(a, kHistory) < product_bound(b, kHistory);
        });
        const double stored = 2 * product_bound(stored_type, kHistory) + (cache_type == DType::Q8_0 ? 1e-2 : 0);
        compare("attention to its own cache", std::string(name(cache_type)), rows, stored, attend);
        sides_[1]->set_cache_bytes(sides_[0]->cache_bytes());
        compare("attention", std::string(name(cache_type)), rows, cache_type == DType::F32 ? kRoundedSums : kHalves,
                attend);
    }

    void check_logits(int rows) {
        const auto residual = random(rows * std::int64_t{config_.dim});
        const DType type = sides_[0]->weights().output.type;
        compare("logits", std::string(name(type)), rows, 2 * product_bound(type, rows), [&](Side& side) {
            const Matrix from = side.matrix(rows, config_.dim, residual), out = side.matrix(rows, config_.vocab_size);
            side.device().logits(view(from), side.weights().output_norm, config_.norm_eps, side.weights().output, out);
            return out;
        });
    }

    static std::string types(std::initializer_list<PlacedMatrix> matrices) {
        std::string text;
        for (const PlacedMatrix& matrix : matrices) {
            const std::string one(name(matrix.type));
            text += text.find(one) == std::string::npos ? (text.empty() ? "" : " ") + one : "";
        }
        return text;
    }

    const ModelConfig& config_;
    Side* const sides_[2];  ///< the processor's, the device's
    const std::function<void(const CheckResult&)>& on_result_;
    std::mt19937 engine_{2026};
    std::vector<int> tokens_;
    std::vector<float> angles_;
};

/// The first layer of each combination of types.
std::vector<int> different_layers(const WeightTable& table) {
    std::set<std::vector<DType>> seen;
    std::vector<int> layers;
    for (int layer = 0; layer < table.config().layers; ++layer) {
        std::vector<DType> types;
        for (const Weight weight : {Weight::AttentionQ, Weight::AttentionK, Weight::AttentionV, Weight::AttentionOutput,
                                    Weight::FeedForwardGate, Weight::FeedForwardUp, Weight::FeedForwardDown}) {
            const auto& info = table.find({weight, layer});
            types.push_back(info ? info->type : DType::F32);
        }
        if (seen.insert(types).second) {
            layers.push_back(layer);
        }
    }
    return layers;
}

}  // namespace

double product_bound(DType type, int rows) {
    if (rows <= kLogitRows) {
        return block_values(type) > 1 ? 1e-3 : kRoundedSums;
    }
    return takes_eight_bits(type) ? kEighths : 8e-3;
}

double relative_error(std::span<const float> a, std::span<const float> b) {
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        const double x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
        difference += (x - y) * (x - y);
        size += y * y;
    }
    return std::sqrt(difference / size);
}

void check_operations(const WeightSource& source, std::optional<DType> convert_to, const DeviceInfo& device,
                      const std::shared_ptr<const CudaModule>& cuda, int threads,
                      const std::function<void(const CheckResult&)>& on_result) {
    const WeightTable stored(source);
    const WeightTable table = convert_to ? stored.converted(*convert_to) : stored;
    for (const int layer : different_layers(table)) {
        const StagePart part = {layer, 1, true, true};
        Side processor(table, source, part, {.kind = DeviceKind::Cpu}, nullptr, threads_for(threads));
        Side other(table, source, part, device, cuda.get(), threads_for(threads));
        LayerCheck(table.config(), processor, other, on_result).run();
    }
}

}  // namespace altiplano::engine
