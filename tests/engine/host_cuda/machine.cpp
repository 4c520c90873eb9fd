// The machine's state and what every call goes through; the test's side of it.
#include "tests/engine/host_cuda/machine.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/mman.h>

#include "tests/engine/host_cuda/stream.h"

namespace host_cuda {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(20);  // under sanitizers and on a busy machine

thread_local int this_threads_device = 0;
thread_local cudaError_t this_threads_error = cudaSuccess;

void release_everything(Machine& state) {
    for (const auto& [begin, allocation] : state.memory) {
        if (allocation.mapping != nullptr) {
            munmap(allocation.mapping, allocation.mapping_bytes);
        }
    }
    for (const Allocation& allocation : state.freed) {
        munmap(allocation.mapping, allocation.mapping_bytes);
    }
    release_streams(state);
    state.memory.clear();
    state.freed.clear();
    state.other_handles.clear();
}

}  // namespace

Machine& machine() {
    static Machine* state = [] {
        auto* made = new Machine;  // lives as long as the process: objects that end late may still call
        made->cards.resize(1);
        return made;
    }();
    return *state;
}

void set_devices(std::vector<CardOptions> cards) {
    Machine& state = machine();
    const std::lock_guard lock(state.mutex);
    release_everything(state);
    state.cards.clear();
    state.cards.resize(cards.size());
    for (std::size_t i = 0; i < cards.size(); ++i) {
        state.cards[i].options = std::move(cards[i]);
    }
    state.calls = state.launches = state.reservations = state.failing_call = 0;
    state.failed_call.clear();
    state.driver_version = 13000;
    state.peer_copies_lie = false;
    state.late = std::getenv("HOST_CUDA_LATE") != nullptr;
    state.nccl_fault = NcclFault::None;
    ++state.generation;
    this_threads_device = 0;
    this_threads_error = cudaSuccess;
}

void reset() {
    set_devices({CardOptions{}});
}

void fail_call(std::int64_t k, cudaError_t error) {
    Machine& state = machine();
    const std::lock_guard lock(state.mutex);
    state.failing_call = state.calls + k;
    state.failing_error = error;
    state.failed_call.clear();
}

void lose_card(int device, cudaError_t error) {
    const std::lock_guard lock(machine().mutex);
    machine().cards.at(device).lost = error;
}

void set_driver_version(int version) {
    const std::lock_guard lock(machine().mutex);
    machine().driver_version = version;
}

void set_peer_copies_lie(bool lie) {
    const std::lock_guard lock(machine().mutex);
    machine().peer_copies_lie = lie;
}

void set_late(bool late) {
    const std::lock_guard lock(machine().mutex);
    machine().late = late;
}

std::int64_t calls() {
    const std::lock_guard lock(machine().mutex);
    return machine().calls;
}

std::int64_t launches() {
    const std::lock_guard lock(machine().mutex);
    return machine().launches;
}

std::int64_t reservations() {
    const std::lock_guard lock(machine().mutex);
    return machine().reservations;
}

std::string failed_call() {
    const std::lock_guard lock(machine().mutex);
    return machine().failed_call;
}

bool is_started(int device) {
    const std::lock_guard lock(machine().mutex);
    return machine().cards.at(device).is_started;
}

std::size_t bytes_in_use(int device) {
    const std::lock_guard lock(machine().mutex);
    return machine().cards.at(device).used_bytes;
}

std::int64_t live_handles() {
    const Machine& state = machine();
    const std::lock_guard lock(machine().mutex);
    std::size_t defaults = 0;
    for (const Card& card : state.cards) {
        defaults += card.default_stream != nullptr ? 1 : 0;
    }
    return static_cast<std::int64_t>(state.memory.size() + state.streams.size() - defaults + state.events.size() +
                                     state.graphs.size() + state.executables.size() + state.other_handles.size());
}

int current_device() {
    return this_threads_device;
}

void set_current_device(int device) {
    this_threads_device = device;
}

void set_last_error(cudaError_t error) {
    this_threads_error = error;
}

bool is_lasting(cudaError_t error) {
    return (error >= cudaErrorIllegalAddress && error <= cudaErrorLaunchTimeout && error != 701) ||
           (error >= cudaErrorContextIsDestroyed && error <= cudaErrorAssert) ||
           (error >= cudaErrorHardwareStackError && error <= cudaErrorLaunchFailure) ||
           error == cudaErrorECCUncorrectable || error == cudaErrorNvlinkUncorrectable || error == cudaErrorContained ||
           error == cudaErrorTensorMemoryLeak || error == cudaErrorExternalDevice || error == cudaErrorUnknown;
}

namespace {

// Calls that need no context of the card.
bool only_asks_or_chooses(std::string_view name) {
    return name.starts_with("cudaGet") || name.starts_with("cudaDeviceGet") || name == "cudaDeviceCanAccessPeer" ||
           name == "cudaSetDevice";
}

}  // namespace

cudaError_t enter_call(const char* name) {
    Machine& state = machine();
    const std::lock_guard lock(state.mutex);
    ++state.calls;
    Card* card = current_device() < static_cast<int>(state.cards.size()) ? &state.cards[current_device()] : nullptr;
    if (card != nullptr && !only_asks_or_chooses(name)) {
        card->is_started = true;
    }
    if (state.calls == state.failing_call) {
        state.failed_call = name;
        if (card != nullptr && is_lasting(state.failing_error)) {
            card->lost = state.failing_error;
        }
        return state.failing_error;
    }
    if (state.driver_version < CUDART_VERSION) {
        return state.driver_version == 0 ? cudaErrorNoDevice : cudaErrorInsufficientDriver;
    }
    return card != nullptr ? card->lost : cudaSuccess;
}

cudaError_t leave_call(cudaError_t status) {
    if (status != cudaSuccess && status != cudaErrorNotReady) {
        this_threads_error = status;
    }
    return status;
}

UnderWay::UnderWay() {
    const std::lock_guard lock(machine().mutex);
    ++machine().under_way;
}

UnderWay::~UnderWay() {
    const std::lock_guard lock(machine().mutex);
    --machine().under_way;
}

cudaError_t wait_for_kernels(const char* what) {
    const auto end = std::chrono::steady_clock::now() + kLongestWait;
    for (;;) {
        {
            const std::lock_guard lock(machine().mutex);
            if (machine().under_way == 0) {
                return cudaSuccess;
            }
        }
        if (std::chrono::steady_clock::now() > end) {
            std::fprintf(stderr, "%s: kernels are under way that do not end; they may wait for this thread\n", what);
            return cudaErrorLaunchTimeout;
        }
        std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
}

Found find_memory(const void* pointer) {
    Machine& state = machine();
    const std::lock_guard lock(state.mutex);
    const auto address = reinterpret_cast<std::uintptr_t>(pointer);
    auto after = state.memory.upper_bound(address);
    if (after == state.memory.begin()) {
        return {};
    }
    --after;
    if (address > after->first + after->second.bytes) {
        return {};
    }
    return {after->first, after->second};
}

bool can_reach(int device, const void* pointer, std::size_t bytes) {
    const Found found = find_memory(pointer);
    if (found.begin == 0 || reinterpret_cast<std::uintptr_t>(pointer) + bytes > found.begin + found.allocation.bytes) {
        return false;
    }
    if (found.allocation.place != Place::Card || found.allocation.device == device) {
        return true;
    }
    const std::lock_guard lock(machine().mutex);
    return machine().cards[device].peers.contains(found.allocation.device);
}

}  // namespace host_cuda

cudaError_t cudaPeekAtLastError() {
    const std::lock_guard lock(host_cuda::machine().mutex);
    const auto& cards = host_cuda::machine().cards;
    const int device = host_cuda::this_threads_device;
    if (device < static_cast<int>(cards.size()) && cards[device].lost != cudaSuccess) {
        return cards[device].lost;
    }
    return host_cuda::this_threads_error;
}

cudaError_t cudaGetLastError() {
    const cudaError_t error = cudaPeekAtLastError();
    host_cuda::this_threads_error = cudaSuccess;
    return error;
}
