// cuBLASLt's functions.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <initializer_list>

#include "tests/engine/host_cuda/cublas_product.h"
#include "tests/engine/host_cuda/include/cublasLt.h"
#include "tests/engine/host_cuda/machine.h"
#include "tests/engine/host_cuda/stream.h"

using host_cuda::machine;
using host_cuda::Product;
using host_cuda::ProductMemory;

namespace {

constexpr std::uint64_t kChosen = 0x43484F53;  // marks an algorithm that the heuristic chose
constexpr std::size_t kUsedWorkspaceBytes = 1 << 20;

cublasStatus_t status_of(cudaError_t error) {
    host_cuda::leave_call(error);
    return error == cudaSuccess                 ? CUBLAS_STATUS_SUCCESS
           : error == cudaErrorMemoryAllocation ? CUBLAS_STATUS_ALLOC_FAILED
                                                : CUBLAS_STATUS_EXECUTION_FAILED;
}

/// Runs the body where the call is not one that must fail.
template <typename Body>
cublasStatus_t call(const char* name, const Body& body) {
    const cudaError_t error = host_cuda::enter_call(name);
    return error == cudaSuccess ? body() : status_of(error);
}

bool is_live(void* handle) {
    const std::lock_guard lock(machine().mutex);
    return machine().other_handles.contains(handle);
}

template <typename Handle>
cublasStatus_t create(Handle* handle, Handle made) {
    const std::lock_guard lock(machine().mutex);
    *handle = made;
    machine().other_handles.insert(made);
    return CUBLAS_STATUS_SUCCESS;
}

template <typename Handle>
cublasStatus_t destroy(Handle handle) {
    {
        const std::lock_guard lock(machine().mutex);
        if (machine().other_handles.erase(handle) == 0) {
            return CUBLAS_STATUS_INVALID_VALUE;
        }
    }
    delete handle;
    return CUBLAS_STATUS_SUCCESS;
}

template <typename T>
cublasStatus_t assign(T& to, const void* value, std::size_t bytes) {
    if (bytes != sizeof(T)) {
        return CUBLAS_STATUS_INVALID_VALUE;
    }
    std::memcpy(&to, value, bytes);
    return CUBLAS_STATUS_SUCCESS;
}

int capability_of(int device) {
    const std::lock_guard lock(machine().mutex);
    const auto& options = machine().cards.at(device).options;
    return 10 * options.major + options.minor;
}

}  // namespace

std::size_t cublasLtGetVersion() {
    return 130000;
}

cublasStatus_t cublasLtCreate(cublasLtHandle_t* handle) {
    return call("cublasLtCreate", [&] { return create(handle, new cublasLtContext); });
}

cublasStatus_t cublasLtDestroy(cublasLtHandle_t handle) {
    return destroy(handle);
}

cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* description, cublasComputeType_t compute,
                                        cudaDataType_t scale_type) {
    return call("cublasLtMatmulDescCreate", [&] {
        return create(description, new cublasLtMatmulDescOpaque_t{.compute = compute, .scale_type = scale_type});
    });
}

cublasStatus_t cublasLtMatmulDescDestroy(cublasLtMatmulDesc_t description) {
    return destroy(description);
}

cublasStatus_t cublasLtMatmulDescSetAttribute(cublasLtMatmulDesc_t description,
                                              cublasLtMatmulDescAttributes_t attribute, const void* value,
                                              std::size_t bytes) {
    if (!is_live(description) || value == nullptr) {
        return CUBLAS_STATUS_INVALID_VALUE;
    }
    switch (attribute) {
        case CUBLASLT_MATMUL_DESC_COMPUTE_TYPE:
            return assign(description->compute, value, bytes);
        case CUBLASLT_MATMUL_DESC_SCALE_TYPE:
            return assign(description->scale_type, value, bytes);
        case CUBLASLT_MATMUL_DESC_TRANSA:
            return assign(description->transpose_a, value, bytes);
        case CUBLASLT_MATMUL_DESC_TRANSB:
            return assign(description->transpose_b, value, bytes);
        case CUBLASLT_MATMUL_DESC_A_SCALE_POINTER:
            return assign(description->scale_a, value, bytes);
        case CUBLASLT_MATMUL_DESC_B_SCALE_POINTER:
            return assign(description->scale_b, value, bytes);
        case CUBLASLT_MATMUL_DESC_FAST_ACCUM:
            return assign(description->fast_accumulation, value, bytes);
        case CUBLASLT_MATMUL_DESC_A_SCALE_MODE:
            return assign(description->scale_mode_a, value, bytes);
        case CUBLASLT_MATMUL_DESC_B_SCALE_MODE:
            return assign(description->scale_mode_b, value, bytes);
    }
    return CUBLAS_STATUS_INVALID_VALUE;
}

cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* layout, cudaDataType_t type, std::uint64_t rows,
                                          std::uint64_t columns, std::int64_t leading) {
    return call("cublasLtMatrixLayoutCreate", [&] {
        return create(layout, new cublasLtMatrixLayoutOpaque_t{type, static_cast<std::int64_t>(rows),
                                                               static_cast<std::int64_t>(columns), leading});
    });
}

cublasStatus_t cublasLtMatrixLayoutDestroy(cublasLtMatrixLayout_t layout) {
    return destroy(layout);
}

cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* preference) {
    return call("cublasLtMatmulPreferenceCreate",
                [&] { return create(preference, new cublasLtMatmulPreferenceOpaque_t); });
}

cublasStatus_t cublasLtMatmulPreferenceDestroy(cublasLtMatmulPreference_t preference) {
    return destroy(preference);
}

cublasStatus_t cublasLtMatmulPreferenceSetAttribute(cublasLtMatmulPreference_t preference,
                                                    cublasLtMatmulPreferenceAttributes_t attribute, const void* value,
                                                    std::size_t bytes) {
    if (!is_live(preference) || value == nullptr) {
        return CUBLAS_STATUS_INVALID_VALUE;
    }
    return attribute == CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES ? assign(preference->workspace_bytes, value, bytes)
                                                                 : CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t handle, cublasLtMatmulDesc_t description,
                                              cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b,
                                              cublasLtMatrixLayout_t c, cublasLtMatrixLayout_t d,
                                              cublasLtMatmulPreference_t preference, int requested,
                                              cublasLtMatmulHeuristicResult_t* results, int* found) {
    return call("cublasLtMatmulAlgoGetHeuristic", [&] {
        *found = 0;
        for (void* part : std::initializer_list<void*>{handle, description, a, b, c, d, preference}) {
            if (!is_live(part) || requested < 1) {
                return CUBLAS_STATUS_INVALID_VALUE;
            }
        }
        const Product product{*description, *a, *b, *c, *d};
        const cublasStatus_t status = host_cuda::check_product(product, capability_of(host_cuda::current_device()));
        if (status != CUBLAS_STATUS_SUCCESS) {
            return status;
        }
        results[0] = {};
        results[0].workspaceSize = std::min<std::size_t>(kUsedWorkspaceBytes, preference->workspace_bytes);
        results[0].algo.data[0] = kChosen;
        results[0].algo.data[1] = results[0].workspaceSize;
        results[0].wavesCount = 1;
        *found = 1;
        return CUBLAS_STATUS_SUCCESS;
    });
}

cublasStatus_t cublasLtMatmul(cublasLtHandle_t handle, cublasLtMatmulDesc_t description, const void* alpha,
                              const void* a, cublasLtMatrixLayout_t a_layout, const void* b,
                              cublasLtMatrixLayout_t b_layout, const void* beta, const void* c,
                              cublasLtMatrixLayout_t c_layout, void* d, cublasLtMatrixLayout_t d_layout,
                              const cublasLtMatmulAlgo_t* algorithm, void* workspace, std::size_t workspace_bytes,
                              cudaStream_t stream) {
    return call("cublasLtMatmul", [&] {
        const cudaStream_t real = host_cuda::real_stream(stream);
        for (void* part : std::initializer_list<void*>{handle, description, a_layout, b_layout, c_layout, d_layout}) {
            if (!is_live(part) || real == nullptr) {
                return CUBLAS_STATUS_INVALID_VALUE;
            }
        }
        const int device = real->device;
        const Product product{*description, *a_layout, *b_layout, *c_layout, *d_layout};
        const ProductMemory memory{a, b, c, d, *static_cast<const float*>(alpha), *static_cast<const float*>(beta)};
        const cublasStatus_t status = host_cuda::check_product(product, capability_of(device));
        if (status != CUBLAS_STATUS_SUCCESS) {
            return status;
        }
        const std::size_t needed = algorithm != nullptr ? algorithm->data[1] : 0;
        if ((algorithm != nullptr && algorithm->data[0] != kChosen) || workspace_bytes < needed ||
            (needed > 0 && !host_cuda::can_reach(device, workspace, needed)) || !host_cuda::is_aligned(memory)) {
            return CUBLAS_STATUS_INVALID_VALUE;
        }
        return status_of(host_cuda::submit(stream, [=] {
            if (!host_cuda::is_reachable(product, memory, device)) {
                std::fprintf(stderr, "cublasLtMatmul: an operand is not in memory that card %d can reach\n", device);
                return cudaErrorIllegalAddress;
            }
            if (needed > 0) {
                std::memset(workspace, 0xFF, needed);  // it is the product's own meanwhile
            }
            host_cuda::multiply(product, memory);
            return cudaSuccess;
        }));
    });
}
