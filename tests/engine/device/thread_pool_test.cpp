// Every task runs once, whatever the number of threads, and idle threads sleep.
#include "engine/device/thread_pool.h"

#include <gtest/gtest.h>
#include <numeric>
#include <sys/resource.h>

namespace altiplano::engine {
namespace {

TEST(ThreadPoolTest, everyTaskRunsOnce) {
    for (const int threads : {1, 2, 5}) {
        ThreadPool pool(threads);
        for (const int tasks : {0, 1, 2, 7, 1000}) {
            std::vector<int> runs(static_cast<std::size_t>(tasks));
            pool.run(tasks, [&](int task, int thread) {
                EXPECT_LT(thread, threads);
                ++runs[static_cast<std::size_t>(task)];
            });
            EXPECT_EQ(std::accumulate(runs.begin(), runs.end(), 0), tasks);
            EXPECT_TRUE(std::all_of(runs.begin(), runs.end(), [](int count) { return count == 1; }));
        }
    }
}

TEST(ThreadPoolTest, manyShortStepsInARow) {
    ThreadPool pool(3);
    std::vector<int> values(64);
    for (int step = 0; step < 5000; ++step) {
        pool.run(std::ssize(values), [&](int task, int) { ++values[static_cast<std::size_t>(task)]; });
    }
    EXPECT_TRUE(std::all_of(values.begin(), values.end(), [](int value) { return value == 5000; }));
}

TEST(ThreadPoolTest, sleepingWorkersWakeForTheNextStep) {
    ThreadPool pool(2);
    for (int step = 0; step < 5; ++step) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));  // far beyond the time that workers spin
        std::atomic<int> done = 0;
        pool.run(16, [&](int, int) { ++done; });
        EXPECT_EQ(done, 16);
    }
}

TEST(ThreadPoolTest, resizedItWorksOnWithAsManyThreads) {
    ThreadPool pool(2);
    for (const int threads : {5, 1, 3, 3}) {
        pool.resize(threads);
        EXPECT_EQ(pool.threads(), threads);
        std::atomic<int> done = 0;
        pool.run(100, [&](int, int thread) {
            EXPECT_LT(thread, threads);
            ++done;
        });
        EXPECT_EQ(done, 100);
    }
}

TEST(ThreadPoolTest, idleThreadsUseNoProcessorTime) {
    ThreadPool pool(4);
    pool.run(64, [](int, int) {});
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
