// Arriving, spinning, sleeping and giving up.
#include "engine/device/rank_barrier.h"

#include <algorithm>
#include <cassert>

#include "engine/device/host_memory.h"
#include "engine/device/spin.h"
#include "engine/error.h"

namespace altiplano::engine {
namespace {

std::vector<std::string> names_or_numbers(std::vector<std::string> names, int ranks) {
    assert(ranks >= 1 && (names.empty() || std::ssize(names) == ranks));
    for (int rank = static_cast<int>(names.size()); rank < ranks; ++rank) {
        names.push_back("rank " + std::to_string(rank));
    }
    return names;
}

}  // namespace

std::string in_words(const std::vector<std::string>& names) {
    std::string words;
    for (std::size_t i = 0; i < names.size(); ++i) {
        words += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return words;
}

std::string in_words(std::chrono::milliseconds time) {
    const auto tenths = (time.count() + 50) / 100;
    return std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "") + " s";
}

RankBarrier::RankBarrier(int ranks, RankWait wait)
    : names_(names_or_numbers(std::move(wait.names), ranks)),
      patience_(wait.patience),
      spin_time_(usable_cores() >= ranks ? kSpinTime : std::chrono::microseconds(0)),
      rounds_of_(static_cast<std::size_t>(ranks)) {}

void RankBarrier::wait(int rank) {
    check();
    const std::uint64_t round = round_;
    rounds_of_[static_cast<std::size_t>(rank)] = round + 1;
    if (arrived_.fetch_add(1) + 1 == ranks()) {
        arrived_ = 0;
        round_ = round + 1;
        if (sleepers_ > 0) {  // whoever falls asleep later than this looks at round_ first
            { const std::lock_guard lock(mutex_); }
            wake_.notify_all();
        }
        return;
    }
    if (!spin_until([&] { return over(round); }, spin_time_)) {
        sleep(round);
    }
    if (round_ == round) {
        check();
    }
}

// Patience is counted in slices slept, not by the clock: a process that was stopped for an hour has not waited one.
void RankBarrier::sleep(std::uint64_t round) {
    const auto slice = std::clamp(patience_ / 8, std::chrono::milliseconds(1), std::chrono::milliseconds(250));
    std::chrono::milliseconds waited(0);
    std::unique_lock lock(mutex_);
    ++sleepers_;
    int seen = arrived_;
    while (!over(round)) {
        if (wake_.wait_for(lock, slice) == std::cv_status::timeout) {
            const int now = arrived_;
            waited = now == seen ? waited + slice : std::chrono::milliseconds(0);
            seen = now;
            if (waited >= patience_ && !over(round)) {
                fail(missing(round) + " did not come within " + in_words(patience_) + " to the point where all " +
                     std::to_string(ranks()) + " ranks meet");
            }
        }
    }
    --sleepers_;
}

std::string RankBarrier::missing(std::uint64_t round) const {
    std::vector<std::string> names;
    for (std::size_t rank = 0; rank < names_.size(); ++rank) {
        if (rounds_of_[rank] <= round) {
            names.push_back(names_[rank]);
        }
    }
    return in_words(names);
}

void RankBarrier::fail(const std::string& reason) noexcept {
    if (!failed_) {
        reason_ = reason;
        failed_ = true;
    }
    wake_.notify_all();
}

void RankBarrier::check() const {
    if (failed_) {
        const std::lock_guard lock(mutex_);
        throw Error(ErrorKind::Device, reason_);
    }
}

void RankBarrier::abort(const std::string& reason) noexcept {
    const std::lock_guard lock(mutex_);
    fail(reason);
}

void RankBarrier::reset() {
    const std::lock_guard lock(mutex_);
    arrived_ = 0;
    std::fill(rounds_of_.begin(), rounds_of_.end(), round_.load());
    failed_ = false;
}

}  // namespace altiplano::engine
