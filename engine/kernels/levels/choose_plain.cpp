// The instruction levels of a processor that we have no special code for: the plain one.
#include "engine/kernels/cpu_kernels.h"

namespace altiplano::engine {

namespace baseline {
extern const CpuKernels kKernels;
}

std::span<const CpuKernels* const> available_cpu_kernels() {
    static const CpuKernels* const levels[] = {&baseline::kKernels};
    return levels;
}

const CpuKernels& best_cpu_kernels() {
    return baseline::kKernels;
}

}  // namespace altiplano::engine
