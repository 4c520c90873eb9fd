// The emulated NCCL: ranks of one process meet in a world; the last that comes to a reduction does it for all.
#include "tests/engine/host_cuda/include/nccl.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "tests/engine/host_cuda/host_cuda.h"
#include "tests/engine/host_cuda/machine.h"
#include "tests/engine/host_cuda/stream.h"

namespace {

using host_cuda::machine;
using host_cuda::NcclFault;

/// What one rank brings to the reduction in hand.
struct Part {
    const float* from = nullptr;
    float* to = nullptr;
    std::size_t count = 0;
};

/// All ranks that were made with one id.
struct World {
    std::mutex mutex;
    std::condition_variable changed;
    int ranks = 0;
    int joined = 0;
    bool is_wrong = false;  ///< two ranks on a card, or ranks that disagree
    std::set<int> devices;
    std::vector<Part> parts;
    int posted = 0;
    std::uint64_t done = 0;  ///< reductions
};

std::mutex worlds_mutex;
std::vector<std::weak_ptr<World>> worlds;  // by what their id holds
thread_local int depth = 0;                // of groups
struct Waiting {
    ncclComm_t communicator;
    cudaStream_t stream;
};
thread_local bool group_failed = false;
thread_local std::vector<Waiting> waiting;                   // reductions of this thread's group
thread_local std::vector<std::shared_ptr<ncclComm>> ending;  // communicators that this thread's group gives up

NcclFault fault() {
    const std::lock_guard lock(machine().mutex);
    return machine().nccl_fault;
}

}  // namespace

struct ncclComm {
    std::shared_ptr<World> world;
    int rank = 0;
    int device = 0;
    std::uint64_t posted = 0;
    bool aborted = false;                                     ///< guarded by the world's mutex
    std::shared_ptr<int> recorded = std::make_shared<int>();  ///< recorded reductions hold it, too
};

namespace {

using Comm = std::shared_ptr<ncclComm>;
std::vector<Comm> communicators;  // guarded by worlds_mutex: graphs may hold on to one after its end

Comm owner_of(ncclComm_t communicator) {
    const std::lock_guard lock(worlds_mutex);
    const auto found = std::find_if(communicators.begin(), communicators.end(),
                                    [&](const Comm& it) { return it.get() == communicator; });
    return found != communicators.end() ? *found : nullptr;
}

ncclResult_t enter(const char* name) {
    return host_cuda::enter_call(name) == cudaSuccess ? ncclSuccess : ncclUnhandledCudaError;
}

// In the order of the ranks. The world's mutex is held.
void reduce(World& world) {
    std::vector<float> total(world.parts[0].count);
    for (std::size_t i = 0; i < total.size(); ++i) {
        total[i] = world.parts[0].from[i];
        for (int rank = 1; rank < world.ranks; ++rank) {
            total[i] += world.parts[rank].from[i];
        }
    }
    if (fault() == NcclFault::WrongSums && !total.empty()) {
        total.back() += 1;
    }
    for (const Part& part : world.parts) {
        std::copy(total.begin(), total.end(), part.to);
    }
}

// A rank's part, without waiting for the others.
cudaError_t post(ncclComm& self, const Part& part) {
    World& world = *self.world;
    const std::size_t bytes = part.count * sizeof(float);
    if (!host_cuda::can_reach(self.device, part.from, bytes) || !host_cuda::can_reach(self.device, part.to, bytes)) {
        return cudaErrorIllegalAddress;
    }
    const std::lock_guard lock(world.mutex);
    if (self.aborted) {
        return cudaSuccess;
    }
    world.parts[self.rank] = part;
    ++self.posted;
    if (++world.posted == world.ranks) {
        const auto same = [&](const Part& it) { return it.count == world.parts[0].count; };
        world.is_wrong = world.is_wrong || !std::all_of(world.parts.begin(), world.parts.end(), same);
        if (!world.is_wrong) {
            reduce(world);
        }
        world.posted = 0;
        ++world.done;
        world.changed.notify_all();
    }
    return cudaSuccess;
}

cudaError_t wait(ncclComm& self) {
    const host_cuda::UnderWay it_runs;
    World& world = *self.world;
    std::unique_lock lock(world.mutex);
    world.changed.wait(lock, [&] { return self.aborted || world.done >= self.posted; });
    return cudaSuccess;
}

cudaError_t submit_wait(const Waiting& it) {
    return host_cuda::submit(it.stream, [owner = owner_of(it.communicator)] { return wait(*owner); });
}

// As the real one: it returns when no graph has a reduction of the communicator any more.
void forget(const Comm& communicator) {
    while (communicator->recorded.use_count() > 1) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    {
        const std::lock_guard lock(machine().mutex);
        machine().other_handles.erase(communicator.get());
    }
    const std::lock_guard lock(worlds_mutex);
    std::erase(communicators, communicator);
}

void forget_in_group(ncclComm_t communicator) {
    if (const Comm owner = owner_of(communicator); owner != nullptr && depth > 0) {
        ending.push_back(owner);
    } else if (owner != nullptr) {
        forget(owner);
    }
}

}  // namespace

void host_cuda::set_nccl_fault(NcclFault fault) {
    const std::lock_guard lock(machine().mutex);
    machine().nccl_fault = fault;
}

ncclResult_t ncclGetVersion(int* version) {
    *version = NCCL_VERSION_CODE;
    return enter("ncclGetVersion");
}

ncclResult_t ncclGetUniqueId(ncclUniqueId* id) {
    if (const ncclResult_t status = enter("ncclGetUniqueId"); status != ncclSuccess) {
        return status;
    }
    const std::lock_guard lock(worlds_mutex);
    *id = {};
    const std::size_t number = worlds.size();
    std::memcpy(id->internal, &number, sizeof(number));
    worlds.emplace_back();
    return ncclSuccess;
}

ncclResult_t ncclCommInitRankConfig(ncclComm_t* communicator, int ranks, ncclUniqueId id, int rank,
                                    ncclConfig_t* config) {
    if (const ncclResult_t status = enter("ncclCommInitRankConfig"); status != ncclSuccess) {
        return status;
    }
    std::size_t number = 0;
    std::memcpy(&number, id.internal, sizeof(number));
    const std::lock_guard lock(worlds_mutex);
    if (number >= worlds.size() || rank < 0 || rank >= ranks || config->blocking != 0) {
        return ncclInvalidArgument;
    }
    std::shared_ptr<World> world = worlds[number].lock();
    if (!world) {
        worlds[number] = world = std::make_shared<World>();
        world->ranks = ranks;
        world->parts.resize(ranks);
    }
    const auto made = std::make_shared<ncclComm>();
    made->world = world;
    made->rank = rank;
    made->device = host_cuda::current_device();
    {
        const std::lock_guard world_lock(world->mutex);
        ++world->joined;
        world->is_wrong = world->is_wrong || world->ranks != ranks || !world->devices.insert(made->device).second;
    }
    communicators.push_back(made);
    *communicator = made.get();
    const std::lock_guard machine_lock(machine().mutex);
    machine().other_handles.insert(made.get());
    return depth > 0 ? ncclSuccess : ncclInProgress;
}

ncclResult_t ncclCommDestroy(ncclComm_t communicator) {
    forget_in_group(communicator);
    return enter("ncclCommDestroy");
}

ncclResult_t ncclCommAbort(ncclComm_t communicator) {
    if (const Comm owner = owner_of(communicator)) {
        const std::lock_guard lock(owner->world->mutex);
        owner->aborted = true;
        owner->world->changed.notify_all();
    }
    forget_in_group(communicator);
    return enter("ncclCommAbort");
}

ncclResult_t ncclCommGetAsyncError(ncclComm_t communicator, ncclResult_t* error) {
    if (const ncclResult_t status = enter("ncclCommGetAsyncError"); status != ncclSuccess) {
        return status;
    }
    const NcclFault wanted = fault();
    const Comm owner = owner_of(communicator);
    if (owner == nullptr) {
        return ncclInvalidArgument;
    }
    const std::lock_guard lock(owner->world->mutex);
    const bool is_ready = owner->world->joined == owner->world->ranks && wanted != NcclFault::DoesNotStart;
    *error = owner->world->is_wrong            ? ncclInvalidUsage
             : wanted == NcclFault::BreaksDown ? ncclRemoteError
             : is_ready                        ? ncclSuccess
                                               : ncclInProgress;
    return ncclSuccess;
}

ncclResult_t ncclGroupStart() {
    ++depth;
    return enter("ncclGroupStart");
}

// The parts of all ranks of the group are there before any of them is waited for.
ncclResult_t ncclGroupEnd() {
    const ncclResult_t status = enter("ncclGroupEnd");
    if (--depth > 0) {
        return status;
    }
    for (const Comm& it : std::exchange(ending, {})) {
        forget(it);
    }
    bool failed = std::exchange(group_failed, false);
    if (failed) {
        waiting.clear();  // the real one launches nothing of a group in which a call failed
    }
    for (const Waiting& it : std::exchange(waiting, {})) {
        failed = submit_wait(it) != cudaSuccess || failed;
    }
    return failed ? ncclUnhandledCudaError : status;
}

ncclResult_t ncclAllReduce(const void* from, void* to, std::size_t count, ncclDataType_t type, ncclRedOp_t operation,
                           ncclComm_t communicator, cudaStream_t stream) {
    if (const ncclResult_t status = enter("ncclAllReduce"); status != ncclSuccess) {
        group_failed = depth > 0;
        return status;
    }
    const Comm owner = owner_of(communicator);
    if (owner == nullptr || type != ncclFloat32 || operation != ncclSum) {
        return ncclInvalidArgument;
    }
    const Part part{static_cast<const float*>(from), static_cast<float*>(to), count};
    const bool is_in_group = depth > 0;
    const cudaStream_t real = host_cuda::real_stream(stream);
    const bool is_recorded = real != nullptr && host_cuda::is_capturing(real);
    const std::shared_ptr<int> hold = is_recorded ? owner->recorded : nullptr;
    const cudaError_t posted = host_cuda::submit(stream, [owner, part, is_in_group, hold] {
        const cudaError_t status = post(*owner, part);
        return status == cudaSuccess && !is_in_group ? wait(*owner) : status;
    });
    if (is_in_group) {
        waiting.push_back({communicator, stream});
    }
    return posted == cudaSuccess ? ncclSuccess : ncclUnhandledCudaError;
}

const char* ncclGetErrorString(ncclResult_t result) {
    switch (result) {
        case ncclSuccess:
            return "nothing is wrong";
        case ncclUnhandledCudaError:
            return "a CUDA call failed in NCCL";
        case ncclSystemError:
            return "a call of the system failed in NCCL";
        case ncclInternalError:
            return "NCCL contradicts itself";
        case ncclInvalidArgument:
            return "NCCL was given a wrong argument";
        case ncclInvalidUsage:
            return "NCCL was used wrongly";
        case ncclRemoteError:
            return "another rank failed or left";
        case ncclInProgress:
            return "NCCL is at work";
    }
    return "a result without a name";
}

const char* ncclGetLastError(ncclComm_t) {
    return "";
}
