// A session's part of one rank: activations, and on a GPU the keys and values of the rank's layers and heads.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/model/model_parts.h"
#include "engine/model/sequence.h"

namespace altiplano::engine {

/// Tokens on their way through a stage.
struct Chunk {
    Step step;
    const float* in = nullptr;  ///< [tokens, dim] in host memory: what the layers before made; null: embed the tokens
    float* out = nullptr;       ///< the same for the layers that follow; null: none do. It may be in
};

/// Called by the rank's thread, see RankTeam.
class RankSession {
public:
    /// Reserves everything. Throws Error(OutOfMemory).
    RankSession(const ModelConfig& config, const StageParts& stage, int rank, const CacheShape& shape,
                int largest_chunk);

    /// All layers of the stage. Where the device is the processor, after_layer(layers done) is called and may end it.
    void compute(const Chunk& chunk, const Sequence& sequence, const std::function<bool(int done)>& after_layer);
    /// Only the rows of the embedding, to chunk.out; foreign tokens' rows are zero.
    void embed(const Chunk& chunk);
    /// The logits after rows [first_row, first_row + count) of the last chunk, those of the rank's tokens: to
    /// out[count, vocab_size] in host memory.
    void logits(int first_row, int count, float* out);
    /// Of the logits after one row the k likeliest of the rank's tokens, as Device::likeliest.
    LikeliestTokens likeliest(int row, int k, double temperature);

    /// Copies positions [first, last), whole blocks, between the device and the sequence's memory. Nothing is to be
    /// done where both are the same.
    void download(const Sequence& to, int first, int last) const;
    void upload(const Sequence& from, int first, int last) const;
    std::int64_t reserved_bytes() const noexcept { return cache_.size() + memory_.size(); }
    /// Between Collective::end_all and reset: what was recorded before names what goes then.
    void forget_records() noexcept {
        layer_records_ = {};
        logit_records_ = {};
    }

private:
    Device& device() const noexcept { return *parts_.device; }
    bool is_on_host() const noexcept { return parts_.device->kind() == DeviceKind::Cpu; }
    void reserve_activations(int largest_chunk);
    KvCache layer_cache(const Sequence& sequence, int layer) const;
    void set_rows(std::size_t count);
    void embed_tokens();
    void logits_to(int first_row, Matrix to);
    /// logits_ = the logits after rows [first_row, first_row + rows).
    void compute_logits(int first_row, int rows);
    void layer(const LayerWeights& weights, const KvCache& cache);
    void add_product(const Matrix& x, const PlacedMatrix& weight);
    template <typename Copy>
    void for_each_head(const Sequence& sequence, int first, int last, const Copy& copy) const;

    const ModelConfig& config_;
    const StageParts& stage_;
    const RankParts& parts_;
    const int rank_;
    const CacheShape shape_;
    DeviceMemory cache_;   ///< [layers of the stage][keys, values][kv_heads of the rank][head bytes]; none on the host
    DeviceMemory memory_;  ///< of the matrices below
    Matrix residual_, q_, attended_, hidden_;  ///< F32 [tokens of the chunk, width of the rank]
    Matrix branch_;                            ///< a summand of the residual, where there are several ranks
    Matrix logits_;                            ///< [kLogitRows, tokens of the rank], where they are not made in place
    std::array<std::unique_ptr<Record>, kLogitRows + 1> layer_records_, logit_records_;  ///< by rows
};

}  // namespace altiplano::engine
