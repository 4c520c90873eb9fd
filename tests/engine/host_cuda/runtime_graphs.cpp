// The runtime's graphs: what a stream was told to do while it recorded, done again at every launch.
#include "tests/engine/host_cuda/stream.h"

using host_cuda::call;
using host_cuda::Capture;
using host_cuda::machine;

namespace {

constexpr std::size_t kGraphBytes = 64 * 1024;  // that a card must have free for a graph; real ones want more or less

cudaError_t begin_capture(cudaStream_t handle, cudaStreamCaptureMode mode) {
    const cudaStream_t stream = host_cuda::real_stream(handle);
    if (handle == nullptr || stream == nullptr) {
        return handle == nullptr ? cudaErrorStreamCaptureUnsupported : cudaErrorInvalidResourceHandle;
    }
    if (stream->capture != nullptr) {
        return cudaErrorInvalidValue;
    }
    auto capture = std::make_shared<Capture>();
    capture->origin = stream;
    capture->mode = mode;
    capture->thread = std::this_thread::get_id();
    stream->capture = capture;
    const std::lock_guard lock(machine().mutex);
    machine().captures.insert(capture.get());
    return cudaSuccess;
}

cudaError_t end_capture(cudaStream_t stream, cudaGraph_t* graph) {
    *graph = nullptr;
    if (host_cuda::real_stream(stream) == nullptr || stream == nullptr) {
        return cudaErrorInvalidResourceHandle;
    }
    const std::shared_ptr<Capture> capture = stream->capture;
    if (capture == nullptr || capture->origin != stream) {
        return capture == nullptr ? cudaErrorInvalidValue : cudaErrorStreamCaptureUnmatched;
    }
    if (capture->mode != cudaStreamCaptureModeRelaxed && capture->thread != std::this_thread::get_id()) {
        return cudaErrorStreamCaptureWrongThread;
    }
    const std::lock_guard lock(machine().mutex);
    machine().captures.erase(capture.get());
    const bool unjoined = !capture->joined.empty();
    for (cudaStream_t each : machine().streams) {
        if (each->capture == capture) {
            each->capture = nullptr;
        }
    }
    if (capture->spoilt || unjoined) {
        return capture->spoilt ? cudaErrorStreamCaptureInvalidated : cudaErrorStreamCaptureUnjoined;
    }
    *graph = new CUgraph_st{std::move(capture->operations)};
    machine().graphs.insert(*graph);
    return cudaSuccess;
}

}  // namespace

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode mode) {
    return call("cudaStreamBeginCapture", [&] { return begin_capture(stream, mode); });
}

cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
    return call("cudaStreamEndCapture", [&] { return end_capture(stream, graph); });
}

cudaError_t cudaStreamIsCapturing(cudaStream_t stream, cudaStreamCaptureStatus* status) {
    return call("cudaStreamIsCapturing", [&] {
        const cudaStream_t real = host_cuda::real_stream(stream);
        if (real == nullptr) {
            return cudaErrorInvalidResourceHandle;
        }
        *status = real->capture == nullptr ? cudaStreamCaptureStatusNone
                  : real->capture->spoilt  ? cudaStreamCaptureStatusInvalidated
                                           : cudaStreamCaptureStatusActive;
        return cudaSuccess;
    });
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph, unsigned long long) {
    return call("cudaGraphInstantiate", [&] {
        if (const cudaError_t status = host_cuda::wait_for_kernels("cudaGraphInstantiate"); status != cudaSuccess) {
            return status;
        }
        const std::lock_guard lock(machine().mutex);
        if (!machine().graphs.contains(graph)) {
            return cudaErrorInvalidValue;
        }
        const host_cuda::Card& card = machine().cards.at(host_cuda::current_device());
        if (card.used_bytes + card.options.others_bytes + kGraphBytes > card.options.memory_bytes) {
            return cudaErrorMemoryAllocation;
        }
        *executable = new CUgraphExec_st{std::make_shared<const std::vector<host_cuda::Operation>>(graph->operations),
                                         host_cuda::current_device()};
        machine().executables.insert(*executable);
        return cudaSuccess;
    });
}

cudaError_t cudaGraphUpload(cudaGraphExec_t executable, cudaStream_t) {
    return call("cudaGraphUpload", [&] {
        const std::lock_guard lock(machine().mutex);
        return machine().executables.contains(executable) ? cudaSuccess : cudaErrorInvalidValue;
    });
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t stream) {
    return call("cudaGraphLaunch", [&] {
        std::shared_ptr<const std::vector<host_cuda::Operation>> operations;
        {
            const std::lock_guard lock(machine().mutex);
            if (!machine().executables.contains(executable)) {
                return cudaErrorInvalidValue;
            }
            operations = executable->operations;
        }
        return host_cuda::submit(stream, [operations] {
            for (const host_cuda::Operation& operation : *operations) {
                const cudaError_t status = operation();
                if (status != cudaSuccess) {
                    return status;
                }
            }
            return cudaSuccess;
        });
    });
}

cudaError_t cudaGraphGetNodes(cudaGraph_t graph, cudaGraphNode_t* nodes, std::size_t* count) {
    return call("cudaGraphGetNodes", [&] {
        const std::lock_guard lock(machine().mutex);
        if (!machine().graphs.contains(graph) || nodes != nullptr) {
            return cudaErrorInvalidValue;
        }
        *count = graph->operations.size();
        return cudaSuccess;
    });
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
    return host_cuda::call_release("cudaGraphDestroy", [&] {
        const std::lock_guard lock(machine().mutex);
        if (machine().graphs.erase(graph) == 0) {
            return cudaErrorInvalidValue;
        }
        delete graph;
        return cudaSuccess;
    });
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable) {
    return host_cuda::call_release("cudaGraphExecDestroy", [&] {
        const std::lock_guard lock(machine().mutex);
        if (machine().executables.erase(executable) == 0) {
            return cudaErrorInvalidValue;
        }
        delete executable;
        return cudaSuccess;
    });
}
