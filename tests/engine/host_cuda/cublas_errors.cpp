// Names and words of cuBLAS' statuses, in our own words.
#include "tests/engine/host_cuda/include/cublas_v2.h"

const char* cublasGetStatusName(cublasStatus_t status) {
    switch (status) {
        case CUBLAS_STATUS_SUCCESS:
            return "CUBLAS_STATUS_SUCCESS";
        case CUBLAS_STATUS_NOT_INITIALIZED:
            return "CUBLAS_STATUS_NOT_INITIALIZED";
        case CUBLAS_STATUS_ALLOC_FAILED:
            return "CUBLAS_STATUS_ALLOC_FAILED";
        case CUBLAS_STATUS_INVALID_VALUE:
            return "CUBLAS_STATUS_INVALID_VALUE";
        case CUBLAS_STATUS_ARCH_MISMATCH:
            return "CUBLAS_STATUS_ARCH_MISMATCH";
        case CUBLAS_STATUS_MAPPING_ERROR:
            return "CUBLAS_STATUS_MAPPING_ERROR";
        case CUBLAS_STATUS_EXECUTION_FAILED:
            return "CUBLAS_STATUS_EXECUTION_FAILED";
        case CUBLAS_STATUS_INTERNAL_ERROR:
            return "CUBLAS_STATUS_INTERNAL_ERROR";
        case CUBLAS_STATUS_NOT_SUPPORTED:
            return "CUBLAS_STATUS_NOT_SUPPORTED";
    }
    return "a status without a name";
}

const char* cublasGetStatusString(cublasStatus_t status) {
    switch (status) {
        case CUBLAS_STATUS_SUCCESS:
            return "no error";
        case CUBLAS_STATUS_NOT_INITIALIZED:
            return "the library was not set up";
        case CUBLAS_STATUS_ALLOC_FAILED:
            return "not enough memory";
        case CUBLAS_STATUS_INVALID_VALUE:
            return "an argument is not valid";
        case CUBLAS_STATUS_ARCH_MISMATCH:
            return "the card is too old for this";
        case CUBLAS_STATUS_MAPPING_ERROR:
            return "memory could not be reached";
        case CUBLAS_STATUS_EXECUTION_FAILED:
            return "a kernel could not be started";
        case CUBLAS_STATUS_INTERNAL_ERROR:
            return "something failed within";
        case CUBLAS_STATUS_NOT_SUPPORTED:
            return "not supported";
    }
    return "a status without words";
}
