// exp() that gives the same bits on every machine: sampled text must not depend on the mathematics library.
#pragma once

namespace altiplano::engine {

/// e to the power of x for x <= 0, within 1e-15 of it relatively; 0 below -700.
double exponential(double x) noexcept;

}  // namespace altiplano::engine
