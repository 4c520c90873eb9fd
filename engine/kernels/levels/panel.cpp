// A panel of decoded weight rows times a batch of tokens: prefill. Each product is summed in the order of dot_rows.
//
// Both sides lie in blocks of kPanelCols columns, so that what a tile reads again comes from the nearest cache:
//   panel: [cols / kPanelCols][rows][kPanelCols]
//   x:     for each tile of tokens [cols / kPanelCols][tokens][kPanelCols]; tiles: see tile_tokens
// The last block of columns may be narrower.
#include "engine/kernels/levels/level_table.h"
#include "engine/kernels/levels/simd.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {
namespace {

/// sums[row_count, token_count] += panel rows times tokens over cols columns; sums: [tokens][kPanelRows], 16 lanes
/// each, of which the rows from first_row on are meant.
template <int row_count, int token_count>
void multiply_tile(const float* panel, const float* x, int cols, float (*sums)[kPanelRows][16], int first_row) {
    Vec16 in_registers[row_count][token_count];
#pragma GCC unroll 16
    for (int r = 0; r < row_count; ++r) {
#pragma GCC unroll 16
        for (int t = 0; t < token_count; ++t) {
            in_registers[r][t] = load(sums[t][first_row + r]);
        }
    }
    for (int c = 0; c < cols; c += 16) {
        Vec16 inputs[token_count];
#pragma GCC unroll 16
        for (int t = 0; t < token_count; ++t) {
            inputs[t] = load(x + t * cols + c);
        }
#pragma GCC unroll 16
        for (int r = 0; r < row_count; ++r) {
            const Vec16 weight = load(panel + r * cols + c);
#pragma GCC unroll 16
            for (int t = 0; t < token_count; ++t) {
                in_registers[r][t] = fused(weight, inputs[t], in_registers[r][t]);
            }
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < row_count; ++r) {
#pragma GCC unroll 16
        for (int t = 0; t < token_count; ++t) {
            store(sums[t][first_row + r], in_registers[r][t]);
        }
    }
}

template <int token_count>
void multiply_tokens(const float* panel, int rows, const float* x, std::int64_t cols, float* out,
                     std::int64_t out_stride) {
    alignas(64) float sums[token_count][kPanelRows][16];
    __builtin_memset(sums, 0, sizeof(sums));
    for (std::int64_t first = 0; first < cols; first += kPanelCols) {
        const int width = static_cast<int>(cols - first < kPanelCols ? cols - first : kPanelCols);
        const float* weights = panel + first * rows;
        const float* inputs = x + first * token_count;
        int r = 0;
        for (; r + kTileRows <= rows; r += kTileRows) {
            multiply_tile<kTileRows, token_count>(weights + r * width, inputs, width, sums, r);
        }
        for (; r < rows; ++r) {
            multiply_tile<1, token_count>(weights + r * width, inputs, width, sums, r);
        }
    }
    for (int t = 0; t < token_count; ++t) {
        for (int r = 0; r < rows; ++r) {
            out[t * out_stride + r] = sum(load(sums[t][r]));
        }
    }
}

/// The tokens of the tile that starts where so many are left.
int tile_tokens(int left) {
    if (left >= kTileTokens) {
        return kTileTokens;
    }
    return left >= kSmallTileTokens ? kSmallTileTokens : 1;
}

}  // namespace

void pack_tokens(const float* x, int tokens, std::int64_t cols, float* out) {
    for (int t = 0, tile = 0; t < tokens; t += tile, out += tile * cols) {
        tile = tile_tokens(tokens - t);
        for (int i = 0; i < tile; ++i) {
            for (std::int64_t first = 0; first < cols; first += kPanelCols) {
                const std::int64_t width = cols - first < kPanelCols ? cols - first : kPanelCols;
                __builtin_memcpy(out + first * tile + i * width, x + (t + i) * cols + first,
                                 static_cast<std::size_t>(width) * sizeof(float));
            }
        }
    }
}

void multiply_panel(const float* panel, int rows, const float* packed, int tokens, std::int64_t cols, float* out,
                    std::int64_t out_stride) {
    for (int t = 0, tile = 0; t < tokens; t += tile, packed += tile * cols, out += tile * out_stride) {
        tile = tile_tokens(tokens - t);
        if (tile == kTileTokens) {
            multiply_tokens<kTileTokens>(panel, rows, packed, cols, out, out_stride);
        } else if (tile == kSmallTileTokens) {
            multiply_tokens<kSmallTileTokens>(panel, rows, packed, cols, out, out_stride);
        } else {
            multiply_tokens<1>(panel, rows, packed, cols, out, out_stride);
        }
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
