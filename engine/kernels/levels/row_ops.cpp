// The operations on one row of activations.
#include "engine/kernels/levels/exponential.h"
#include "engine/kernels/levels/level_table.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

void rms_norm_row(const float* x, const float* weight, std::int64_t cols, float eps, float* out) {
    Vec16 squares = set(0.0F);
    for (std::int64_t c = 0; c < cols; c += 16) {
        const Vec16 value = load(x + c);
        squares = fused(value, value, squares);
    }
    const float scale = 1.0F / __builtin_sqrtf(sum(squares) / static_cast<float>(cols) + eps);
    for (std::int64_t c = 0; c < cols; c += 16) {
        store(out + c, multiply(multiply(load(x + c), set(scale)), load(weight + c)));
    }
}

void rotate_row(float* x, int heads, int head_dim, const float* angles) {
    const int pairs = head_dim / 2;
    for (int head = 0; head < heads; ++head, x += head_dim) {
        for (int i = 0; i < pairs; ++i) {
            const float cosine = angles[i], sine = angles[pairs + i];
            const float first = x[2 * i], second = x[2 * i + 1];
            x[2 * i] = first * cosine - second * sine;
            x[2 * i + 1] = first * sine + second * cosine;
        }
    }
}

void swiglu_row(float* gate, const float* up, std::int64_t count) {
    for (std::int64_t i = 0; i < count; i += 16) {
        const Vec16 value = load(gate + i);
        const Vec16 sigmoid_inverse = add(set(1.0F), exponential(subtract(set(0.0F), value)));
        store(gate + i, multiply(divide(value, sigmoid_inverse), load(up + i)));
    }
}

void add_row(float* sum, const float* x, std::int64_t count) {
    for (std::int64_t i = 0; i < count; i += 16) {
        store(sum + i, add(load(sum + i), load(x + i)));
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
