// What the program's own symbol table says about a kernel: its name and its static shared memory.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace host_cuda {

struct KernelSymbol {
    /// A __shared__ variable: thread-local on the host, found by its place in the module's thread-local block.
    struct SharedVariable {
        std::size_t offset;
        std::size_t bytes;
    };

    std::string name;  ///< as a person writes it: "engine::cuda::norm<4>(float*, int)"
    const void* module = nullptr;
    std::vector<SharedVariable> shared;

    bool has_shared_variables() const { return !shared.empty(); }
    std::size_t shared_bytes() const;
    /// Fills the calling thread's copies with bytes 0xFF.
    void poison_shared_variables() const;
};

/// Looked up once per kernel and kept. Any thread. Where nothing is known, the name is the address.
const KernelSymbol& kernel_symbol(const void* kernel);

}  // namespace host_cuda
