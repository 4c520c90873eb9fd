// The module's one visible function: the table of what it can do.
#include "engine/device/cuda/cards.h"
#include "engine/device/cuda/cuda_collective.h"
#include "engine/device/cuda/cuda_device.h"
#include "engine/device/cuda_interface.h"
#include "engine/version.h"

namespace altiplano::engine {
namespace {

std::unique_ptr<Device> make_device(int card) {
    return std::make_unique<cuda::CudaDevice>(card);
}

std::unique_ptr<Collective> make_collective(std::span<Device* const> ranks, const CardCollectiveOptions& options) {
    std::vector<cuda::RankStream> streams;
    for (Device* const rank : ranks) {
        const auto& device = static_cast<const cuda::CudaDevice&>(*rank);
        streams.push_back({device.card(), device.stream()});
    }
    return std::make_unique<cuda::CudaCollective>(std::move(streams), options);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const CudaModuleTable* altiplano_cuda_module() {
    static const CudaModuleTable table = {
        .abi = kCudaModuleAbi,
        .engine_version = kEngineVersion.data(),
        .probe = cuda::probe,
        .cards = cuda::cards,
        .device = make_device,
        .collective = make_collective,
    };
    return &table;
}

}  // namespace altiplano::engine
