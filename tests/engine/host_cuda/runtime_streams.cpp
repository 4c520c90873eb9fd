// The runtime's streams and events.
#include <chrono>

#include "tests/engine/host_cuda/stream.h"

using host_cuda::call;
using host_cuda::machine;
using host_cuda::Moment;

namespace {

double now_in_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool is_event(cudaEvent_t event) {
    const std::lock_guard lock(machine().mutex);
    return machine().events.contains(event);
}

/// Runs body(stream) where the handle is one.
template <typename Body>
cudaError_t with_stream(cudaStream_t handle, const Body& body) {
    const cudaStream_t stream = host_cuda::real_stream(handle);
    return stream != nullptr ? body(stream) : cudaErrorInvalidResourceHandle;
}

/// Waiting for a stream that records is refused, and spoils the recording.
cudaError_t wait_for(cudaStream_t handle) {
    return with_stream(handle, [](cudaStream_t stream) {
        if (host_cuda::is_capturing(stream)) {
            stream->capture->spoilt = true;
            return cudaErrorStreamCaptureUnsupported;
        }
        return host_cuda::drain(stream);
    });
}

cudaError_t record(cudaEvent_t event, cudaStream_t handle) {
    return with_stream(handle, [&](cudaStream_t stream) {
        if (!is_event(event) || event->device != stream->device) {
            return cudaErrorInvalidResourceHandle;
        }
        auto moment = std::make_shared<Moment>();
        moment->stream = stream;
        moment->capture = stream->capture;
        event->moment = moment;
        if (moment->capture != nullptr) {
            return cudaSuccess;
        }
        return host_cuda::submit(handle, [moment] {
            moment->seconds = now_in_seconds();
            moment->done = true;
            return cudaSuccess;
        });
    });
}

/// The stream goes on only after the moment; a moment of a recording draws the stream into the recording.
cudaError_t wait_event(cudaStream_t handle, cudaEvent_t event) {
    return with_stream(handle, [&](cudaStream_t stream) {
        if (!is_event(event)) {
            return cudaErrorInvalidResourceHandle;
        }
        const std::shared_ptr<Moment> moment = event->moment;
        if (moment == nullptr) {
            return cudaSuccess;
        }
        if (moment->capture != nullptr) {
            if (stream->capture == nullptr) {
                stream->capture = moment->capture;
                stream->capture->joined.insert(stream);
            } else if (stream->capture != moment->capture) {
                return cudaErrorStreamCaptureIsolation;
            } else {
                stream->capture->joined.erase(moment->stream);
            }
            return cudaSuccess;
        }
        if (stream->capture != nullptr) {
            return cudaErrorStreamCaptureIsolation;
        }
        return host_cuda::submit(handle, [moment] { return moment->done ? cudaSuccess : drain_until(*moment); });
    });
}

cudaError_t wait_for_event(cudaEvent_t event) {
    if (!is_event(event)) {
        return cudaErrorInvalidResourceHandle;
    }
    const std::shared_ptr<Moment> moment = event->moment;
    if (moment == nullptr || moment->done) {
        return cudaSuccess;
    }
    return moment->capture != nullptr ? cudaErrorCapturedEvent : host_cuda::drain_until(*moment);
}

}  // namespace

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags) {
    return call("cudaStreamCreateWithFlags", [&] {
        auto made = std::make_unique<CUstream_st>();
        made->device = host_cuda::current_device();
        made->flags = flags;
        const std::lock_guard lock(machine().mutex);
        *stream = made.release();
        machine().streams.insert(*stream);
        return cudaSuccess;
    });
}

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
    return cudaStreamCreateWithFlags(stream, cudaStreamDefault);
}

cudaError_t cudaStreamCreateWithPriority(cudaStream_t* stream, unsigned flags, int) {
    return cudaStreamCreateWithFlags(stream, flags);
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
    return host_cuda::call_release("cudaStreamDestroy", [&] {
        if (stream == nullptr || host_cuda::real_stream(stream) == nullptr) {
            return cudaErrorInvalidResourceHandle;
        }
        const cudaError_t status = host_cuda::drain(stream);
        const std::lock_guard lock(machine().mutex);
        if (stream->capture != nullptr) {
            machine().captures.erase(stream->capture.get());
        }
        machine().streams.erase(stream);
        delete stream;
        return status;
    });
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
    return call("cudaStreamSynchronize", [&] { return wait_for(stream); });
}

cudaError_t cudaStreamQuery(cudaStream_t stream) {
    return call("cudaStreamQuery", [&] { return wait_for(stream); });
}

cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned) {
    return call("cudaStreamWaitEvent", [&] { return wait_event(stream, event); });
}

cudaError_t cudaLaunchHostFunc(cudaStream_t stream, void (*function)(void*), void* argument) {
    return call("cudaLaunchHostFunc", [&] {
        return host_cuda::submit(stream, [=] {
            function(argument);
            return cudaSuccess;
        });
    });
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned flags) {
    return call("cudaEventCreateWithFlags", [&] {
        auto made = std::make_unique<CUevent_st>();
        made->device = host_cuda::current_device();
        made->flags = flags;
        const std::lock_guard lock(machine().mutex);
        *event = made.release();
        machine().events.insert(*event);
        return cudaSuccess;
    });
}

cudaError_t cudaEventCreate(cudaEvent_t* event) {
    return cudaEventCreateWithFlags(event, cudaEventDefault);
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
    return host_cuda::call_release("cudaEventDestroy", [&] {
        const std::lock_guard lock(machine().mutex);
        if (machine().events.erase(event) == 0) {
            return cudaErrorInvalidResourceHandle;
        }
        delete event;
        return cudaSuccess;
    });
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
    return call("cudaEventRecord", [&] { return record(event, stream); });
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
    return call("cudaEventSynchronize", [&] { return wait_for_event(event); });
}

cudaError_t cudaEventQuery(cudaEvent_t event) {
    return call("cudaEventQuery", [&] { return wait_for_event(event); });
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end) {
    return call("cudaEventElapsedTime", [&] {
        for (cudaEvent_t event : {start, end}) {
            if (!is_event(event) || event->moment == nullptr || (event->flags & cudaEventDisableTiming) != 0) {
                return cudaErrorInvalidResourceHandle;
            }
            if (!event->moment->done) {
                return cudaErrorNotReady;
            }
        }
        *milliseconds = static_cast<float>(1e3 * (end->moment->seconds - start->moment->seconds));
        return cudaSuccess;
    });
}
