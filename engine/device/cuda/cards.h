// Counts and describes the cards of this machine.
#pragma once

#include <vector>

#include "engine/device/cuda_interface.h"

namespace altiplano::engine::cuda {

/// The least compute capability the kernels are written for: asynchronous copies, BF16 tensor cores.
inline constexpr int kLeastMajor = 8;

CudaProbe probe();
std::vector<CudaCard> cards();

/// "NVIDIA GeForce RTX 2080 has compute capability 7.5, 8.0 or newer is needed", or nothing.
std::string too_old(const CudaCard& card);

}  // namespace altiplano::engine::cuda
