// Fibers: many flows of execution on one thread of the system, switched by hand. Each CUDA thread of a block is one.
#pragma once

#include <cstddef>

namespace host_cuda {

/// A stack of its own with a guard page below it: an overflow stops the program instead of spoiling a neighbour.
class Stack {
public:
    Stack();
    ~Stack();
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;

    std::byte* bottom() const noexcept;
    /// Where it begins. Stacks begin at different places of a page, or they would all want the same lines of the cache.
    std::byte* top() const noexcept;
    static std::size_t bytes() noexcept;

private:
    std::byte* mapping_;
    std::size_t unused_bytes_;  // above the top
};

/// Where a flow of execution stands while another one runs. Belongs to one thread of the system.
class Fiber {
public:
    /// Makes the next switch here call `entry` on `stack`, which must never return: it switches away for good.
    void start(const Stack& stack, void (*entry)());
    /// Leaves `from`, the running fiber, and goes on with `to`. Returns when somebody switches back.
    static void switch_to(Fiber& from, Fiber& to);
    /// The same, but `from` never runs again: what the sanitizer keeps for it is released.
    [[noreturn]] static void leave_for(Fiber& from, Fiber& to);
    /// The first thing that an entry calls: tells the sanitizer that the switch is complete.
    static void arrived(Fiber& previous);

private:
    void* position_ = nullptr;  // the stack pointer, below the saved registers
    const void* stack_bottom_ = nullptr;
    std::size_t stack_bytes_ = 0;
    void* sanitizer_state_ = nullptr;
};

}  // namespace host_cuda
