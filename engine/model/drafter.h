// What guesses the next tokens of an answer before the model computes them.
#pragma once

#include <span>
#include <stop_token>

#include "engine/text/sampler.h"

namespace altiplano::engine {

/// Follows one answer after another, token by token. A guess never changes the text, only how long it takes. Belongs to
/// one thread at a time.
class Drafter {
public:
    virtual ~Drafter() = default;

    /// A new answer comes after these tokens.
    virtual void begin(std::span<const int> tokens) = 0;
    /// The next token of the answer.
    virtual void push(int token) = 0;

    /// Work that lies before the first guess of an answer, if any and not done yet; ends early where stop is requested.
    virtual void prepare(std::stop_token stop) = 0;
    /// The chance that the index'th token of a guess made now would be right if those before it were; 0 where there
    /// would be none.
    virtual double chance(int index) const = 0;
    /// Up to most tokens that may follow, valid until the next call. sampler: what will choose the tokens.
    virtual std::span<const int> draft(int most, const Sampler& sampler) = 0;
};

}  // namespace altiplano::engine
