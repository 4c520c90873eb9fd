// A standstill is noticed once, progress and idleness are not.
#include "engine/device/watchdog.h"

#include <atomic>
#include <gtest/gtest.h>

namespace altiplano::engine {
namespace {

using std::chrono::milliseconds;

// Looks as often as wanted, then stops counting looks: tells the test that so many were made.
struct Looks {
    void count() {
        ++made;
        made.notify_all();
    }
    void wait_for(int more) {
        const int wanted = made + more;
        for (int now = made; now < wanted; now = made) {
            made.wait(now);
        }
    }
    std::atomic<int> made = 0;
};

TEST(WatchdogTest, aStandstillIsNoticedOnceAndANewOneAgain) {
    Looks looks;
    std::atomic<std::uint32_t> number = 1;
    std::atomic<int> hangs = 0;
    std::atomic<int> first_hang_at = 0;
    Watchdog watchdog(
        milliseconds(16),
        [&] {
            looks.count();
            return std::vector<std::uint32_t>{number};
        },
        [&] {
            if (++hangs == 1) {
                first_hang_at = looks.made.load();
            }
        });
    looks.wait_for(20);
    EXPECT_EQ(hangs, 1);
    EXPECT_EQ(first_hang_at, 9);  // a look every 2 ms, the first of which began the standstill
    number = 2;
    looks.wait_for(20);
    EXPECT_EQ(hangs, 2);
}

TEST(WatchdogTest, progressAndIdlenessAreNoStandstill) {
    for (const bool idle : {false, true}) {
        Looks looks;
        std::atomic<int> hangs = 0;
        std::uint32_t number = 0;
        Watchdog watchdog(
            milliseconds(8),
            [&] {
                looks.count();
                return idle ? std::vector<std::uint32_t>{} : std::vector<std::uint32_t>{++number / 4};
            },
            [&] { ++hangs; });
        looks.wait_for(60);
        EXPECT_EQ(hangs, 0);
    }
}

TEST(WatchdogTest, itEndsAtOnceHoweverSeldomItLooks) {
    const auto start = std::chrono::steady_clock::now();
    {
        Watchdog watchdog(
            std::chrono::hours(1), [] { return std::vector<std::uint32_t>{1}; }, [] {});
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(500));
}

}  // namespace
}  // namespace altiplano::engine
