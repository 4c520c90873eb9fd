// How much of a card's memory there is and how much is taken.
#pragma once

#include <cstdint>
#include <string>

namespace altiplano::engine::cuda {

struct MemoryUse {
    std::int64_t total_bytes = 0;
    std::int64_t in_use_bytes = 0;  ///< by all programs and the driver
};

/// Asks the driver's management library, which costs nothing; where it is not there, or speaks of more than the part of
/// a divided card (MIG) that this program has, CUDA, which takes half a second and some hundred MiB of the card for its
/// context. card_bytes: cudaDeviceProp::totalGlobalMem. Throws Error where CUDA fails.
MemoryUse memory_use(int card, const std::string& pci_bus_id, std::int64_t card_bytes);

}  // namespace altiplano::engine::cuda
