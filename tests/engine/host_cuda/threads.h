// The threads of a kernel that runs on the host: where each one stands in its grid, and where threads meet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/engine/host_cuda/fiber.h"
#include "tests/engine/host_cuda/include/vector_types.h"

namespace host_cuda {

inline constexpr int kLanes = 32;
inline constexpr unsigned kAllLanes = 0xffffffffU;

/// Called once, by the last lane to arrive: members[lane] is what that lane brought, null where it takes no part.
using WarpAction = void (*)(void* const* members);

/// What a lane waits for.
struct Meeting {
    unsigned mask = 0;
    WarpAction action = nullptr;
    void* mine = nullptr;
    const char* what = nullptr;
};

/// A copy to shared memory that was started and not yet waited for.
struct PendingCopy {
    void* shared;
    const void* global;
    bool valid;
    int group;
};

struct Thread;

struct Warp {
    unsigned present = 0;  ///< lanes that exist: the last warp of a block may be short
    unsigned waiting = 0;  ///< lanes that wait at a meeting of the warp
    Thread* first = nullptr;
};

struct Block {
    uint3 index{};
    int threads = 0;
    int ended = 0;
    int arrived = 0;          ///< threads that wait at __syncthreads
    int votes = 0;            ///< of them, those whose predicate was true
    int last_votes = 0;       ///< the count of the last complete barrier
    bool has_waited = false;  ///< a thread, for the kernel ahead
    std::byte* shared = nullptr;
    std::size_t shared_bytes = 0;
    std::vector<Warp> warps;
};

/// One CUDA thread. Everything is reset at the start of its block.
struct Thread {
    uint3 index{};
    int number = 0;
    int lane = 0;
    bool ended = false;
    const char* waits_for = nullptr;  ///< null while it can run
    Warp* warp = nullptr;
    Block* block = nullptr;
    Meeting meeting;
    int copy_group = 0;
    std::vector<PendingCopy> copies;
    Fiber fiber;
};

extern thread_local constinit Thread* current_thread;

inline Thread& this_thread() {
    return *current_thread;
}

/// All lanes of the mask come here with the same mask and action; then the action runs once and all go on.
void meet_warp(unsigned mask, WarpAction action, void* mine, const char* what);
/// All threads of the block come here. Returns how many came with a true predicate.
int meet_block(bool predicate, const char* what);
/// Lets the other threads of the block run, or the other threads of the machine where none can.
void yield_thread();
/// Ends the kernel: the launch throws KernelError, which names the kernel, the block, the thread and this text.
[[noreturn]] void fail(const char* format, ...) __attribute__((format(printf, 1, 2)));

}  // namespace host_cuda

// The running thread's place, set at every switch between threads.
extern thread_local constinit uint3 threadIdx;
extern thread_local constinit uint3 blockIdx;
extern thread_local constinit dim3 blockDim;
extern thread_local constinit dim3 gridDim;
