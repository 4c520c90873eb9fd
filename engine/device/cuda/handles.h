// Owners of CUDA's streams, events, graphs and of pinned host memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cuda_runtime_api.h>
#include <memory>
#include <string>

namespace altiplano::engine::cuda {

struct StreamDelete {
    using pointer = cudaStream_t;
    void operator()(cudaStream_t stream) const noexcept { cudaStreamDestroy(stream); }
};
using Stream = std::unique_ptr<cudaStream_t, StreamDelete>;

struct EventDelete {
    using pointer = cudaEvent_t;
    void operator()(cudaEvent_t event) const noexcept { cudaEventDestroy(event); }
};
using Event = std::unique_ptr<cudaEvent_t, EventDelete>;

struct GraphDelete {
    using pointer = cudaGraph_t;
    void operator()(cudaGraph_t graph) const noexcept { cudaGraphDestroy(graph); }
};
using Graph = std::unique_ptr<cudaGraph_t, GraphDelete>;

struct ExecutableDelete {
    using pointer = cudaGraphExec_t;
    void operator()(cudaGraphExec_t executable) const noexcept { cudaGraphExecDestroy(executable); }
};
using Executable = std::unique_ptr<cudaGraphExec_t, ExecutableDelete>;

struct PinnedDelete {
    void operator()(std::byte* memory) const noexcept { cudaFreeHost(memory); }
};
/// Host memory that the card reads and writes by itself.
using Pinned = std::unique_ptr<std::byte[], PinnedDelete>;

/// Each on the current card. They throw Error where CUDA fails.
Stream make_stream();
Event make_event();
Pinned make_pinned(std::int64_t bytes, const std::string& what);

/// False where what is in the stream does not end within patience. Throws Error(what) where it fails.
bool ends_within(cudaStream_t stream, std::chrono::milliseconds patience, const char* what);

}  // namespace altiplano::engine::cuda
