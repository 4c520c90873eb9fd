// libnvidia-ml comes with the driver, its header does not: the four functions needed are declared here.
#include "engine/device/cuda/card_memory.h"

#include <cuda_runtime_api.h>
#include <dlfcn.h>
#include <optional>

#include "engine/device/cuda/cuda_error.h"

namespace altiplano::engine::cuda {
namespace {

/// As nvmlMemory_t of every version of the library.
struct NvmlMemory {
    unsigned long long total, free, used;
};
using NvmlHandle = void*;

class Nvml {
public:
    Nvml() {
        library_ = ::dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
        const auto start = reinterpret_cast<int (*)()>(symbol("nvmlInit_v2"));
        started_ = start != nullptr && start() == 0;
    }
    ~Nvml() {
        if (started_) {
            if (const auto stop = reinterpret_cast<int (*)()>(symbol("nvmlShutdown")); stop != nullptr) {
                stop();
            }
        }
        if (library_ != nullptr) {
            ::dlclose(library_);
        }
    }
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    std::optional<MemoryUse> memory(const std::string& pci_bus_id) const {
        const auto find =
            reinterpret_cast<int (*)(const char*, NvmlHandle*)>(symbol("nvmlDeviceGetHandleByPciBusId_v2"));
        const auto ask = reinterpret_cast<int (*)(NvmlHandle, NvmlMemory*)>(symbol("nvmlDeviceGetMemoryInfo"));
        NvmlHandle card = nullptr;
        NvmlMemory memory{};
        if (!started_ || find == nullptr || ask == nullptr || find(pci_bus_id.c_str(), &card) != 0 ||
            ask(card, &memory) != 0) {
            return std::nullopt;
        }
        return MemoryUse{static_cast<std::int64_t>(memory.total),
                         static_cast<std::int64_t>(memory.total - memory.free)};
    }

private:
    void* symbol(const char* name) const { return library_ == nullptr ? nullptr : ::dlsym(library_, name); }

    void* library_ = nullptr;
    bool started_ = false;
};

MemoryUse ask_cuda(int card) {
    int before = 0;
    check(cudaGetDevice(&before), "asking for the current card");
    check(cudaSetDevice(card), "choosing the card");
    std::size_t free = 0, total = 0;
    const cudaError_t status = cudaMemGetInfo(&free, &total);
    cudaSetDevice(before);
    check(status, "asking for the card's free memory");
    return {static_cast<std::int64_t>(total), static_cast<std::int64_t>(total - free)};
}

}  // namespace

// The library counts some percent that programs never get, and all of a card of which a part may have half or less.
MemoryUse memory_use(int card, const std::string& pci_bus_id, std::int64_t card_bytes) {
    const auto use = Nvml().memory(pci_bus_id);
    return use && use->total_bytes - use->total_bytes / 9 <= card_bytes ? *use : ask_cuda(card);
}

}  // namespace altiplano::engine::cuda
