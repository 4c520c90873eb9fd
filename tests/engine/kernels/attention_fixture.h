// Queries, keys, values and a cache for the tests of attention, and the softmax in double precision they are held
// against.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <span>
#include <vector>

#include "engine/device/cpu_device.h"
#include "engine/device/host_memory.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {

struct AttentionShape {
    int heads, kv_heads, head_dim;
    std::int64_t q_width() const { return std::int64_t{heads} * head_dim; }
    std::int64_t kv_width() const { return std::int64_t{kv_heads} * head_dim; }
};

inline ConstMatrix rows_of(const std::vector<float>& values, std::int64_t first, std::int64_t count,
                           std::int64_t width) {
    return {reinterpret_cast<const std::byte*>(values.data() + first * width), DType::F32, count, width};
}

class TestCache {
public:
    TestCache(const AttentionShape& shape, int context, DType type)
        : memory_(2 * shape.kv_heads * kv_head_bytes(type, shape.head_dim, context), "a test") {
        view = {memory_.data(), memory_.data() + memory_.size() / 2, type, shape.kv_heads, shape.head_dim, context};
    }
    KvCache view;
    std::span<std::byte> bytes() { return {memory_.data(), static_cast<std::size_t>(memory_.size())}; }

private:
    HostBuffer memory_;
};

/// So many tokens' random queries, keys and values.
struct AttentionInput {
    AttentionInput(const AttentionShape& of, int count, unsigned seed) : shape(of), tokens(count) {
        std::mt19937 random(seed);
        q = reference::random_values(tokens * shape.q_width(), random);
        k = reference::random_values(tokens * shape.kv_width(), random);
        v = reference::random_values(tokens * shape.kv_width(), random);
    }

    void append(CpuDevice& device, const KvCache& cache, int first, int count) const {
        device.append(cache, rows_of(k, first, count, shape.kv_width()), rows_of(v, first, count, shape.kv_width()),
                      first);
    }

    /// What tokens [first, first + count) get from positions up to their own.
    std::vector<float> attend(CpuDevice& device, const KvCache& cache, int first, int count) const {
        std::vector<float> out(static_cast<std::size_t>(count * shape.q_width()));
        device.attend(cache, rows_of(q, first, count, shape.q_width()), first,
                      {reinterpret_cast<std::byte*>(out.data()), DType::F32, count, shape.q_width()});
        return out;
    }

    /// All tokens appended and computed in steps of so many.
    std::vector<float> run(CpuDevice& device, const KvCache& cache, int step) const {
        std::vector<float> out;
        for (int first = 0; first < tokens; first += step) {
            const int count = std::min(step, tokens - first);
            append(device, cache, first, count);
            const std::vector<float> part = attend(device, cache, first, count);
            out.insert(out.end(), part.begin(), part.end());
        }
        return out;
    }

    /// Token row's exact result.
    std::vector<double> expected(int row) const {
        std::vector<double> out;
        for (int head = 0; head < shape.heads; ++head) {
            const std::vector<double> weights = exact_weights(row, head);
            for (int d = 0; d < shape.head_dim; ++d) {
                double sum = 0;
                for (int p = 0; p <= row; ++p) {
                    sum += weights[static_cast<std::size_t>(p)] * at(v, shape.kv_width(), p, kv_column(head) + d);
                }
                out.push_back(sum);
            }
        }
        return out;
    }

    AttentionShape shape;
    int tokens;
    std::vector<float> q, k, v;

private:
    static double at(const std::vector<float>& values, std::int64_t width, int row, std::int64_t column) {
        return static_cast<double>(values[static_cast<std::size_t>(row * width + column)]);
    }
    std::int64_t kv_column(int head) const {
        return std::int64_t{head / (shape.heads / shape.kv_heads)} * shape.head_dim;
    }
    std::vector<double> exact_weights(int row, int head) const {
        std::vector<double> weights;
        double total = 0;
        for (int p = 0; p <= row; ++p) {
            double score = 0;
            for (int d = 0; d < shape.head_dim; ++d) {
                score += at(q, shape.q_width(), row, head * shape.head_dim + d) *
                         at(k, shape.kv_width(), p, kv_column(head) + d);
            }
            weights.push_back(std::exp(score / std::sqrt(shape.head_dim)));
            total += weights.back();
        }
        for (double& weight : weights) {
            weight /= total;
        }
        return weights;
    }
};

}  // namespace altiplano::engine
