// The kernels of host_cuda_kernels.h.
#include <cuda_fp16.h>

#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/ptx.h"
#include "tests/engine/cuda/host_cuda_kernels.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kThreads = 256;
constexpr unsigned kAll = 0xffffffffU;

__global__ void block_sums(const float* __restrict__ x, float* __restrict__ sums) {
    __shared__ float parts[kThreads / 32];
    wait_for_previous_kernel();
    float sum = x[blockIdx.x * blockDim.x + threadIdx.x];
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2) {
        sum += __shfl_xor_sync(kAll, sum, distance);
    }
    if (threadIdx.x % 32 == 0) {
        parts[threadIdx.x / 32] = sum;
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        float total = 0;
        for (const float part : parts) {
            total += part;
        }
        sums[blockIdx.x] = total;
    }
}

__global__ void product_f16(const std::uint16_t* a, const std::uint16_t* b, float* product) {
    __shared__ __align__(16) std::uint16_t tile_a[16 * 16];
    __shared__ __align__(16) std::uint16_t tile_b[16 * 16];  // 8 columns used
    const int lane = threadIdx.x;
    for (int i = lane; i < 16 * 16; i += 32) {
        tile_a[i] = a[i];
        tile_b[i] = i % 16 < 8 ? b[i / 16 * 8 + i % 16] : 0;
    }
    __syncwarp();
    std::uint32_t fragment_a[4];
    std::uint32_t fragment_b[4];
    ldmatrix_x4(fragment_a, tile_a + (lane % 16) * 16 + lane / 16 * 8);
    ldmatrix_x4_transposed(fragment_b, tile_b + (lane % 16) * 16 + lane / 16 * 8);
    float sum[4] = {};
    mma_f16(sum, fragment_a, fragment_b[0], fragment_b[1]);
    for (int i = 0; i < 4; ++i) {
        product[(lane / 4 + i / 2 * 8) * 8 + lane % 4 * 2 + i % 2] = sum[i];
    }
}

__global__ void through_much_shared(const float* x, float* out) {
    float* far = dynamic_shared<float>() + 24'000;
    far[threadIdx.x] = x[threadIdx.x];
    __syncthreads();
    out[threadIdx.x] = far[threadIdx.x] + far[threadIdx.x];
}

__global__ void shuffles(const float* x, float* lanes) {
    const float mine = x[threadIdx.x];
    const float neighbour = __shfl_xor_sync(kAll, mine, 1);
    const float before = __shfl_up_sync(kAll, mine, 1);
    const float first = __shfl_sync(kAll, mine, 0);
    lanes[threadIdx.x] = neighbour + 100 * before + 10'000 * first;
}

__global__ void looks_at_unset_shared(int* out) {
    __shared__ float unset[4];
    float* dynamic = dynamic_shared<float>();
    const bool all_unset = isnan(unset[threadIdx.x]) && isnan(dynamic[threadIdx.x]);
    unset[threadIdx.x] = 1;
    dynamic[threadIdx.x] = 1;
    out[blockIdx.x] = __syncthreads_and(all_unset ? 1 : 0);
}

__global__ void blocks_meet(std::uint32_t* counter, int* out) {
    __syncthreads();
    if (threadIdx.x == 0) {
        atomicAdd(counter, 1U);
        while (load_acquire(counter) < gridDim.x) {
            nanosleep(20);
        }
        out[blockIdx.x] = static_cast<int>(load_acquire(counter));
    }
}

__global__ void card_meets(std::uint32_t* counter, int cards, int* out) {
    atomicAdd(counter, 1U);
    while (load_acquire(counter) < static_cast<std::uint32_t>(cards)) {
        nanosleep(20);
    }
    *out = static_cast<int>(load_acquire(counter));
}

__global__ void copies(const std::uint32_t* from, std::uint32_t* to, bool waits, int valid) {
    auto* shared = dynamic_shared<std::uint32_t>();
    const int lane = threadIdx.x;
    copy_async_16(shared + 4 * lane, from + 4 * lane, lane < valid);
    copy_async_commit();
    if (waits) {
        copy_async_wait<0>();
    }
    __syncthreads();
    for (int i = 0; i < 4; ++i) {
        to[4 * lane + i] = shared[4 * ((lane + 1) % 32) + i];
    }
    copy_async_wait<0>();
}

__global__ void half_of_the_threads_meet() {
    if (threadIdx.x % 2 == 0) {
        __syncthreads();
    }
}

__global__ void lanes_meet_at_different_places(int* unused) {
    if (threadIdx.x == 3) {
        __ballot_sync(kAll, 1);
    } else {
        __shfl_sync(kAll, 1.0F, 0);
    }
    if (unused != nullptr) {
        *unused = 0;
    }
}

__global__ void begins_early() {}

__global__ void writes_past_shared() {
    dynamic_shared<float>()[16 + threadIdx.x] = 1;
}

}  // namespace

void launch_block_sums(const float* x, float* sums, int blocks, cudaStream_t stream) {
    launch(block_sums, {.grid = dim3(blocks), .block = dim3(kThreads), .stream = stream, .overlap = true}, x, sums);
}

void launch_product_f16(const std::uint16_t* a, const std::uint16_t* b, float* product, cudaStream_t stream) {
    launch(product_f16, {.grid = dim3(1), .block = dim3(32), .stream = stream}, a, b, product);
}

void launch_through_much_shared(const float* x, float* out, cudaStream_t stream, std::size_t shared_bytes) {
    launch(through_much_shared,
           {.grid = dim3(1), .block = dim3(kThreads), .shared_bytes = shared_bytes, .stream = stream}, x, out);
}

void launch_shuffles(const float* x, float* lanes, cudaStream_t stream) {
    launch(shuffles, {.grid = dim3(1), .block = dim3(32), .stream = stream}, x, lanes);
}

void launch_looks_at_unset_shared(int* out, cudaStream_t stream) {
    launch(looks_at_unset_shared, {.grid = dim3(2), .block = dim3(4), .shared_bytes = 16, .stream = stream}, out);
}

void launch_blocks_meet(std::uint32_t* counter, int* out, int blocks, cudaStream_t stream) {
    launch(blocks_meet, {.grid = dim3(blocks), .block = dim3(64), .stream = stream, .cooperative = true}, counter, out);
}

void launch_card_meets(std::uint32_t* counter, int cards, int* out, cudaStream_t stream) {
    launch(card_meets, {.grid = dim3(1), .block = dim3(1), .stream = stream}, counter, cards, out);
}

void launch_copies(const std::uint32_t* from, std::uint32_t* to, bool waits, int valid, cudaStream_t stream) {
    launch(copies, {.grid = dim3(1), .block = dim3(32), .shared_bytes = 512, .stream = stream}, from, to, waits, valid);
}

void launch_half_of_the_threads_meet(cudaStream_t stream) {
    launch(half_of_the_threads_meet, {.grid = dim3(1), .block = dim3(64), .stream = stream});
}

void launch_lanes_meet_at_different_places(cudaStream_t stream) {
    launch(lanes_meet_at_different_places, {.grid = dim3(1), .block = dim3(32), .stream = stream}, nullptr);
}

void launch_begins_early(cudaStream_t stream) {
    launch(begins_early, {.grid = dim3(1), .block = dim3(1), .stream = stream, .overlap = true});
}

void launch_writes_past_shared(cudaStream_t stream) {
    launch(writes_past_shared, {.grid = dim3(1), .block = dim3(32), .shared_bytes = 64, .stream = stream});
}

}  // namespace altiplano::engine::cuda
