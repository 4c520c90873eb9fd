// What is guessed from the conversation itself, and how sure the guess is.
#include "engine/model/prompt_lookup.h"

#include <gtest/gtest.h>

namespace altiplano::engine {

namespace {

std::vector<int> drafted(PromptLookup& lookup, int most) {
    static const Sampler sampler({}, 8);
    const auto draft = lookup.draft(most, sampler);
    return {draft.begin(), draft.end()};
}

TEST(PromptLookup, goesOnAsAfterTheLongestMatch) {
    PromptLookup lookup;
    lookup.begin(std::vector{1, 2, 3, 4, 5, 9, 3, 8, 8, 1, 2, 3});
    EXPECT_EQ(drafted(lookup, 3), (std::vector{4, 5, 9}));
    lookup.push(7);
    EXPECT_TRUE(drafted(lookup, 3).empty());
    EXPECT_EQ(lookup.chance(0), 0.0);
    lookup.push(3);
    EXPECT_EQ(drafted(lookup, 2), (std::vector{7, 3}));  // of two matches of one token the later
}

TEST(PromptLookup, takesARepetitionToGoOn) {
    PromptLookup lookup;
    lookup.begin(std::vector{4, 1, 2, 3, 1, 2, 3});
    EXPECT_EQ(drafted(lookup, 8), (std::vector{1, 2, 3, 1, 2, 3, 1, 2}));
    lookup.begin(std::vector{6, 6});
    EXPECT_EQ(drafted(lookup, 4), (std::vector{6, 6, 6, 6}));
}

TEST(PromptLookup, beginsAnywhere) {
    PromptLookup lookup;
    lookup.begin(std::vector{1, 2, 3});
    lookup.push(1);
    lookup.begin(std::vector{1, 2, 3, 1, 2});  // goes on from what it has
    EXPECT_EQ(drafted(lookup, 1), (std::vector{3}));
    lookup.begin(std::vector{1, 2});  // an earlier place
    EXPECT_TRUE(drafted(lookup, 1).empty());
    lookup.begin(std::vector{5, 6, 5});  // another conversation
    EXPECT_EQ(drafted(lookup, 2), (std::vector{6, 5}));
    lookup.begin({});
    EXPECT_TRUE(drafted(lookup, 1).empty());
}

TEST(PromptLookup, learnsHowOftenItWouldHaveBeenRight) {
    PromptLookup right;
    right.begin(std::vector{1, 2, 3});
    PromptLookup wrong;
    wrong.begin(std::vector{1, 2, 3});
    const double before = right.chance(0);
    EXPECT_EQ(before, 0.0);
    for (int i = 0; i < 300; ++i) {
        right.push(i % 3 + 1);                // the same three for ever
        wrong.push(i % 2 == 0 ? 1 : i + 10);  // never the same after 1
    }
    EXPECT_GT(right.chance(0), 0.99);
    EXPECT_GT(right.chance(14), 0.99);
    wrong.push(1);
    EXPECT_LT(wrong.chance(0), 0.01);
    EXPECT_GT(wrong.chance(1), wrong.chance(0));  // were the first right, the match would be longer
}

}  // namespace

}  // namespace altiplano::engine
