// Runs a kernel's grid on the calling thread: block after block, each thread of a block a fiber.
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>

#include "tests/engine/host_cuda/threads.h"

namespace host_cuda {

/// A kernel that broke a rule of the machine: some threads never met the others, memory outside its shared memory was
/// written, a row was not aligned. Names the kernel, the block and the thread.
class KernelError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

struct GridShape {
    dim3 blocks;
    dim3 block_shape;
    std::size_t shared_bytes = 0;
    bool all_at_once =
        false;              ///< a cooperative launch: every block's threads take turns, blocks may wait for each other
    bool overlaps = false;  ///< the grid may begin before the one ahead has ended: it must wait for it somewhere
};

/// Runs body() once for every thread. Shared memory holds NaNs at the start of every block. Throws KernelError.
/// kernel: the address of the function, which names it and finds its own shared memory.
void run_grid(const void* kernel, const GridShape& shape, const std::function<void()>& body);

}  // namespace host_cuda
