// The inner loops of the CPU device, once for each instruction level, and the choice between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/device/matrix.h"
#include "engine/kernels/attention_kernels.h"

namespace altiplano::engine {

/// Rows of weights decoded at once for a batch of tokens.
inline constexpr int kPanelRows = 16;
/// Columns that a tile works through before it goes to the next rows: 12 tokens of them fill half of a first-level
/// cache. A multiple of every block.
inline constexpr int kPanelCols = 512;

/// All pointers are valid; they need no alignment, but floats aligned to 64 bytes are read twice as fast. cols and
/// counts are multiples of 16, block types' of their block. Every level computes 16 lanes in the same order, so levels
/// with fused multiply-add agree bit for bit.
struct CpuKernels {
    std::string_view level;
    /// out[cols] = the values of one row.
    void (*decode_row)(DType type, const std::byte* row, std::int64_t cols, float* out);
    /// out[r] = row r of the weights times x[cols].
    void (*dot_rows)(DType type, const std::byte* weights, std::int64_t rows, const float* x, std::int64_t cols,
                     float* out);
    /// Rearranges x[tokens, cols] for multiply_panel; out holds as many values.
    void (*pack_tokens)(const float* x, int tokens, std::int64_t cols, float* out);
    /// out[t * out_stride + r] = panel row r times token t, for 1 to kPanelRows rows. panel: [cols / kPanelCols][rows]
    /// [kPanelCols], the last block of columns as narrow as it is; packed: by pack_tokens. Gives each token the same
    /// bits as dot_rows.
    void (*multiply_panel)(const float* panel, int rows, const float* packed, int tokens, std::int64_t cols, float* out,
                           std::int64_t out_stride);
    void (*rms_norm_row)(const float* x, const float* weight, std::int64_t cols, float eps, float* out);
    /// angles: head_dim / 2 cosines, then as many sines.
    void (*rotate_row)(float* x, int heads, int head_dim, const float* angles);
    AttentionKernels attention;
    /// gate = silu(gate) * up
    void (*swiglu_row)(float* gate, const float* up, std::int64_t count);
    void (*add_row)(float* sum, const float* x, std::int64_t count);
};

/// The best level of this processor. Chosen once.
const CpuKernels& best_cpu_kernels();
/// Every level that this processor can run, the plain one first.
std::span<const CpuKernels* const> available_cpu_kernels();

}  // namespace altiplano::engine
