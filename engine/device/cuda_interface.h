// What the CUDA module gives the engine: one table of functions, found by one name. No CUDA header is needed for it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/device/collective.h"
#include "engine/device/device.h"
#include "engine/device/device_info.h"
#include "engine/device/rank_barrier.h"

namespace altiplano::engine {

/// One card as the driver describes it.
struct CudaCard {
    DeviceInfo info;           ///< in_use_bytes: by other programs, and by this one where it already computes there
    std::string name;          ///< "NVIDIA H200"
    int major = 0, minor = 0;  ///< compute capability
    std::string pci_bus_id;    ///< "0000:3B:00.0"
    std::vector<int> peers;    ///< cards whose memory it reads and writes directly, as the driver says
    std::vector<int> nvlinks;  ///< those of them that a fast link joins to it, NVLink as a rule
    std::string why_not;       ///< empty where this program can compute on it
};

/// Driver and cards at a glance, before any of them is touched.
struct CudaProbe {
    int driver_cuda = 0;  ///< newest CUDA that the driver serves, 12040 = 12.4; 0 where there is no driver
    int needed_cuda = 0;  ///< what the module is built with
    int cards = 0;
    std::string failure;  ///< CUDA's words where it could not count the cards
};

/// How the ranks of a model on cards wait for each other and add up.
struct CardCollectiveOptions {
    bool direct_ways = true;  ///< cards may write to each other's memory, where a test shows that it works
    RankWait wait;            ///< names empty: "GPU 0" and so on
};

/// Raised with every change of this file, of Device and of what their functions take: a module of another build must
/// not be called.
inline constexpr int kCudaModuleAbi = 4;

struct CudaModuleTable {
    int abi = 0;
    const char* engine_version = nullptr;
    CudaProbe (*probe)() = nullptr;
    std::vector<CudaCard> (*cards)() = nullptr;
    std::unique_ptr<Device> (*device)(int card) = nullptr;
    std::unique_ptr<Collective> (*collective)(std::span<Device* const> ranks,
                                              const CardCollectiveOptions& options) = nullptr;
};

/// The module's one visible name.
inline constexpr const char* kCudaModuleEntry = "altiplano_cuda_module";
using CudaModuleEntry = const CudaModuleTable* (*)();

}  // namespace altiplano::engine
