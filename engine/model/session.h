// One sequence of tokens: its KV cache and the forward pass.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/model/model.h"
#include "engine/model/sequence.h"
#include "engine/model/state_files.h"
#include "engine/text/sampler.h"

namespace altiplano::engine {

struct SessionOptions {
    int context = 0;  ///< positions; 0 = the model's own context, at most 8,192
    DType kv_type = DType::F16;
    int prefill_chunk = 0;  ///< tokens computed at once; 0 = what suits the devices
};

/// The positions of such a session. Throws Error(BadArgument) where they are more than the model's.
int session_context(const ModelConfig& config, const SessionOptions& options);

/// Belongs to one thread at a time.
class Session {
public:
    /// Reserves the KV cache: 2 * layers * kv_heads * head_dim * context values. Throws Error(OutOfMemory,
    /// BadArgument).
    Session(std::shared_ptr<const Model> model, const SessionOptions& options);
    ~Session();
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;

    /// Appends tokens and returns the logits[vocab_size] after the last one, valid until the next call. Where stop is
    /// requested, ends after the chunk in hand and returns an empty span; the chunks done stay in tokens().
    /// progress(done) after each layer of a chunk, as if whole tokens were done. Throws Error(PromptTooLong) before
    /// computing where they do not fit, and Error(Numeric) where the logits are not numbers.
    std::span<const float> forward(std::span<const int> tokens, std::stop_token stop = {},
                                   const std::function<void(int done)>& progress = {});

    /// Appends token and chooses what may follow it: what sampler.sample(forward(token), tokens()) gives, on GPUs
    /// mostly without copying all logits. Throws as both.
    int choose_next(int token, Sampler& sampler);

    /// The same as forward, with the logits after every token: out[tokens.size(), vocab_size].
    void forward_all(std::span<const int> tokens, std::span<float> out);

    /// Appends token and computes in the same batch a guess at what follows it; returns the logits after token, with
    /// the very bits that forward gives. The guess is no part of tokens() until it is followed. Throws as forward does,
    /// PromptTooLong where the guess does not fit.
    std::span<const float> forward_guess(int token, std::span<const int> guess);

    /// What is left of the guess; forward and rewind drop it.
    std::span<const int> guess() const noexcept;

    /// Appends the first token of guess(), which must not be empty, and returns the logits after it, computed already.
    /// Throws Error(Numeric) where they are no numbers; then nothing is appended.
    std::span<const float> follow_guess();

    /// Forgets all tokens from position on. position must be in [0, tokens().size()].
    void rewind(int position);

    /// Goes on with another sequence of the same shape and hands out the one it had, on the processor at no cost; GPUs
    /// copy both. The tokens must be this model's. Throws Error(BadArgument) where the shapes differ, and
    /// Error(OutOfMemory) where there is no memory for a copy of what GPUs hold; then it goes on as it was.
    Sequence exchange(Sequence other);

    /// How many threads the model computes with from now on, also for its other sessions; 0 = the physical cores.
    /// Throws Error(Device).
    void set_threads(int threads);

    /// Forgets all tokens and what was computed for them.
    void clear();

    /// Reads what a chain of stored segments has and this session has not; see restore_segments().
    std::optional<RestoreFailure> restore(std::span<const StoredSegment> chain, const std::stop_token& stop);

    /// With all keys and values in its memory: what GPUs have computed is copied there first. Throws Error(Device,
    /// OutOfMemory).
    const Sequence& sequence() const;
    /// An empty one that exchange() takes. Throws Error(OutOfMemory).
    Sequence another_sequence() const;
    const CacheShape& shape() const noexcept;
    std::span<const int> tokens() const noexcept;
    int context() const noexcept;
    const Model& model() const noexcept;
    std::int64_t cache_bytes() const noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace altiplano::engine
