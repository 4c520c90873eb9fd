// Marks go straight into the host's memory, where a watchdog sees them while the stream still hangs.
#include <algorithm>
#include <cassert>

#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/marked_add.h"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kThreads = 256;      // 4 KiB of each operand a block
constexpr int kMostBlocks = 1024;  // a few for each multiprocessor of the largest card; they go on in strides

__global__ void enter_kernel(RankSignals* signals, std::uint32_t* counter) {
    wait_for_previous_kernel();
    const std::uint32_t entered = *counter + 1;
    *counter = entered;
    store_release(&signals->entered, entered);
}

__global__ void __launch_bounds__(kThreads) add_and_leave_kernel(float4* sum, const float4* total, std::int64_t vectors,
                                                                 RankSignals* signals, const std::uint32_t* counter) {
    wait_for_previous_kernel();
    let_next_kernel_start();
    const std::int64_t start = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    const std::int64_t stride = std::int64_t{gridDim.x} * kThreads;
    for (std::int64_t i = start; i < vectors; i += stride) {
        const float4 a = sum[i], b = total[i];
        sum[i] = {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w};
    }
    if (start == 0) {
        store_release(&signals->left, *counter);
    }
}

}  // namespace

void load_marked_add() {
    load(enter_kernel);
    load(add_and_leave_kernel);
}

void launch_enter(RankSignals* signals, std::uint32_t* counter, cudaStream_t stream) {
    launch(enter_kernel, {.grid = dim3(1), .block = dim3(1), .stream = stream, .overlap = true}, signals, counter);
}

void launch_add_and_leave(float* sum, const float* total, std::int64_t count, RankSignals* signals,
                          const std::uint32_t* counter, cudaStream_t stream) {
    assert(count > 0 && count % 4 == 0);
    const auto blocks = std::min<std::int64_t>((count / 4 + kThreads - 1) / kThreads, kMostBlocks);
    launch(add_and_leave_kernel,
           {.grid = dim3(static_cast<unsigned>(blocks)), .block = dim3(kThreads), .stream = stream},
           reinterpret_cast<float4*>(sum), reinterpret_cast<const float4*>(total), count / 4, signals, counter);
}

}  // namespace altiplano::engine::cuda
