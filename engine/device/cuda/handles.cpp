#include "engine/device/cuda/handles.h"

#include <thread>

#include "engine/device/cuda/cuda_error.h"

namespace altiplano::engine::cuda {

Stream make_stream() {
    cudaStream_t stream = nullptr;
    check(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "making a stream");
    return Stream(stream);
}

Event make_event() {
    cudaEvent_t event = nullptr;
    check(cudaEventCreateWithFlags(&event, cudaEventDisableTiming), "making an event");
    return Event(event);
}

// Cards see it all, so that one buffer serves any of them.
Pinned make_pinned(std::int64_t bytes, const std::string& what) {
    void* memory = nullptr;
    check(cudaHostAlloc(&memory, static_cast<std::size_t>(bytes), cudaHostAllocPortable),
          what + " needs " + std::to_string(bytes >> 10) + " KiB of pinned host memory");
    return Pinned(static_cast<std::byte*>(memory));
}

bool ends_within(cudaStream_t stream, std::chrono::milliseconds patience, const char* what) {
    constexpr auto kNap = std::chrono::microseconds(100);
    const auto end = std::chrono::steady_clock::now() + patience;
    cudaError_t status = cudaSuccess;
    while ((status = cudaStreamQuery(stream)) == cudaErrorNotReady) {
        cudaGetLastError();  // remembered, too, though it is none
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(kNap);
    }
    check(status, what);
    return true;
}

}  // namespace altiplano::engine::cuda
