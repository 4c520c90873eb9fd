// e^x = 2^k * e^r with |r| <= ln(2) / 2, and the Taylor series of e^r: additions and products only.
#include "engine/text/exponential.h"

#include <array>
#include <bit>
#include <cstdint>

namespace altiplano::engine {

namespace {

/// 1 / 13!, ..., 1 / 1!, 1 / 0!
constexpr std::array<double, 14> inverse_factorials() {
    std::array<double, 14> values{};
    double factorial = 1.0;
    for (std::size_t n = 0; n < values.size(); ++n) {
        factorial *= n == 0 ? 1.0 : static_cast<double>(n);
        values[values.size() - 1 - n] = 1.0 / factorial;
    }
    return values;
}

constexpr auto kInverseFactorials = inverse_factorials();

}  // namespace

double exponential(double x) noexcept {
    if (!(x > -700.0)) {
        return 0.0;
    }
    constexpr double kLog2E = 1.4426950408889634;
    constexpr double kLn2High = 0.693147180369123816490;  // 32 significant bits: its product with k is exact
    constexpr double kLn2Low = 1.90821492927058770002e-10;
    const auto k = static_cast<std::int64_t>(x * kLog2E - 0.5);  // truncation rounds to nearest for x <= 0
    const double r = (x - static_cast<double>(k) * kLn2High) - static_cast<double>(k) * kLn2Low;
    double series = 0.0;
    for (const double factor : kInverseFactorials) {
        series = series * r + factor;
    }
    return series * std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

}  // namespace altiplano::engine
