// What the address sanitizer is told about memory that the emulation hands out and takes back.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#define HOST_CUDA_HAS_ASAN __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define HOST_CUDA_HAS_ASAN 1
#else
#define HOST_CUDA_HAS_ASAN 0
#endif

#if HOST_CUDA_HAS_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace host_cuda {

/// From here on an access to the memory is a fault, where the program is built with the address sanitizer.
inline void forbid_access([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t bytes) {
#if HOST_CUDA_HAS_ASAN
    ASAN_POISON_MEMORY_REGION(memory, bytes);
#endif
}

inline void allow_access([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t bytes) {
#if HOST_CUDA_HAS_ASAN
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
#endif
}

}  // namespace host_cuda
