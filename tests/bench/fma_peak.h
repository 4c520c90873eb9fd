// How fast this processor multiplies and adds floats: the limit of prefill attention.
#pragma once

namespace altiplano::bench {

/// Floating-point operations, two for each fused multiply-add, that the calling thread did in its registers.
double multiply_and_add(int rounds);

}  // namespace altiplano::bench
