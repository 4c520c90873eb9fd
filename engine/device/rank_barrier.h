// Where the threads of all ranks wait for each other, and learn which of them did not come.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace altiplano::engine {

/// How ranks wait for one another.
struct RankWait {
    std::chrono::milliseconds patience = std::chrono::seconds(60);  ///< without any rank coming, before it is an error
    std::vector<std::string> names;                                 ///< of the ranks in messages; empty: "rank 0" ...
};

/// "rank 1", "rank 1 and rank 2", "rank 1, rank 2 and rank 3".
std::string in_words(const std::vector<std::string>& names);
/// "60 s", "0.5 s".
std::string in_words(std::chrono::milliseconds time);

/// A barrier that can be aborted. Waiting threads spin for some microseconds, where there is a core for each, and then
/// sleep.
class RankBarrier {
public:
    explicit RankBarrier(int ranks, RankWait wait = {});

    int ranks() const noexcept { return static_cast<int>(names_.size()); }
    const std::vector<std::string>& names() const noexcept { return names_; }

    /// Returns when every rank has called it as often as this one. Throws Error(Device) after abort() or a failure, and
    /// names the missing ranks where none came for as long as patience.
    void wait(int rank);

    /// Throws Error(Device) with the reason after abort() or a failure.
    void check() const;
    /// The first reason counts. Any thread.
    void abort(const std::string& reason) noexcept;
    /// When no rank waits: usable again.
    void reset();

private:
    bool over(std::uint64_t round) const noexcept { return round_ != round || failed_; }
    void sleep(std::uint64_t round);
    std::string missing(std::uint64_t round) const;
    void fail(const std::string& reason) noexcept;  // holds mutex_

    const std::vector<std::string> names_;
    const std::chrono::milliseconds patience_;
    const std::chrono::microseconds spin_time_;
    std::vector<std::atomic<std::uint64_t>> rounds_of_;  ///< for each rank the rounds it came to
    std::atomic<std::uint64_t> round_ = 0;               ///< rounds that are complete
    std::atomic<int> arrived_ = 0;                       ///< ranks that came to the round in hand
    std::atomic<int> sleepers_ = 0;
    std::atomic<bool> failed_ = false;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::string reason_;  ///< guarded by mutex_
};

}  // namespace altiplano::engine
