// Attention of a few query rows over one key-value head: softmax as it goes, 64 positions at a time.
#include "engine/device/device.h"
#include "engine/kernels/levels/exponential.h"
#include "engine/kernels/levels/level_table.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {
namespace {

constexpr int kVectors = kKvBlock / 16;

struct HalfCache {
    using Value = std::uint16_t;
    static Vec16 read(const Value* p) { return load_f16(p); }
};
struct FloatCache {
    using Value = float;
    static Vec16 read(const Value* p) { return load(p); }
};

/// The state of the running softmax of each row: largest score, sum of exponentials, weighted values.
template <int rows>
struct Running {
    float largest_score[rows];
    float total[rows];
    float values[rows][kLargestHeadDim];
};

/// scores[rows, kKvBlock] = q[rows, head_dim] * keys[head_dim, kKvBlock] * scale; those from valid on are lowest.
template <typename Cache, int rows>
void score_block(const AttentionTask& task, const float* q, const typename Cache::Value* keys, int valid,
                 float* scores) {
    Vec16 sums[rows][kVectors];
#pragma GCC unroll 4
    for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) {
            sums[r][v] = set(0.0F);
        }
    }
    for (int d = 0; d < task.head_dim; ++d, keys += kKvBlock) {
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) {
            const Vec16 key = Cache::read(keys + 16 * v);
#pragma GCC unroll 4
            for (int r = 0; r < rows; ++r) {
                sums[r][v] = fused(set(q[r * task.head_dim + d]), key, sums[r][v]);
            }
        }
    }
    const float scale = 1.0F / __builtin_sqrtf(static_cast<float>(task.head_dim));
#pragma GCC unroll 4
    for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) {
            store(scores + r * kKvBlock + 16 * v, multiply(sums[r][v], set(scale)));
        }
        for (int position = valid; position < kKvBlock; ++position) {
            scores[r * kKvBlock + position] = -__builtin_huge_valf();
        }
    }
}

/// Turns a row of scores into weights relative to the new largest score; returns what earlier sums are scaled by.
inline float soften(float* scores, float& largest_score, float& total) {
    Vec16 maximum = load(scores);
    for (int v = 1; v < kVectors; ++v) {
        maximum = larger(maximum, load(scores + 16 * v));
    }
    const float block_largest = largest(maximum);
    const float new_largest = block_largest > largest_score ? block_largest : largest_score;
    Vec16 sums = set(0.0F);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
        const Vec16 distance = subtract(load(scores + 16 * v), set(new_largest));
        store(scores + 16 * v, exponential(distance));
        sums = add(sums, load(scores + 16 * v));
    }
    float shrink[16];
    store(shrink, exponential(set(largest_score - new_largest)));
    largest_score = new_largest;
    total = total * shrink[0] + sum(sums);
    return shrink[0];
}

/// sums[rows, head_dim] = sums * shrink[rows] + weights[rows, kKvBlock] * values[valid, head_dim], 32 columns at a
/// time.
template <typename Cache, int rows>
void add_values(const AttentionTask& task, const float* weights, const float* shrink,
                const typename Cache::Value* values, int valid, float (*sums)[kLargestHeadDim]) {
    for (int d = 0; d < task.head_dim; d += 32) {
        Vec16 low[rows], high[rows];
#pragma GCC unroll 4
        for (int r = 0; r < rows; ++r) {
            low[r] = multiply(load(sums[r] + d), set(shrink[r]));
            high[r] = multiply(load(sums[r] + d + 16), set(shrink[r]));
        }
        for (int position = 0; position < valid; ++position) {
            const typename Cache::Value* value = values + std::int64_t{position} * task.head_dim + d;
            const Vec16 value_low = Cache::read(value), value_high = Cache::read(value + 16);
#pragma GCC unroll 4
            for (int r = 0; r < rows; ++r) {
                const Vec16 weight = set(weights[r * kKvBlock + position]);
                low[r] = fused(weight, value_low, low[r]);
                high[r] = fused(weight, value_high, high[r]);
            }
        }
#pragma GCC unroll 4
        for (int r = 0; r < rows; ++r) {
            store(sums[r] + d, low[r]);
            store(sums[r] + d + 16, high[r]);
        }
    }
}

template <typename Cache, int rows>
void attend_rows(const AttentionTask& task, int first_row) {
    const float* q = task.q + first_row * task.head_dim;
    Running<rows> running;
#pragma GCC unroll 4
    for (int r = 0; r < rows; ++r) {
        running.largest_score[r] = -3e38F;
        running.total[r] = 0.0F;
        for (int d = 0; d < task.head_dim; ++d) {
            running.values[r][d] = 0.0F;
        }
    }
    const auto* keys = reinterpret_cast<const typename Cache::Value*>(task.keys);
    const auto* values = reinterpret_cast<const typename Cache::Value*>(task.values);
    for (int first = 0; first < task.positions; first += kKvBlock) {
        const int valid = task.positions - first < kKvBlock ? task.positions - first : kKvBlock;
        float scores[rows * kKvBlock], shrink[rows];
        score_block<Cache, rows>(task, q, keys + std::int64_t{first} * task.head_dim, valid, scores);
#pragma GCC unroll 4
        for (int r = 0; r < rows; ++r) {
            shrink[r] = soften(scores + r * kKvBlock, running.largest_score[r], running.total[r]);
        }
        add_values<Cache, rows>(task, scores, shrink, values + std::int64_t{first} * task.head_dim, valid,
                                running.values);
    }
#pragma GCC unroll 4
    for (int r = 0; r < rows; ++r) {
        for (int d = 0; d < task.head_dim; d += 16) {
            store(task.out + (first_row + r) * task.head_dim + d,
                  divide(load(running.values[r] + d), set(running.total[r])));
        }
    }
}

template <typename Cache>
void attend_cached(const AttentionTask& task) {
    int row = 0;
    for (; row + kAttentionRows <= task.rows; row += kAttentionRows) {
        attend_rows<Cache, kAttentionRows>(task, row);
    }
    for (; row < task.rows; ++row) {
        attend_rows<Cache, 1>(task, row);
    }
}

}  // namespace

void attend(const AttentionTask& task) {
    if (task.type == DType::F16) {
        attend_cached<HalfCache>(task);
    } else {
        attend_cached<FloatCache>(task);
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
