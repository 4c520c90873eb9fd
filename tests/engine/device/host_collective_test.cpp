// Ranks in threads: every rank ends with the bits of a plain loop, and nobody waits for ever.
#include "engine/device/host_collective.h"

#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <thread>

#include "engine/device/rank_team.h"
#include "engine/error.h"

namespace altiplano::engine {
namespace {

using Floats = std::vector<float>;

Floats random_floats(std::int64_t count, std::uint32_t seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    Floats values(static_cast<std::size_t>(count));
    for (float& value : values) {
        value = normal(generator);
    }
    return values;
}

ConstMatrix view(const Floats& values, std::int64_t rows) {
    return {reinterpret_cast<const std::byte*>(values.data()), DType::F32, rows, std::ssize(values) / rows};
}
Matrix view(Floats& values, std::int64_t rows) {
    return {reinterpret_cast<std::byte*>(values.data()), DType::F32, rows, std::ssize(values) / rows};
}

bool same_bits(const Floats& a, const Floats& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

// What a rank brings: its partial, and the sum that all have.
struct Case {
    Case(int ranks, std::int64_t rows, std::int64_t cols, std::uint32_t seed)
        : rows(rows), sums(static_cast<std::size_t>(ranks), random_floats(rows * cols, seed)), expected(sums[0]) {
        for (int rank = 0; rank < ranks; ++rank) {
            partials.push_back(random_floats(rows * cols, seed + 1 + static_cast<std::uint32_t>(rank)));
        }
        Floats total = partials[0];
        for (std::size_t i = 0; i < total.size(); ++i) {
            for (int rank = 1; rank < ranks; ++rank) {
                total[i] += partials[static_cast<std::size_t>(rank)][i];
            }
            expected[i] += total[i];
        }
    }
    void reduce(Collective& collective, int rank) {
        const auto index = static_cast<std::size_t>(rank);
        collective.all_reduce_add(rank, view(std::as_const(partials[index]), rows), view(sums[index], rows));
    }
    bool is_right() const {
        return std::all_of(sums.begin(), sums.end(), [this](const Floats& sum) { return same_bits(sum, expected); });
    }

    std::int64_t rows;
    std::vector<Floats> partials;
    std::vector<Floats> sums;
    Floats expected;
};

std::string message_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(HostCollectiveTest, everyRankHasTheBitsOfAPlainLoop) {
    for (const int ranks : {1, 2, 3, 4, 8}) {
        HostCollective collective(ranks);
        RankTeam team(ranks, [&] { collective.abort(); });
        std::uint32_t seed = 1;
        for (const auto& [rows, cols] : {std::pair{1, 1}, {1, 17}, {1, 4096}, {3, 50}, {7, 2048}}) {
            Case work(ranks, rows, cols, seed += 100);
            team.run([&](int rank) { work.reduce(collective, rank); });
            EXPECT_TRUE(work.is_right()) << ranks << " ranks, " << rows << " x " << cols;
        }
    }
}

TEST(HostCollectiveTest, hundredsInARowOfChangingSize) {
    constexpr int kRanks = 4;
    HostCollective collective(kRanks);
    RankTeam team(kRanks, [&] { collective.abort(); });
    std::vector<Case> works;
    for (std::uint32_t i = 0; i < 300; ++i) {
        works.emplace_back(kRanks, 1 + i % 5, 1 + (i * 37) % 400, i * 16);
    }
    team.run([&](int rank) {
        for (Case& work : works) {
            work.reduce(collective, rank);
        }
    });
    EXPECT_TRUE(std::all_of(works.begin(), works.end(), [](const Case& work) { return work.is_right(); }));
}

TEST(HostCollectiveTest, aRankThatDoesNotComeIsNamed) {
    HostCollective collective(3, {.patience = std::chrono::milliseconds(100), .names = {"CPU 0", "CPU 1", "CPU 2"}});
    RankTeam team(3, [&] { collective.abort(); });
    Case work(3, 1, 64, 1);
    const std::string message = message_of([&] {
        team.run([&](int rank) {
            if (rank != 1) {
                work.reduce(collective, rank);
            }
        });
    });
    EXPECT_EQ(message, "CPU 1 did not come within 0.1 s to the point where all 3 ranks meet");
    EXPECT_EQ(message_of([&] { collective.check(); }), message);
    EXPECT_EQ(message_of([&] { work.reduce(collective, 1); }), message);  // it comes after all
}

TEST(HostCollectiveTest, allMissingRanksAreNamed) {
    HostCollective collective(4, {.patience = std::chrono::milliseconds(100), .names = {}});
    Case work(4, 1, 64, 1);
    EXPECT_EQ(message_of([&] { work.reduce(collective, 2); }),
              "rank 0, rank 1 and rank 3 did not come within 0.1 s to the point where all 4 ranks meet");
}

TEST(HostCollectiveTest, aSlowRankIsWaitedForWhileOthersCome) {
    HostCollective collective(3, {.patience = std::chrono::milliseconds(400), .names = {}});
    RankTeam team(3, [&] { collective.abort(); });
    Case work(3, 1, 64, 1);
    team.run([&](int rank) {
        std::this_thread::sleep_for(std::chrono::milliseconds(300) * rank);  // 600 ms, but never 400 without anyone
        work.reduce(collective, rank);
    });
    EXPECT_TRUE(work.is_right());
}

TEST(HostCollectiveTest, abortedInTheMiddleEveryoneLeavesAndResetItWorksAgain) {
    constexpr int kRanks = 4;
    HostCollective collective(kRanks);
    RankTeam team(kRanks, [&] { collective.abort(); });
    for (std::uint32_t round = 0; round < 20; ++round) {
        std::vector<Case> works(50, Case(kRanks, 1, 100, round));
        const std::string message = message_of([&] {
            team.run([&](int rank) {
                for (std::size_t i = 0; i < works.size(); ++i) {
                    if (rank == static_cast<int>(round) % kRanks && i == 2 * round) {
                        throw Error(ErrorKind::Numeric, "the model produced NaN");
                    }
                    works[i].reduce(collective, rank);
                }
            });
        });
        EXPECT_EQ(message, "the model produced NaN");
        EXPECT_EQ(message_of([&] { collective.check(); }),
                  "the computation was broken off because one of the ranks failed");
        collective.reset();
        collective.check();
        team.run([&](int rank) { works.back().reduce(collective, rank); });
        EXPECT_TRUE(works.back().is_right());
    }
}

TEST(HostCollectiveTest, differentShapesAreAnErrorForAll) {
    HostCollective collective(2);
    RankTeam team(2, [] {});
    Case small(2, 1, 64, 1);
    Case large(2, 2, 64, 1);
    std::atomic<int> errors = 0;
    team.run([&](int rank) {
        try {
            (rank == 0 ? small : large).reduce(collective, rank);
        } catch (const Error& error) {
            EXPECT_STREQ(error.what(), "rank 1 adds 2 x 64 numbers, rank 0 1 x 64");
            ++errors;
        }
    });
    EXPECT_EQ(errors, 2);
}

}  // namespace
}  // namespace altiplano::engine
