// Which instruction levels an x86-64 processor can run.
#include <cpuid.h>
#include <vector>

#include "engine/kernels/cpu_kernels.h"

namespace altiplano::engine {

namespace baseline {
extern const CpuKernels kKernels;
}
namespace avx2 {
extern const CpuKernels kKernels;
}
namespace avx512 {
extern const CpuKernels kKernels;
}

namespace {

/// Clang 14 does not know this one by name.
bool has_f16c() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}

std::vector<const CpuKernels*> find_levels() {
    std::vector<const CpuKernels*> levels = {&baseline::kKernels};
    // The compiler's check includes the system's: a register set that is not saved does not count.
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c();
    if (has_avx2) {
        levels.push_back(&avx2::kKernels);
    }
    if (has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        levels.push_back(&avx512::kKernels);
    }
    return levels;
}

}  // namespace

std::span<const CpuKernels* const> available_cpu_kernels() {
    static const std::vector<const CpuKernels*> levels = find_levels();
    return levels;
}

const CpuKernels& best_cpu_kernels() {
    return *available_cpu_kernels().back();
}

}  // namespace altiplano::engine
