// Attention in F32 for what tensor cores do not take: caches of F32, and widths of heads that no Llama 3 has. A block
// for each query head of each token; right rather than fast. Twin: levels/attend.cpp.
#include "engine/kernels/cuda/attention_plain.h"
#include "engine/kernels/cuda/kv_store.cuh"
#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kWarps = 4;
constexpr int kThreads = 32 * kWarps;
constexpr float kLog2E = 1.44269504088896341F;

struct PlainTask {
    KvCache cache;
    const float* q;
    float* out;
    int heads;
    const int* first;
};

/// A number of a tile in the cache; at is row * 32 + column, position that of the scale.
__device__ float number_of(const std::byte* tile, DType type, int at, int position) {
    switch (type) {
        case DType::F32:
            return reinterpret_cast<const float*>(tile)[at];
        case DType::F16:
            return __half2float(reinterpret_cast<const __half*>(tile)[at]);
        case DType::Q8_0: {
            const int byte = reinterpret_cast<const std::uint8_t*>(tile)[kByteTileScaleBytes + at];
            return __half2float(reinterpret_cast<const __half*>(tile)[position]) * static_cast<float>(byte - 128);
        }
        default: {
            const auto byte = reinterpret_cast<const __nv_fp8_storage_t*>(tile)[at];
            return __half2float(__ushort_as_half(__nv_cvt_fp8_to_halfraw(byte, __NV_E4M3).x));
        }
    }
}

/// The lane's position's score, in shared memory the query.
__device__ float score_of(const KvCache& cache, const float* q, int head, int start) {
    const int lane = static_cast<int>(threadIdx.x) % 32;
    float score = 0.0F;
    for (int block = 0; block < cache.head_dim / kKvTile; ++block) {
        const std::byte* const tile = cache.keys + key_tile_offset(cache, head, start, block);
        for (int d = 0; d < kKvTile; ++d) {
            score += q[block * kKvTile + d] * number_of(tile, cache.type, d * kKvTile + lane, lane);
        }
    }
    return score;
}

/// A warp's softmax over the 32 positions of each of its steps.
struct WarpSum {
    float largest = -INFINITY;
    float total = 0.0F;

    /// values[head_dim]: what the warp has weighed so far.
    __device__ void add(const KvCache& cache, const float* q, int head, int start, int positions, float* values) {
        const int lane = static_cast<int>(threadIdx.x) % 32, count = min(positions - start, kKvTile);
        float score = score_of(cache, q, head, start);
        score = lane < count ? score : -INFINITY;
        float most = fmaxf(largest, score);
        for (int step = 16; step > 0; step /= 2) {
            most = fmaxf(most, __shfl_xor_sync(kAllLanes, most, step));
        }
        const float base = most == -INFINITY ? 0.0F : most;
        const float kept = exp2_approximate(largest - base), weight = exp2_approximate(score - base);
        largest = most;
        float sum = weight;
        for (int step = 16; step > 0; step /= 2) {
            sum += __shfl_xor_sync(kAllLanes, sum, step);
        }
        total = total * kept + sum;
        for (int block = 0; block < cache.head_dim / kKvTile; ++block) {
            const std::byte* const tile = cache.values + value_tile_offset(cache, head, start, block);
            float value = values[block * kKvTile + lane] * kept;
            for (int position = 0; position < count; ++position) {
                value += __shfl_sync(kAllLanes, weight, position) *
                         number_of(tile, cache.type, position * kKvTile + lane, position);
            }
            values[block * kKvTile + lane] = value;
        }
    }
};

/// Blocks [head][row].
__global__ __launch_bounds__(kThreads) void plain_kernel(PlainTask task) {
    __shared__ float largest[kWarps], total[kWarps];
    const int head_dim = task.cache.head_dim, thread = static_cast<int>(threadIdx.x), warp = thread / 32;
    float* const q = dynamic_shared<float>();
    float* const values = q + head_dim;  // [warp][head_dim]
    wait_for_previous_kernel();
    let_next_kernel_start();
    const int head = static_cast<int>(blockIdx.x), row = static_cast<int>(blockIdx.y);
    const int kv_head = head / (task.heads / task.cache.kv_heads), positions = *task.first + row + 1;
    const std::int64_t at = (std::int64_t{row} * task.heads + head) * head_dim;
    for (int i = thread; i < head_dim; i += kThreads) {
        q[i] = task.q[at + i] * (kLog2E / sqrtf(static_cast<float>(head_dim)));
        for (int other = 0; other < kWarps; ++other) {
            values[other * head_dim + i] = 0.0F;
        }
    }
    __syncthreads();
    WarpSum sum;
    for (int start = warp * kKvTile; start < positions; start += kThreads) {
        sum.add(task.cache, q, kv_head, start, positions, values + warp * head_dim);
    }
    if (thread % 32 == 0) {
        largest[warp] = sum.largest;
        total[warp] = sum.total;
    }
    __syncthreads();
    const float most = fmaxf(fmaxf(largest[0], largest[1]), fmaxf(largest[2], largest[3]));
    for (int i = thread; i < head_dim; i += kThreads) {
        float value = 0.0F, weight = 0.0F;
        for (int other = 0; other < kWarps; ++other) {
            const float factor = exp2_approximate(largest[other] - most);
            value += factor * values[other * head_dim + i];
            weight += factor * total[other];
        }
        task.out[at + i] = value / weight;
    }
}

}  // namespace

void launch_plain_attention(const KvCache& cache, const AttentionCall& call, cudaStream_t stream) {
    launch(plain_kernel,
           {.grid = dim3(static_cast<unsigned>(call.heads), static_cast<unsigned>(call.n)),
            .block = dim3(kThreads),
            .shared_bytes = static_cast<std::size_t>((1 + kWarps) * cache.head_dim) * sizeof(float),
            .stream = stream,
            .overlap = true},
           PlainTask{cache, call.q, call.out, call.heads, call.first});
}

}  // namespace altiplano::engine::cuda
