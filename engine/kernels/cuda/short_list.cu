// The likeliest tokens: the highest logit; how many are how far below it, by 64ths; those above the cut that leaves
// enough; those in order. Integers are all that blocks add up in no fixed order.
#include <cstddef>
#include <cstdint>

#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/ptx.h"
#include "engine/kernels/cuda/short_list.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kThreads = 256;
constexpr int kWarps = kThreads / 32;
constexpr int kSortThreads = 1024;
constexpr int kBinsEach = kShortListBins / kThreads;
constexpr float kBinsPerUnit = 64.0F;   // the least likely of a thousand are some ten below the highest
constexpr double kLeastExponent = -50;  // as the sampler
constexpr unsigned kAllLanes = 0xFFFFFFFFU;

struct ShortListTask {
    const float* logits;
    int vocab_size;
    int k;
    double inverse_temperature;
    ShortListHeader* header;
    float* list_logits;
    int* list_ids;
    ShortListScratch* scratch;
    double* sums;    ///< [block]
    float* highest;  ///< [block]; not a number where one of its logits is not finite
    int blocks;
};

__device__ int thread_id() {
    return static_cast<int>(threadIdx.x);
}

/// Not a number where either is.
__device__ float higher(float a, float b) {
    return a != a ? a : b != b ? b : fmaxf(a, b);
}

/// The highest of the block's, in every thread.
__device__ float highest_of_block(float value) {
    __shared__ float highest[kWarps];
    for (int step = 16; step > 0; step /= 2) {
        value = higher(value, __shfl_xor_sync(kAllLanes, value, step));
    }
    __syncthreads();
    if (thread_id() % 32 == 0) {
        highest[thread_id() / 32] = value;
    }
    __syncthreads();
    value = highest[0];
    for (int warp = 1; warp < kWarps; ++warp) {
        value = higher(value, highest[warp]);
    }
    return value;
}

/// The highest logit of all.
__device__ float highest_of_all(const ShortListTask& task) {
    float value = -INFINITY;
    for (int i = thread_id(); i < task.blocks; i += kThreads) {
        value = higher(value, task.highest[i]);
    }
    return highest_of_block(value);
}

/// How far below the highest a logit is.
__device__ int bin_of(float highest, float logit) {
    return static_cast<int>(fminf((highest - logit) * kBinsPerUnit, kShortListBins - 1));
}

/// Calls visit(id, logit) for the logits of the block.
template <typename Visit>
__device__ void for_each_logit(const ShortListTask& task, const Visit& visit) {
    for (int i = thread_id(); i < kShortListBlockLogits; i += kThreads) {
        const int id = static_cast<int>(blockIdx.x) * kShortListBlockLogits + i;
        if (id < task.vocab_size) {
            visit(id, task.logits[id]);
        }
    }
}

__global__ __launch_bounds__(kThreads) void highest_kernel(ShortListTask task) {
    wait_for_previous_kernel();
    let_next_kernel_start();
    const int block = static_cast<int>(blockIdx.x);
    for (int bin = block * kThreads + thread_id(); bin < kShortListBins; bin += task.blocks * kThreads) {
        task.scratch->bins[bin] = 0;
    }
    if (block == 0 && thread_id() == 0) {
        task.scratch->gathered_count = 0;
    }
    float value = -INFINITY;
    for_each_logit(
        task, [&value](int, float logit) { value = higher(value, fabsf(logit) <= 3.402823466e+38F ? logit : NAN); });
    value = highest_of_block(value);
    if (thread_id() == 0) {
        task.highest[block] = value;
    }
}

__global__ __launch_bounds__(kThreads) void count_kernel(ShortListTask task) {
    __shared__ int bins[kShortListBins];
    __shared__ double sums[kWarps];
    for (int bin = thread_id(); bin < kShortListBins; bin += kThreads) {
        bins[bin] = 0;
    }
    wait_for_previous_kernel();
    let_next_kernel_start();
    const float highest = highest_of_all(task);  // meets the threads, so that all bins are cleared
    double sum = 0;
    for_each_logit(task, [&](int, float logit) {
        atomicAdd(&bins[bin_of(highest, logit)], 1);
        const double exponent = (static_cast<double>(logit) - static_cast<double>(highest)) * task.inverse_temperature;
        sum += exponent > kLeastExponent ? exp(exponent) : 0.0;
    });
    for (int step = 16; step > 0; step /= 2) {
        sum += __shfl_xor_sync(kAllLanes, sum, step);
    }
    if (thread_id() % 32 == 0) {
        sums[thread_id() / 32] = sum;
    }
    __syncthreads();
    if (thread_id() == 0) {
        for (int warp = 1; warp < kWarps; ++warp) {
            sum += sums[warp];
        }
        task.sums[blockIdx.x] = sum;
    }
    for (int bin = thread_id(); bin < kShortListBins; bin += kThreads) {
        if (bins[bin] != 0) {
            atomicAdd(&task.scratch->bins[bin], bins[bin]);
        }
    }
}

/// The first bin that, with those before it, holds k logits, or the last.
__device__ int find_cut(const ShortListTask& task) {
    __shared__ int sums[kWarps];
    __shared__ int cut;
    const int lane = thread_id() % 32, warp = thread_id() / 32;
    int bins[kBinsEach], own = 0;
    for (int i = 0; i < kBinsEach; ++i) {
        bins[i] = task.scratch->bins[thread_id() * kBinsEach + i];
        own += bins[i];
    }
    int sum = own;  // of this lane and those before it, then of all threads up to this one
    for (int step = 1; step < 32; step *= 2) {
        const int other = __shfl_up_sync(kAllLanes, sum, static_cast<unsigned>(step));
        sum += lane >= step ? other : 0;
    }
    if (lane == 31) {
        sums[warp] = sum;
    }
    if (thread_id() == 0) {
        cut = kShortListBins - 1;
    }
    __syncthreads();
    for (int i = 0; i < warp; ++i) {
        sum += sums[i];
    }
    int before = sum - own;
    if (before < task.k && sum >= task.k) {  // true for one thread at most
        for (int i = 0; i < kBinsEach && before < task.k; ++i) {
            before += bins[i];
            cut = thread_id() * kBinsEach + i;
        }
    }
    __syncthreads();
    return cut;
}

/// Orders as (logit, falling id) does.
__device__ std::uint64_t key_of(int id, float logit) {
    const std::uint32_t bits = __float_as_uint(logit + 0.0F);  // zeros of both signs are alike
    const std::uint32_t ordered = (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
    return static_cast<std::uint64_t>(ordered) << 32 | ~static_cast<std::uint32_t>(id);
}
__device__ float logit_of(std::uint64_t key) {
    const auto ordered = static_cast<std::uint32_t>(key >> 32);
    return __uint_as_float((ordered & 0x80000000U) != 0 ? ordered & 0x7FFFFFFFU : ~ordered);
}

__global__ __launch_bounds__(kThreads) void gather_kernel(ShortListTask task) {
    wait_for_previous_kernel();
    let_next_kernel_start();
    const float highest = highest_of_all(task);
    const int cut = find_cut(task);
    for_each_logit(task, [&](int id, float logit) {
        if (bin_of(highest, logit) <= cut) {
            const int at = atomicAdd(&task.scratch->gathered_count, 1);
            if (at < kShortListRoom) {
                task.scratch->gathered[at] = key_of(id, logit);
            }
        }
    });
}

/// Sorts keys[size], size a power of two, from the highest down.
__device__ void sort(std::uint64_t* keys, int size) {
    for (int run = 2; run <= size; run *= 2) {
        for (int distance = run / 2; distance > 0; distance /= 2) {
            for (int i = thread_id(); i < size / 2; i += kSortThreads) {
                const int low = i / distance * 2 * distance + i % distance;
                const bool is_falling = (low & run) == 0;
                const std::uint64_t a = keys[low], b = keys[low + distance];
                if ((a < b) == is_falling) {
                    keys[low] = b;
                    keys[low + distance] = a;
                }
            }
            __syncthreads();
        }
    }
}

/// A warp adds the blocks' sums up, always in the same order.
__device__ void put_header(const ShortListTask& task, int gathered) {
    double total = 0;
    float highest = -INFINITY;
    for (int block = thread_id(); block < task.blocks; block += 32) {
        total += task.sums[block];
        highest = higher(highest, task.highest[block]);
    }
    for (int step = 16; step > 0; step /= 2) {
        total += __shfl_xor_sync(kAllLanes, total, step);
        highest = higher(highest, __shfl_xor_sync(kAllLanes, highest, step));
    }
    if (thread_id() == 0) {
        const bool is_sound = fabsf(highest) <= 3.402823466e+38F && gathered <= kShortListRoom;
        *task.header = {total, is_sound ? min(task.k, gathered) : 0, 0};
    }
}

/// One block.
__global__ __launch_bounds__(kSortThreads) void sort_kernel(ShortListTask task) {
    __shared__ std::uint64_t keys[kShortListRoom];
    wait_for_previous_kernel();
    let_next_kernel_start();
    const int gathered = task.scratch->gathered_count;
    int size = 2;
    while (size < gathered && size < kShortListRoom) {
        size *= 2;
    }
    for (int i = thread_id(); i < size; i += kSortThreads) {
        keys[i] = i < gathered ? task.scratch->gathered[i] : 0;
    }
    if (thread_id() < 32) {
        put_header(task, gathered);
    }
    __syncthreads();
    sort(keys, size);
    for (int i = thread_id(); i < min(task.k, min(gathered, kShortListRoom)); i += kSortThreads) {
        task.list_logits[i] = logit_of(keys[i]);
        task.list_ids[i] = static_cast<int>(~static_cast<std::uint32_t>(keys[i]));
    }
}

}  // namespace

void launch_short_list(const ShortListCall& call, cudaStream_t stream) {
    ShortListTask task = {};
    task.logits = call.logits;
    task.vocab_size = call.vocab_size;
    task.k = call.k;
    task.inverse_temperature = 1.0 / call.temperature;
    task.header = reinterpret_cast<ShortListHeader*>(call.list);
    task.list_logits = reinterpret_cast<float*>(call.list + sizeof(ShortListHeader));
    task.list_ids = reinterpret_cast<int*>(task.list_logits + call.k);
    task.scratch = reinterpret_cast<ShortListScratch*>(call.scratch);
    task.blocks = (call.vocab_size + kShortListBlockLogits - 1) / kShortListBlockLogits;
    task.sums = reinterpret_cast<double*>(call.scratch + sizeof(ShortListScratch));
    task.highest = reinterpret_cast<float*>(task.sums + task.blocks);
    const LaunchShape each = {
        .grid = dim3(static_cast<unsigned>(task.blocks)), .block = dim3(kThreads), .stream = stream, .overlap = true};
    launch(highest_kernel, each, task);
    launch(count_kernel, each, task);
    launch(gather_kernel, each, task);
    launch(sort_kernel, {.grid = dim3(1), .block = dim3(kSortThreads), .stream = stream, .overlap = true}, task);
}

}  // namespace altiplano::engine::cuda
