// A KV cache in the emulated card's memory, its bytes as this program's CPU engine would write them, and the softmax in
// double precision over the numbers that it holds.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <vector>

#include "engine/device/device.h"
#include "engine/kernels/cpu_kernels.h"
#include "tests/engine/cuda/device_array.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine::cuda {

struct CacheShape {
    DType type;
    int kv_heads, head_dim, context;

    std::int64_t width() const { return std::int64_t{kv_heads} * head_dim; }
    std::int64_t head_bytes() const { return kv_head_bytes(type, head_dim, context); }
    std::size_t bytes() const { return static_cast<std::size_t>(2 * kv_heads * head_bytes()); }
};

/// The e4m3 nearest to a number, of two the even one; beyond the largest the largest.
inline std::uint8_t nearest_f8(float number) {
    const auto size = [](int bits) { return reference::f8_e4m3(static_cast<std::uint8_t>(bits)); };
    if (!std::isfinite(number)) {
        return 0x7F;
    }
    int best = 0;
    for (int bits = 1; bits <= 0x7E; ++bits) {
        const float step = std::fabs(size(bits) - std::fabs(number)), least = std::fabs(size(best) - std::fabs(number));
        best = step < least || (step == least && bits % 2 == 0) ? bits : best;
    }
    return static_cast<std::uint8_t>(best | (std::signbit(number) ? 0x80 : 0));
}

/// The bytes of a cache on the host: keys of all heads, then values.
class CacheBytes {
public:
    explicit CacheBytes(const CacheShape& of, std::uint8_t filling)
        : shape(of), bytes(of.bytes(), std::byte{filling}) {}

    KvCache view(std::byte* memory) const {
        return {memory, memory + bytes.size() / 2, shape.type, shape.kv_heads, shape.head_dim, shape.context};
    }

    /// A position's keys and values [width], by the CPU engine, or here for F8_E4M3, which it keeps not.
    void store(int position, const float* key, const float* value) {
        const AttentionKernels& kernels = available_cpu_kernels().back()->attention;
        const KvCache cache = view(bytes.data());
        for (int head = 0; head < shape.kv_heads; ++head) {
            const std::int64_t from = std::int64_t{head} * shape.head_dim, to = head * shape.head_bytes();
            if (shape.type == DType::F8_E4M3) {
                for (int d = 0; d < shape.head_dim; ++d) {
                    cache.keys[to + number_at(true, position, d)] = std::byte{nearest_f8(key[from + d])};
                    cache.values[to + number_at(false, position, d)] = std::byte{nearest_f8(value[from + d])};
                }
                continue;
            }
            kernels.store_key(key + from, shape.head_dim, shape.type, position, cache.keys + to);
            kernels.store_value(value + from, shape.head_dim, shape.type, position, cache.values + to);
        }
    }

    /// A number as it counts.
    double key(int head, int position, int d) const { return number(true, head, position, d); }
    double value(int head, int position, int d) const { return number(false, head, position, d); }

    CacheShape shape;
    std::vector<std::byte> bytes;

private:
    struct Place {
        std::int64_t tile;
        int row, column;
    };
    Place place(bool is_key, int position, int d) const {
        const int across = shape.head_dim / kKvTile;
        if (is_key) {
            return {std::int64_t{position / 32} * across + d / 32, d % 32, position % 32};
        }
        return {(std::int64_t{position / 64} * across + d / 32) * 2 + position % 64 / 32, position % 32, d % 32};
    }
    /// Where a byte of F8_E4M3 is.
    std::int64_t number_at(bool is_key, int position, int d) const {
        const Place at = place(is_key, position, d);
        return at.tile * 1024 + at.row * 32 + at.column;
    }
    template <typename T>
    T read(std::int64_t at) const {
        T result;
        std::memcpy(&result, bytes.data() + at, sizeof result);
        return result;
    }
    double number(bool is_key, int head, int position, int d) const {
        const Place at = place(is_key, position, d);
        const int index = at.row * 32 + at.column;
        const std::int64_t start =
            (is_key ? 0 : static_cast<std::int64_t>(bytes.size() / 2)) + head * shape.head_bytes();
        switch (shape.type) {
            case DType::F32:
                return static_cast<double>(read<float>(start + at.tile * 4096 + index * 4));
            case DType::F16:
                return static_cast<double>(reference::half(read<std::uint16_t>(start + at.tile * 2048 + index * 2)));
            case DType::Q8_0: {
                const auto scale = read<std::uint16_t>(start + at.tile * 1088 + position % 32 * 2);
                return static_cast<double>(reference::half(scale)) *
                       (read<std::uint8_t>(start + at.tile * 1088 + 64 + index) - 128);
            }
            default:
                return static_cast<double>(reference::f8_e4m3(read<std::uint8_t>(start + at.tile * 1024 + index)));
        }
    }
};

/// One query's attention to positions [0, positions), in double precision.
inline std::vector<double> exact_attention(const CacheBytes& cache, int head, std::span<const float> q, int positions) {
    const int head_dim = cache.shape.head_dim;
    std::vector<double> weights, out(static_cast<std::size_t>(head_dim));
    for (int p = 0; p < positions; ++p) {
        double score = 0;
        for (int d = 0; d < head_dim; ++d) {
            score += static_cast<double>(q[static_cast<std::size_t>(d)]) * cache.key(head, p, d);
        }
        weights.push_back(score / std::sqrt(head_dim));
    }
    const double most = *std::max_element(weights.begin(), weights.end());
    double total = 0;
    for (double& weight : weights) {
        weight = std::exp(weight - most);
        total += weight;
    }
    for (int d = 0; d < head_dim; ++d) {
        for (int p = 0; p < positions; ++p) {
            out[static_cast<std::size_t>(d)] += weights[static_cast<std::size_t>(p)] / total * cache.value(head, p, d);
        }
    }
    return out;
}

}  // namespace altiplano::engine::cuda
