// e to the power of sixteen floats.
#pragma once

#include "engine/kernels/levels/simd.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

/// Within 2 units in the last place for x in [-87, 88], outside as at the nearer end; no number stays no number.
inline Vec16 exponential(Vec16 x) {
    // x = n ln 2 + r with |r| <= ln 2 / 2; ln 2 is split so that n * high is exact. Then the Taylor series of e^r,
    // whose eighth term is below half a unit in the last place.
    constexpr float kLog2E = 1.44269504088896341F, kLn2High = 0.693359375F, kLn2Low = -2.12194440e-4F;
    constexpr float kLowest = -87.0F, kHighest = 88.0F;
    const Vec16 clamped = smaller(set(kHighest), larger(set(kLowest), x));
    const Vec16 n = round(multiply(clamped, set(kLog2E)));
    Vec16 r = fused(n, set(-kLn2High), clamped);
    r = fused(n, set(-kLn2Low), r);
    Vec16 series = set(1.0F / 5040);
    series = fused(series, r, set(1.0F / 720));
    series = fused(series, r, set(1.0F / 120));
    series = fused(series, r, set(1.0F / 24));
    series = fused(series, r, set(1.0F / 6));
    series = fused(series, r, set(0.5F));
    series = fused(series, multiply(r, r), r);
    return scale_by_power(add(series, set(1.0F)), n);
}

/// 2 to the power of x, within 2 units in the last place for x in [-126, 127], below as at -126; 1 for 0, and no number
/// stays no number. For softmaxes: half the work of the above.
inline Vec16 power_of_two(Vec16 x) {
    constexpr float kLowest = -126.0F;
    const Vec16 clamped = larger(set(kLowest), x);
    const Vec16 n = round(clamped);
    const Vec16 r = subtract(clamped, n);
    // (2^r - 1) / r for |r| <= 1/2, interpolated at the Chebyshev nodes: 2^r is off by less than 1e-8.
    Vec16 series = set(0.000154531634F);
    series = fused(series, r, set(0.00133908633F));
    series = fused(series, r, set(0.00961808302F));
    series = fused(series, r, set(0.0555035696F));
    series = fused(series, r, set(0.240226507F));
    series = fused(series, r, set(0.693147182F));
    return scale_by_power(fused(series, r, set(1.0F)), n);
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
