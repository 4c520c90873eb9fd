// The index of what the text has said before, against looking everywhere.
#include "engine/model/suffix_index.h"

#include <gtest/gtest.h>
#include <random>

namespace altiplano::engine {

namespace {

/// The longest end of the text that also stands earlier, and the last place where it does.
SuffixIndex::Match longest_by_looking(const std::vector<int>& text) {
    SuffixIndex::Match best;
    const int size = static_cast<int>(text.size());
    for (int next = 1; next < size; ++next) {
        int length = 0;
        while (length < next &&
               text[static_cast<std::size_t>(next - 1 - length)] == text[static_cast<std::size_t>(size - 1 - length)]) {
            ++length;
        }
        if (length > 0 && length >= best.length) {
            best = {length, next};
        }
    }
    return best;
}

void expect_the_longest(const std::vector<int>& text) {
    SuffixIndex index;
    std::vector<int> so_far;
    for (const int token : text) {
        index.push(token);
        so_far.push_back(token);
        const SuffixIndex::Match expected = longest_by_looking(so_far);
        ASSERT_EQ(index.longest().length, expected.length) << "after " << so_far.size() << " tokens";
        ASSERT_EQ(index.longest().next, expected.next) << "after " << so_far.size() << " tokens";
    }
}

std::vector<int> random_text(std::uint64_t seed, int size, int alphabet) {
    std::mt19937_64 random(seed);
    std::vector<int> text;
    for (int i = 0; i < size; ++i) {
        text.push_back(static_cast<int>(random() % static_cast<std::uint64_t>(alphabet)) * 1013 + 7);
    }
    return text;
}

/// A text that quotes itself with slips, as an answer about a document does.
std::vector<int> quoting_text(std::uint64_t seed, int size) {
    std::mt19937_64 random(seed);
    std::vector<int> text = random_text(seed, 60, 128'000);
    while (std::ssize(text) < size) {
        const std::size_t from = random() % (text.size() - 20);
        for (std::size_t i = 0, count = 1 + random() % 20; i < count; ++i) {
            text.push_back(random() % 12 == 0 ? static_cast<int>(random() % 128'000) : text[from + i]);
        }
    }
    return text;
}

TEST(SuffixIndex, findsTheLongestMatchAndItsLastPlace) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        expect_the_longest(random_text(seed, 300, 2 + static_cast<int>(seed) * 3));
        expect_the_longest(quoting_text(seed, 500));
    }
}

TEST(SuffixIndex, findsTheLongestMatchWhereEverythingRepeats) {
    // More lengths match than a push keeps up to date: the length is exact, the place is one where it stands.
    for (const int period : {1, 2, 3, 7}) {
        SuffixIndex index;
        for (int i = 0; i < 400; ++i) {
            index.push(i % period);
            const SuffixIndex::Match match = index.longest();
            ASSERT_EQ(match.length, std::max(0, i + 1 - period));
            ASSERT_LE(match.next, i);
            for (int back = 1; back <= match.length; ++back) {
                ASSERT_EQ(index.tokens()[static_cast<std::size_t>(match.next - back)], (i + 1 - back) % period);
            }
        }
    }
}

TEST(SuffixIndex, findsNothingInATextWithoutRepeats) {
    SuffixIndex index;
    EXPECT_EQ(index.longest().length, 0);
    for (int i = 0; i < 5000; ++i) {
        index.push(i);
        ASSERT_EQ(index.longest().length, 0);
    }
    index.push(4242);
    EXPECT_EQ(index.longest().length, 1);
    EXPECT_EQ(index.longest().next, 4243);
}

TEST(SuffixIndex, forgetsEverything) {
    SuffixIndex index;
    for (const int token : random_text(1, 3000, 5)) {
        index.push(token);
    }
    index.clear();
    EXPECT_TRUE(index.tokens().empty());
    EXPECT_EQ(index.longest().length, 0);
    for (const int token : {1, 2, 3, 1}) {
        index.push(token);
    }
    EXPECT_EQ(index.longest().length, 1);
    EXPECT_EQ(index.longest().next, 1);
}

TEST(SuffixIndex, keepsWithinItsMemoryForAnyText) {
    constexpr int kSize = 131'072;
    std::vector<std::vector<int>> texts{random_text(1, kSize, 128'000), random_text(2, kSize, 2),
                                        random_text(3, kSize, 300), quoting_text(4, kSize), std::vector<int>(kSize, 5)};
    std::vector<int> worst(kSize, 1);  // the most states: one token, then another for ever
    worst[0] = 0;
    texts.push_back(worst);
    for (const std::vector<int>& text : texts) {
        SuffixIndex index;
        for (const int token : text) {
            index.push(token);
        }
        EXPECT_LE(index.bytes(), static_cast<std::size_t>(SuffixIndex::kMostBytes) * text.size());
    }
}

}  // namespace

}  // namespace altiplano::engine
