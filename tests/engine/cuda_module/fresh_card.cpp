// The emulated card.
#include "tests/engine/cuda_module/fresh_card.h"

#include "tests/engine/host_cuda/host_cuda.h"

namespace altiplano::engine::cuda {

void fresh_card() {
    host_cuda::reset();
}

}  // namespace altiplano::engine::cuda
