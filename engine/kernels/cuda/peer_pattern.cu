// Written in whole vectors, as the all-reduce writes.
#include <algorithm>
#include <cassert>

#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/peer_pattern.h"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kThreads = 256;  // 4 KiB a block
constexpr int kMostBlocks = 64;

// Every bit of the index and of the seed reaches every bit of the result, and no stored number is likely to be zero.
__device__ std::uint32_t pattern(std::uint32_t index, std::uint32_t seed) {
    std::uint32_t mixed = index * 0x9E3779B1U + seed * 0x85EBCA77U + 1;
    mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6DU;
    mixed = (mixed ^ mixed >> 12) * 0x297A2D39U;
    return mixed ^ mixed >> 15;
}

__global__ void __launch_bounds__(kThreads) write_kernel(uint4* to, std::uint32_t vectors, std::uint32_t seed) {
    wait_for_previous_kernel();
    for (std::uint32_t i = blockIdx.x * kThreads + threadIdx.x; i < vectors; i += gridDim.x * kThreads) {
        to[i] = {pattern(4 * i, seed), pattern(4 * i + 1, seed), pattern(4 * i + 2, seed), pattern(4 * i + 3, seed)};
    }
}

__global__ void __launch_bounds__(kThreads)
    count_kernel(const uint4* from, std::uint32_t vectors, std::uint32_t seed, unsigned* wrong) {
    wait_for_previous_kernel();
    unsigned mine = 0;
    for (std::uint32_t i = blockIdx.x * kThreads + threadIdx.x; i < vectors; i += gridDim.x * kThreads) {
        const uint4 found = from[i];
        mine += (found.x != pattern(4 * i, seed)) + (found.y != pattern(4 * i + 1, seed)) +
                (found.z != pattern(4 * i + 2, seed)) + (found.w != pattern(4 * i + 3, seed));
    }
    if (mine != 0) {
        atomicAdd(wrong, mine);
    }
}

LaunchShape shape(std::int64_t vectors, cudaStream_t stream) {
    const auto blocks = std::min<std::int64_t>((vectors + kThreads - 1) / kThreads, kMostBlocks);
    return {.grid = dim3(static_cast<unsigned>(blocks)), .block = dim3(kThreads), .stream = stream};
}

}  // namespace

void launch_write_pattern(std::uint32_t* to, std::int64_t count, std::uint32_t seed, cudaStream_t stream) {
    assert(count > 0 && count % 4 == 0);
    launch(write_kernel, shape(count / 4, stream), reinterpret_cast<uint4*>(to), count / 4, seed);
}

void launch_count_wrong(const std::uint32_t* from, std::int64_t count, std::uint32_t seed, unsigned* wrong,
                        cudaStream_t stream) {
    assert(count > 0 && count % 4 == 0);
    launch(count_kernel, shape(count / 4, stream), reinterpret_cast<const uint4*>(from), count / 4, seed, wrong);
}

}  // namespace altiplano::engine::cuda
