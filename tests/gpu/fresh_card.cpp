// A real card needs nothing before a test.
#include "tests/engine/cuda_module/fresh_card.h"

namespace altiplano::engine::cuda {

void fresh_card() {}

}  // namespace altiplano::engine::cuda
