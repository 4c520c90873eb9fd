// Reads every copy and gives the first.
#include "engine/weights/folded_heads.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

using Row = std::vector<std::byte>;

bool is_folded(Weight weight) {
    return weight == Weight::AttentionK || weight == Weight::AttentionV;
}

std::vector<Row> first_rows_of_heads(const WeightSource& source, WeightId id) {
    const auto info = source.find(id);
    std::vector<Row> rows;
    for (int head = 0; info && head < source.config().kv_heads; ++head) {
        Row row(static_cast<std::size_t>(row_bytes(info->type, info->cols)));
        source.read_rows(id, std::int64_t{head} * source.config().head_dim, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

// Rows of nothing but zeros are equal without being copies: a file that is not filled yet.
bool repeats(std::span<const Row> rows, int times) {
    bool any = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& first = rows[i - i % static_cast<std::size_t>(times)];
        any = any || std::any_of(first.begin(), first.end(), [](std::byte b) { return b != std::byte{0}; });
        if (rows[i] != first) {
            return false;
        }
    }
    return any;
}

/// How often each head is there, as far as the sampled rows tell.
int sampled_repetition(const WeightSource& source) {
    std::vector<std::vector<Row>> samples;
    for (const int layer : {0, source.config().layers - 1}) {
        samples.push_back(first_rows_of_heads(source, {Weight::AttentionK, layer}));
        samples.push_back(first_rows_of_heads(source, {Weight::AttentionV, layer}));
    }
    const int heads = source.config().kv_heads;
    for (int times = heads; times > 1; --times) {
        const auto repeated = [&](const auto& rows) { return repeats(rows, times); };
        if (heads % times == 0 && std::all_of(samples.begin(), samples.end(), repeated)) {
            return times;
        }
    }
    return 1;
}

class FoldedHeads final : public WeightSource {
public:
    FoldedHeads(std::unique_ptr<WeightSource> source, int times)
        : source_(std::move(source)), times_(times), config_(source_->config()), summary_(source_->summary()) {
        for (int layer = 0; layer < config_.layers; ++layer) {
            for (const Weight weight : {Weight::AttentionK, Weight::AttentionV}) {
                const auto info = source_->find({weight, layer});
                summary_.parameter_count -= info ? info->rows / times_ * (times_ - 1) * info->cols : 0;
            }
        }
        config_.kv_heads /= times_;
    }

    const ModelConfig& config() const noexcept override { return config_; }
    const ModelSummary& summary() const noexcept override { return summary_; }
    TokenizerData tokenizer() const override { return source_->tokenizer(); }
    void check_unchanged() const override { source_->check_unchanged(); }

    std::optional<WeightInfo> find(WeightId id) const override {
        auto info = source_->find(id);
        if (info && is_folded(id.weight)) {
            info->rows /= times_;
        }
        return info;
    }

    void read_rows(WeightId id, std::int64_t first_row, std::span<std::byte> out) const override {
        const auto info = is_folded(id.weight) ? find(id) : std::nullopt;
        if (!info) {
            return source_->read_rows(id, first_row, out);
        }
        const std::int64_t bytes = row_bytes(info->type, info->cols);
        const auto read = [&](std::int64_t row, std::span<std::byte> rows) { source_->read_rows(id, row, rows); };
        read_copies(id, first_row, out, bytes, read);
    }

    void read_row_scales(WeightId id, std::int64_t first_row, std::span<float> out) const override {
        if (!is_folded(id.weight)) {
            return source_->read_row_scales(id, first_row, out);
        }
        const auto read = [&](std::int64_t row, std::span<std::byte> rows) {
            source_->read_row_scales(id, row, {reinterpret_cast<float*>(rows.data()), rows.size() / sizeof(float)});
        };
        read_copies(id, first_row, std::as_writable_bytes(out), sizeof(float), read);
    }

    // Keys and values are cut by rows.
    void read_part_rows(WeightId id, int part, std::int64_t first_row, std::span<std::byte> out) const override {
        source_->read_part_rows(id, part, first_row, out);
    }
    void read_part_scales(WeightId id, int part, std::int64_t first_row, std::span<float> out) const override {
        source_->read_part_scales(id, part, first_row, out);
    }

private:
    // Head by head: the copies of a head stand next to one another.
    template <typename Read>
    void read_copies(WeightId id, std::int64_t row, std::span<std::byte> out, std::int64_t bytes,
                     const Read& read) const {
        std::vector<float> aligned;
        while (!out.empty()) {
            const std::int64_t head = row / config_.head_dim, in_head = row % config_.head_dim;
            const std::int64_t count = std::min(std::ssize(out) / bytes, config_.head_dim - in_head);
            if (count == 0 || head >= config_.kv_heads || row < 0) {
                throw Error(ErrorKind::BadArgument,
                            summary_.path.string() + ": rows asked for that the weight does not have");
            }
            const auto part = out.first(static_cast<std::size_t>(count * bytes));
            const std::int64_t stored = head * times_ * config_.head_dim + in_head;
            read(stored, part);
            aligned.resize((part.size() + sizeof(float) - 1) / sizeof(float));
            const auto copy = std::as_writable_bytes(std::span(aligned)).first(part.size());
            for (int other = 1; other < times_; ++other) {
                read(stored + std::int64_t{other} * config_.head_dim, copy);
                check_same(id, part, copy, head * times_, other);
            }
            out = out.subspan(part.size());
            row += count;
        }
    }

    void check_same(WeightId id, std::span<const std::byte> first, std::span<const std::byte> copy, std::int64_t head,
                    int other) const {
        if (std::memcmp(first.data(), copy.data(), first.size()) != 0) {
            throw Error(ErrorKind::BadFile, summary_.path.string() + ": layer " + std::to_string(id.layer) +
                                                ": the heads " + std::to_string(head) + " and " +
                                                std::to_string(head + other) + " of the " +
                                                (id.weight == Weight::AttentionK ? "keys" : "values") +
                                                " differ, but are copies of each other in a model of " +
                                                std::to_string(config_.kv_heads) + " such heads");
        }
    }

    std::unique_ptr<WeightSource> source_;
    int times_;
    ModelConfig config_;
    ModelSummary summary_;
};

}  // namespace

std::unique_ptr<WeightSource> fold_repeated_heads(std::unique_ptr<WeightSource> source, int kv_heads) {
    const int stored = source->config().kv_heads;
    const int times = kv_heads > 0 && kv_heads < stored ? stored / kv_heads : sampled_repetition(*source);
    if (times == 1) {
        return source;
    }
    return std::make_unique<FoldedHeads>(std::move(source), times);
}

}  // namespace altiplano::engine
