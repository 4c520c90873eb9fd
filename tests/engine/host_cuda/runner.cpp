// A grid on one thread of the system: blocks in order, the threads of a block as fibers that switch where they meet.
#include "tests/engine/host_cuda/runner.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <map>
#include <memory>
#include <sched.h>
#include <string>
#include <vector>

#include "tests/engine/host_cuda/ready_ring.h"
#include "tests/engine/host_cuda/shared_memory.h"
#include "tests/engine/host_cuda/symbols.h"

thread_local constinit uint3 threadIdx{};
thread_local constinit uint3 blockIdx{};
thread_local constinit dim3 blockDim;
thread_local constinit dim3 gridDim;

namespace host_cuda {

thread_local constinit Thread* current_thread = nullptr;

namespace {

/// Everything that one thread of the system needs to run grids; kept from grid to grid.
struct Runner {
    std::vector<std::unique_ptr<Stack>> stacks;
    std::vector<Thread> threads;
    std::vector<Block> blocks;  // those that run at the same time
    ReadyRing ready;
    Fiber system;           // the flow that called run_grid
    Fiber* left = nullptr;  // the fiber that the running one was switched from
    const std::function<void()>* body = nullptr;
    bool has_waited = false;  // a block of the grid
    std::string failure;
};

Runner& runner() {
    thread_local Runner runner;
    return runner;
}

std::string place_of(const Thread& thread) {
    const auto triple = [](const uint3& index) {
        return "(" + std::to_string(index.x) + ", " + std::to_string(index.y) + ", " + std::to_string(index.z) + ")";
    };
    return "block " + triple(thread.block->index) + ", thread " + triple(thread.index);
}

/// The fiber to go on with: the next thread that can run, or else the flow that started the grid.
Fiber& next_fiber() {
    Runner& state = runner();
    Thread* next = state.ready.pop();
    current_thread = next;
    if (next == nullptr) {
        return state.system;
    }
    threadIdx = next->index;
    blockIdx = next->block->index;
    return next->fiber;
}

void switch_away(Thread& from) {
    Fiber& next = next_fiber();
    runner().left = &from.fiber;
    Fiber::switch_to(from.fiber, next);
}

/// Sleeps until another thread makes this one ready.
void wait_at(Thread& thread, const char* what) {
    thread.waits_for = what;
    switch_away(thread);
}

void wake(Thread& thread) {
    thread.waits_for = nullptr;
    runner().ready.push_front(&thread);
}

__attribute__((no_sanitize("thread"))) void thread_entry() {
    Runner& state = runner();
    Fiber::arrived(*state.left);
    (*state.body)();
    Thread& thread = this_thread();
    thread.ended = true;
    ++thread.block->ended;
    Fiber& next = next_fiber();
    runner().left = &thread.fiber;
    Fiber::leave_for(thread.fiber, next);
}

/// Which threads wait where, when none can go on.
std::string describe_deadlock(const std::vector<Thread>& threads, int count) {
    std::map<std::string, std::pair<int, const Thread*>> places;
    for (int i = 0; i < count; ++i) {
        const Thread& thread = threads[i];
        auto& [waiting, first] = places[thread.ended ? "have ended" : std::string("wait at ") + thread.waits_for];
        first = waiting++ == 0 ? &thread : first;
    }
    std::string text = "the threads do not all come to where they should meet:";
    for (const auto& [what, place] : places) {
        text +=
            " " + std::to_string(place.first) + " threads " + what + " (the first: " + place_of(*place.second) + ");";
    }
    text.back() = '.';
    return text;
}

void set_up_block(Runner& state, Block& block, Thread* threads, int linear) {
    const dim3 shape = blockDim;
    block.index = {linear % gridDim.x, linear / gridDim.x % gridDim.y, linear / (gridDim.x * gridDim.y)};
    block.threads = static_cast<int>(shape.x * shape.y * shape.z);
    block.ended = block.arrived = block.votes = block.last_votes = 0;
    block.has_waited = false;
    block.warps.assign((block.threads + kLanes - 1) / kLanes, Warp{});
    for (int i = 0; i < block.threads; ++i) {
        Thread& thread = threads[i];
        thread.index = {i % shape.x, i / shape.x % shape.y, i / (shape.x * shape.y)};
        thread.number = i;
        thread.lane = i % kLanes;
        thread.ended = false;
        thread.waits_for = nullptr;
        thread.block = &block;
        thread.warp = &block.warps[i / kLanes];
        thread.warp->first = i % kLanes == 0 ? &thread : thread.warp->first;
        thread.warp->present |= 1U << thread.lane;
        thread.copy_group = 0;
        thread.copies.clear();
        thread.fiber.start(*state.stacks[&thread - state.threads.data()], thread_entry);
    }
}

/// Makes room for so many blocks at the same time.
void reserve(Runner& state, int blocks, int threads_each, std::size_t shared_bytes, SharedMemory& shared) {
    const std::size_t threads = static_cast<std::size_t>(blocks) * threads_each;
    while (state.stacks.size() < threads) {
        state.stacks.push_back(std::make_unique<Stack>());
    }
    if (state.threads.size() < threads) {
        state.threads.resize(threads);
    }
    state.ready.reserve(threads);
    state.blocks.resize(blocks);
    for (int i = 0; i < blocks; ++i) {
        state.blocks[i].shared = shared.part(i);
        state.blocks[i].shared_bytes = shared_bytes;
    }
}

/// Runs the blocks [first, first + resident) together until every thread has ended.
void run_blocks(Runner& state, int first, int resident) {
    const int threads_each = static_cast<int>(blockDim.x * blockDim.y * blockDim.z);
    const int count = resident * threads_each;
    state.ready.clear();
    for (int i = 0; i < resident; ++i) {
        set_up_block(state, state.blocks[i], &state.threads[i * threads_each], first + i);
    }
    // Every other block goes backwards, so that a barrier that is missing shows one way or the other.
    for (int i = 0; i < count; ++i) {
        state.ready.push_back(&state.threads[first % 2 == 0 ? i : count - 1 - i]);
    }
    Fiber& next = next_fiber();
    state.left = &state.system;
    Fiber::switch_to(state.system, next);
    current_thread = nullptr;
    state.has_waited |= std::any_of(state.blocks.begin(), state.blocks.begin() + resident,
                                    [](const Block& block) { return block.has_waited; });
    const bool all_ended = std::all_of(state.blocks.begin(), state.blocks.begin() + resident,
                                       [](const Block& block) { return block.ended == block.threads; });
    if (state.failure.empty() && !all_ended) {
        state.failure = describe_deadlock(state.threads, count);
    }
}

}  // namespace

void run_grid(const void* kernel, const GridShape& shape, const std::function<void()>& body) {
    const KernelSymbol& symbol = kernel_symbol(kernel);
    Runner& state = runner();
    const int blocks = static_cast<int>(shape.blocks.x * shape.blocks.y * shape.blocks.z);
    const int threads_each = static_cast<int>(shape.block_shape.x * shape.block_shape.y * shape.block_shape.z);
    const int resident = shape.all_at_once ? blocks : 1;
    SharedMemory shared(resident, shape.shared_bytes);
    reserve(state, resident, threads_each, shape.shared_bytes, shared);
    state.body = &body;
    state.has_waited = false;
    state.failure.clear();
    if (resident > 1 && symbol.has_shared_variables()) {
        state.failure = "blocks that run together on the host have dynamic shared memory only";
    }
    gridDim = shape.blocks;
    blockDim = shape.block_shape;
    for (int first = 0; first < blocks && state.failure.empty(); first += resident) {
        shared.poison();
        symbol.poison_shared_variables();
        run_blocks(state, first, resident);
        if (state.failure.empty() && !shared.is_intact()) {
            state.failure = "a thread of block " + std::to_string(first) + " wrote outside its " +
                            std::to_string(shape.shared_bytes) + " bytes of dynamic shared memory";
        }
    }
    if (state.failure.empty() && shape.overlaps && !state.has_waited) {
        state.failure = "it may begin before the kernel ahead of it has ended, and does not wait";
    }
    if (!state.failure.empty()) {
        const std::string text = "kernel " + symbol.name + ": " + state.failure;
        std::fprintf(stderr, "%s\n", text.c_str());
        throw KernelError(text);
    }
}

void meet_warp(unsigned mask, WarpAction action, void* mine, const char* what) {
    Thread& thread = this_thread();
    Warp& warp = *thread.warp;
    if ((mask >> thread.lane & 1) == 0) {
        fail("%s: lane %d is not in its own mask 0x%08x", what, thread.lane, mask);
    }
    thread.meeting = {mask, action, mine, what};
    warp.waiting |= 1U << thread.lane;
    const unsigned expected = mask & warp.present;
    if ((warp.waiting & expected) != expected) {
        wait_at(thread, what);
        return;
    }
    void* members[kLanes] = {};
    for (int lane = kLanes - 1; lane >= 0; --lane) {
        if ((expected >> lane & 1) == 0) {
            continue;
        }
        const Meeting& other = warp.first[lane].meeting;
        if (other.mask != mask || other.action != action) {
            fail("comes to %s with mask 0x%08x while lane %d waits at %s with mask 0x%08x", what, mask, lane,
                 other.what, other.mask);
        }
        members[lane] = other.mine;
    }
    if (action != nullptr) {
        action(members);
    }
    warp.waiting &= ~expected;
    for (int lane = kLanes - 1; lane >= 0; --lane) {
        if ((expected >> lane & 1) != 0 && lane != thread.lane) {
            wake(warp.first[lane]);
        }
    }
}

int meet_block(bool predicate, const char* what) {
    Thread& thread = this_thread();
    Block& block = *thread.block;
    block.votes += predicate ? 1 : 0;
    if (++block.arrived < block.threads) {
        wait_at(thread, what);
        return block.last_votes;
    }
    block.last_votes = block.votes;
    block.arrived = block.votes = 0;
    Thread* first = &thread - thread.number;
    for (int i = block.threads - 1; i >= 0; --i) {
        if (i != thread.number) {
            wake(first[i]);
        }
    }
    return block.last_votes;
}

void yield_thread() {
    Runner& state = runner();
    if (state.ready.empty()) {
        sched_yield();
        return;
    }
    Thread& thread = this_thread();
    state.ready.push_back(&thread);
    switch_away(thread);
}

void fail(const char* format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    Runner& state = runner();
    Thread& thread = this_thread();
    state.failure = place_of(thread) + ": " + text;
    state.left = &thread.fiber;
    current_thread = nullptr;
    Fiber::leave_for(thread.fiber, state.system);
}

}  // namespace host_cuda
