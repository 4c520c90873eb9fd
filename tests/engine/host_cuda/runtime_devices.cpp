// The runtime's functions about cards.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "tests/engine/host_cuda/machine.h"
#include "tests/engine/host_cuda/stream.h"
#include "tests/engine/host_cuda/threads.h"

using host_cuda::call;
using host_cuda::Card;
using host_cuda::machine;

namespace {

constexpr std::size_t kUnaskedSharedBytes = 48 * 1024;
constexpr std::size_t kReservedSharedBytes = 1024;

/// Runs body(card) under the lock where there is such a card.
template <typename Body>
cudaError_t with_card(int device, const Body& body) {
    const std::lock_guard lock(machine().mutex);
    if (device < 0 || device >= static_cast<int>(machine().cards.size())) {
        return machine().cards.empty() ? cudaErrorNoDevice : cudaErrorInvalidDevice;
    }
    return body(machine().cards[device]);
}

bool peers(int device, int peer) {
    const auto& cards = machine().cards;
    return device != peer && cards[device].options.peer_access && cards[peer].options.peer_access;
}

bool is_device(int device) {
    return device >= 0 && device < static_cast<int>(machine().cards.size());
}

}  // namespace

cudaError_t cudaDriverGetVersion(int* version) {
    const std::lock_guard lock(machine().mutex);
    *version = machine().driver_version;
    return cudaSuccess;
}

cudaError_t cudaRuntimeGetVersion(int* version) {
    *version = CUDART_VERSION;
    return cudaSuccess;
}

cudaError_t cudaGetDeviceCount(int* count) {
    return call("cudaGetDeviceCount", [&] {
        const std::lock_guard lock(machine().mutex);
        *count = static_cast<int>(machine().cards.size());
        return *count > 0 ? cudaSuccess : cudaErrorNoDevice;
    });
}

cudaError_t cudaSetDevice(int device) {
    return call("cudaSetDevice", [&] {
        return with_card(device, [&](Card& card) {
            host_cuda::set_current_device(device);
            return card.lost;
        });
    });
}

cudaError_t cudaGetDevice(int* device) {
    return call("cudaGetDevice", [&] {
        *device = host_cuda::current_device();
        return cudaSuccess;
    });
}

cudaError_t cudaSetDeviceFlags(unsigned) {
    return call("cudaSetDeviceFlags", [] { return cudaSuccess; });
}

cudaError_t cudaInitDevice(int device, unsigned, unsigned) {
    return call("cudaInitDevice", [&] { return with_card(device, [](Card& card) { return card.lost; }); });
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
    return call("cudaGetDeviceProperties", [&] {
        return with_card(device, [&](Card& card) {
            const host_cuda::CardOptions& options = card.options;
            *properties = {};
            std::snprintf(properties->name, sizeof properties->name, "%s", options.name.c_str());
            std::memset(properties->uuid.bytes, device + 1, sizeof properties->uuid.bytes);
            properties->totalGlobalMem = options.memory_bytes;
            properties->sharedMemPerBlock = kUnaskedSharedBytes;
            properties->sharedMemPerBlockOptin = options.most_shared_bytes;
            properties->sharedMemPerMultiprocessor = options.most_shared_bytes + kReservedSharedBytes;
            properties->reservedSharedMemPerBlock = kReservedSharedBytes;
            properties->regsPerBlock = properties->regsPerMultiprocessor = 65536;
            properties->warpSize = host_cuda::kLanes;
            properties->maxThreadsPerBlock = 1024;
            properties->maxThreadsPerMultiProcessor = 2048;
            properties->maxThreadsDim[0] = properties->maxThreadsDim[1] = 1024;
            properties->maxThreadsDim[2] = 64;
            properties->maxGridSize[0] = 0x7FFFFFFF;
            properties->maxGridSize[1] = properties->maxGridSize[2] = 65535;
            properties->major = options.major;
            properties->minor = options.minor;
            properties->multiProcessorCount = options.multiprocessors;
            properties->pciBusID = device + 1;
            properties->memoryBusWidth = 5120;
            properties->l2CacheSize = 50 << 20;
            properties->cooperativeLaunch = properties->hostRegisterSupported = properties->unifiedAddressing = 1;
            return cudaSuccess;
        });
    });
}

cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device) {
    return call("cudaDeviceGetAttribute", [&] {
        return with_card(device, [&](Card& card) {
            const host_cuda::CardOptions& options = card.options;
            switch (attribute) {
                case cudaDevAttrMaxThreadsPerBlock:
                    *value = 1024;
                    break;
                case cudaDevAttrMaxSharedMemoryPerBlock:
                    *value = kUnaskedSharedBytes;
                    break;
                case cudaDevAttrClockRate:
                    *value = 1'980'000;
                    break;
                case cudaDevAttrMultiProcessorCount:
                    *value = options.multiprocessors;
                    break;
                case cudaDevAttrEccEnabled:
                    *value = 0;
                    break;
                case cudaDevAttrMemoryClockRate:
                    *value = 3'201'000;
                    break;
                case cudaDevAttrGlobalMemoryBusWidth:
                    *value = 5120;
                    break;
                case cudaDevAttrL2CacheSize:
                    *value = 50 << 20;
                    break;
                case cudaDevAttrComputeCapabilityMajor:
                    *value = options.major;
                    break;
                case cudaDevAttrComputeCapabilityMinor:
                    *value = options.minor;
                    break;
                case cudaDevAttrMaxSharedMemoryPerMultiprocessor:
                    *value = static_cast<int>(options.most_shared_bytes + kReservedSharedBytes);
                    break;
                case cudaDevAttrMaxSharedMemoryPerBlockOptin:
                    *value = static_cast<int>(options.most_shared_bytes);
                    break;
                case cudaDevAttrCooperativeLaunch:
                case cudaDevAttrHostRegisterSupported:
                case cudaDevAttrHostRegisterReadOnlySupported:
                    *value = 1;
                    break;
                default:
                    return cudaErrorInvalidValue;
            }
            return cudaSuccess;
        });
    });
}

cudaError_t cudaDeviceGetPCIBusId(char* text, int length, int device) {
    return call("cudaDeviceGetPCIBusId", [&] {
        return with_card(device, [&](Card&) {  // another machine after every set_devices()
            const int written =
                std::snprintf(text, length, "%04X:%02X:00.0", machine().generation % 0x10000, device + 1);
            return written < length ? cudaSuccess : cudaErrorInvalidValue;
        });
    });
}

cudaError_t cudaDeviceSynchronize() {
    return host_cuda::call_outside_capture("cudaDeviceSynchronize",
                                           [] { return host_cuda::drain_card(host_cuda::current_device()); });
}

cudaError_t cudaDeviceCanAccessPeer(int* can, int device, int peer) {
    return call("cudaDeviceCanAccessPeer", [&] {
        const std::lock_guard lock(machine().mutex);
        if (!is_device(device) || !is_device(peer)) {
            return cudaErrorInvalidDevice;
        }
        *can = peers(device, peer) ? 1 : 0;
        return cudaSuccess;
    });
}

cudaError_t cudaDeviceEnablePeerAccess(int peer, unsigned flags) {
    return call("cudaDeviceEnablePeerAccess", [&] {
        const std::lock_guard lock(machine().mutex);
        const int device = host_cuda::current_device();
        if (flags != 0 || !is_device(peer)) {
            return flags != 0 ? cudaErrorInvalidValue : cudaErrorInvalidDevice;
        }
        if (!peers(device, peer)) {
            return device == peer ? cudaErrorInvalidDevice : cudaErrorPeerAccessUnsupported;
        }
        return machine().cards[device].peers.insert(peer).second ? cudaSuccess : cudaErrorPeerAccessAlreadyEnabled;
    });
}

cudaError_t cudaDeviceDisablePeerAccess(int peer) {
    return call("cudaDeviceDisablePeerAccess", [&] {
        return with_card(host_cuda::current_device(), [&](Card& card) {
            return card.peers.erase(peer) > 0 ? cudaSuccess : cudaErrorPeerAccessNotEnabled;
        });
    });
}

cudaError_t cudaDeviceGetP2PAttribute(int* value, cudaDeviceP2PAttr attribute, int source, int destination) {
    return call("cudaDeviceGetP2PAttribute", [&] {
        const std::lock_guard lock(machine().mutex);
        if (!is_device(source) || !is_device(destination) || source == destination) {
            return cudaErrorInvalidDevice;
        }
        *value = attribute != cudaDevP2PAttrPerformanceRank && peers(source, destination) ? 1 : 0;
        return cudaSuccess;
    });
}
