// Every CUDA call goes through check(): what failed, in CUDA's own words.
#pragma once

#include <cublas_v2.h>
#include <cuda_runtime_api.h>
#include <string>
#include <string_view>

namespace altiplano::engine::cuda {

/// Throws Error with what was done and CUDA's name and words for the failure: OutOfMemory, DeviceLost where the error
/// is sticky (every later call of this process on the card fails the same way; then it names the card), Device
/// otherwise.
void check(cudaError_t status, std::string_view what);
/// The same for cuBLAS and cuBLASLt, whose statuses share one type.
void check(cublasStatus_t status, std::string_view what);

/// Whether only a new process can use the card again.
bool is_sticky(cudaError_t status) noexcept;

/// "an illegal memory access was encountered (cudaErrorIllegalAddress, 700)".
std::string words(cudaError_t status);

}  // namespace altiplano::engine::cuda
