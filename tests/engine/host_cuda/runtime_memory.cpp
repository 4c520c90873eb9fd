// The runtime's functions about memory: every range between guard pages, filled with NaNs, never given out twice.
#include <algorithm>
#include <cstring>
#include <sys/mman.h>

#include "tests/engine/host_cuda/machine.h"
#include "tests/engine/host_cuda/stream.h"

using host_cuda::Allocation;
using host_cuda::call;
using host_cuda::call_outside_capture;
using host_cuda::Machine;
using host_cuda::machine;
using host_cuda::Place;

namespace {

constexpr std::size_t kKernelBytes = 32 * 1024;  // what a kernel takes from its first launch on; the real ones differ

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kAlignment = 256;
constexpr std::size_t kMostPoisonedBytes = std::size_t{256} << 20;  // more would only cost time and the host's memory

std::size_t rounded_up(std::size_t bytes, std::size_t to) {
    return (bytes + to - 1) / to * to;
}

/// Maps memory whose end (up to the alignment) meets a page that nobody may touch. Null where the host has none.
void* allocate(std::size_t bytes, Place place, int device) {
    const std::size_t rounded = rounded_up(bytes, kAlignment);
    const std::size_t pages = rounded_up(rounded, kPageBytes);
    Allocation made{bytes, place, device, false, nullptr, pages + 2 * kPageBytes};
    void* mapping =
        mmap(nullptr, made.mapping_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED) {
        return nullptr;
    }
    made.mapping = static_cast<std::byte*>(mapping);
    mprotect(made.mapping, kPageBytes, PROT_NONE);
    mprotect(made.mapping + kPageBytes + pages, kPageBytes, PROT_NONE);
    std::byte* begin = made.mapping + kPageBytes + pages - rounded;
    std::memset(begin, 0xFF, std::min(bytes, kMostPoisonedBytes));
    const std::lock_guard lock(machine().mutex);
    machine().memory[reinterpret_cast<std::uintptr_t>(begin)] = made;
    return begin;
}

/// Takes the range back: touching it from now on stops the program. False where it is not one of this kind.
bool release(void* pointer, Place place) {
    Machine& state = machine();
    const std::lock_guard lock(state.mutex);
    const auto found = state.memory.find(reinterpret_cast<std::uintptr_t>(pointer));
    if (found == state.memory.end() || found->second.place != place || found->second.registered) {
        return false;
    }
    const Allocation gone = found->second;
    state.memory.erase(found);
    madvise(gone.mapping, gone.mapping_bytes, MADV_DONTNEED);
    mprotect(gone.mapping, gone.mapping_bytes, PROT_NONE);
    state.freed.push_back(gone);
    if (place == Place::Card) {
        state.cards[gone.device].used_bytes -= rounded_up(gone.bytes, kAlignment);
    }
    return true;
}

/// Counts the bytes against the card's memory. False where there are not enough.
bool take(int device, std::size_t bytes) {
    const std::lock_guard lock(machine().mutex);
    ++machine().reservations;
    host_cuda::Card& card = machine().cards.at(device);
    const std::size_t rounded = rounded_up(bytes, kAlignment);
    const std::size_t taken = card.used_bytes + card.options.others_bytes;
    if (taken > card.options.memory_bytes || rounded > card.options.memory_bytes - taken) {
        return false;
    }
    card.used_bytes += rounded;
    return true;
}

}  // namespace

cudaError_t cudaMalloc(void** pointer, std::size_t bytes) {
    return call_outside_capture("cudaMalloc", [&] {
        if (pointer == nullptr) {
            return cudaErrorInvalidValue;
        }
        *pointer = nullptr;
        if (bytes == 0) {
            return cudaSuccess;
        }
        const int device = host_cuda::current_device();
        if (!take(device, bytes)) {
            return cudaErrorMemoryAllocation;
        }
        *pointer = allocate(bytes, Place::Card, device);
        return *pointer != nullptr ? cudaSuccess : cudaErrorMemoryAllocation;
    });
}

cudaError_t cudaFree(void* pointer) {
    return host_cuda::call_release("cudaFree", [&] {
        if (const cudaError_t refused = host_cuda::refuse_in_capture(); refused != cudaSuccess) {
            return refused;
        }
        if (pointer == nullptr) {
            return cudaSuccess;
        }
        const host_cuda::Found found = host_cuda::find_memory(pointer);
        if (found.begin != 0 && found.allocation.place == Place::Card) {
            host_cuda::drain_card(found.allocation.device);  // it waits for whatever still uses the memory
        }
        return release(pointer, Place::Card) ? cudaSuccess : cudaErrorInvalidValue;
    });
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
    return call("cudaMemGetInfo", [&] {
        const std::lock_guard lock(machine().mutex);
        const host_cuda::Card& card = machine().cards.at(host_cuda::current_device());
        const std::size_t taken = card.used_bytes + card.options.others_bytes + kKernelBytes * card.kernels.size();
        *total = card.options.memory_bytes;
        *free = taken < *total ? *total - taken : 0;
        return cudaSuccess;
    });
}

cudaError_t cudaHostAlloc(void** pointer, std::size_t bytes, unsigned) {
    return call_outside_capture("cudaHostAlloc", [&] {
        *pointer = bytes == 0 ? nullptr : allocate(bytes, Place::Pinned, host_cuda::current_device());
        return *pointer != nullptr || bytes == 0 ? cudaSuccess : cudaErrorMemoryAllocation;
    });
}

cudaError_t cudaMallocHost(void** pointer, std::size_t bytes) {
    return cudaHostAlloc(pointer, bytes, cudaHostAllocDefault);
}

cudaError_t cudaFreeHost(void* pointer) {
    return host_cuda::call_release("cudaFreeHost", [&] {
        if (const cudaError_t refused = host_cuda::refuse_in_capture(); refused != cudaSuccess) {
            return refused;
        }
        return pointer == nullptr || release(pointer, Place::Pinned) ? cudaSuccess : cudaErrorInvalidValue;
    });
}

cudaError_t cudaHostRegister(void* pointer, std::size_t bytes, unsigned) {
    return call_outside_capture("cudaHostRegister", [&] {
        if (pointer == nullptr || bytes == 0) {
            return cudaErrorInvalidValue;
        }
        const auto begin = reinterpret_cast<std::uintptr_t>(pointer);
        const std::lock_guard lock(machine().mutex);
        auto& memory = machine().memory;
        const auto after = memory.lower_bound(begin + bytes);
        if (after != memory.begin() && std::prev(after)->first + std::prev(after)->second.bytes > begin) {
            return cudaErrorHostMemoryAlreadyRegistered;
        }
        memory[begin] = Allocation{bytes, Place::Pinned, host_cuda::current_device(), true, nullptr, 0};
        return cudaSuccess;
    });
}

cudaError_t cudaHostUnregister(void* pointer) {
    return host_cuda::call_release("cudaHostUnregister", [&] {
        if (const cudaError_t refused = host_cuda::refuse_in_capture(); refused != cudaSuccess) {
            return refused;
        }
        const std::lock_guard lock(machine().mutex);
        const auto found = machine().memory.find(reinterpret_cast<std::uintptr_t>(pointer));
        if (found == machine().memory.end() || !found->second.registered) {
            return cudaErrorHostMemoryNotRegistered;
        }
        machine().memory.erase(found);
        return cudaSuccess;
    });
}

cudaError_t cudaHostGetDevicePointer(void** device_pointer, void* host_pointer, unsigned) {
    return call("cudaHostGetDevicePointer", [&] {
        const host_cuda::Found found = host_cuda::find_memory(host_pointer);
        if (found.begin == 0 || found.allocation.place != Place::Pinned) {
            return cudaErrorInvalidValue;
        }
        *device_pointer = host_pointer;
        return cudaSuccess;
    });
}

cudaError_t cudaPointerGetAttributes(cudaPointerAttributes* attributes, const void* pointer) {
    return call("cudaPointerGetAttributes", [&] {
        const host_cuda::Found found = host_cuda::find_memory(pointer);
        void* const same = const_cast<void*>(pointer);
        switch (found.allocation.place) {
            case Place::Pageable:
                *attributes = {cudaMemoryTypeUnregistered, -1, nullptr, same};
                break;
            case Place::Pinned:
                *attributes = {cudaMemoryTypeHost, found.allocation.device, same, same};
                break;
            case Place::Card:
                *attributes = {cudaMemoryTypeDevice, found.allocation.device, same, nullptr};
                break;
        }
        return cudaSuccess;
    });
}

cudaError_t cudaDeviceReset() {
    return host_cuda::leave_call([] {
        const int device = host_cuda::current_device();
        std::vector<void*> mine;
        {
            Machine& state = machine();
            const std::lock_guard lock(state.mutex);
            host_cuda::Card& card = state.cards.at(device);
            card.lost = cudaSuccess;
            card.peers.clear();
            card.allowed_shared_bytes.clear();
            card.default_stream = nullptr;
            std::erase_if(state.streams, [&](cudaStream_t stream) {
                const bool gone = stream->device == device;
                if (gone) {
                    delete stream;
                }
                return gone;
            });
            for (const auto& [begin, allocation] : state.memory) {
                if (allocation.device == device && allocation.place == Place::Card) {
                    mine.push_back(reinterpret_cast<void*>(begin));
                }
            }
        }
        for (void* pointer : mine) {
            release(pointer, Place::Card);
        }
        host_cuda::set_last_error(cudaSuccess);
        return cudaSuccess;
    }());
}
