// Guesses from the conversation itself: what followed the last time the text ended like this.
#include "engine/model/prompt_lookup.h"

#include <algorithm>

namespace altiplano::engine {

namespace {

constexpr int kLengths[] = {1, 2, 3, 4, 6, 9, 14, 24, 49};  // the longest match of each group
constexpr double kWeightOfNews = 1.0 / 24;

std::size_t group_of(int length) {
    return static_cast<std::size_t>(std::lower_bound(std::begin(kLengths), std::end(kLengths), length) -
                                    std::begin(kLengths));
}

}  // namespace

void PromptLookup::begin(std::span<const int> tokens) {
    const std::span<const int> held = index_.tokens();
    if (held.size() > tokens.size() || !std::equal(held.begin(), held.end(), tokens.begin())) {
        index_.clear();
    }
    for (const int token : tokens.subspan(index_.tokens().size())) {
        index_.push(token);
    }
}

// Every token tells whether its guess would have been right, made or not: so the chances are known at no cost.
void PromptLookup::push(int token) {
    const SuffixIndex::Match match = index_.longest();
    if (match.length > 0) {
        const bool right = index_.tokens()[static_cast<std::size_t>(match.next)] == token;
        double& chance = chances_.at(group_of(match.length));
        chance += kWeightOfNews * ((right ? 1.0 : 0.0) - chance);
    }
    index_.push(token);
}

double PromptLookup::chance(int index) const {
    const int length = index_.longest().length;
    return length == 0 ? 0.0 : chances_.at(group_of(length + index));
}

std::span<const int> PromptLookup::draft(int most, const Sampler&) {
    draft_.clear();
    const SuffixIndex::Match match = index_.longest();
    const std::span<const int> tokens = index_.tokens();
    for (int i = 0; i < most && match.length > 0; ++i) {
        const auto at = static_cast<std::size_t>(match.next) + static_cast<std::size_t>(i);
        // Past the end the guess goes on from itself: the text is taken to repeat with the period of the match.
        draft_.push_back(at < tokens.size() ? tokens[at] : draft_[at - tokens.size()]);
    }
    return draft_;
}

}  // namespace altiplano::engine
