// One pool of threads that share the tasks of one step at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace altiplano::engine {

/// The calling thread works too. Between steps the others spin for some microseconds, then sleep and cost nothing.
class ThreadPool {
public:
    /// threads >= 1, the caller included.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Between two calls of run.
    void resize(int threads);
    int threads() const noexcept { return static_cast<int>(workers_.size()) + 1; }

    /// Calls work(task, thread) for every task in [0, tasks), tasks < 2^16; returns when all are done. thread is in
    /// [0, threads()). Tasks go to whichever thread is free. work must not throw and not call run. One caller at a
    /// time.
    template <typename Work>
    void run(int tasks, const Work& work) {
        run_tasks(
            tasks,
            [](const void* context, int task, int thread) { (*static_cast<const Work*>(context))(task, thread); },
            &work);
    }

private:
    using Call = void (*)(const void* context, int task, int thread);
    void run_tasks(int tasks, Call call, const void* context);
    void start_workers(int threads);
    void stop_workers() noexcept;
    void worker_loop(int thread);
    bool work_on_step(int thread);
    bool has_tasks() const noexcept;

    // ticket_ = step (32 bits) | tasks (16 bits) | next task (16 bits): a task is claimed by a compare-and-swap, which
    // fails where the step has changed, so call_ and context_ are only read while their step lasts.
    std::atomic<std::uint64_t> ticket_ = 0;
    std::atomic<int> done_ = 0;
    std::atomic<int> wake_ = 0;  ///< changes with every step; what sleepers wait on
    std::atomic<int> sleepers_ = 0;
    std::atomic<bool> stopping_ = false;
    Call call_ = nullptr;
    const void* context_ = nullptr;
    std::vector<std::jthread> workers_;
};

}  // namespace altiplano::engine
