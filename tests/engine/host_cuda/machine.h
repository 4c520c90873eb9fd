// The state of the emulated machine: cards, memory, handles, errors. One mutex, never held while work is done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/engine/host_cuda/host_cuda.h"

namespace host_cuda {

enum class Place { Pageable, Pinned, Card };

/// A range of memory that the runtime knows.
struct Allocation {
    std::size_t bytes = 0;
    Place place = Place::Card;
    int device = 0;
    bool registered = false;       ///< the program's own memory, pinned by cudaHostRegister
    std::byte* mapping = nullptr;  ///< with its guard pages; null where registered
    std::size_t mapping_bytes = 0;
};

struct Card {
    CardOptions options;
    std::size_t used_bytes = 0;
    std::set<const void*> kernels;                    ///< those loaded, as CUDA does at the first launch
    cudaError_t lost = cudaSuccess;                   ///< the error that every call returns until the card is reset
    std::set<int> peers;                              ///< cards whose memory its kernels may touch
    std::map<const void*, int> allowed_shared_bytes;  ///< by kernel
    cudaStream_t default_stream = nullptr;
    bool is_started = false;  ///< a call needed it, which takes hundreds of megabytes of a real one
};

struct Capture;

struct Machine {
    std::mutex mutex;
    std::vector<Card> cards;
    std::map<std::uintptr_t, Allocation> memory;  ///< by address
    std::vector<Allocation> freed;                ///< their addresses are not given out again
    std::set<cudaStream_t> streams;
    std::set<cudaEvent_t> events;
    std::set<cudaGraph_t> graphs;
    std::set<cudaGraphExec_t> executables;
    std::set<Capture*> captures;    ///< those under way
    std::set<void*> other_handles;  ///< of cuBLAS and NCCL
    std::int64_t calls = 0;
    std::int64_t launches = 0;
    std::int64_t reservations = 0;
    std::int64_t failing_call = 0;
    cudaError_t failing_error = cudaSuccess;
    std::string failed_call;
    int driver_version = 13000;
    bool peer_copies_lie = false;
    NcclFault nccl_fault = NcclFault::None;
    int generation = 0;  ///< how often set_devices() was called
    int under_way = 0;   ///< kernels, and reductions of NCCL, on all cards
    bool late = false;
};

/// The one machine; made at first use with one card.
Machine& machine();

/// The card that this thread's calls are for.
int current_device();
void set_current_device(int device);
void set_last_error(cudaError_t error);

/// Whether the process can never use the card again after this error.
bool is_lasting(cudaError_t error);

/// Counts a call, and says whether it must fail without doing anything. lock must not be held.
cudaError_t enter_call(const char* name);
/// Remembers the error, if it is one, for cudaGetLastError.
cudaError_t leave_call(cudaError_t status);

/// What every function of the runtime is wrapped in.
template <typename Body>
cudaError_t call(const char* name, const Body& body) {
    const cudaError_t status = enter_call(name);
    return leave_call(status != cudaSuccess ? status : body());
}

/// For calls that give something back: they do so even where they report an error.
template <typename Body>
cudaError_t call_release(const char* name, const Body& body) {
    const cudaError_t status = enter_call(name);
    const cudaError_t result = body();
    return leave_call(status != cudaSuccess ? status : result);
}

/// For calls that must not be made while a stream records, such as those that allocate or wait: cudaSuccess where
/// none does; else the recording is spoilt.
cudaError_t refuse_in_capture();

template <typename Body>
cudaError_t call_outside_capture(const char* name, const Body& body) {
    return call(name, [&] {
        const cudaError_t status = refuse_in_capture();
        return status != cudaSuccess ? status : body();
    });
}

/// While it lives, a kernel runs.
class UnderWay {
public:
    UnderWay();
    ~UnderWay();
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;
};

/// What loads code or takes memory inside the driver, as the first launch of a kernel on a card does: it waits until
/// nothing is under way on any card. Real drivers may. cudaErrorLaunchTimeout where that never comes: a kernel waits
/// for what the caller would do next.
cudaError_t wait_for_kernels(const char* what);

/// The range that holds an address, and where it begins; begin 0 where none does. Takes the lock.
struct Found {
    std::uintptr_t begin = 0;
    Allocation allocation{0, Place::Pageable, -1, false, nullptr, 0};
};
Found find_memory(const void* pointer);

/// Whether kernels of the card can reach [pointer, pointer + bytes).
bool can_reach(int device, const void* pointer, std::size_t bytes);

}  // namespace host_cuda
