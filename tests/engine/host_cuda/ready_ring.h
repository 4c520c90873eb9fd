// The threads that can run: newest meetings first, those that only let others go ahead last.
#pragma once

#include <cstddef>
#include <vector>

namespace host_cuda {

struct Thread;

/// A queue with two ends and fixed room; a thread is in it once at most.
class ReadyRing {
public:
    void reserve(std::size_t threads) {
        if (slots_.size() <= threads) {
            slots_.resize(threads + 1);
        }
        clear();
    }
    void clear() { head_ = tail_ = 0; }
    bool empty() const { return head_ == tail_; }
    void push_back(Thread* thread) {
        slots_[tail_] = thread;
        tail_ = tail_ + 1 == slots_.size() ? 0 : tail_ + 1;
    }
    void push_front(Thread* thread) {
        head_ = (head_ == 0 ? slots_.size() : head_) - 1;
        slots_[head_] = thread;
    }
    /// Null where nothing can run.
    Thread* pop() {
        if (empty()) {
            return nullptr;
        }
        Thread* thread = slots_[head_];
        head_ = head_ + 1 == slots_.size() ? 0 : head_ + 1;
        return thread;
    }

private:
    std::vector<Thread*> slots_;
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
};

}  // namespace host_cuda
