// In wave w, stage s computes chunk w - s.
#include "engine/model/stage_pipeline.h"

#include <algorithm>

#include "engine/model/rope_frequencies.h"

namespace altiplano::engine {
namespace {

constexpr std::size_t kLeastPipelinedChunk = 256;  // fewer tokens do not keep a card busy

}  // namespace

StagePipeline::StagePipeline(const ModelParts& parts, const CacheShape& shape, int largest_chunk)
    : parts_(parts),
      largest_chunk_(static_cast<std::size_t>(largest_chunk)),
      slots_(parts.stages.size()),
      team_(static_cast<int>(parts.stages.size()), [] {}) {
    const ModelConfig& config = parts.config;
    stages_.reserve(parts.stages.size());
    for (const StageParts& stage : parts.stages) {
        embedding_stage_ = stage.part.embedding ? stages_.size() : embedding_stage_;
        stages_.emplace_back(config, stage, shape, largest_chunk);
    }
    for (Slot& slot : slots_) {
        slot.angles.resize(largest_chunk_ * static_cast<std::size_t>(config.head_dim));
        if (stages_.size() > 1) {
            slot.rows = std::make_unique_for_overwrite<float[]>(largest_chunk_ * static_cast<std::size_t>(config.dim));
        }
    }
}

// A prompt's chunk, guesses that are checked (kernels are made for 1, 2, 4 and 8 rows), and single tokens: computed,
// recorded, launched (Device::run). The processor's stage is the last and has nothing to load.
void StagePipeline::warm_up(const Sequence& sequence) {
    std::vector<float> rows(kLogitRows * static_cast<std::size_t>(parts_.config.vocab_size));
    for (const std::size_t count : {largest_chunk_, std::size_t{kLogitRows}, std::size_t{8}, std::size_t{4},
                                    std::size_t{2}, std::size_t{1}, std::size_t{1}, std::size_t{1}}) {
        const std::vector<int> tokens(std::min(count, largest_chunk_));
        const Chunk chunk = begin_chunk({tokens, tokens.size(), 0}, 0);
        for (std::size_t stage = 0; stage < stages_.size() && stages_[stage].has_gpu(); ++stage) {
            compute_stage(stage, 0, chunk, sequence, {}, {});
        }
        if (stages_.back().has_gpu()) {
            likeliest(0, 1, 1.0);
            logits(0, static_cast<int>(std::min(tokens.size(), std::size_t{kLogitRows})), rows.data());
        }
    }
}

bool StagePipeline::has_gpu() const noexcept {
    return std::any_of(stages_.begin(), stages_.end(), [](const StageSession& stage) { return stage.has_gpu(); });
}

std::int64_t StagePipeline::reserved_bytes() const noexcept {
    std::int64_t bytes = 0;
    for (const StageSession& stage : stages_) {
        bytes += stage.reserved_bytes();
    }
    return bytes;
}

// Several stages want several chunks, so that none of them waits long for the first and the last.
std::size_t StagePipeline::chunk_size(std::size_t tokens) const {
    if (stages_.size() == 1) {
        return largest_chunk_;
    }
    return std::clamp(tokens / (2 * stages_.size()), std::min(kLeastPipelinedChunk, largest_chunk_), largest_chunk_);
}

Chunk StagePipeline::begin_chunk(const Chunks& chunks, std::size_t index) {
    Slot& slot = slots_[index % slots_.size()];
    const std::span<const int> tokens = chunks.tokens_of(index);
    const auto head_dim = static_cast<std::size_t>(parts_.config.head_dim);
    const int first = chunks.first_position + static_cast<int>(index * chunks.size);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        rope_angles(parts_.rope_frequencies, first + static_cast<int>(i),
                    std::span(slot.angles).subspan(i * head_dim, head_dim));
    }
    const Chunk chunk = {{tokens, first, std::span<const float>(slot.angles).first(tokens.size() * head_dim)}};
    if (embedding_stage_ != 0) {
        stages_[embedding_stage_].embed({chunk.step, nullptr, slot.rows.get()});
    }
    return chunk;
}

bool StagePipeline::compute_stage(std::size_t stage, std::size_t index, const Chunk& chunk, const Sequence& sequence,
                                  const std::stop_token& stop, const std::function<void(int)>& on_layers) {
    float* const rows = slots_[index % slots_.size()].rows.get();
    const float* const in = stage == 0 && embedding_stage_ == 0 ? nullptr : rows;
    float* const out = stage + 1 < stages_.size() ? rows : nullptr;
    return stages_[stage].compute({chunk.step, in, out}, sequence, stop, on_layers);
}

bool StagePipeline::compute(std::span<const int> tokens, const Sequence& sequence, const std::stop_token& stop,
                            const OnChunk& on_chunk, const OnProgress& on_progress) {
    const Chunks chunks = {tokens, chunk_size(tokens.size()), static_cast<int>(sequence.tokens().size())};
    return stages_.size() == 1 || chunks.count() == 1 ? compute_in_turn(chunks, sequence, stop, on_chunk, on_progress)
                                                      : compute_in_waves(chunks, sequence, stop, on_chunk, on_progress);
}

bool StagePipeline::compute_in_turn(const Chunks& chunks, const Sequence& sequence, const std::stop_token& stop,
                                    const OnChunk& on_chunk, const OnProgress& on_progress) {
    std::size_t done = 0;
    for (std::size_t index = 0; index < chunks.count() && !stop.stop_requested(); ++index) {
        const Chunk chunk = begin_chunk(chunks, index);
        const auto count = static_cast<double>(chunk.step.tokens.size());
        for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
            const int before = stages_[stage].part().first_layer;
            const auto on_layers = [&](int layers) {
                on_progress(static_cast<double>(index * chunks.size) +
                            count * (before + layers) / parts_.config.layers);
            };
            if (!compute_stage(stage, index, chunk, sequence, stop, on_layers)) {
                return false;
            }
        }
        on_chunk(chunk.step.tokens);
        done = index + 1;
    }
    return done == chunks.count();
}

bool StagePipeline::compute_in_waves(const Chunks& chunks, const Sequence& sequence, const std::stop_token& stop,
                                     const OnChunk& on_chunk, const OnProgress& on_progress) {
    std::vector<Chunk> on_way(chunks.count());
    double done = 0;
    for (std::size_t wave = 0; wave < chunks.count() + stages_.size() - 1; ++wave) {
        if (wave < chunks.count()) {
            on_way[wave] = begin_chunk(chunks, wave);
        }
        const auto is_at = [&](std::size_t stage) { return wave >= stage && wave - stage < chunks.count(); };
        team_.run([&](int rank) {
            const auto stage = static_cast<std::size_t>(rank);
            if (is_at(stage)) {
                compute_stage(stage, wave - stage, on_way[wave - stage], sequence, stop, {});
            }
        });
        if (stop.stop_requested()) {
            return false;
        }
        for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
            done += is_at(stage) ? static_cast<double>(on_way[wave - stage].step.tokens.size()) *
                                       stages_[stage].part().layer_count / parts_.config.layers
                                 : 0;
        }
        on_progress(done);
        if (is_at(stages_.size() - 1)) {
            on_chunk(on_way[wave - (stages_.size() - 1)].step.tokens);
        }
    }
    return true;
}

void StagePipeline::logits(int first_row, int count, float* out) {
    stages_.back().logits(first_row, count, out);
}

LikeliestTokens StagePipeline::likeliest(int row, int k, double temperature) {
    return stages_.back().has_gpu() ? stages_.back().likeliest(row, k, temperature) : LikeliestTokens();
}

void StagePipeline::set_stop(const std::stop_token& stop) {
    for (StageSession& stage : stages_) {
        stage.set_stop(stop);
    }
}

void StagePipeline::set_threads(int threads) {
    for (StageSession& stage : stages_) {
        stage.set_threads(threads);
    }
}

void StagePipeline::download(const Sequence& to, int first, int last) {
    for (StageSession& stage : stages_) {
        stage.download(to, first, last);
    }
}

void StagePipeline::upload(const Sequence& from, int first, int last) {
    for (StageSession& stage : stages_) {
        stage.upload(from, first, last);
    }
}

}  // namespace altiplano::engine
