// Matches the tensors of a Hugging Face folder to the model's weights, and undoes its order of Q and K rows.
#include "engine/weights/hf_folder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/weights/fingerprint.h"
#include "engine/weights/folded_heads.h"
#include "engine/weights/hf_config.h"
#include "engine/weights/hf_tokenizer.h"
#include "engine/weights/safetensors_shards.h"
#include "engine/weights/weight_shape.h"

namespace altiplano::engine {
namespace {

struct Expected {
    WeightId id;
    std::string module;
    std::int64_t rows;  ///< 1 for a vector
    std::int64_t cols;
};

std::vector<Expected> expected_weights(const HfConfig& hf) {
    std::vector<Expected> list;
    const auto add = [&](WeightId id, std::string module) {
        const WeightInfo shape = shape_of(hf.shape, id.weight);
        list.push_back({id, std::move(module), shape.rows, shape.cols});
    };
    add({Weight::TokenEmbedding, -1}, "model.embed_tokens");
    add({Weight::OutputNorm, -1}, "model.norm");
    if (!hf.tied_output) {
        add({Weight::Output, -1}, "lm_head");
    }
    for (int layer = 0; layer < hf.shape.layers; ++layer) {
        const auto add_part = [&](Weight weight, const char* part) {
            add({weight, layer}, "model.layers." + std::to_string(layer) + '.' + part);
        };
        add_part(Weight::AttentionNorm, "input_layernorm");
        add_part(Weight::AttentionQ, "self_attn.q_proj");
        add_part(Weight::AttentionK, "self_attn.k_proj");
        add_part(Weight::AttentionV, "self_attn.v_proj");
        add_part(Weight::AttentionOutput, "self_attn.o_proj");
        add_part(Weight::FeedForwardNorm, "post_attention_layernorm");
        add_part(Weight::FeedForwardGate, "mlp.gate_proj");
        add_part(Weight::FeedForwardUp, "mlp.up_proj");
        add_part(Weight::FeedForwardDown, "mlp.down_proj");
    }
    return list;
}

/// Of a folder in the download cache of Hugging Face, models--meta-llama--Llama-3.1-8B/snapshots/HASH, the model's
/// name.
std::string name_of(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::path path = std::filesystem::absolute(folder, error).lexically_normal();
    path = path.has_filename() ? path : path.parent_path();
    const std::string cached = path.parent_path().parent_path().filename().string();
    if (path.parent_path().filename() == "snapshots" && cached.starts_with("models--")) {
        return cached.substr(cached.rfind("--") + 2);
    }
    return path.filename().string();
}

class HfSource final : public WeightSource {
public:
    explicit HfSource(const std::filesystem::path& folder)
        : folder_(folder), hf_(read_hf_config(folder / "config.json")), files_(open_safetensors(folder)) {
        match_tensors();
        summarise();
    }

    const ModelConfig& config() const noexcept override { return hf_.shape; }
    const ModelSummary& summary() const noexcept override { return summary_; }
    TokenizerData tokenizer() const override {
        return read_hf_tokenizer(folder_ / "tokenizer.json", hf_.shape.vocab_size);
    }

    std::optional<WeightInfo> find(WeightId id) const override {
        const auto found = weights_.find({id.weight, id.layer});
        return found == weights_.end() ? std::nullopt : std::optional(found->second.info);
    }

    void read_rows(WeightId id, std::int64_t first_row, std::span<std::byte> out) const override;
    void read_row_scales(WeightId id, std::int64_t first_row, std::span<float> out) const override;

    void check_unchanged() const override {
        for (const auto& shard : files_.shards) {
            shard.file.check_unchanged();
        }
    }

private:
    struct Stored {
        WeightInfo info;
        const ShardTensor* rows = nullptr;
        const ShardTensor* scales = nullptr;  ///< null where there are none
        bool half_split = false;
    };

    void match_tensors();
    Stored match(const Expected& expected, std::set<std::string_view>& unmatched) const;
    void match_scales(const Expected& expected, Stored& stored, std::set<std::string_view>& unmatched) const;
    const ShardTensor& tensor(const std::string& name, std::set<std::string_view>& unmatched) const;
    const Stored& stored_rows(WeightId id, std::int64_t first_row, std::int64_t count) const;
    std::int64_t file_row(const Stored& stored, std::int64_t row) const;
    std::string type_label() const;
    void summarise();

    std::filesystem::path folder_;
    HfConfig hf_;
    SafetensorsShards files_;
    std::map<std::pair<Weight, int>, Stored> weights_;
    ModelSummary summary_;
};

const ShardTensor& HfSource::tensor(const std::string& name, std::set<std::string_view>& unmatched) const {
    const auto found = files_.tensors.find(name);
    if (found == files_.tensors.end()) {
        throw Error(ErrorKind::BadFile, folder_.string() + ": the tensor " + name + " is missing");
    }
    unmatched.erase(found->first);
    return found->second;
}

Error shape_error(const ShardTensor& found, const std::string& expected) {
    return found.file->error(ErrorKind::BadFile, found.tensor.name, found.tensor.offset,
                             "its shape is " + shown_shape(found.tensor.shape) + ", config.json asks for " + expected);
}

HfSource::Stored HfSource::match(const Expected& expected, std::set<std::string_view>& unmatched) const {
    const ShardTensor& found = tensor(expected.module + ".weight", unmatched);
    const auto shape = expected.rows == 1 ? std::vector<std::int64_t>{expected.cols}
                                          : std::vector<std::int64_t>{expected.rows, expected.cols};
    if (found.tensor.shape != shape) {
        throw shape_error(found, shown_shape(shape));
    }
    Stored stored;
    stored.info = {found.tensor.type, expected.rows, expected.cols, false};
    stored.rows = &found;
    stored.half_split = expected.id.weight == Weight::AttentionQ || expected.id.weight == Weight::AttentionK;
    // The output may be left as it is without the list saying so.
    const bool converted = found.tensor.type == DType::F8_E4M3;
    const bool claimed = hf_.type_of(expected.module) == DType::F8_E4M3;
    if (converted != claimed && (converted || expected.id.weight != Weight::Output)) {
        throw found.file->error(ErrorKind::BadFile, found.tensor.name, found.tensor.offset,
                                "is of type " + std::string(name(found.tensor.type)) + ", config.json asks for " +
                                    (claimed ? "F8_E4M3" : "BF16, F16 or F32 (quantization_config)"));
    }
    if (converted) {
        match_scales(expected, stored, unmatched);
    }
    return stored;
}

// The bound of activations' scales is for programs that round activations to eight bits; this one does not.
void HfSource::match_scales(const Expected& expected, Stored& stored, std::set<std::string_view>& unmatched) const {
    const ShardTensor& found = tensor(expected.module + ".weight_scale", unmatched);
    if (found.tensor.shape != std::vector<std::int64_t>{expected.rows, 1}) {
        throw shape_error(found, shown_shape({expected.rows, 1}));
    }
    if (found.tensor.type != DType::F32) {
        throw found.file->error(ErrorKind::Unsupported, found.tensor.name, found.tensor.offset,
                                "is of type " + std::string(name(found.tensor.type)) + ", expected F32");
    }
    const auto bound = files_.tensors.find(expected.module + ".input_scale_ub");
    if (bound != files_.tensors.end()) {
        unmatched.erase(bound->first);
    }
    stored.scales = &found;
    stored.info.has_row_scales = true;
}

// A tensor that the architecture does not have means another computation than ours: refused, never ignored, but for
// what follows from the rest.
void HfSource::match_tensors() {
    std::set<std::string_view> unmatched;
    for (const auto& [name, found] : files_.tensors) {
        const bool repeats = name.ends_with(".rotary_emb.inv_freq") || (hf_.tied_output && name == "lm_head.weight");
        if (!repeats) {
            unmatched.insert(name);
        }
    }
    for (const Expected& expected : expected_weights(hf_)) {
        weights_[{expected.id.weight, expected.id.layer}] = match(expected, unmatched);
    }
    if (!unmatched.empty()) {
        const ShardTensor& unknown = files_.tensors.find(*unmatched.begin())->second;
        throw unknown.file->error(
            ErrorKind::Unsupported, unknown.tensor.name, unknown.tensor.offset,
            "the tensor is no part of a Llama 3.1 model, so this is a variant that this program does not run");
    }
}

const HfSource::Stored& HfSource::stored_rows(WeightId id, std::int64_t first_row, std::int64_t count) const {
    const auto found = weights_.find({id.weight, id.layer});
    if (found == weights_.end() || first_row < 0 || count < 0 || first_row > found->second.info.rows - count) {
        throw Error(ErrorKind::BadArgument, folder_.string() + ": rows asked for that the tensor does not have");
    }
    return found->second;
}

// Hugging Face has the first numbers of a head's pairs before all second ones; here they stand side by side.
std::int64_t HfSource::file_row(const Stored& stored, std::int64_t row) const {
    const std::int64_t head_dim = hf_.shape.head_dim, in_head = row % head_dim;
    return stored.half_split ? row - in_head + in_head % 2 * (head_dim / 2) + in_head / 2 : row;
}

void HfSource::read_rows(WeightId id, std::int64_t first_row, std::span<std::byte> out) const {
    const auto info = find(id);
    const std::int64_t row = info ? row_bytes(info->type, info->cols) : 1, count = std::ssize(out) / row;
    const Stored& stored = stored_rows(id, first_row, count * row == std::ssize(out) ? count : -1);
    const ModelFile& file = *stored.rows->file;
    const SafeTensor& tensor = stored.rows->tensor;
    if (!stored.half_split) {
        file.read_at(tensor.offset + first_row * row, out, tensor.name);
        return;
    }
    // Every second row of a head lies one after another in the file.
    const std::int64_t end = first_row + count, head_dim = hf_.shape.head_dim;
    std::vector<std::span<std::byte>> pieces;
    for (std::int64_t head = first_row / head_dim * head_dim; head < end; head += head_dim) {
        const std::int64_t begin = std::max(first_row, head), stop = std::min(end, head + head_dim);
        for (std::int64_t at = begin; at < std::min(begin + 2, stop); ++at) {
            pieces.clear();
            for (std::int64_t r = at; r < stop; r += 2) {
                pieces.push_back(
                    out.subspan(static_cast<std::size_t>((r - first_row) * row), static_cast<std::size_t>(row)));
            }
            file.read_pieces_at(tensor.offset + file_row(stored, at) * row, pieces, tensor.name);
        }
    }
}

void HfSource::read_row_scales(WeightId id, std::int64_t first_row, std::span<float> out) const {
    const Stored& stored = stored_rows(id, first_row, std::ssize(out));
    if (stored.scales == nullptr) {
        return WeightSource::read_row_scales(id, first_row, out);
    }
    const SafeTensor& tensor = stored.scales->tensor;
    // Of weights in another order, those of whole heads.
    const std::int64_t step = stored.half_split ? hf_.shape.head_dim : 1, begin = first_row / step * step;
    const std::int64_t end = (first_row + std::ssize(out) + step - 1) / step * step;
    std::vector<float> scales(static_cast<std::size_t>(end - begin));
    stored.scales->file->read_at(tensor.offset + begin * std::int64_t{sizeof(float)},
                                 std::as_writable_bytes(std::span(scales)), tensor.name);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::int64_t row = file_row(stored, first_row + static_cast<std::int64_t>(i));
        out[i] = scales[static_cast<std::size_t>(row - begin)];
        if (!std::isfinite(out[i])) {
            throw stored.scales->file->error(ErrorKind::BadFile, tensor.name,
                                             tensor.offset + row * std::int64_t{sizeof(float)},
                                             "the scale is no finite number");
        }
    }
}

std::string HfSource::type_label() const {
    std::map<DType, std::int64_t> values;
    for (const auto& [id, stored] : weights_) {
        values[stored.info.type] += stored.info.rows * stored.info.cols;
    }
    const auto most =
        std::max_element(values.begin(), values.end(), [](auto& a, auto& b) { return a.second < b.second; });
    return hf_.fp8 ? "FP8" : std::string(engine::name(most->first));
}

void HfSource::summarise() {
    summary_.path = folder_;
    summary_.name = name_of(folder_);
    summary_.type_label = type_label();
    const ModelFile config(folder_ / "config.json");
    Fingerprint fingerprint;
    fingerprint.add(config, config.size());
    for (const auto& shard : files_.shards) {
        summary_.file_bytes += shard.file.size();
        fingerprint.add(shard.file, shard.header_bytes);
    }
    summary_.fingerprint = fingerprint.text();
    for (const auto& [id, stored] : weights_) {
        summary_.parameter_count += stored.info.rows * stored.info.cols;
    }
    summary_.chat_format_note = hf_chat_format_note(folder_ / "tokenizer.json", hf_.shape.vocab_size);
}

}  // namespace

std::unique_ptr<WeightSource> open_hf_folder(const std::filesystem::path& folder) {
    return fold_repeated_heads(std::make_unique<HfSource>(folder));
}

}  // namespace altiplano::engine
