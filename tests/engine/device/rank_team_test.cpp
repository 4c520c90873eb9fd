// All ranks run at once, each on its own thread, and a failure reaches the caller.
#include "engine/device/rank_team.h"

#include <algorithm>
#include <barrier>
#include <gtest/gtest.h>
#include <stdexcept>
#include <sys/resource.h>

namespace altiplano::engine {
namespace {

TEST(RankTeamTest, oneRankRunsOnTheCallersThread) {
    RankTeam team(1, [] { FAIL() << "nobody to wake"; });
    std::thread::id thread;
    team.run([&](int rank) {
        EXPECT_EQ(rank, 0);
        thread = std::this_thread::get_id();
    });
    EXPECT_EQ(thread, std::this_thread::get_id());
    EXPECT_THROW(team.run([](int) { throw std::runtime_error("no"); }), std::runtime_error);
}

TEST(RankTeamTest, allRanksRunAtOnceAndAlwaysOnTheirThread) {
    constexpr int kRanks = 4;
    RankTeam team(kRanks, [] {});
    std::vector<std::thread::id> threads(kRanks);
    std::barrier together(kRanks);
    for (int run = 0; run < 200; ++run) {
        team.run([&](int rank) {
            std::thread::id& thread = threads[static_cast<std::size_t>(rank)];
            EXPECT_TRUE(run == 0 || thread == std::this_thread::get_id());
            thread = std::this_thread::get_id();
            together.arrive_and_wait();  // would hang if they ran one after another
        });
    }
    std::sort(threads.begin(), threads.end());
    EXPECT_EQ(std::unique(threads.begin(), threads.end()), threads.end());
}

TEST(RankTeamTest, theFirstFailureIsThrownAndTheOthersAreWoken) {
    std::atomic<bool> woken = false;
    std::atomic<int> aborts = 0;
    RankTeam team(3, [&] {
        ++aborts;
        woken = true;
        woken.notify_all();
    });
    for (int run = 0; run < 50; ++run) {
        woken = false;
        try {
            team.run([&](int rank) {
                if (rank == 2) {
                    throw std::runtime_error("the cause");
                }
                woken.wait(false);
                throw std::runtime_error("a consequence");
            });
            FAIL() << "the failure was lost";
        } catch (const std::runtime_error& error) {
            EXPECT_STREQ(error.what(), "the cause");
        }
        EXPECT_EQ(aborts, run + 1);
    }
    std::atomic<int> ran = 0;
    team.run([&](int rank) { ran += rank == 1; });
    EXPECT_EQ(ran, 1);
}

TEST(RankTeamTest, idleRanksUseNoProcessorTime) {
    RankTeam team(4, [] {});
    team.run([](int) {});
    const auto used_ms = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
               (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
    };
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto before = used_ms();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_LT(used_ms() - before, 50);
}

}  // namespace
}  // namespace altiplano::engine
