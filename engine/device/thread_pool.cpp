// Claiming tasks, spinning and sleeping.
#include "engine/device/thread_pool.h"

#include "engine/device/spin.h"

namespace altiplano::engine {
namespace {

constexpr int kTaskBits = 16;
constexpr std::uint64_t kTaskMask = (std::uint64_t{1} << kTaskBits) - 1;

int next_task(std::uint64_t ticket) {
    return static_cast<int>(ticket & kTaskMask);
}
int task_count(std::uint64_t ticket) {
    return static_cast<int>(ticket >> kTaskBits & kTaskMask);
}

}  // namespace

ThreadPool::ThreadPool(int threads) {
    start_workers(threads);
}

ThreadPool::~ThreadPool() {
    stop_workers();
}

void ThreadPool::resize(int threads) {
    if (threads != this->threads()) {
        stop_workers();
        start_workers(threads);
    }
}

void ThreadPool::start_workers(int threads) {
    stopping_ = false;
    for (int thread = 1; thread < threads; ++thread) {
        workers_.emplace_back([this, thread] { worker_loop(thread); });
    }
}

void ThreadPool::stop_workers() noexcept {
    stopping_ = true;
    ++wake_;
    wake_.notify_all();
    workers_.clear();  // waits for them
}

bool ThreadPool::has_tasks() const noexcept {
    const std::uint64_t ticket = ticket_.load(std::memory_order_acquire);
    return next_task(ticket) < task_count(ticket);
}

bool ThreadPool::work_on_step(int thread) {
    bool worked = false;
    std::uint64_t ticket = ticket_.load(std::memory_order_acquire);
    while (next_task(ticket) < task_count(ticket)) {
        if (ticket_.compare_exchange_weak(ticket, ticket + 1, std::memory_order_acq_rel, std::memory_order_acquire)) {
            call_(context_, next_task(ticket), thread);
            done_.fetch_add(1, std::memory_order_release);
            worked = true;
            ticket = ticket_.load(std::memory_order_acquire);
        }
    }
    return worked;
}

void ThreadPool::worker_loop(int thread) {
    while (!stopping_) {
        const int wake = wake_;
        if (work_on_step(thread) || spin_until([this] { return has_tasks() || stopping_; })) {
            continue;
        }
        ++sleepers_;
        wake_.wait(wake);  // returns at once where a step began since wake was read
        --sleepers_;
    }
}

void ThreadPool::run_tasks(int tasks, Call call, const void* context) {
    if (tasks <= 1 || workers_.empty()) {
        for (int task = 0; task < tasks; ++task) {
            call(context, task, 0);
        }
        return;
    }
    call_ = call;
    context_ = context;
    done_.store(0, std::memory_order_relaxed);
    const std::uint64_t step = (ticket_.load(std::memory_order_relaxed) >> (2 * kTaskBits)) + 1;
    ticket_.store(step << (2 * kTaskBits) | static_cast<std::uint64_t>(tasks) << kTaskBits, std::memory_order_release);
    ++wake_;
    if (sleepers_ > 0) {
        wake_.notify_all();
    }
    work_on_step(0);
    const auto all_done = [this, tasks] { return done_.load(std::memory_order_acquire) == tasks; };
    while (!spin_until(all_done)) {
        std::this_thread::yield();  // a worker was put aside by the system with its task in hand
    }
}

}  // namespace altiplano::engine
