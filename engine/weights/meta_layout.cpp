// A tensor too many means another computation than ours, one too few a broken download: neither is passed over.
#include "engine/weights/meta_layout.h"

#include <set>
#include <string>

#include "engine/weights/weight_shape.h"

namespace altiplano::engine {
namespace {

struct Wanted {
    WeightId id;
    std::string name;
    ShardSplit split;
    std::int64_t rows;
    std::int64_t cols;
};

// Frequencies that the first Llamas kept in their files; they follow from rope_theta.
constexpr const char* kRopeFrequencies = "rope.freqs";

std::string layer_name(int layer, const char* part) {
    return "layers." + std::to_string(layer) + "." + part + ".weight";
}

std::string shape_text(std::int64_t rows, std::int64_t cols) {
    return "[" + std::to_string(rows) + ", " + std::to_string(cols) + "]";
}

/// The shards of one folder, being held against a shape.
class Matching {
public:
    Matching(const std::filesystem::path& folder, const MetaFiles& files, ModelConfig& shape)
        : folder_(folder), shards_(files.shards), scales_(files.scales), shape_(shape) {}

    ShardedWeights run() {
        check_count();
        const ShardSplit embedding = match_embedding();
        match_kv_heads();
        ShardedWeights weights;
        for (const Wanted& weight : wanted(embedding)) {
            weights[{weight.id.weight, weight.id.layer}] = match(weight);
        }
        refuse_others(weights);
        return weights;
    }

private:
    std::int64_t count() const { return std::ssize(shards_); }

    const TorchTensor& tensor(std::size_t shard, const std::string& name) const {
        const TorchTensor* found = shards_[shard].find(name);
        if (found == nullptr) {
            throw shards_[shard].file().error(ErrorKind::BadFile, name, 0, "the tensor is missing");
        }
        return *found;
    }
    Error error(ErrorKind kind, std::size_t shard, const TorchTensor& tensor, const std::string& text) const {
        return shards_[shard].file().error(kind, tensor.name, tensor.offset, text);
    }

    // The last shards may be missing without a gap in the numbers: the rows of a slice tell how many there were.
    void check_count() const {
        const TorchTensor& q = tensor(0, layer_name(0, "attention.wq"));
        const std::int64_t rows = std::int64_t{shape_.heads} * shape_.head_dim;
        if (q.rows * count() < rows && rows % q.rows == 0) {
            throw Error(ErrorKind::BadFile, folder_.string() + ": the model is cut into " +
                                                std::to_string(rows / q.rows) + " shards, but " +
                                                meta_shard_name(static_cast<int>(count())) + " is missing");
        }
    }

    // Llama 3 cuts the embedding by rows, Llama 2 did by columns.
    ShardSplit match_embedding() {
        const TorchTensor& embedding = tensor(0, "tok_embeddings.weight");
        const bool by_rows = embedding.cols == shape_.dim;
        const std::int64_t rows = by_rows ? embedding.rows * count() : embedding.rows;
        if (shape_.vocab_size == 0 && rows <= kMostRows) {
            shape_.vocab_size = static_cast<int>(rows);
        }
        return by_rows ? ShardSplit::Rows : ShardSplit::Columns;
    }

    void match_kv_heads() {
        const TorchTensor& k = tensor(0, layer_name(0, "attention.wk"));
        const std::int64_t heads = k.rows * count() / shape_.head_dim;
        const bool repeated = k.rows * count() % shape_.head_dim == 0 && heads > shape_.kv_heads &&
                              heads % shape_.kv_heads == 0 && shape_.heads % heads == 0;
        shape_.kv_heads = repeated ? static_cast<int>(heads) : shape_.kv_heads;
    }

    std::vector<Wanted> wanted(ShardSplit embedding) const {
        constexpr auto kRows = ShardSplit::Rows, kColumns = ShardSplit::Columns, kCopy = ShardSplit::None;
        std::vector<Wanted> list;
        const auto add = [&](WeightId id, std::string name, ShardSplit split) {
            const WeightInfo shape = shape_of(shape_, id.weight);
            list.push_back({id, std::move(name), split, shape.rows, shape.cols});
        };
        add({Weight::TokenEmbedding, -1}, "tok_embeddings.weight", embedding);
        add({Weight::OutputNorm, -1}, "norm.weight", kCopy);
        add({Weight::Output, -1}, "output.weight", kRows);
        for (int layer = 0; layer < shape_.layers; ++layer) {
            const auto add_part = [&](Weight weight, const char* part, ShardSplit split) {
                add({weight, layer}, layer_name(layer, part), split);
            };
            add_part(Weight::AttentionNorm, "attention_norm", kCopy);
            add_part(Weight::AttentionQ, "attention.wq", kRows);
            add_part(Weight::AttentionK, "attention.wk", kRows);
            add_part(Weight::AttentionV, "attention.wv", kRows);
            add_part(Weight::AttentionOutput, "attention.wo", kColumns);
            add_part(Weight::FeedForwardNorm, "ffn_norm", kCopy);
            add_part(Weight::FeedForwardGate, "feed_forward.w1", kRows);
            add_part(Weight::FeedForwardUp, "feed_forward.w3", kRows);
            add_part(Weight::FeedForwardDown, "feed_forward.w2", kColumns);
        }
        return list;
    }

    ShardedWeight match(const Wanted& weight) const {
        const std::int64_t row_parts = weight.split == ShardSplit::Rows ? count() : 1;
        const std::int64_t col_parts = weight.split == ShardSplit::Columns ? count() : 1;
        const DType type = tensor(0, weight.name).type;
        ShardedWeight sharded{weight.name, weight.split, type, {type, weight.rows, weight.cols}, {}, {}};
        for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
            const TorchTensor& found = tensor(shard, weight.name);
            if (found.rows * row_parts != weight.rows || found.cols * col_parts != weight.cols) {
                throw error(ErrorKind::BadFile, shard, found,
                            "its shape is " + shape_text(found.rows, found.cols) + ", but params.json asks for " +
                                shape_text(weight.rows, weight.cols) + (count() == 1 ? "" : parts_text(weight.split)));
            }
            if (found.type != type) {
                throw error(ErrorKind::BadFile, shard, found,
                            "is of type " + std::string(name(found.type)) + ", but in " + meta_shard_name(0) +
                                " of type " + std::string(name(type)));
            }
            sharded.offsets.push_back(found.offset);
        }
        if (type == DType::F8_E4M3) {
            match_scales(weight, sharded);
        }
        return sharded;
    }

    // "12_feed_forward.w1_3": a scale for each row that shard 3 has of layer 12's.
    void match_scales(const Wanted& weight, ShardedWeight& sharded) const {
        const std::size_t part = weight.name.find("feed_forward.");
        if (part == std::string::npos) {
            throw error(ErrorKind::Unsupported, 0, tensor(0, weight.name),
                        "is of type F8_E4M3, which Meta gives to feed-forward weights only");
        }
        const std::string name = std::to_string(weight.id.layer) + '_' + weight.name.substr(part, 15) + '_';
        for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
            const TorchTensor* scales = scales_[shard].find(name + std::to_string(shard));
            const std::int64_t rows = tensor(shard, weight.name).rows;
            if (scales == nullptr || scales->type != DType::F32 || scales->rows * scales->cols != rows) {
                throw scales_[shard].file().error(ErrorKind::BadFile, name + std::to_string(shard), 0,
                                                  "is missing, or is not of " + std::to_string(rows) + " F32 numbers");
            }
            sharded.scale_offsets.push_back(scales->offset);
        }
        const bool several = weight.split == ShardSplit::Columns && count() > 1;
        sharded.whole.type = several ? DType::BF16 : DType::F8_E4M3;
        sharded.whole.has_row_scales = !several;
        sharded.whole.column_parts = several ? static_cast<int>(count()) : 1;
    }

    std::string parts_text(ShardSplit split) const {
        if (split == ShardSplit::None) {
            return " in every shard";
        }
        return std::string(" in ") + std::to_string(count()) + " shards by " +
               (split == ShardSplit::Rows ? "rows" : "columns");
    }

    void refuse_others(const ShardedWeights& weights) const {
        std::set<std::string_view> names = {kRopeFrequencies};
        for (const auto& [id, weight] : weights) {
            names.insert(weight.name);
        }
        for (const TorchCheckpoint& shard : shards_) {
            for (const TorchTensor& found : shard.tensors()) {
                if (!names.contains(found.name)) {
                    throw shard.file().error(ErrorKind::Unsupported, found.name, found.offset,
                                             "the tensor is no part of a Llama 3.1 model, so this is a variant that "
                                             "this program does not run");
                }
            }
        }
    }

    static constexpr std::int64_t kMostRows = 1 << 24;
    const std::filesystem::path& folder_;
    std::span<const TorchCheckpoint> shards_, scales_;
    ModelConfig& shape_;
};

}  // namespace

ShardedWeights match_meta_shards(const std::filesystem::path& folder, const MetaFiles& files, ModelConfig& shape) {
    return Matching(folder, files, shape).run();
}

}  // namespace altiplano::engine
