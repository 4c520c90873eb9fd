// The inside of a session: its cache, its activations and the forward pass of one chunk.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/model/model_parts.h"
#include "engine/model/sequence.h"
#include "engine/model/session.h"

namespace altiplano::engine {

/// The activations of one chunk, F32, [tokens, width]; each with its own width.
struct Activations {
    Matrix residual, q, attended, hidden;
    /// All of them, to size and resize them alike.
    std::array<Matrix*, 4> all() { return {&residual, &q, &attended, &hidden}; }
};

struct Session::State {
    /// Reserves everything; throws Error(OutOfMemory, BadArgument).
    State(std::shared_ptr<const Model> of, const SessionOptions& options);

    /// Throws where the tokens do not fit or are no tokens.
    void check_tokens(std::span<const int> added) const;
    /// One chunk, at most largest_chunk, through all layers; then it is part of sequence and rows.residual holds its
    /// last layer's output. False where stop cut it short: nothing was added.
    /// report(share of the layers done) after each layer.
    bool compute(std::span<const int> added, const std::stop_token& stop = {},
                 const std::function<void(double share)>& report = {});
    /// out[n, vocab] = the logits of the chunk's rows from first_row on.
    void compute_logits(int first_row, Matrix out);
    /// Throws Error(Numeric) where a logit is no number.
    void check_logits(std::span<const float> values) const;
    /// The logits after the token before guess.
    std::span<const float> guess_row() const;

    std::shared_ptr<const Model> model;
    const Model::Parts* parts = nullptr;
    int largest_chunk = 0;
    Sequence sequence;
    DeviceMemory memory;  ///< of the activations
    Activations rows;
    std::vector<float> logits;
    std::vector<float> angles;        ///< [largest_chunk, head_dim]
    std::vector<int> batch;           ///< the last token and the guess computed with it
    int followed = 0;                 ///< of batch, how many are in tokens; 0: there is no guess
    std::vector<float> batch_logits;  ///< [batch, vocab]

private:
    void reserve_activations();
    void prepare_rows(int first, int count);
    void attention_branch(const LayerWeights& layer, int index);
    void feed_forward_branch(const LayerWeights& layer);
};

}  // namespace altiplano::engine
