// How fast this processor multiplies and adds floats. Compiled for the processor that it is built on.
#include "tests/bench/fma_peak.h"

#include <array>

namespace altiplano::bench {
namespace {

using Lanes = float __attribute__((vector_size(64)));
// Enough sums to hide the latency of two units, and few enough for 16 registers of half the width.
constexpr int kSums = 8;

}  // namespace

double multiply_and_add(int rounds) {
    std::array<Lanes, kSums> sums = {};
    Lanes factor, addend;
    for (int lane = 0; lane < 16; ++lane) {
        factor[lane] = 0.999F;
        addend[lane] = 0.001F;
    }
    for (int i = 0; i < rounds; ++i) {
#pragma GCC unroll 8
        for (int s = 0; s < kSums; ++s) {
            sums[static_cast<std::size_t>(s)] = sums[static_cast<std::size_t>(s)] * factor + addend;
            asm volatile("" : "+v"(sums[static_cast<std::size_t>(s)]));  // each step is done
        }
    }
    return 2.0 * 16 * kSums * rounds;
}

}  // namespace altiplano::bench
