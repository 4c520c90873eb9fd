// When guesses are made and when not, on machines and texts that are made up: times are numbers here, nothing waits.
#include "engine/model/speculation_pace.h"

#include <functional>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace altiplano::engine {

namespace {

/// What a batch of so many tokens costs, a single token being 1.
using Cost = std::function<double(int size)>;

double cheap(int size) {
    return 1 + 0.06 * (size - 1);
}
double dear(int size) {
    return 1 + 0.4 * (size - 1);
}
double ruinous(int size) {
    return size == 1 ? 1 : 2.0 * size;
}

struct World {
    Cost cost = cheap;
    std::function<bool(int token)> right = [](int) { return true; };    ///< whether a guess of this token is right
    std::function<double(int token)> claim = [](int) { return 0.95; };  ///< what the drafter thinks of it
    double draft_s = 0;
};

struct Result {
    double seconds = 0;
    int guess_rounds = 0;
    int longest = 0;
};

/// Writes tokens first to last, the times going to pace; what single tokens would take is last - first.
Result write(SpeculationPace& pace, const World& world, int first, int last) {
    Result result;
    for (int token = first; token < last;) {
        std::vector<double> chances;
        for (int i = 0; i < SpeculationPace::kLongestGuess; ++i) {
            chances.push_back(world.claim(token + i));
        }
        SpeculationRound round;
        round.guessed = pace.guess_length(chances, world.draft_s);
        while (round.followed < round.guessed && world.right(token + round.followed)) {
            ++round.followed;
        }
        round.batch_s = world.cost(round.guessed + 1);
        round.draft_s = world.draft_s * round.guessed;
        pace.add(round);
        token += 1 + round.followed;
        result.seconds += round.batch_s + round.draft_s;
        result.guess_rounds += round.guessed > 0 ? 1 : 0;
        result.longest = std::max(result.longest, round.guessed);
    }
    return result;
}

/// Tokens a second over those of single tokens.
double speed(const World& world, int tokens) {
    SpeculationPace pace;
    return tokens / write(pace, world, 0, tokens).seconds;
}

bool by_chance(int token, double chance) {
    std::mt19937_64 random(static_cast<std::uint64_t>(token));
    random.discard(3);
    return static_cast<double>(random() >> 11) * 0x1.0p-53 < chance;
}

TEST(SpeculationPace, guessesFarWhereItPays) {
    EXPECT_GT(speed({}, 300), 6);
    World world;
    world.right = [](int token) { return by_chance(token, 0.9); };
    world.claim = [](int) { return 0.9; };
    EXPECT_GT(speed(world, 1000), 3.5);
    world.cost = dear;
    EXPECT_GT(speed(world, 1000), 1.3);
}

TEST(SpeculationPace, weighsWhatADraftCosts) {
    World world;
    world.right = [](int token) { return by_chance(token, 0.8); };
    world.claim = [](int) { return 0.8; };
    world.draft_s = 0.12;  // an eighth of the model
    EXPECT_GT(speed(world, 1000), 1.7);
    SpeculationPace pace;
    EXPECT_LT(write(pace, world, 0, 1000).longest, 12);
    world.draft_s = 0.95;
    EXPECT_GT(speed(world, 1000), 0.97);
}

TEST(SpeculationPace, guessesNothingThatIsNotLikely) {
    World world;
    world.right = [](int) { return false; };
    world.claim = [](int) { return 0.03; };
    SpeculationPace pace;
    EXPECT_EQ(write(pace, world, 0, 1000).guess_rounds, 0);
}

TEST(SpeculationPace, losesLittleWhereEveryGuessIsWrong) {
    World liar;
    liar.right = [](int) { return false; };
    for (const Cost& cost : {Cost(cheap), Cost(dear), Cost(ruinous)}) {
        liar.cost = cost;
        for (const int tokens : {150, 500, 3000, 20'000}) {
            EXPECT_GT(speed(liar, tokens), 0.97) << tokens << " tokens, a batch of two costs " << cost(2);
        }
    }
}

TEST(SpeculationPace, losesLittleAfterAGain) {
    World turning;  // every hundred tokens the guesses turn from right to wrong, and claim the same
    turning.right = [](int token) { return token / 100 % 2 == 0; };
    turning.cost = dear;
    SpeculationPace pace;
    write(pace, turning, 0, 100);
    for (int first = 100; first < 5000; first += 200) {
        // Of a stretch of wrong guesses no more than the credit and the guess that uses it up is lost.
        EXPECT_LT(write(pace, turning, first, first + 100).seconds, 116) << first;
        write(pace, turning, first + 100, first + 200);
    }
    EXPECT_GT(speed(turning, 5000), 1.0);
}

TEST(SpeculationPace, aNewAnswerDoesNotPayForTheLast) {
    World turning;
    turning.cost = dear;
    SpeculationPace pace;
    for (int answer = 0; answer < 20; ++answer) {
        turning.right = [](int) { return true; };
        write(pace, turning, 0, 100);
        pace.begin_answer();
        turning.right = [](int) { return false; };
        EXPECT_LT(write(pace, turning, 0, 200).seconds, 200 / 0.97);
        pace.begin_answer();
    }
}

TEST(SpeculationPace, losesLittleOnABusyMachine) {
    std::mt19937_64 random(1);
    World busy;
    busy.right = [](int) { return false; };
    busy.claim = [](int token) { return token % 3 == 0 ? 0.9 : 0.2; };
    double plain = 0;
    busy.cost = [&](int size) {
        const double factor = random() % 20 == 0 ? 10.0 : 0.8 + static_cast<double>(random() % 40) / 100;
        plain += factor;  // what a single token would have cost at this moment
        return factor * dear(size);
    };
    SpeculationPace pace;
    const double seconds = write(pace, busy, 0, 5000).seconds;
    EXPECT_LT(seconds, plain / 0.97);
}

TEST(SpeculationPace, noticesThatBatchesHaveBecomeCheap) {
    World world;
    world.cost = ruinous;
    SpeculationPace pace;
    EXPECT_LT(write(pace, world, 0, 1000).seconds, 1000 / 0.97);
    world.cost = cheap;
    write(pace, world, 1000, 2000);
    EXPECT_LT(write(pace, world, 2000, 3000).seconds, 1000 / 5.0);
}

TEST(SpeculationPace, isNotMisledByOneBusyMoment) {
    World world;
    int batches = 0;
    world.cost = [&](int size) { return size > 1 && ++batches == 1 ? 50.0 : cheap(size); };
    SpeculationPace pace;
    write(pace, world, 0, 1000);
    EXPECT_LT(write(pace, world, 1000, 2000).seconds, 1000 / 5.0);
}

TEST(SpeculationPace, measuresSingleTokensNowAndThen) {
    SpeculationPace pace;
    World world;
    int single = 0, rounds = 0;
    world.cost = [&](int size) {
        single += size == 1 ? 1 : 0;
        ++rounds;
        return cheap(size);
    };
    write(pace, world, 0, 20'000);
    EXPECT_GE(single, rounds / 80);
    EXPECT_LE(single, rounds / 40);
}

TEST(SpeculationPace, guessesNothingBeforeASingleTokenIsMeasured) {
    SpeculationPace pace;
    const std::vector<double> sure(20, 1.0);
    EXPECT_EQ(pace.guess_length(sure, 0), 0);
    pace.add({.guessed = 0, .followed = 0, .draft_s = 0, .batch_s = 1});
    EXPECT_EQ(pace.guess_length({}, 0), 0);
    EXPECT_EQ(pace.guess_length(sure, 0), 1);  // little at first
    int longest = 0;
    for (int i = 0; i < 10; ++i) {
        const int length = pace.guess_length(sure, 0);
        pace.add({.guessed = length, .followed = length, .draft_s = 0, .batch_s = 1.1});
        longest = std::max(longest, length);
    }
    EXPECT_EQ(longest, SpeculationPace::kLongestGuess);
}

}  // namespace

}  // namespace altiplano::engine
