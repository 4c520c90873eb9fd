// A thread that notices when computation that waits for other devices comes to a standstill.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace altiplano::engine {

/// Looks a few times within patience, at most once a second, and sleeps in between.
class Watchdog {
public:
    /// How far the work has come, in numbers that change with every step of progress; empty while nobody waits.
    using Look = std::function<std::vector<std::uint32_t>()>;

    /// Calls hung() each time that look() gave the same numbers for as long as patience, once per standstill. Both are
    /// called on the watchdog's thread until the destructor returns, and must not throw.
    Watchdog(std::chrono::milliseconds patience, Look look, std::function<void()> hung);
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

private:
    void watch(std::stop_token stop);

    const std::chrono::milliseconds patience_;
    const Look look_;
    const std::function<void()> hung_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;  ///< last: stopped first
};

}  // namespace altiplano::engine
