// Which part of every weight a rank holds where several ranks compute each layer together. Pure arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/device/matrix.h"
#include "engine/model/config.h"
#include "engine/model/weight_table.h"

namespace altiplano::engine {

/// Consecutive rows, columns, heads or the like.
struct Extent {
    std::int64_t first = 0;
    std::int64_t count = 0;

    std::int64_t end() const noexcept { return first + count; }
    bool operator==(const Extent&) const = default;
};

/// Of a weight these rows, and of each row these columns.
struct Slice {
    Extent rows;
    Extent cols;

    bool operator==(const Slice&) const = default;
};

/// Values in one block of the weights that are divided by columns, the most that any layer has: no rank gets part of a
/// block.
struct ColumnBlocks {
    std::int64_t attention_output = 1;
    std::int64_t down = 1;
};
ColumnBlocks column_blocks(const WeightTable& weights);

/// Heads, feed-forward values and tokens, each divided into consecutive parts, one for each rank.
///   by rows:    Q, K, V (whole heads), gate, up (whole blocks of down's columns), embedding and output (tokens)
///   by columns: attention output (the columns of the rank's heads) and down, in whole blocks
///   whole:      norms and rope factors
/// So a rank's heads need no key or value of another one, its product with the attention output or down is a summand of
/// the layer's [n, dim], and its logits are those of its tokens. Embeddings are summands too: zero where the token is
/// another rank's.
class Sharding {
public:
    /// One rank, which holds everything.
    explicit Sharding(const ModelConfig& config);
    /// ranks >= 1. Throws Error(BadArgument) with the sentence of why_indivisible.
    Sharding(const ModelConfig& config, const ColumnBlocks& blocks, int ranks);

    /// Why the model cannot be divided so, or empty. Ranks divide the key-value heads, so that none is held twice.
    static std::string why_indivisible(const ModelConfig& config, const ColumnBlocks& blocks, int ranks);

    int ranks() const noexcept { return ranks_; }
    Extent heads(int rank) const;
    Extent kv_heads(int rank) const;
    /// Rows of gate and up, columns of down: equal where the blocks can be shared out evenly, else one block apart.
    Extent ffn(int rank) const;
    /// Rows of embedding and output: equal but for whole strips of kVocabStep.
    Extent vocab(int rank) const;
    /// What rank holds of the weight, in its rows and columns as WeightSource::find gives them.
    Slice slice(Weight weight, int rank) const;

    static constexpr std::int64_t kVocabStep = 32;  ///< a strip of the CPU, two tiles of a tensor core

private:
    ModelConfig config_;
    std::int64_t ffn_step_;
    int ranks_;
};

/// A weight, which must be there, as the ranks hold it: where the file has it in parts by columns and every rank's
/// columns lie within one of them, F8_E4M3 with that part's row scales; else as the table says, and of one part.
WeightInfo held_by_ranks(const WeightTable& weights, const Sharding& sharding, WeightId id);
/// The columns of a part of the weight.
Extent column_part(const WeightInfo& info, int part);
/// The part that has all of the slice's columns, if one has.
std::optional<int> part_of(const WeightInfo& info, const Slice& slice);

/// Bytes of the slice of a weight of that type, rows one after another. The columns must be whole blocks.
std::int64_t slice_bytes(DType type, const Slice& slice) noexcept;

/// Copies columns, whole blocks, of each of the rows, which have cols values: out holds as many rows of columns.count
/// values.
void take_columns(DType type, std::int64_t cols, std::span<const std::byte> rows, Extent columns,
                  std::span<std::byte> out);

}  // namespace altiplano::engine
