// Streams of the emulated machine: work in order, done at once, late, or recorded into a graph.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "tests/engine/host_cuda/machine.h"

namespace host_cuda {

/// One piece of work. Returns what went wrong while it ran.
using Operation = std::function<cudaError_t()>;

/// A recording under way.
struct Capture {
    std::vector<Operation> operations;
    cudaStream_t origin = nullptr;
    std::set<cudaStream_t> joined;  ///< streams that wait for an event of the recording, and record too
    cudaStreamCaptureMode mode = cudaStreamCaptureModeGlobal;
    std::thread::id thread;
    bool spoilt = false;
};

/// One moment of a stream that an event was recorded at.
struct Moment {
    cudaStream_t stream = nullptr;
    bool done = false;
    std::shared_ptr<Capture> capture;  ///< set where it was recorded into a graph
    double seconds = 0;
};

}  // namespace host_cuda

struct CUstream_st {
    int device = 0;
    unsigned flags = 0;
    std::shared_ptr<host_cuda::Capture> capture;
    std::recursive_mutex draining;
    std::deque<host_cuda::Operation> late;
};
struct CUevent_st {
    int device = 0;
    unsigned flags = 0;
    std::shared_ptr<host_cuda::Moment> moment;
};
struct CUgraph_st {
    std::vector<host_cuda::Operation> operations;
};
struct CUgraphExec_st {
    std::shared_ptr<const std::vector<host_cuda::Operation>> operations;
    int device = 0;
};

namespace host_cuda {

/// The stream behind a handle; null stands for the current card's own. Null where the handle is not one.
cudaStream_t real_stream(cudaStream_t stream);
/// Does the work now or later, or records it. An error that happens in the work loses the card.
cudaError_t submit(cudaStream_t stream, Operation operation);
/// Does everything that still waits in the stream.
cudaError_t drain(cudaStream_t stream);
/// Does everything that still waits in the card's streams.
cudaError_t drain_card(int device);
/// Waits until a recorded moment has come.
cudaError_t drain_until(const Moment& moment);
bool is_capturing(cudaStream_t stream);
/// Forgets all streams, events and graphs. The lock is held.
void release_streams(Machine& state);

}  // namespace host_cuda
