#include "engine/device/cuda/cuda_error.h"

#include "engine/device/cuda/card.h"
#include "engine/error.h"

namespace altiplano::engine::cuda {
namespace {

ErrorKind kind_of(cudaError_t status) {
    if (is_sticky(status)) {
        return ErrorKind::DeviceLost;
    }
    return status == cudaErrorMemoryAllocation ? ErrorKind::OutOfMemory : ErrorKind::Device;
}

// Of several cards the person wants to know which.
std::string which_is_lost(cudaError_t status) {
    const std::optional<int> card = used_card();
    return is_sticky(status) && card ? "GPU " + std::to_string(*card) + ": " : "";
}

}  // namespace

bool is_sticky(cudaError_t status) noexcept {
    switch (status) {
        case cudaErrorECCUncorrectable:
        case cudaErrorNvlinkUncorrectable:
        case cudaErrorContained:
        case cudaErrorIllegalAddress:
        case cudaErrorLaunchTimeout:
        case cudaErrorContextIsDestroyed:
        case cudaErrorAssert:
        case cudaErrorHardwareStackError:
        case cudaErrorIllegalInstruction:
        case cudaErrorMisalignedAddress:
        case cudaErrorInvalidAddressSpace:
        case cudaErrorInvalidPc:
        case cudaErrorLaunchFailure:
        case cudaErrorTensorMemoryLeak:
        case cudaErrorMpsRpcFailure:
        case cudaErrorExternalDevice:
        case cudaErrorUnknown:
            return true;
        default:
            return false;
    }
}

std::string words(cudaError_t status) {
    return std::string(cudaGetErrorString(status)) + " (" + cudaGetErrorName(status) + ", " + std::to_string(status) +
           ")";
}

void check(cudaError_t status, std::string_view what) {
    if (status == cudaSuccess) {
        return;
    }
    cudaGetLastError();  // an error that is not sticky must not be reported a second time, by an innocent call
    throw Error(kind_of(status), which_is_lost(status) + std::string(what) + ": " + words(status));
}

void check(cublasStatus_t status, std::string_view what) {
    if (status == CUBLAS_STATUS_SUCCESS) {
        return;
    }
    const cudaError_t beneath = cudaGetLastError();
    if (is_sticky(beneath)) {
        check(beneath, what);
    }
    const ErrorKind kind = status == CUBLAS_STATUS_ALLOC_FAILED ? ErrorKind::OutOfMemory : ErrorKind::Device;
    throw Error(kind, std::string(what) + ": " + cublasGetStatusString(status) + " (" + cublasGetStatusName(status) +
                          ", " + std::to_string(status) + ")");
}

}  // namespace altiplano::engine::cuda
