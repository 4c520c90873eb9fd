// How work waits in streams, and when it is done.
#include "tests/engine/host_cuda/stream.h"

namespace host_cuda {
namespace {

/// Runs one operation; what goes wrong in it stays with the card.
cudaError_t run(const Operation& operation, int device) {
    const int before = current_device();
    set_current_device(device);
    const cudaError_t status = operation();
    set_current_device(before);
    if (is_lasting(status)) {
        const std::lock_guard lock(machine().mutex);
        machine().cards[device].lost = status;
    }
    return status;
}

/// Runs the oldest operation that still waits. False where there is none.
bool run_oldest(cudaStream_t stream, cudaError_t& status) {
    if (stream->late.empty()) {
        return false;
    }
    const Operation operation = std::move(stream->late.front());
    stream->late.pop_front();
    const cudaError_t result = run(operation, stream->device);
    status = status == cudaSuccess ? result : status;
    return true;
}

template <typename Handle>
void release(std::set<Handle>& handles) {
    for (Handle handle : handles) {
        delete handle;
    }
    handles.clear();
}

}  // namespace

cudaStream_t real_stream(cudaStream_t stream) {
    Machine& state = machine();
    const std::lock_guard lock(state.mutex);
    if (stream != nullptr) {
        return state.streams.contains(stream) ? stream : nullptr;
    }
    Card& card = state.cards.at(current_device());
    if (card.default_stream == nullptr) {
        card.default_stream = new CUstream_st;
        card.default_stream->device = current_device();
        state.streams.insert(card.default_stream);
    }
    return card.default_stream;
}

cudaError_t submit(cudaStream_t handle, Operation operation) {
    const cudaStream_t stream = real_stream(handle);
    if (stream == nullptr) {
        return cudaErrorInvalidResourceHandle;
    }
    bool late = false;
    {
        const std::lock_guard lock(machine().mutex);
        late = machine().late;
        if (handle == nullptr) {
            // The default stream would wait for every stream that records and is not of the non-blocking kind.
            for (Capture* capture : machine().captures) {
                if ((capture->origin->flags & cudaStreamNonBlocking) == 0) {
                    capture->spoilt = true;
                    return cudaErrorStreamCaptureImplicit;
                }
            }
        }
    }
    if (stream->capture != nullptr) {
        if (stream->capture->spoilt) {
            return cudaErrorStreamCaptureInvalidated;
        }
        stream->capture->operations.push_back(std::move(operation));
        return cudaSuccess;
    }
    if (late) {
        const std::lock_guard lock(stream->draining);
        stream->late.push_back(std::move(operation));
        return cudaSuccess;
    }
    return run(operation, stream->device);
}

cudaError_t drain(cudaStream_t stream) {
    const std::lock_guard lock(stream->draining);
    cudaError_t status = cudaSuccess;
    while (run_oldest(stream, status)) {
    }
    return status;
}

cudaError_t drain_card(int device) {
    std::vector<cudaStream_t> streams;
    {
        const std::lock_guard lock(machine().mutex);
        for (cudaStream_t stream : machine().streams) {
            if (stream->device == device) {
                streams.push_back(stream);
            }
        }
    }
    cudaError_t status = cudaSuccess;
    for (cudaStream_t stream : streams) {
        const cudaError_t result = drain(stream);
        status = status == cudaSuccess ? result : status;
    }
    return status;
}

cudaError_t drain_until(const Moment& moment) {
    cudaError_t status = cudaSuccess;
    const std::lock_guard lock(moment.stream->draining);
    while (!moment.done && run_oldest(moment.stream, status)) {
    }
    return status;
}

bool is_capturing(cudaStream_t stream) {
    return stream->capture != nullptr;
}

cudaError_t refuse_in_capture() {
    const std::lock_guard lock(machine().mutex);
    for (Capture* capture : machine().captures) {
        const bool mine = capture->thread == std::this_thread::get_id();
        if (capture->mode == cudaStreamCaptureModeGlobal ||
            (capture->mode == cudaStreamCaptureModeThreadLocal && mine)) {
            capture->spoilt = true;
            return cudaErrorStreamCaptureUnsupported;
        }
    }
    return cudaSuccess;
}

void release_streams(Machine& state) {
    release(state.streams);
    release(state.events);
    release(state.graphs);
    release(state.executables);
    state.captures.clear();
}

}  // namespace host_cuda
