// Several tokens at once: drafters guess, the model computes the guess in one batch, the sampler chooses as ever.
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "engine/model/drafter.h"
#include "engine/model/session.h"
#include "engine/model/speculation_pace.h"

namespace altiplano::engine {

/// A guess saves time where it is what the sampler then chooses from the model's own logits. The sampler sees the same
/// logits in the same order as without guesses, so a seed gives the same text. Kept by the caller from answer to
/// answer, for what was measured; belongs to one thread at a time.
class Speculation {
public:
    /// Guesses only from the conversation itself.
    Speculation();
    /// Of these, the one that promises most at each token.
    explicit Speculation(std::vector<std::unique_ptr<Drafter>> drafters);

    /// One more to choose from.
    void add(std::unique_ptr<Drafter> drafter);

    /// A new answer begins after the session's tokens. Drafters that may pay read them; ends early where stop is
    /// requested.
    void begin(const Session& session, const std::stop_token& stop);
    /// Appends token to the session and returns the logits after it. most: how many tokens the answer may still get.
    std::span<const float> advance(Session& session, int token, int most, const Sampler& sampler,
                                   const std::stop_token& stop);
    /// The answer has ended.
    void end();

    /// Tokens of this answer that were guessed, and that a guess was right about.
    int guessed() const noexcept { return guessed_; }
    int followed() const noexcept { return followed_; }

    /// For tests and measurements: guesses so many wherever there is a guess, whether it pays or not; -1: as it pays.
    void guess_always(int length) noexcept { always_ = length; }

private:
    struct Source {
        std::unique_ptr<Drafter> drafter;
        double draft_s = 0;  ///< for a token of its guesses
    };
    struct Choice {
        Source* source = nullptr;  ///< null: no guess pays
        int length = 0;
    };

    static std::vector<double> chances_of(const Drafter& drafter, int longest);
    Choice choose(int most);
    std::span<const int> draft(const Choice& choice, const Sampler& sampler, const std::stop_token& stop);

    std::vector<Source> sources_;
    SpeculationPace pace_;
    SpeculationRound round_;
    bool open_ = false;      ///< round_ is not in pace_ yet
    std::vector<int> ends_;  ///< tokens after which an answer has none
    int guessed_ = 0;
    int followed_ = 0;
    int always_ = -1;
};

}  // namespace altiplano::engine
