// Expected tokens over expected time, and a ledger that bounds what a wrong expectation can cost.
#include "engine/model/speculation_pace.h"

#include <algorithm>
#include <cmath>

namespace altiplano::engine {

namespace {

constexpr double kWorth = 1.05;         // a guess must promise this much over single tokens
constexpr double kOutlier = 2.0;        // a time beyond this multiple is not the model's
constexpr double kUnknownSlope = 0.15;  // cost of a further token in single ones until measured: hopeful, to be tried
constexpr int kGuessRoundsInARow = 64;  // then a single token, to know still what one costs
constexpr int kRefusalsToRetry = 12;    // then what guesses cost is forgotten, and measured again
constexpr double kPromising = 0.7;

}  // namespace

void SpeculationPace::begin_answer() {
    balance_ = std::min(balance_, kFirstCredit);
}

int SpeculationPace::guess_length(std::span<const double> chances, double draft_s) {
    const double single = times(1).median();
    if (single == 0 || balance_ <= 0 || guess_rounds_ >= kGuessRoundsInARow || chances.empty()) {
        return 0;
    }
    if (refused_ >= kRefusalsToRetry && balance_ >= kFirstCredit) {
        std::for_each(times_.begin() + 2, times_.end(), [](Times& times) { times.clear(); });
        refused_ = 0;
    }
    const int best = best_length(chances, draft_s, balance_);
    if (best == 0 && chances.front() >= kPromising) {
        ++refused_;
    }
    return best;
}

bool SpeculationPace::may_pay(std::span<const double> chances, double draft_s) const {
    return times(1).empty() || best_length(chances, draft_s, kMostCredit) > 0;
}

int SpeculationPace::best_length(std::span<const double> chances, double draft_s, double most_risk) const {
    const double single = times(1).median();
    const int most = std::min(static_cast<int>(chances.size()), longest_to_try());
    int best = 0;
    double best_rate = kWorth / single;
    for (int guessed = 1; guessed <= most; ++guessed) {
        const double found = rate(chances, guessed, draft_s);
        const double risk = (batch_s(guessed + 1) + guessed * draft_s) / single - 1;
        if (found > best_rate && risk <= most_risk) {
            best = guessed;
            best_rate = found;
        }
    }
    return best;
}

// One token first, then as many again as were tried: a machine on which batches are dear loses little.
int SpeculationPace::longest_to_try() const {
    int size = kLongestGuess + 1;
    while (size > 1 && times(size).empty()) {
        --size;
    }
    return std::min(2 * size - 1, kLongestGuess);
}

double SpeculationPace::rate(std::span<const double> chances, int guessed, double draft_s) const {
    double tokens = 1;
    double chance = 1;
    for (int i = 0; i < guessed; ++i) {
        chance *= chances[static_cast<std::size_t>(i)];
        tokens += chance;
    }
    return tokens / (batch_s(guessed + 1) + guessed * draft_s);
}

void SpeculationPace::add(const SpeculationRound& round) {
    const int size = round.guessed + 1;
    Times& measured = times_.at(static_cast<std::size_t>(size));
    measured.add(round.batch_s);
    if (round.guessed == 0) {
        balance_ = std::min(balance_ + kAllowance, std::max(balance_, kFirstCredit));
        guess_rounds_ = 0;
    } else if (!times(1).empty()) {
        const double batch = std::min(round.batch_s, kOutlier * measured.median());
        const double gain = 1 + round.followed - (batch + round.draft_s) / times(1).median();
        balance_ = std::clamp(balance_ + gain, kMostDebt, kMostCredit);
        refused_ = 0;
        ++guess_rounds_;
    }
}

void SpeculationPace::Times::add(double seconds) {
    last_.at(count_++ % last_.size()) = seconds;
    auto sorted = last_;
    const auto known = static_cast<std::ptrdiff_t>(std::min(count_, last_.size()));
    const auto middle = sorted.begin() + (known - 1) / 2;
    std::nth_element(sorted.begin(), middle, sorted.begin() + known);
    median_ = *middle;
}

// Measured, or on the line through the nearest sizes measured; never below a smaller batch's.
double SpeculationPace::batch_s(int size) const {
    int below = size;
    while (below > 1 && times(below).empty()) {
        --below;
    }
    const double base = times(below).median();
    if (below == size) {
        return std::max(base, times(1).median());
    }
    int above = size;
    while (above <= kLongestGuess + 1 && times(above).empty()) {
        ++above;
    }
    double slope = kUnknownSlope * times(1).median();
    if (above <= kLongestGuess + 1) {
        slope = (times(above).median() - base) / (above - below);
    } else if (below > 1) {
        slope = (base - times(1).median()) / (below - 1);
    }
    return base + std::max(slope, 0.0) * (size - below);
}

}  // namespace altiplano::engine
