// Decides how many tokens are guessed, from what guesses have cost and gained: arithmetic on times, no clock.
#pragma once

#include <array>
#include <span>

namespace altiplano::engine {

/// One turn of the loop: a token computed, with a guess beside it or without.
struct SpeculationRound {
    int guessed = 0;
    int followed = 0;    ///< of the guess, how many came to be used
    double draft_s = 0;  ///< making the guess
    double batch_s = 0;  ///< computing the token and the guess
};

/// Two rules. A guess is made where it is expected to pay, by the chances of its tokens and the measured time of a
/// batch of its size. And whatever is expected, guesses may lose kAllowance of the time that single tokens take, no
/// more: what they lose beyond a small credit must first be earned again by single tokens.
class SpeculationPace {
public:
    static constexpr int kLongestGuess = 15;
    static constexpr double kAllowance = 0.02;

    /// What the last answer gained is not there to be lost in the next.
    void begin_answer();

    /// How long a guess pays best, 0 where none does. chances[i]: that its token i is right where those before it are;
    /// as many as there can be, at most kLongestGuess are looked at. draft_s: for each token, as measured.
    int guess_length(std::span<const double> chances, double draft_s);
    /// Whether such guesses may pay in an answer, as far as is known; guess_length decides for each.
    bool may_pay(std::span<const double> chances, double draft_s) const;
    /// Tokens a second of such a guess, of which guess_length finds the best; guessed = 0: of a single token.
    double rate(std::span<const double> chances, int guessed, double draft_s) const;

    /// What happened; the times are taken into account and the gain or loss into the balance.
    void add(const SpeculationRound& round);

    /// Gain (or, below 0, loss) so far, in single tokens' time, between its limits.
    double balance() const noexcept { return balance_; }

private:
    /// The times of batches of one size: their median, as a machine does other things too.
    class Times {
    public:
        void add(double seconds);
        void clear() { *this = {}; }
        bool empty() const { return count_ == 0; }
        double median() const { return median_; }  ///< 0 where empty

    private:
        std::array<double, 7> last_{};
        std::size_t count_ = 0;
        double median_ = 0;
    };

    const Times& times(int size) const { return times_.at(static_cast<std::size_t>(size)); }
    double batch_s(int size) const;
    int best_length(std::span<const double> chances, double draft_s, double most_risk) const;
    int longest_to_try() const;

    static constexpr double kFirstCredit = 1.0;
    static constexpr double kMostCredit = 8.0;
    static constexpr double kMostDebt = -16.0;

    std::array<Times, kLongestGuess + 2> times_;  ///< by size, from 1 on
    double balance_ = kFirstCredit;
    int guess_rounds_ = 0;  ///< with a guess, since the last one without
    int refused_ = 0;       ///< promising guesses that seemed to cost too much, since the last one made
};

}  // namespace altiplano::engine
