// One-shot all-reduce: push, raise a flag, wait for the others' flags, add in the order of the ranks.
//
// A message is divided into channels, one for each block of the kernel. Channels know nothing of each other: each has
// its own place in every slot, its own flags and its own count of reductions, so blocks need not meet. In a rank's
// buffer lie
//   flags     [channel][from rank]   the number of the last reduction whose part has arrived from that rank
//   sequences [channel]              the number of the last reduction this rank has ended
//   slots     [parity][from rank][channel]
// Reduction s (1, 2, ...) of a channel on rank r: (a) its part goes into the slot [s % 2][r] of every other rank,
// (b) the flag [r] of every other rank becomes s, (c) it waits until its own flags of all other ranks are s or newer,
// (d) it adds up its slots [s % 2], (e) its sequence becomes s.
//
// What (d) reads is what the others wrote in (a) of the same s:
// - It has arrived: (b) releases and (c) acquires at system scope, and the barriers of the block before (b) and after
//   (c) order what the block's other threads write and read.
// - It is not yet overwritten: the next to write to the same slot is rank q's (a) of s + 2. q goes there after its (c)
//   of s + 1, for which it saw r's flag s + 1. r raised that in (b) of s + 1, after the end of its (d) of s: the two
//   are kernels of one stream, the later of which starts with wait_for_previous_kernel(). So two slots are enough, and
//   no second barrier is needed. A flag may be s + 1 before r looks for s, never s + 2; hence "or newer".
// - A replayed graph is a launch like any other: s comes from the rank's own memory, not from an argument, and all
//   ranks launch the same reductions in the same order, so that their counts agree.
// - Messages of different sizes use different numbers of channels; a channel that is not used does not count on, on any
//   rank. A channel's place in a slot is the same for every size, so that neighbours never share bytes.
// The numbers wrap after 2^32 reductions; only the sign of a difference of at most 2 is looked at.
//
// All blocks of one rank need not run at once, but where ranks share a card all of them must fit on it.
#include <algorithm>
#include <cassert>

#include "engine/kernels/cuda/all_reduce.h"
#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/ptx.h"

namespace altiplano::engine::cuda {
namespace {

// OneShotRank with the buffers as this rank goes through them: its own, then those of the ranks after it, so that not
// all write to the same rank at once. Indices known to the compiler keep it out of local memory.
struct Ring {
    std::byte* buffers[kMaxRanks];
    const std::uint32_t* abort;
    RankSignals* signals;
    int rank;
    bool shares_card;
};

constexpr int kThreads = 256;  // 4 KiB a block: 8B's message of 16 KiB leaves over four multiprocessors
constexpr int kChannels = 64;  // enough multiprocessors to fill NVLink with the largest message
constexpr std::int64_t kChannelBytes = kOneShotBytes / kChannels;
constexpr int kPollsPerLook = 256;          // about 0.1 ms of waiting: then a look over PCIe at the host's flag
constexpr unsigned kRestNanoseconds = 500;  // once it takes that long
static_assert(kChannels * (kMaxRanks + 1) * sizeof(std::uint32_t) <= kOneShotHeaderBytes);

__device__ std::uint32_t* flag(std::byte* buffer, int from, int channel) {
    return reinterpret_cast<std::uint32_t*>(buffer) + channel * kMaxRanks + from;
}

__device__ std::uint32_t* sequence_of(std::byte* buffer, int channel) {
    return reinterpret_cast<std::uint32_t*>(buffer) + kChannels * kMaxRanks + channel;
}

template <int kRanks>
__device__ float4* slot(std::byte* buffer, std::uint32_t sequence, int from, int channel) {
    const std::int64_t index = (static_cast<int>(sequence % 2) * kRanks + from) * kChannels + channel;
    return reinterpret_cast<float4*>(buffer + kOneShotHeaderBytes + index * kChannelBytes);
}

// True once the peer's part is there, false after an abort. The channels share the word that tells the host for whom
// the rank waits: the first to say so stays there, and where it takes it back another that still waits says so again.
__device__ bool wait_for(const Ring& self, int peer, int channel, std::uint32_t sequence) {
    const std::uint32_t* arrived = flag(self.buffers[0], peer, channel);
    bool told = false;
    for (int polls = 1; static_cast<std::int32_t>(load_acquire(arrived) - sequence) < 0; ++polls) {
        if (polls % kPollsPerLook == 0) {
            if (load_acquire(self.abort) != 0) {
                return false;
            }
            if (load_acquire(&self.signals->waits_for[peer]) == 0) {
                store_release(&self.signals->waits_for[peer], sequence);
                told = true;
            }
            nanosleep(kRestNanoseconds);
        }
    }
    if (told) {
        store_release(&self.signals->waits_for[peer], 0);
    }
    return true;
}

__device__ float4 plus(float4 a, float4 b) {
    return {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w};
}

template <int kRanks>
__device__ void push(const Ring& self, const float4* partial, int count, std::uint32_t sequence) {
    const int channel = static_cast<int>(blockIdx.x);
    for (int i = static_cast<int>(threadIdx.x); i < count; i += kThreads) {
        const float4 part = partial[i];
#pragma unroll
        for (int step = 1; step < kRanks; ++step) {
            slot<kRanks>(self.buffers[step], sequence, self.rank, channel)[i] = part;
        }
    }
}

template <int kRanks>
__device__ void add(const Ring& self, const float4* partial, float4* sum, int count, std::uint32_t sequence) {
    const int channel = static_cast<int>(blockIdx.x);
    for (int i = static_cast<int>(threadIdx.x); i < count; i += kThreads) {
        float4 parts[kRanks];
#pragma unroll
        for (int rank = 0; rank < kRanks; ++rank) {  // all loads are under way before the first addition
            const float4* from = slot<kRanks>(self.buffers[0], sequence, rank, channel);
            parts[rank] = rank == self.rank ? partial[i] : from[i];
        }
        float4 total = parts[0];
#pragma unroll
        for (int rank = 1; rank < kRanks; ++rank) {
            total = plus(total, parts[rank]);
        }
        sum[i] = plus(sum[i], total);
    }
}

// Chosen by comparisons, so that all flags are raised by one instruction after one fence, and still without an index.
template <int kRanks>
__device__ std::byte* buffer_of(const Ring& self, int step) {
    std::byte* buffer = self.buffers[0];
#pragma unroll
    for (int other = 1; other < kRanks; ++other) {
        buffer = step == other ? self.buffers[other] : buffer;
    }
    return buffer;
}

// Grid: one block for each channel in use; every block takes as many vectors, the last perhaps fewer.
template <int kRanks>
__global__ void __launch_bounds__(kThreads)
    one_shot_kernel(Ring self, const float4* partial, float4* sum, int vectors, int vectors_per_block) {
    __shared__ bool aborted;
    wait_for_previous_kernel();
    if (!self.shares_card) {
        let_next_kernel_start();  // on a shared card the next kernel could take the place another rank's blocks need
    }
    const int channel = static_cast<int>(blockIdx.x), thread = static_cast<int>(threadIdx.x);
    const int first = channel * vectors_per_block, count = min(vectors_per_block, vectors - first);
    std::uint32_t* const ended = sequence_of(self.buffers[0], channel);
    const std::uint32_t sequence = *ended + 1;
    if (thread == 0) {
        aborted = false;
    }
    push<kRanks>(self, partial + first, count, sequence);
    __syncthreads();
    if (thread > 0 && thread < kRanks) {
        store_release(flag(buffer_of<kRanks>(self, thread), self.rank, channel), sequence);
        if (!wait_for(self, (self.rank + thread) % kRanks, channel, sequence)) {
            aborted = true;
        }
    }
    __syncthreads();
    if (aborted) {
        return;
    }
    add<kRanks>(self, partial + first, sum + first, count, sequence);
    if (thread == 0) {
        *ended = sequence;
    }
}

Ring ring_of(const OneShotRank& self) {
    Ring ring = {.buffers = {},
                 .abort = self.abort,
                 .signals = self.signals,
                 .rank = self.rank,
                 .shares_card = self.shares_card};
    for (int step = 0; step < self.ranks; ++step) {
        ring.buffers[step] = self.buffers[(self.rank + step) % self.ranks];
    }
    return ring;
}

template <typename Use>
void with_kernel(int ranks, const Use& use) {
    switch (ranks) {
        case 2:
            return use(one_shot_kernel<2>);
        case 3:
            return use(one_shot_kernel<3>);
        case 4:
            return use(one_shot_kernel<4>);
        case 5:
            return use(one_shot_kernel<5>);
        case 6:
            return use(one_shot_kernel<6>);
        case 7:
            return use(one_shot_kernel<7>);
        case 8:
            return use(one_shot_kernel<8>);
        default:
            assert(false && "2 to kMaxRanks ranks");
    }
}

}  // namespace

void load_one_shot(int ranks) {
    with_kernel(ranks, [](auto kernel) { load(kernel); });
}

void launch_one_shot(const OneShotRank& self, const float* partial, float* sum, std::int64_t count,
                     cudaStream_t stream) {
    assert(count > 0 && count % 4 == 0 && 4 * count <= kOneShotBytes);
    const int vectors = static_cast<int>(count / 4);
    const int blocks = std::min(kChannels, (vectors + kThreads - 1) / kThreads);
    const int vectors_per_block = (vectors + blocks - 1) / blocks;
    const LaunchShape shape = {
        .grid = dim3(static_cast<unsigned>(blocks)), .block = dim3(kThreads), .stream = stream, .overlap = true};
    with_kernel(self.ranks, [&](auto kernel) {
        launch(kernel, shape, ring_of(self), reinterpret_cast<const float4*>(partial), reinterpret_cast<float4*>(sum),
               vectors, vectors_per_block);
    });
}

}  // namespace altiplano::engine::cuda
