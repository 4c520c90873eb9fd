// Rows of weights as BF16 on CUDA. A warp takes 32 units at a time and turns them round in shared memory, so that whole
// lines are written. The limit is the memory's rate: Q4_K reads 0.56 bytes and writes 2 for each value.
#include <algorithm>

#include "engine/kernels/cuda/dequantise.h"
#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/unpack.cuh"
#include "engine/kernels/cuda/with_type.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kThreads = 256;
constexpr int kWarps = kThreads / kWarpLanes;
constexpr std::int64_t kMostBlocks = 132 * 8;  // a large card's, full; the rest is a loop

struct DequantiseTask {
    WeightPlanes weights;
    UnitIndex first;  ///< unit of the matrix
    UnitIndex count;
    UnitIndex row_units;
    std::byte* tile;
};

/// Where piece p of a warp's 16-byte pieces lies in shared memory: neither those of one lane nor those of neighbouring
/// lanes at the same place meet in a bank.
__device__ __forceinline__ int place_of(int piece) {
    return piece ^ (piece >> 3 & 7);
}

/// Writes each lane's pieces one after another, `lanes` of them.
template <int pieces>
__device__ __forceinline__ void write_lines(const uint4 (&mine)[pieces], int lanes, uint4* turning, std::byte* out) {
    const int lane = static_cast<int>(threadIdx.x) % kWarpLanes;
#pragma unroll
    for (int i = 0; i < pieces; ++i) {
        turning[place_of(lane * pieces + i)] = mine[i];
    }
    __syncwarp();
#pragma unroll
    for (int i = 0; i < pieces; ++i) {
        const int piece = i * kWarpLanes + lane;
        if (piece < lanes * pieces) {
            reinterpret_cast<uint4*>(out)[piece] = turning[place_of(piece)];
        }
    }
    __syncwarp();
}

template <DType type>
__global__ void __launch_bounds__(kThreads) dequantise_kernel(const __grid_constant__ DequantiseTask task) {
    constexpr int kValues = Unit<type>::kValues, kPieces = kValues > 8 ? kValues / 8 : 1;
    __shared__ uint4 turning[kWarps][kWarpLanes * kPieces];
    const int lane = static_cast<int>(threadIdx.x) % kWarpLanes, warp = static_cast<int>(threadIdx.x) / kWarpLanes;
    let_next_kernel_start();
    wait_for_previous_kernel();
    for (UnitIndex begin = (blockIdx.x * kWarps + static_cast<UnitIndex>(warp)) * kWarpLanes; begin < task.count;
         begin += gridDim.x * kThreads) {
        const int lanes = static_cast<int>(min(task.count - begin, static_cast<UnitIndex>(kWarpLanes)));
        float values[kValues] = {};
        if (lane < lanes) {
            const UnitIndex index = task.first + begin + static_cast<UnitIndex>(lane);
            Unit<type> unit;
            unit.load(task.weights, index);
            unit_values<type>(unit, index, values);
            if (task.weights.row_scales != nullptr) {
                const float scale = task.weights.row_scales[index / task.row_units];
#pragma unroll
                for (float& value : values) {
                    value *= scale;
                }
            }
        }
        std::byte* const out = task.tile + std::int64_t{begin} * kValues * 2;
        if constexpr (kValues == 4) {
            if (lane < lanes) {
                reinterpret_cast<uint2*>(out)[lane] =
                    make_uint2(bf16_pair(values[0], values[1]), bf16_pair(values[2], values[3]));
            }
        } else {
            uint4 mine[kPieces];
#pragma unroll
            for (int i = 0; i < kPieces; ++i) {
                const float* const from = values + 8 * i;
                mine[i] = make_uint4(bf16_pair(from[0], from[1]), bf16_pair(from[2], from[3]),
                                     bf16_pair(from[4], from[5]), bf16_pair(from[6], from[7]));
            }
            write_lines(mine, lanes, turning[warp], out);
        }
    }
}

}  // namespace

void launch_dequantise(const PlacedMatrix& weight, std::int64_t first, int count, std::byte* tile,
                       cudaStream_t stream) {
    with_type(weight.type, [&]<typename Constant>(Constant) {
        constexpr int kValues = Unit<Constant::kType>::kValues;
        const std::int64_t row_units = weight.cols / kValues, units = count * row_units;
        const DequantiseTask task{weight_planes(weight), static_cast<UnitIndex>(first * row_units),
                                  static_cast<UnitIndex>(units), static_cast<UnitIndex>(row_units), tile};
        const auto blocks = std::min((units + kThreads - 1) / kThreads, kMostBlocks);
        launch(
            dequantise_kernel<Constant::kType>,
            {.grid = dim3(static_cast<unsigned>(blocks)), .block = dim3(kThreads), .stream = stream, .overlap = true},
            task);
    });
}

}  // namespace altiplano::engine::cuda
