// Patience is counted in looks, not by the clock: a process that was stopped for an hour has not waited one.
#include "engine/device/watchdog.h"

#include <algorithm>
#include <utility>

namespace altiplano::engine {

Watchdog::Watchdog(std::chrono::milliseconds patience, Look look, std::function<void()> hung)
    : patience_(patience),
      look_(std::move(look)),
      hung_(std::move(hung)),
      thread_([this](std::stop_token stop) { watch(std::move(stop)); }) {}

void Watchdog::watch(std::stop_token stop) {
    using std::chrono::milliseconds;
    const auto period = std::clamp<milliseconds>(patience_ / 8, milliseconds(1), milliseconds(1000));
    milliseconds still(0);
    std::vector<std::uint32_t> before;
    bool told = false;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, stop, period, [&] { return stop.stop_requested(); })) {
        std::vector<std::uint32_t> now = look_();
        if (now.empty() || now != before) {
            before = std::move(now);
            still = milliseconds(0);
            told = false;
            continue;
        }
        still += period;
        if (still >= patience_ && !std::exchange(told, true)) {
            hung_();
        }
    }
}

}  // namespace altiplano::engine
