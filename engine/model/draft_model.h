// Guesses from a second, small model of the same vocabulary.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/model/drafter.h"
#include "engine/model/session.h"

namespace altiplano::engine {

/// Throws Error(Unsupported), naming the first difference, where a guess in draft's tokens would mean something else to
/// model. Special tokens may have other names: fine-tuned models rename the reserved ones.
void check_same_vocabulary(const Model& model, const Model& draft);

/// Keeps a session of its own in step with the answer. A guess draws with the very random numbers that the model's
/// sampler will use, so that where the two models agree, the guess is right for any temperature.
class DraftModel final : public Drafter {
public:
    /// Throws Error(Unsupported) as check_same_vocabulary does, and what a session throws. options.context of at most
    /// the draft's own; where an answer gets longer, there are no more guesses.
    DraftModel(const Model& model, const std::shared_ptr<const Model>& draft, SessionOptions options);

    void begin(std::span<const int> tokens) override;
    void push(int token) override;
    /// Reads what came since the last guess where it is much.
    void prepare(std::stop_token stop) override;
    double chance(int index) const override;
    std::span<const int> draft(int most, const Sampler& sampler) override;

private:
    std::size_t room() const;

    Session session_;
    Sampler sampler_;
    std::vector<int> tokens_;  ///< all that the answer has so far
    std::size_t held_ = 0;     ///< of tokens_, the first that session_ has computed
    std::vector<int> draft_;
    std::size_t right_ = 0;  ///< of draft_, how many came; draft_.size() + 1: it is settled
    std::array<double, 16> chances_{};
};

}  // namespace altiplano::engine
