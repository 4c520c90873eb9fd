// The threads of a model's ranks: one each, for as long as the model lives.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace altiplano::engine {

/// A single rank runs on the caller's thread. Several have a thread each, always the same one, so that what a GPU's
/// driver keeps by thread stays right; between two runs they spin for some microseconds, then sleep and cost nothing.
class RankTeam {
public:
    /// abort wakes the ranks that wait for one that failed, such as Collective::abort; it must not throw, and is called
    /// on the failed rank's thread. Throws std::system_error where threads cannot be started.
    RankTeam(int ranks, std::function<void()> abort);
    ~RankTeam();
    RankTeam(const RankTeam&) = delete;
    RankTeam& operator=(const RankTeam&) = delete;

    int ranks() const noexcept { return ranks_; }

    /// Calls work(rank) for every rank, all at once, and returns when all are done. Where ranks threw, abort was called
    /// once and the first exception in time, the cause of the others, is thrown again. One caller at a time; work must
    /// not call run.
    void run(const std::function<void(int rank)>& work);

private:
    void stop() noexcept;
    void thread_loop(int rank);
    void work_on(int rank) noexcept;

    const int ranks_;
    const std::function<void()> abort_;
    const std::chrono::microseconds spin_time_;
    const std::function<void(int)>* work_ = nullptr;  ///< valid during run
    std::atomic<std::uint32_t> run_ = 0;              ///< changes with every run; what sleepers wait on
    std::atomic<int> done_ = 0;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::exception_ptr failure_;  ///< guarded by mutex_
    std::vector<std::jthread> threads_;
};

}  // namespace altiplano::engine
