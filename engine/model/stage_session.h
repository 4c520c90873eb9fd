// A session's part of one stage: its ranks, all at work together.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "engine/model/rank_session.h"

namespace altiplano::engine {

/// One caller at a time; different stages may be at work at once. Throws what a rank threw; the stage can be used again
/// unless that says otherwise.
class StageSession {
public:
    /// Throws Error(OutOfMemory).
    StageSession(const ModelConfig& config, const StageParts& stage, const CacheShape& shape, int largest_chunk);

    const StagePart& part() const noexcept { return stage_.part; }
    bool has_gpu() const noexcept;
    std::int64_t reserved_bytes() const noexcept;

    /// False where stop cut it short. report(layers of the stage that are done).
    bool compute(const Chunk& chunk, const Sequence& sequence, const std::stop_token& stop,
                 const std::function<void(int done)>& report);
    /// The embedding alone, to chunk.out.
    void embed(const Chunk& chunk);
    /// out[count, vocab_size] = the logits after those rows of the last chunk.
    void logits(int first_row, int count, float* out);
    /// The k likeliest after a row of the last chunk; none where GPUs cannot say. Not for the processor.
    LikeliestTokens likeliest(int row, int k, double temperature);

    void set_stop(const std::stop_token& stop);
    /// threads are shared by the ranks.
    void set_threads(int threads);
    /// See RankSession.
    void download(const Sequence& to, int first, int last);
    void upload(const Sequence& from, int first, int last);

private:
    void on_ranks(const std::function<void(RankSession& session, int rank)>& work);
    void make_usable_again();

    const StageParts& stage_;
    std::vector<RankSession> ranks_;
};

}  // namespace altiplano::engine
