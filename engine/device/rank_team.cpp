// Starting a run, waiting for its end, and who failed first.
#include "engine/device/rank_team.h"

#include <cassert>
#include <utility>

#include "engine/device/host_memory.h"
#include "engine/device/spin.h"

namespace altiplano::engine {

RankTeam::RankTeam(int ranks, std::function<void()> abort)
    : ranks_(ranks),
      abort_(std::move(abort)),
      spin_time_(usable_cores() >= ranks ? kSpinTime : std::chrono::microseconds(0)) {
    assert(ranks >= 1);
    if (ranks == 1) {
        return;
    }
    try {
        for (int rank = 0; rank < ranks; ++rank) {
            threads_.emplace_back([this, rank] { thread_loop(rank); });
        }
    } catch (...) {
        stop();
        throw;
    }
}

RankTeam::~RankTeam() {
    stop();
}

void RankTeam::stop() noexcept {
    stopping_ = true;
    ++run_;
    run_.notify_all();
    threads_.clear();  // waits for them
}

void RankTeam::run(const std::function<void(int rank)>& work) {
    if (ranks_ == 1) {
        work(0);
        return;
    }
    work_ = &work;
    done_ = 0;
    ++run_;
    run_.notify_all();
    if (!spin_until([this] { return done_ == ranks_; }, spin_time_)) {
        for (int done = done_; done != ranks_; done = done_) {
            done_.wait(done);  // only the last rank wakes it
        }
    }
    if (failure_) {
        std::rethrow_exception(std::exchange(failure_, nullptr));
    }
}

void RankTeam::thread_loop(int rank) {
    for (std::uint32_t seen = 0;;) {
        if (!spin_until([&] { return run_ != seen; }, spin_time_)) {
            run_.wait(seen);
        }
        seen = run_;
        if (stopping_) {
            return;
        }
        work_on(rank);
        if (done_.fetch_add(1) + 1 == ranks_) {
            done_.notify_all();
        }
    }
}

void RankTeam::work_on(int rank) noexcept {
    try {
        (*work_)(rank);
    } catch (...) {
        {
            const std::lock_guard lock(mutex_);
            if (failure_) {
                return;
            }
            failure_ = std::current_exception();
        }
        if (abort_) {
            abort_();
        }
    }
}

}  // namespace altiplano::engine
