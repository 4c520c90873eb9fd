// Attention over one chunk of positions: scores, their softmax, and the values that it weighs, a few rows at a time.
#include "engine/kernels/attention_kernels.h"
#include "engine/kernels/levels/exponential.h"
#include "engine/kernels/levels/kv_tiles.h"
#include "engine/kernels/levels/level_table.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {
namespace {

// A row of scores, and a line more: rows that are a power of two apart would share few places of the cache.
constexpr int kScoreStride = kAttentionChunk + 16;
constexpr int kColumns = 16 * kAttentionVectors;

/// How many of the rows that are left are computed at once.
int rows_at_once(int left) {
    for (const int rows : {12, 8, 6, 4, 2}) {
        if (rows <= kAttentionRows && rows <= left) {
            return rows;
        }
    }
    return 1;
}

/// What a row of the left factor is to the product below: where its k'th number is.
template <int row_step, int k_step>
struct Left {
    const float* numbers;
    float at(int row, int k) const { return numbers[row * row_step + k * k_step]; }
};

/// sums[rows, kColumns] += left[rows, k] * tiles[k, kColumns] for k in [from, to), in this order. tiles: [32, 32] each,
/// one after another, of which the columns from column on are taken. Starts from zero where from is 0 and so asked.
template <typename Tile, int rows, typename LeftRows>
inline void accumulate(LeftRows left, const std::byte* tiles, int column, int from, int to, bool start, float* sums,
                       int stride) {
    Vec16 total[rows][kAttentionVectors];
#pragma GCC unroll 12
    for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 2
        for (int v = 0; v < kAttentionVectors; ++v) {
            total[r][v] = start ? set(0.0F) : load(sums + r * stride + 16 * v);
        }
    }
    for (int k = from; k < to;) {
        const int first = k / kKvTile * kKvTile;
        const int end = to < first + kKvTile ? to : first + kKvTile;
        const Tile tile(tiles + std::int64_t{first / kKvTile} * Tile::kBytes, column);
#pragma GCC unroll 4
        for (; k < end; ++k) {
            tile.prefetch(k - first);
            Vec16 right[kAttentionVectors];
#pragma GCC unroll 2
            for (int v = 0; v < kAttentionVectors; ++v) {
                right[v] = tile.read(k - first, 16 * v);
            }
#pragma GCC unroll 12
            for (int r = 0; r < rows; ++r) {
                const Vec16 number = set(left.at(r, k));
#pragma GCC unroll 2
                for (int v = 0; v < kAttentionVectors; ++v) {
                    total[r][v] = fused(number, right[v], total[r][v]);
                }
            }
        }
    }
#pragma GCC unroll 12
    for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 2
        for (int v = 0; v < kAttentionVectors; ++v) {
            store(sums + r * stride + 16 * v, total[r][v]);
        }
    }
}

/// Positions of the chunk that a row attends to.
int positions_of(const AttentionTask& task, int row) {
    const int positions = task.positions + row / task.group;
    return positions < kAttentionChunk ? positions : kAttentionChunk;
}

/// Turns a row's scores into weights relative to the largest, which it notes in the partial with the weights' sum. All
/// in powers of two: e^(score / sqrt(head_dim)) is 2^(score * factor).
void soften(float* scores, int positions, int head_dim, float* partial) {
    constexpr float kLog2E = 1.44269504088896341F;
    const Vec16 factor = set(kLog2E / __builtin_sqrtf(static_cast<float>(head_dim)));
    const int end = (positions + 15) / 16 * 16;
    for (int position = positions; position < end; ++position) {
        scores[position] = -__builtin_huge_valf();
    }
    Vec16 maximum = load(scores);
    for (int position = 16; position < end; position += 16) {
        maximum = larger(maximum, load(scores + position));
    }
    // Rounded the same for all weights, so that what it is off cancels out.
    const Vec16 largest_exponent = multiply(set(largest(maximum)), factor);
    const Vec16 offset = subtract(set(0.0F), largest_exponent);
    Vec16 sums = set(0.0F);
    for (int position = 0; position < end; position += 16) {
        const Vec16 weight = power_of_two(fused(load(scores + position), factor, offset));
        store(scores + position, weight);
        sums = add(sums, weight);
    }
    float exponent[16];
    store(exponent, largest_exponent);
    partial[head_dim] = exponent[0];
    partial[head_dim + 1] = sum(sums);
}

/// The values of positions [from, to), weighed, added to the partials of some rows.
template <typename Cache, int rows>
void weigh_values(const AttentionTask& task, const float* weights, const std::byte* values, int from, int to,
                  float* partials) {
    const std::int64_t panel_bytes = std::int64_t{kKvBlock / kKvTile} * Cache::Values::kBytes;
    for (int block = from / kKvBlock * kKvBlock; block < to; block += kKvBlock) {
        const int first = from > block ? from - block : 0;
        const int end = to - block < kKvBlock ? to - block : kKvBlock;
        const Left<kScoreStride, 1> left = {weights + block};
        const std::byte* panel =
            values + std::int64_t{block / kKvTile} * (task.head_dim / kKvTile) * Cache::Values::kBytes;
        for (int d = 0; d < task.head_dim; d += kKvTile, panel += panel_bytes) {
            for (int column = 0; column < kKvTile; column += kColumns) {
                accumulate<typename Cache::Values, rows>(left, panel, column, first, end, block + first == 0,
                                                         partials + d + column, task.head_dim + kPartialTail);
            }
        }
    }
}

template <typename Cache, int rows>
void attend_rows(const AttentionTask& task, int first_row, const std::byte* keys, const std::byte* values) {
    alignas(64) float scores[rows * kScoreStride];
    const int fewest = positions_of(task, first_row), most = positions_of(task, first_row + rows - 1);
    const Left<1, rows> left = {task.q + std::int64_t{first_row} * task.head_dim};
    const std::int64_t panel_bytes = std::int64_t{task.head_dim / kKvTile} * Cache::Keys::kBytes;
    for (int position = 0; position < most; position += kKvTile, keys += panel_bytes) {
        for (int column = 0; column < kKvTile; column += kColumns) {
            accumulate<typename Cache::Keys, rows>(left, keys, column, 0, task.head_dim, true,
                                                   scores + position + column, kScoreStride);
        }
    }
    const int stride = task.head_dim + kPartialTail;
    float* const partials = task.partials + std::int64_t{first_row} * stride;
    for (int r = 0; r < rows; ++r) {
        soften(scores + r * kScoreStride, positions_of(task, first_row + r), task.head_dim, partials + r * stride);
    }
    // What a row must not see may be no number, so it is left out rather than weighed with zero.
    weigh_values<Cache, rows>(task, scores, values, 0, fewest, partials);
    constexpr int kAlike = rows >= 4 ? 4 : 1;  // four heads of one token are what most models have
    for (int r = 0; r < rows;) {
        const int positions = positions_of(task, first_row + r);
        const bool alike = r + kAlike <= rows && positions_of(task, first_row + r + kAlike - 1) == positions;
        const auto weigh = alike ? weigh_values<Cache, kAlike> : weigh_values<Cache, 1>;
        weigh(task, scores + r * kScoreStride, values, fewest, positions, partials + r * stride);
        r += alike ? kAlike : 1;
    }
}

template <typename Cache>
void attend_all(const AttentionTask& task, const std::byte* keys, const std::byte* values) {
    for (int row = 0; row < task.rows;) {
        const int rows = rows_at_once(task.rows - row);
        switch (rows) {
            case 12:
                attend_rows<Cache, 12 <= kAttentionRows ? 12 : 1>(task, row, keys, values);
                break;
            case 8:
                attend_rows<Cache, 8 <= kAttentionRows ? 8 : 1>(task, row, keys, values);
                break;
            case 6:
                attend_rows<Cache, 6 <= kAttentionRows ? 6 : 1>(task, row, keys, values);
                break;
            case 4:
                attend_rows<Cache, 4 <= kAttentionRows ? 4 : 1>(task, row, keys, values);
                break;
            case 2:
                attend_rows<Cache, 2 <= kAttentionRows ? 2 : 1>(task, row, keys, values);
                break;
            default:
                attend_rows<Cache, 1>(task, row, keys, values);
                break;
        }
        row += rows;
    }
}

template <typename Tile>
void expand(const std::byte* tiles, int count, float* out) {
    for (int i = 0; i < count; ++i, tiles += Tile::kBytes) {
        for (int column = 0; column < kKvTile; column += kColumns) {
            const Tile tile(tiles, column);
            for (int k = 0; k < kKvTile; ++k) {
                for (int v = 0; v < kAttentionVectors; ++v) {
                    store(out + k * kKvTile + column + 16 * v, tile.read(k, 16 * v));
                }
            }
        }
        out += kKvTile * kKvTile;
    }
}

/// Few rows read the cache as it is, even twice; for more it is expanded once.
template <typename Cache>
void attend_cached(const AttentionTask& task) {
    if (task.rows <= kAttentionDirectRows) {
        attend_all<Cache>(task, task.keys, task.values);
        return;
    }
    const int positions = positions_of(task, task.rows - 1);
    const int blocks = (positions + kKvBlock - 1) / kKvBlock;
    const int tiles = blocks * (kKvBlock / kKvTile) * (task.head_dim / kKvTile);
    float* const keys = task.expanded;
    float* const values = keys + std::int64_t{kAttentionChunk} * task.head_dim;
    expand<typename Cache::Keys>(task.keys, tiles, keys);
    expand<typename Cache::Values>(task.values, tiles, values);
    attend_all<FloatCache>(task, reinterpret_cast<const std::byte*>(keys), reinterpret_cast<const std::byte*>(values));
}

}  // namespace

void pack_queries(const float* q, std::int64_t stride, int tokens, int group, int head_dim, float* packed) {
    for (int row = 0; row < tokens * group;) {
        const int rows = rows_at_once(tokens * group - row);
        for (int r = 0; r < rows; ++r, ++row) {
            const float* from = q + row / group * stride + std::int64_t{row % group} * head_dim;
            for (int d = 0; d < head_dim; ++d) {
                packed[d * rows + r] = from[d];
            }
        }
        packed += rows * head_dim;
    }
}

void attend_chunk(const AttentionTask& task) {
    switch (task.type) {
        case DType::F16:
            attend_cached<HalfCache>(task);
            break;
        case DType::Q8_0:
            attend_cached<ByteCache>(task);
            break;
        default:
            attend_all<FloatCache>(task, task.keys, task.values);
            break;
    }
}

void merge_partial(float* state, const float* later, int head_dim) {
    const float before = state[head_dim], after = later[head_dim];
    const float exponent = after > before ? after : before;
    const Vec16 keep = power_of_two(set(before - exponent)), take = power_of_two(set(after - exponent));
    for (int d = 0; d < head_dim; d += 16) {
        store(state + d, fused(load(state + d), keep, multiply(load(later + d), take)));
    }
    float total[16];
    store(total, fused(set(state[head_dim + 1]), keep, multiply(set(later[head_dim + 1]), take)));
    state[head_dim] = exponent;
    state[head_dim + 1] = total[0];
}

void finish_partial(const float* state, int head_dim, float* out) {
    for (int d = 0; d < head_dim; d += 16) {
        store(out + d, divide(load(state + d), set(state[head_dim + 1])));
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
