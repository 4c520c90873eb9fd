// The inside of a session: its sequence, its stages, and what they made last.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/model/model_parts.h"
#include "engine/model/sequence.h"
#include "engine/model/session.h"
#include "engine/model/stage_pipeline.h"

namespace altiplano::engine {

struct Session::State {
    /// Reserves everything; throws Error(OutOfMemory, BadArgument).
    State(std::shared_ptr<const Model> of, const SessionOptions& options);

    /// Throws where the tokens do not fit or are no tokens.
    void check_tokens(std::span<const int> added) const;
    /// All tokens through all stages; then they are part of sequence. False where stop cut it short: sequence has the
    /// chunks that are whole. report(tokens done) while they are computed.
    bool compute(std::span<const int> added, const std::stop_token& stop = {},
                 const StagePipeline::OnProgress& report = {});
    /// The sequence with all keys and values in its memory, those too that GPUs have computed. Throws
    /// Error(OutOfMemory, Device); then nothing has changed.
    const Sequence& sequence_on_host();
    /// GPUs get what they do not have of the sequence, from position on.
    void bring_to_devices(int position);
    /// Throws Error(Numeric) where a logit is no number.
    void check_logits(std::span<const float> values) const;
    /// What follows the last token, as the sampler has it. Throws as check_logits does.
    int choose(Sampler& sampler);
    /// The logits after the token before guess.
    std::span<const float> guess_row() const;

    std::shared_ptr<const Model> model;
    const ModelParts* parts = nullptr;
    int largest_chunk = 0;
    Sequence sequence;
    std::optional<StagePipeline> stages;
    std::vector<float> logits;
    std::vector<int> batch;           ///< the last token and the guess computed with it
    int followed = 0;                 ///< of batch, how many are in tokens; 0: there is no guess
    std::vector<float> batch_logits;  ///< [batch, vocab]
    int rows = 0;                     ///< of the last chunk
    int on_host = 0;                  ///< positions whose keys and values are in the sequence's memory
};

}  // namespace altiplano::engine
