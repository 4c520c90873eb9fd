// Guesses from the conversation itself: what followed the last time the text ended like this.
#pragma once

#include <array>
#include <vector>

#include "engine/model/drafter.h"
#include "engine/model/suffix_index.h"

namespace altiplano::engine {

class PromptLookup final : public Drafter {
public:
    void begin(std::span<const int> tokens) override;
    void push(int token) override;
    void prepare(std::stop_token) override {}
    /// As often as the text went on like after its last match of about this length, of late and in this session.
    double chance(int index) const override;
    std::span<const int> draft(int most, const Sampler& sampler) override;

private:
    // Chances before anything is known, by the length of the match: 1, 2, 3, 4, 6, 9, 14, 24, 49 and more.
    std::array<double, 10> chances_{0.15, 0.3, 0.5, 0.6, 0.75, 0.85, 0.9, 0.93, 0.95, 0.97};
    SuffixIndex index_;
    std::vector<int> draft_;
};

}  // namespace altiplano::engine
