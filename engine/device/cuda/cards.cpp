#include "engine/device/cuda/cards.h"

#include <cuda_runtime_api.h>

#include "engine/device/cuda/card_memory.h"
#include "engine/device/cuda/cuda_error.h"

namespace altiplano::engine::cuda {
namespace {

bool attribute(cudaDeviceP2PAttr which, int from, int to) {
    int value = 0;
    return cudaDeviceGetP2PAttribute(&value, which, from, to) == cudaSuccess && value != 0;
}

// Links that carry atomic operations are NVLink, or the fabric of a superchip.
void look_for_peers(CudaCard& card, int count) {
    const int index = card.info.index;
    for (int other = 0; other < count; ++other) {
        if (other != index && attribute(cudaDevP2PAttrAccessSupported, index, other)) {
            card.peers.push_back(other);
            if (attribute(cudaDevP2PAttrNativeAtomicSupported, index, other)) {
                card.nvlinks.push_back(other);
            }
        }
    }
}

std::string pci_bus_id(int index) {
    char text[32] = {};
    check(cudaDeviceGetPCIBusId(text, sizeof(text), index), "asking for the card's place on the bus");
    return text;
}

CudaCard describe(int index, int count) {
    cudaDeviceProp properties{};
    check(cudaGetDeviceProperties(&properties, index), "asking for the card's properties");
    CudaCard card;
    card.info = {.kind = DeviceKind::Gpu,
                 .index = index,
                 .total_bytes = static_cast<std::int64_t>(properties.totalGlobalMem),
                 .in_use_bytes = 0};
    card.name = properties.name;
    card.major = properties.major;
    card.minor = properties.minor;
    card.pci_bus_id = pci_bus_id(index);
    card.why_not = too_old(card);
    look_for_peers(card, count);
    if (card.why_not.empty()) {
        const MemoryUse use = memory_use(index, card.pci_bus_id, card.info.total_bytes);
        card.info.total_bytes = use.total_bytes;
        card.info.in_use_bytes = use.in_use_bytes;
    }
    return card;
}

// What people meet most, and CUDA's words do not tell what to do about.
std::string advice(cudaError_t status) {
    switch (status) {
        case cudaErrorSystemDriverMismatch:
            return "; after an update of the driver the machine must be started anew";
        case cudaErrorSystemNotReady:
            return "; GPUs joined by NVSwitch need the service nvidia-fabricmanager";
        default:
            return "";
    }
}

}  // namespace

std::string too_old(const CudaCard& card) {
    if (card.major >= kLeastMajor) {
        return "";
    }
    return card.name + " has compute capability " + std::to_string(card.major) + "." + std::to_string(card.minor) +
           ", " + std::to_string(kLeastMajor) + ".0 or newer is needed";
}

CudaProbe probe() {
    CudaProbe found;
    found.needed_cuda = CUDART_VERSION;
    if (cudaDriverGetVersion(&found.driver_cuda) != cudaSuccess) {
        found.driver_cuda = 0;
    }
    const cudaError_t status = cudaGetDeviceCount(&found.cards);
    if (status != cudaSuccess) {
        found.cards = 0;
        found.failure = status == cudaErrorNoDevice ? "" : words(status) + advice(status);
        cudaGetLastError();
    }
    return found;
}

std::vector<CudaCard> cards() {
    const int count = probe().cards;
    std::vector<CudaCard> found;
    for (int index = 0; index < count; ++index) {
        found.push_back(describe(index, count));
    }
    return found;
}

}  // namespace altiplano::engine::cuda
