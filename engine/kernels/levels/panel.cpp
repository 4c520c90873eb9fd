// A panel of decoded weight rows times a batch of tokens: prefill. Each product is summed in the order of dot_rows.
#include "engine/kernels/levels/level_table.h"
#include "engine/kernels/levels/simd.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {
namespace {

/// out[t * out_stride + r] for row_count rows of the panel and token_count tokens, all sums in registers.
template <int row_count, int token_count>
void multiply_tile(const float* panel, const float* x, std::int64_t cols, float* out, std::int64_t out_stride) {
    Vec16 sums[row_count][token_count];
    for (int r = 0; r < row_count; ++r) {
        for (int t = 0; t < token_count; ++t) {
            sums[r][t] = set(0.0F);
        }
    }
    for (std::int64_t c = 0; c < cols; c += 16) {
        Vec16 inputs[token_count];
        for (int t = 0; t < token_count; ++t) {
            inputs[t] = load(x + t * cols + c);
        }
        for (int r = 0; r < row_count; ++r) {
            const Vec16 weight = load(panel + r * cols + c);
            for (int t = 0; t < token_count; ++t) {
                sums[r][t] = fused(weight, inputs[t], sums[r][t]);
            }
        }
    }
    for (int r = 0; r < row_count; ++r) {
        for (int t = 0; t < token_count; ++t) {
            out[t * out_stride + r] = sum(sums[r][t]);
        }
    }
}

template <int token_count>
void multiply_tokens(const float* panel, int rows, const float* x, std::int64_t cols, float* out,
                     std::int64_t out_stride) {
    int r = 0;
    for (; r + kTileRows <= rows; r += kTileRows) {
        multiply_tile<kTileRows, token_count>(panel + r * cols, x, cols, out + r, out_stride);
    }
    for (; r < rows; ++r) {
        multiply_tile<1, token_count>(panel + r * cols, x, cols, out + r, out_stride);
    }
}

}  // namespace

void multiply_panel(const float* panel, int rows, const float* x, int tokens, std::int64_t cols, float* out,
                    std::int64_t out_stride) {
    int t = 0;
    for (; t + kTileTokens <= tokens; t += kTileTokens) {
        multiply_tokens<kTileTokens>(panel, rows, x + t * cols, cols, out + t * out_stride, out_stride);
    }
    for (; t < tokens; ++t) {
        multiply_tokens<1>(panel, rows, x + t * cols, cols, out + t * out_stride, out_stride);
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
