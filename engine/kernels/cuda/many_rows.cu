// One thread for each pair, or for four values. Twins: rope.cpp, elementwise.cpp.
#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/many_rows.h"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {
namespace {

constexpr unsigned kThreads = 256;

struct RotateTask {
    float* x;
    std::int64_t pairs;  // of all rows
    int row_pairs;
    int head_pairs;
    const float* angles;
};

__global__ void rotate_kernel(RotateTask task) {
    wait_for_previous_kernel();
    let_next_kernel_start();
    const std::int64_t pair = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    if (pair >= task.pairs) {
        return;
    }
    const std::int64_t row = pair / task.row_pairs;
    const int within = static_cast<int>(pair % task.head_pairs);
    const float* const angles = task.angles + row * 2 * task.head_pairs + within;
    const float cosine = angles[0], sine = angles[task.head_pairs];
    float2* const at = reinterpret_cast<float2*>(task.x) + pair;
    const float2 value = *at;
    *at = {value.x * cosine - value.y * sine, value.x * sine + value.y * cosine};
}

__device__ float gated(float gate, float up) {
    return gate / (1.0F + expf(-gate)) * up;
}

__global__ void gate_kernel(const float4* gate, float4* up, std::int64_t count) {
    wait_for_previous_kernel();
    let_next_kernel_start();
    const std::int64_t at = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    if (at >= count) {
        return;
    }
    const float4 a = gate[at], b = up[at];
    up[at] = {gated(a.x, b.x), gated(a.y, b.y), gated(a.z, b.z), gated(a.w, b.w)};
}

LaunchShape shape(std::int64_t threads, cudaStream_t stream) {
    return {.grid = dim3(static_cast<unsigned>((threads + kThreads - 1) / kThreads)),
            .block = dim3(kThreads),
            .stream = stream,
            .overlap = true};
}

}  // namespace

void launch_rotate(float* x, int n, int heads, int head_dim, const float* angles, cudaStream_t stream) {
    const int row_pairs = heads * head_dim / 2;
    const std::int64_t pairs = std::int64_t{n} * row_pairs;
    launch(rotate_kernel, shape(pairs, stream), RotateTask{x, pairs, row_pairs, head_dim / 2, angles});
}

void launch_gate(const float* gate, float* up, std::int64_t count, cudaStream_t stream) {
    launch(gate_kernel, shape(count / 4, stream), reinterpret_cast<const float4*>(gate), reinterpret_cast<float4*>(up),
           count / 4);
}

}  // namespace altiplano::engine::cuda
