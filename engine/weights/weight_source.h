// What a model file offers, whatever its format: the shape, the vocabulary and the rows of each weight.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/device/matrix.h"
#include "engine/model/config.h"
#include "engine/text/tokenizer_data.h"

namespace altiplano::engine {

enum class Weight {
    TokenEmbedding,
    OutputNorm,
    Output,       ///< absent where the output is tied to the embedding
    RopeFactors,  ///< head_dim / 2 divisors of the rotary frequencies, F32; absent where the metadata tells
    AttentionNorm,
    AttentionQ,
    AttentionK,
    AttentionV,
    AttentionOutput,
    FeedForwardNorm,
    FeedForwardGate,
    FeedForwardUp,
    FeedForwardDown,
};

struct WeightId {
    Weight weight = Weight::TokenEmbedding;
    int layer = -1;  ///< -1 for the weights that stand once in a model
};

struct WeightInfo {
    DType type = DType::F32;
    std::int64_t rows = 0;
    std::int64_t cols = 0;
    bool has_row_scales = false;  ///< a row is its numbers times its row scale
    /// Above 1: the file has it in so many equal parts by columns, F8_E4M3, each with row scales of its own. Whole rows
    /// are rounded to type.
    int column_parts = 1;
};

/// What a person wants to know of a model file before loading it.
struct ModelSummary {
    std::filesystem::path path;
    std::string name;        ///< general.name, or the file's name
    std::string type_label;  ///< "Q4_K_M", "BF16"
    std::int64_t file_bytes = 0;
    std::int64_t parameter_count = 0;
    std::string fingerprint;       ///< hex digest of the header and the file size: the same file, the same text
    std::string chat_format_note;  ///< empty, or why the Llama 3.1 chat format does not fit this file
};

/// One open model. const members may be called from several threads at once. All throw Error.
class WeightSource {
public:
    virtual ~WeightSource() = default;
    virtual const ModelConfig& config() const noexcept = 0;
    virtual const ModelSummary& summary() const noexcept = 0;
    virtual TokenizerData tokenizer() const = 0;
    virtual std::optional<WeightInfo> find(WeightId id) const = 0;
    /// Fills out with whole rows from first_row on; Q and K rows come in interleaved rotary order (2i, 2i+1).
    virtual void read_rows(WeightId id, std::int64_t first_row, std::span<std::byte> out) const = 0;
    /// Row scales from first_row on, of a weight that has them.
    virtual void read_row_scales(WeightId id, std::int64_t first_row, std::span<float> out) const;
    /// The same of one of the column_parts: rows of F8_E4M3, and their scales.
    virtual void read_part_rows(WeightId id, int part, std::int64_t first_row, std::span<std::byte> out) const;
    virtual void read_part_scales(WeightId id, int part, std::int64_t first_row, std::span<float> out) const;
    /// Throws Error(Io) where the file was changed since it was opened: what was read is of no use then.
    virtual void check_unchanged() const = 0;
};

/// Opens a file by its content, not by its name, and a folder by what is in it; a safetensors file, a checkpoint or a
/// config.json stands for its folder. Reads headers only. Throws Error(Io,
/// BadFile, Unsupported).
std::unique_ptr<WeightSource> open_weights(const std::filesystem::path& path);

}  // namespace altiplano::engine
