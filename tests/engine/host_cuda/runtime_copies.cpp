// The runtime's copies and fills: both ends are checked against what was allocated.
#include <cstring>

#include "tests/engine/host_cuda/machine.h"
#include "tests/engine/host_cuda/stream.h"

using host_cuda::call;
using host_cuda::Found;
using host_cuda::machine;
using host_cuda::Operation;
using host_cuda::Place;

namespace {

/// A copy of `height` rows; one row for the plain kind.
struct Copy {
    std::byte* to;
    std::size_t to_pitch;
    const std::byte* from;
    std::size_t from_pitch;
    std::size_t width;
    std::size_t height;
};

/// One end of a copy.
struct End {
    Place place = Place::Pageable;
    int device = -1;
    bool fits = true;
};

End end_of(const void* pointer, std::size_t bytes) {
    const Found found = host_cuda::find_memory(pointer);
    if (found.begin == 0) {
        return {};
    }
    const auto address = reinterpret_cast<std::uintptr_t>(pointer);
    const bool fits = address + bytes <= found.begin + found.allocation.bytes;
    if (!fits && address == found.begin + found.allocation.bytes && found.allocation.place != Place::Card) {
        return {};  // memory of the program's own that begins where a registered range ends
    }
    return {found.allocation.place, found.allocation.device, fits};
}

bool is_direction(cudaMemcpyKind kind, Place to, Place from) {
    const bool to_card = to == Place::Card;
    const bool from_card = from == Place::Card;
    switch (kind) {
        case cudaMemcpyHostToHost:
            return !to_card && !from_card;
        case cudaMemcpyHostToDevice:
            return to_card && !from_card;
        case cudaMemcpyDeviceToHost:
            return !to_card && from_card;
        case cudaMemcpyDeviceToDevice:
            return to_card && from_card;
        case cudaMemcpyDefault:
            return true;
    }
    return false;
}

void do_copy(const Copy& copy) {
    for (std::size_t row = 0; row < copy.height; ++row) {
        std::memmove(copy.to + row * copy.to_pitch, copy.from + row * copy.from_pitch, copy.width);
    }
}

/// What a machine that lies about its peers delivers: all but the first bytes are not those that were sent.
void spoil(const Copy& copy) {
    for (std::size_t i = 0; i < copy.width; ++i) {
        copy.to[i] ^= std::byte{static_cast<unsigned char>(i >= 16 ? 0x5A : 0)};
    }
}

Operation operation_of(const Copy& copy, const End& to, const End& from) {
    const bool between_cards = to.place == Place::Card && from.place == Place::Card && to.device != from.device;
    bool lie = false;
    {
        const std::lock_guard lock(machine().mutex);
        lie = machine().peer_copies_lie && between_cards &&
              (machine().cards[to.device].peers.contains(from.device) ||
               machine().cards[from.device].peers.contains(to.device));
    }
    return [copy, lie] {
        do_copy(copy);
        if (lie) {
            spoil(copy);
        }
        return cudaSuccess;
    };
}

cudaError_t start_copy(const Copy& copy, cudaMemcpyKind kind, cudaStream_t stream) {
    if (copy.width == 0 || copy.height == 0) {
        return cudaSuccess;
    }
    if (copy.to == nullptr || copy.from == nullptr ||
        (copy.height > 1 && (copy.to_pitch < copy.width || copy.from_pitch < copy.width))) {
        return cudaErrorInvalidValue;
    }
    const End to = end_of(copy.to, (copy.height - 1) * copy.to_pitch + copy.width);
    const End from = end_of(copy.from, (copy.height - 1) * copy.from_pitch + copy.width);
    if (!to.fits || !from.fits || !is_direction(kind, to.place, from.place)) {
        return cudaErrorInvalidValue;
    }
    const cudaStream_t real = host_cuda::real_stream(stream);
    if (real == nullptr) {
        return cudaErrorInvalidResourceHandle;
    }
    // Copies from and to the program's own memory are done before the call returns, or are not: the documentation
    // ("API synchronization behavior") does not say, so the call does not wait.
    const bool pageable = to.place == Place::Pageable || from.place == Place::Pageable;
    return pageable && host_cuda::is_capturing(real) ? cudaErrorStreamCaptureUnsupported
                                                     : host_cuda::submit(stream, operation_of(copy, to, from));
}

Copy plain(void* to, const void* from, std::size_t bytes) {
    return {static_cast<std::byte*>(to), bytes, static_cast<const std::byte*>(from), bytes, bytes, 1};
}

Copy rows(void* to, std::size_t to_pitch, const void* from, std::size_t from_pitch, std::size_t width,
          std::size_t height) {
    return {static_cast<std::byte*>(to), to_pitch, static_cast<const std::byte*>(from), from_pitch, width, height};
}

/// The kinds that wait do so for everything in the default stream.
cudaError_t copy_and_wait(const Copy& copy, cudaMemcpyKind kind) {
    const cudaError_t refused = host_cuda::refuse_in_capture();
    if (refused != cudaSuccess) {
        return refused;
    }
    const cudaError_t status = start_copy(copy, kind, nullptr);
    return status == cudaSuccess ? host_cuda::drain(host_cuda::real_stream(nullptr)) : status;
}

bool on_card(const void* pointer, int device, std::size_t bytes) {
    const End end = end_of(pointer, bytes);
    return end.place == Place::Card && end.device == device && end.fits;
}

cudaError_t fill(void* to, int value, std::size_t bytes, cudaStream_t stream) {
    if (bytes == 0) {
        return cudaSuccess;
    }
    const End end = end_of(to, bytes);
    if (end.place == Place::Pageable || !end.fits) {
        return cudaErrorInvalidValue;
    }
    return host_cuda::submit(stream, [=] {
        std::memset(to, value, bytes);
        return cudaSuccess;
    });
}

}  // namespace

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
    return call("cudaMemcpy", [&] { return copy_and_wait(plain(to, from, bytes), kind); });
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
    return call("cudaMemcpyAsync", [&] { return start_copy(plain(to, from, bytes), kind, stream); });
}

cudaError_t cudaMemcpy2D(void* to, std::size_t to_pitch, const void* from, std::size_t from_pitch, std::size_t width,
                         std::size_t height, cudaMemcpyKind kind) {
    return call("cudaMemcpy2D",
                [&] { return copy_and_wait(rows(to, to_pitch, from, from_pitch, width, height), kind); });
}

cudaError_t cudaMemcpy2DAsync(void* to, std::size_t to_pitch, const void* from, std::size_t from_pitch,
                              std::size_t width, std::size_t height, cudaMemcpyKind kind, cudaStream_t stream) {
    return call("cudaMemcpy2DAsync",
                [&] { return start_copy(rows(to, to_pitch, from, from_pitch, width, height), kind, stream); });
}

cudaError_t cudaMemcpyPeerAsync(void* to, int to_device, const void* from, int from_device, std::size_t bytes,
                                cudaStream_t stream) {
    return call("cudaMemcpyPeerAsync", [&] {
        const bool right = bytes == 0 || (on_card(to, to_device, bytes) && on_card(from, from_device, bytes));
        return right ? start_copy(plain(to, from, bytes), cudaMemcpyDeviceToDevice, stream) : cudaErrorInvalidValue;
    });
}

cudaError_t cudaMemcpyPeer(void* to, int to_device, const void* from, int from_device, std::size_t bytes) {
    const cudaError_t status = cudaMemcpyPeerAsync(to, to_device, from, from_device, bytes, nullptr);
    return status == cudaSuccess ? cudaStreamSynchronize(nullptr) : status;
}

cudaError_t cudaMemsetAsync(void* to, int value, std::size_t bytes, cudaStream_t stream) {
    return call("cudaMemsetAsync", [&] { return fill(to, value, bytes, stream); });
}

cudaError_t cudaMemset(void* to, int value, std::size_t bytes) {
    return call("cudaMemset", [&] { return fill(to, value, bytes, nullptr); });
}
