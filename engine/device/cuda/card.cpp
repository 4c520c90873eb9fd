#include "engine/device/cuda/card.h"

#include <cuda_runtime_api.h>
#include <iomanip>
#include <sstream>

#include "engine/device/cuda/cuda_error.h"
#include "engine/error.h"

namespace altiplano::engine::cuda {
namespace {

thread_local std::optional<int> chosen_card;

std::string gibibytes(std::size_t bytes) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << static_cast<double>(bytes) / (std::int64_t{1} << 30) << " GiB";
    return text.str();
}

Error out_of_memory(int card, std::int64_t bytes, const std::string& what) {
    std::size_t free = 0, total = 0;
    const bool is_known = cudaMemGetInfo(&free, &total) == cudaSuccess;
    return Error(ErrorKind::OutOfMemory,
                 what + " needs " + gibibytes(static_cast<std::size_t>(bytes)) + " of the memory of GPU " +
                     std::to_string(card) +
                     (is_known ? ", but only " + gibibytes(free) + " of " + gibibytes(total) + " are free"
                               : ", which is not free"));
}

}  // namespace

void use_card(int card) {
    chosen_card = card;  // also where that fails: a lost card refuses it
    check(cudaSetDevice(card), "choosing the GPU");
}

std::optional<int> used_card() noexcept {
    return chosen_card;
}

DeviceMemory reserve_on_card(int card, std::int64_t bytes, const std::string& what) {
    use_card(card);
    if (bytes <= 0) {
        return {};
    }
    void* memory = nullptr;
    const cudaError_t status = cudaMalloc(&memory, static_cast<std::size_t>(bytes));
    if (status == cudaErrorMemoryAllocation) {
        cudaGetLastError();
        throw out_of_memory(card, bytes, what);
    }
    check(status, what + " on GPU " + std::to_string(card));
    return {static_cast<std::byte*>(memory), bytes, [card](std::byte* data) {
                cudaSetDevice(card);  // or a thread new to CUDA would start card 0 for this
                cudaFree(data);
            }};
}

}  // namespace altiplano::engine::cuda
