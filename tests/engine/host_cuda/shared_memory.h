// The dynamic shared memory of the blocks that run together: NaNs at first, with guards on both sides.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace host_cuda {

class SharedMemory {
public:
    SharedMemory(int blocks, std::size_t bytes_each);
    ~SharedMemory();
    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;

    /// Where block `block` finds its memory, aligned to 128 bytes.
    std::byte* part(int block) const;
    /// Fills everything with bytes 0xFF: NaN in every floating type, -1 in integers.
    void poison();
    /// Whether nobody wrote into the guards.
    bool is_intact() const;

private:
    struct Free {
        void operator()(std::byte* memory) const noexcept { std::free(memory); }
    };

    int blocks_;
    std::size_t bytes_each_;
    std::size_t stride_;  // from one part to the next
    std::unique_ptr<std::byte, Free> memory_;
};

}  // namespace host_cuda
