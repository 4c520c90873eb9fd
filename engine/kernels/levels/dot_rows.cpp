// Weight rows times one token's activations: decoding. The weights go from memory through registers once.
#include "engine/kernels/levels/level_table.h"
#include "engine/kernels/levels/unpack.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {
namespace {

/// Rows at once: enough independent sums to hide the latency of an addition.
constexpr int kRows = 4;

/// Asks for the block at the same place of the next rows, which would otherwise wait for memory at every new row. One
/// line per 64 bytes; for small blocks every fourth block covers it, the rest are repeats that cost a load each.
template <typename Reader>
inline void prefetch_block(const std::byte* block) {
    for (int offset = 0; offset < Reader::kBytes; offset += 64) {
        __builtin_prefetch(block + offset);
    }
}

/// out[row_count] = weights[row_count, cols] * x[cols]
template <typename Reader, int row_count>
void dot_few_rows(const std::byte* weights, std::int64_t row_size, const float* x, std::int64_t cols, float* out) {
    Vec16 sums[row_count];
#pragma GCC unroll 4
    for (int r = 0; r < row_count; ++r) {
        sums[r] = set(0.0F);
    }
    for (std::int64_t block = 0; block < cols / Reader::kValues; ++block) {
        const std::byte* first = weights + block * Reader::kBytes;
        const float* input = x + block * Reader::kValues;
        typename Reader::Scales scales[row_count];
#pragma GCC unroll 4
        for (int r = 0; r < row_count; ++r) {
            scales[r] = Reader::scales(first + r * row_size);
            prefetch_block<Reader>(first + (r + row_count) * row_size);
        }
        for (int p = 0; p < Reader::kValues / Reader::kPart; ++p) {
#pragma GCC unroll 4
            for (int r = 0; r < row_count; ++r) {
                Vec16 values[Reader::kVectors];
                Reader::part(first + r * row_size, scales[r], p, values);
#pragma GCC unroll 16
                for (int v = 0; v < Reader::kVectors; ++v) {
                    sums[r] = fused(values[v], load(input + p * Reader::kPart + 16 * v), sums[r]);
                }
            }
        }
    }
    for (int r = 0; r < row_count; ++r) {
        out[r] = sum(sums[r]);
    }
}

template <typename Reader>
void dot_typed_rows(const std::byte* weights, std::int64_t rows, const float* x, std::int64_t cols, float* out) {
    const std::int64_t row_size = cols / Reader::kValues * Reader::kBytes;
    std::int64_t r = 0;
    for (; r + kRows <= rows; r += kRows) {
        dot_few_rows<Reader, kRows>(weights + r * row_size, row_size, x, cols, out + r);
    }
    for (; r < rows; ++r) {
        dot_few_rows<Reader, 1>(weights + r * row_size, row_size, x, cols, out + r);
    }
}

}  // namespace

void dot_rows(DType type, const std::byte* weights, std::int64_t rows, const float* x, std::int64_t cols, float* out) {
    with_reader(type, [&](auto reader) { dot_typed_rows<decltype(reader)>(weights, rows, x, cols, out); });
}

void decode_row(DType type, const std::byte* row, std::int64_t cols, float* out) {
    with_reader(type, [&](auto reader) {
        using Reader = decltype(reader);
        for (std::int64_t block = 0; block < cols / Reader::kValues; ++block, row += Reader::kBytes) {
            const auto scales = Reader::scales(row);
            for (int p = 0; p < Reader::kValues / Reader::kPart; ++p) {
                Vec16 values[Reader::kVectors];
                Reader::part(row, scales, p, values);
                for (int v = 0; v < Reader::kVectors; ++v, out += 16) {
                    store(out, values[v]);
                }
            }
        }
    });
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
