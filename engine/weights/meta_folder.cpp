// Puts the parts of the folder together. Meta's rows of Q and K are in interleaved rotary order already.
#include "engine/weights/meta_folder.h"

#include <algorithm>

#include "engine/checksum.h"
#include "engine/text/tokenizer.h"
#include "engine/weights/folded_heads.h"
#include "engine/weights/meta_layout.h"
#include "engine/weights/meta_params.h"
#include "engine/weights/meta_shards.h"

namespace altiplano::engine {
namespace {

class MetaFolder final : public WeightSource {
public:
    MetaFolder(const std::filesystem::path& folder, const MetaParams& params)
        : config_(params.shape),
          files_(open_meta_files(folder)),
          weights_(match_meta_shards(folder, files_, config_)),
          tokenizer_(read_tokenizer_model(folder / "tokenizer.model", config_.vocab_size)) {
        summarise(folder, params.checksum);
    }

    const ModelConfig& config() const noexcept override { return config_; }
    const ModelSummary& summary() const noexcept override { return summary_; }
    TokenizerData tokenizer() const override { return tokenizer_; }

    std::optional<WeightInfo> find(WeightId id) const override {
        const auto it = weights_.find({id.weight, id.layer});
        return it == weights_.end() ? std::nullopt : std::optional(it->second.whole);
    }

    void read_rows(WeightId id, std::int64_t first_row, std::span<std::byte> out) const override {
        read_sharded_rows(files_, weight(id), first_row, out);
    }

    void read_row_scales(WeightId id, std::int64_t first_row, std::span<float> out) const override {
        read_sharded_scales(files_, weight(id), first_row, out);
    }

    void read_part_rows(WeightId id, int part, std::int64_t first_row, std::span<std::byte> out) const override {
        read_column_part(files_, weight(id), part, first_row, out);
    }
    void read_part_scales(WeightId id, int part, std::int64_t first_row, std::span<float> out) const override {
        read_part_scales_of(files_, weight(id), part, first_row, out);
    }

    void check_unchanged() const override {
        for (const auto* files : {&files_.shards, &files_.scales}) {
            for (const TorchCheckpoint& checkpoint : *files) {
                checkpoint.file().check_unchanged();
            }
        }
    }

private:
    const ShardedWeight& weight(WeightId id) const {
        const auto it = weights_.find({id.weight, id.layer});
        if (it == weights_.end()) {
            throw Error(ErrorKind::BadArgument,
                        summary_.path.string() + ": rows asked for of a weight that is not there");
        }
        return it->second;
    }

    void summarise(const std::filesystem::path& folder, std::uint64_t sum) {
        summary_.path = folder;
        summary_.name = name_of(folder);
        const DType type = weights_.at({Weight::TokenEmbedding, -1}).stored;
        summary_.type_label = files_.scales.empty() ? std::string(engine::name(type)) : "FP8";
        for (const auto& [id, weight] : weights_) {
            summary_.parameter_count += weight.whole.rows * weight.whole.cols;
        }
        for (const auto* files : {&files_.shards, &files_.scales}) {
            for (const TorchCheckpoint& checkpoint : *files) {
                summary_.file_bytes += checkpoint.file().size();
                const std::uint64_t header = checkpoint.header_checksum();
                sum = checksum(std::as_bytes(std::span(&header, 1)), sum);
            }
        }
        summary_.fingerprint = checksum_text(sum);
    }

    // Hugging Face keeps what Meta delivers in a folder "original" inside the model's.
    static std::string name_of(const std::filesystem::path& folder) {
        std::filesystem::path path = std::filesystem::absolute(folder / ".").lexically_normal().parent_path();
        path = path.filename() == "original" ? path.parent_path() : path;
        return path.filename().string();
    }

    ModelConfig config_;
    MetaFiles files_;
    ShardedWeights weights_;
    TokenizerData tokenizer_;
    ModelSummary summary_;
};

}  // namespace

std::unique_ptr<WeightSource> open_meta_folder(const std::filesystem::path& folder) {
    const MetaParams params = read_meta_params(folder / "params.json");
    auto source = std::make_unique<MetaFolder>(folder, params);
    return fold_repeated_heads(std::move(source), params.shape.kv_heads);
}

}  // namespace altiplano::engine
