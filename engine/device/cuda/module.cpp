// The module's one visible function: the table of what it can do.
#include "engine/device/cuda/cards.h"
#include "engine/device/cuda_interface.h"
#include "engine/version.h"

namespace altiplano::engine {

extern "C" __attribute__((visibility("default"))) const CudaModuleTable* altiplano_cuda_module() {
    static const CudaModuleTable table = {
        .abi = kCudaModuleAbi,
        .engine_version = kEngineVersion.data(),
        .probe = cuda::probe,
        .cards = cuda::cards,
        .device = nullptr,
    };
    return &table;
}

}  // namespace altiplano::engine
