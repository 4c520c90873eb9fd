// What a test says to the emulated CUDA machine: which cards there are, which call fails, and what was called.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/engine/host_cuda/include/cuda_runtime_api.h"

namespace host_cuda {

/// One card. The defaults are a small one of compute capability 9.0.
struct CardOptions {
    std::string name = "Emulated card";
    int major = 9;
    int minor = 0;
    std::size_t memory_bytes = std::size_t{1} << 30;
    std::size_t others_bytes = 0;  ///< of it, in use by other programs
    int multiprocessors = 4;
    std::size_t most_shared_bytes = 227 * 1024;  ///< dynamic shared memory that a kernel can be allowed
    bool peer_access = true;                     ///< whether other cards can reach its memory
};

/// The machine has these cards from now on. All memory, streams and graphs of before are gone, errors forgotten,
/// counters at 0, switches off. Not while another thread uses the runtime.
void set_devices(std::vector<CardOptions> cards);
/// The same with one card of the default kind.
void reset();

/// The k-th call of the runtime, cuBLAS or NCCL from now on (1: the next one) fails with the error, once. The errors
/// that end a process's use of a card (cudaErrorIllegalAddress, cudaErrorLaunchFailure, ...) stay until it is reset.
void fail_call(std::int64_t k, cudaError_t error);
/// The card fails from now on as one that was lost.
void lose_card(int device, cudaError_t error);
/// The driver's version, as cudaDriverGetVersion tells it: 13000. Below 13000, every call fails: too old.
void set_driver_version(int version);
/// Copies from card to card arrive changed, without any error: as on some machines. So does what a kernel writes where
/// one of its arguments points into another card's memory.
void set_peer_copies_lie(bool lie);
/// What goes wrong in NCCL from now on.
enum class NcclFault {
    None,
    DoesNotStart,  ///< communicators are never ready
    WrongSums,     ///< the last number of every sum is 1 too large
    BreaksDown,    ///< every communicator reports that another rank failed
};
void set_nccl_fault(NcclFault fault);
/// Work in streams is done as late as it may be, when somebody waits for it; or at once (the usual, unless the
/// environment variable HOST_CUDA_LATE is set). Late is not for ranks that wait for each other: the work of a rank that
/// does not wait itself would never be done.
void set_late(bool late);

/// Calls, kernels and requests for memory of a card since set_devices().
std::int64_t calls();
std::int64_t launches();
std::int64_t reservations();
/// The name of the newest call that failed because of fail_call(), "" for none.
std::string failed_call();
/// Whether a call needed the card since set_devices(), other than to be asked about it or chosen.
bool is_started(int device);
/// What is allocated on the card now.
std::size_t bytes_in_use(int device);
/// Everything that is allocated, created or registered now, on all cards: 0 when all was released.
std::int64_t live_handles();

}  // namespace host_cuda
