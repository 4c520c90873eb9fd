// The stages of a session in a row: chunks of a prompt go through them like cars through a factory.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/model/model_parts.h"
#include "engine/model/stage_session.h"

namespace altiplano::engine {

class StagePipeline {
public:
    /// Called with the tokens of a chunk that has left the last stage, in order.
    using OnChunk = std::function<void(std::span<const int> tokens)>;
    /// Called with how many tokens' worth of the work is done.
    using OnProgress = std::function<void(double tokens)>;

    /// parts outlives it. Throws Error(OutOfMemory).
    StagePipeline(const ModelParts& parts, const CacheShape& shape, int largest_chunk);

    /// Computes tokens that follow those of the sequence, whose memory the processor's stages use. Several chunks are
    /// in several stages at once. False where stop cut it short; the chunks told of are whole. Both callbacks come from
    /// the calling thread. Throws Error(Device).
    bool compute(std::span<const int> tokens, const Sequence& sequence, const std::stop_token& stop,
                 const OnChunk& on_chunk, const OnProgress& on_progress);
    /// out[count, vocab_size] = the logits after rows [first_row, first_row + count) of the last chunk.
    void logits(int first_row, int count, float* out);
    /// The k likeliest after a row of the last chunk; none where the processor computes the logits, or where that is
    /// no quicker.
    LikeliestTokens likeliest(int row, int k, double temperature);

    /// Every kind of step once on the GPUs, on an empty sequence: CUDA loads kernels and NCCL joins its channels at
    /// their first use, and both take memory that must not be missing in mid-answer. Throws Error(OutOfMemory, Device).
    void warm_up(const Sequence& sequence);

    bool has_gpu() const noexcept;
    /// Of all devices: what a session has of its own. On the processor the cache is the sequence's.
    std::int64_t reserved_bytes() const noexcept;
    void set_stop(const std::stop_token& stop);
    void set_threads(int threads);
    /// Keys and values of positions [first, last), whole blocks, from GPUs to the sequence's memory, and back.
    void download(const Sequence& to, int first, int last);
    void upload(const Sequence& from, int first, int last);

private:
    /// What belongs to one chunk on its way. It is filled again when that chunk has left.
    struct Slot {
        std::vector<float> angles;      ///< [largest_chunk, head_dim]
        std::unique_ptr<float[]> rows;  ///< [largest_chunk, dim]: what a stage hands to the next; null for one stage
    };

    /// How tokens are cut.
    struct Chunks {
        std::span<const int> tokens;
        std::size_t size;
        int first_position;

        std::size_t count() const { return (tokens.size() + size - 1) / size; }
        std::span<const int> tokens_of(std::size_t index) const {
            return tokens.subspan(index * size, std::min(size, tokens.size() - index * size));
        }
    };

    Chunk begin_chunk(const Chunks& chunks, std::size_t index);
    bool compute_stage(std::size_t stage, std::size_t index, const Chunk& chunk, const Sequence& sequence,
                       const std::stop_token& stop, const std::function<void(int)>& on_layers);
    bool compute_in_turn(const Chunks& chunks, const Sequence& sequence, const std::stop_token& stop,
                         const OnChunk& on_chunk, const OnProgress& on_progress);
    bool compute_in_waves(const Chunks& chunks, const Sequence& sequence, const std::stop_token& stop,
                          const OnChunk& on_chunk, const OnProgress& on_progress);
    std::size_t chunk_size(std::size_t tokens) const;

    const ModelParts& parts_;
    const std::size_t largest_chunk_;
    std::vector<StageSession> stages_;
    std::size_t embedding_stage_ = 0;  ///< the first, or the processor at the end
    std::vector<Slot> slots_;          ///< as many as stages
    RankTeam team_;                    ///< a thread for each stage, the caller's where there is one
};

}  // namespace altiplano::engine
