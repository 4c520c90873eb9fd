// The runtime's functions about kernels: what a launch may ask for, and the launch.
#include <algorithm>
#include <cstdio>

#include "tests/engine/host_cuda/kernel_argument.h"
#include "tests/engine/host_cuda/machine.h"
#include "tests/engine/host_cuda/runner.h"
#include "tests/engine/host_cuda/stream.h"
#include "tests/engine/host_cuda/symbols.h"

using host_cuda::call;
using host_cuda::Card;
using host_cuda::kernel_symbol;
using host_cuda::machine;

namespace {

constexpr std::size_t kUnaskedSharedBytes = 48 * 1024;
constexpr int kMostThreads = 1024;
constexpr int kThreadsTogether = 2048;  // on one multiprocessor
constexpr int kBlocksTogether = 32;

struct Attributes {
    bool cooperative = false;
    bool overlap = false;
};

Attributes attributes_of(const cudaLaunchConfig_t& config) {
    Attributes result;
    for (unsigned i = 0; i < config.numAttrs; ++i) {
        const cudaLaunchAttribute& attribute = config.attrs[i];
        if (attribute.id == cudaLaunchAttributeCooperative) {
            result.cooperative = attribute.val.cooperative != 0;
        } else if (attribute.id == cudaLaunchAttributeProgrammaticStreamSerialization) {
            result.overlap = attribute.val.programmaticStreamSerializationAllowed != 0;
        }
    }
    return result;
}

bool is_shape(const dim3& blocks, const dim3& threads) {
    const std::uint64_t count = std::uint64_t{threads.x} * threads.y * threads.z;
    return blocks.x >= 1 && blocks.x <= 0x7FFFFFFFU && blocks.y >= 1 && blocks.y <= 65535 && blocks.z >= 1 &&
           blocks.z <= 65535 && count >= 1 && count <= kMostThreads && threads.z <= 64;
}

int blocks_together(const Card& card, int block_threads, std::size_t shared_bytes) {
    const int by_threads = kThreadsTogether / ((block_threads + 31) / 32 * 32);
    const int by_memory = static_cast<int>((card.options.most_shared_bytes + 1024) / (shared_bytes + 1024));
    return std::min({by_threads, by_memory, kBlocksTogether});
}

/// The dynamic shared memory that the kernel may have now. own: what it declares. The lock is held.
std::size_t allowed_shared_bytes(const Card& card, const void* kernel, std::size_t own) {
    const auto allowed = card.allowed_shared_bytes.find(kernel);
    return allowed != card.allowed_shared_bytes.end() ? allowed->second : kUnaskedSharedBytes - own;
}

/// Whether the card takes such a launch.
cudaError_t check_launch(const cudaLaunchConfig_t& config, const void* kernel, int device, const Attributes& wanted) {
    if (!is_shape(config.gridDim, config.blockDim)) {
        return cudaErrorInvalidConfiguration;
    }
    const std::size_t own = kernel_symbol(kernel).shared_bytes();
    const std::lock_guard lock(machine().mutex);
    const Card& card = machine().cards[device];
    if (config.dynamicSmemBytes > allowed_shared_bytes(card, kernel, own)) {
        return cudaErrorInvalidValue;
    }
    if (wanted.overlap && card.options.major < 9) {
        return cudaErrorNotSupported;
    }
    const int threads = static_cast<int>(config.blockDim.x * config.blockDim.y * config.blockDim.z);
    const std::int64_t blocks = std::int64_t{config.gridDim.x} * config.gridDim.y * config.gridDim.z;
    const std::int64_t together =
        std::int64_t{card.options.multiprocessors} * blocks_together(card, threads, config.dynamicSmemBytes + own);
    return wanted.cooperative && blocks > together ? cudaErrorCooperativeLaunchTooLarge : cudaSuccess;
}

/// Every pointer must lead where the card can reach, or the real one would stop the kernel.
bool check_pointers(const std::vector<const void*>& pointers, int device, const void* kernel) {
    for (const void* pointer : pointers) {
        if (pointer != nullptr && !host_cuda::can_reach(device, pointer, 0)) {
            std::fprintf(stderr, "kernel %s: its argument %p is not in memory that card %d can reach\n",
                         kernel_symbol(kernel).name.c_str(), pointer, device);
            return false;
        }
    }
    return true;
}

/// The first use of a kernel on a card loads it.
cudaError_t load(const void* kernel, int device) {
    {
        const std::lock_guard lock(machine().mutex);
        if (!machine().cards[device].kernels.insert(kernel).second) {
            return cudaSuccess;
        }
    }
    return host_cuda::wait_for_kernels(("loading kernel " + kernel_symbol(kernel).name).c_str());
}

/// Changes what the kernel may have written to other cards' memory, where these arrive changed.
void spoil_where_peers_lie(const std::vector<const void*>& pointers, int device) {
    {
        const std::lock_guard lock(machine().mutex);
        if (!machine().peer_copies_lie) {
            return;
        }
    }
    for (const void* pointer : pointers) {
        const host_cuda::Found found = host_cuda::find_memory(pointer);
        if (found.begin != 0 && found.allocation.place == host_cuda::Place::Card && found.allocation.device != device) {
            const std::size_t offset = reinterpret_cast<std::uintptr_t>(pointer) - found.begin;
            auto* bytes = reinterpret_cast<std::byte*>(found.begin);
            for (std::size_t i = offset + 16; i < found.allocation.bytes; ++i) {
                bytes[i] ^= std::byte{0x5A};
            }
        }
    }
}

}  // namespace

cudaError_t host_cuda::start_kernel(const cudaLaunchConfig_t& config, const void* kernel,
                                    const KernelArguments& arguments, std::function<void()> thread) {
    return call("cudaLaunchKernelExC", [&] {
        const cudaStream_t stream = real_stream(config.stream);
        if (stream == nullptr || stream->device != current_device()) {
            return cudaErrorInvalidResourceHandle;
        }
        const Attributes wanted = attributes_of(config);
        cudaError_t status = check_launch(config, kernel, stream->device, wanted);
        status = status == cudaSuccess ? load(kernel, stream->device) : status;
        if (status != cudaSuccess) {
            return status;
        }
        const GridShape shape{config.gridDim, config.blockDim, config.dynamicSmemBytes, wanted.cooperative,
                              wanted.overlap};
        return submit(config.stream,
                      [=, pointers = arguments.pointers(), device = stream->device, thread = std::move(thread)] {
                          if (!check_pointers(pointers, device, kernel)) {
                              return cudaErrorIllegalAddress;
                          }
                          const std::size_t own = kernel_symbol(kernel).shared_bytes();
                          {
                              const std::lock_guard lock(machine().mutex);
                              if (shape.shared_bytes > allowed_shared_bytes(machine().cards[device], kernel, own)) {
                                  return cudaErrorInvalidValue;  // less was allowed since a graph recorded it
                              }
                              ++machine().launches;
                          }
                          const UnderWay it_runs;
                          run_grid(kernel, shape, thread);
                          spoil_where_peers_lie(pointers, device);
                          return cudaSuccess;
                      });
    });
}

cudaError_t cudaFuncSetAttribute(const void* kernel, cudaFuncAttribute attribute, int value) {
    return call("cudaFuncSetAttribute", [&] {
        if (attribute != cudaFuncAttributeMaxDynamicSharedMemorySize) {
            return cudaSuccess;
        }
        const std::size_t own = kernel_symbol(kernel).shared_bytes();
        const std::lock_guard lock(machine().mutex);
        Card& card = machine().cards.at(host_cuda::current_device());
        if (value < 0 || value + own > card.options.most_shared_bytes) {
            return cudaErrorInvalidValue;
        }
        card.allowed_shared_bytes[kernel] = value;
        return cudaSuccess;
    });
}

cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, const void* kernel) {
    return call("cudaFuncGetAttributes", [&] {
        const std::size_t own = kernel_symbol(kernel).shared_bytes();
        *attributes = {own, 0, kMostThreads, 32, static_cast<int>(kUnaskedSharedBytes - own)};
        return load(kernel, host_cuda::current_device());
    });
}

cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, const void* kernel, int block_threads,
                                                          std::size_t shared_bytes) {
    return call("cudaOccupancyMaxActiveBlocksPerMultiprocessor", [&] {
        const std::size_t own = kernel_symbol(kernel).shared_bytes();
        const std::lock_guard lock(machine().mutex);
        *blocks = blocks_together(machine().cards.at(host_cuda::current_device()), block_threads, shared_bytes + own);
        return cudaSuccess;
    });
}
