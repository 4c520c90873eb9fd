// A model of any shape and type without a file: its rows are cut from a short random text, at the speed of memory.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/model/weight_table.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

/// "8B", "70B", "405B", or "tiny" to try a program out. Throws Error(BadArgument) for another name.
ModelConfig synthetic_shape(const std::string& size);

/// What each weight is stored as. mix: "BF16", "F16", "F32", a block type for all of them; "FP8", where the layers are
/// F8_E4M3 with row scales, embedding and output BF16; "Q4_K_M" as published files have it. Throws Error(BadArgument).
WeightTable synthetic_table(const ModelConfig& config, const std::string& mix);

/// Norms are 1; a row depends on its weight and number alone. The vocabulary is bytes and made-up names.
class SyntheticSource final : public WeightSource {
public:
    SyntheticSource(const std::string& size, const std::string& mix);

    const WeightTable& table() const noexcept { return table_; }

    const ModelConfig& config() const noexcept override { return table_.config(); }
    const ModelSummary& summary() const noexcept override { return summary_; }
    TokenizerData tokenizer() const override;
    std::optional<WeightInfo> find(WeightId id) const override { return table_.find(id); }
    void read_rows(WeightId id, std::int64_t first_row, std::span<std::byte> out) const override;
    void read_row_scales(WeightId id, std::int64_t first_row, std::span<float> out) const override;
    void check_unchanged() const override {}

private:
    const std::vector<std::byte>& blocks(DType type) const { return blocks_.at(type); }

    WeightTable table_;
    ModelSummary summary_;
    std::map<DType, std::vector<std::byte>> blocks_;  ///< kTextBytes, and as much as the longest row
};

}  // namespace altiplano::engine
