// Floating types of 16 and 8 bits in software: conversions to the nearest, halves to even, as the machine does them.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

namespace host_cuda {

/// The nearest value with `exponent_bits` and `mantissa_bits`, as bits; too large becomes infinity, or with
/// `saturate` the largest finite one. IEEE in all but e4m3, which has no infinity (its caller handles what is large).
inline std::uint32_t narrow(float value, int exponent_bits, int mantissa_bits) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = bits >> 31 << (exponent_bits + mantissa_bits);
    const int bias = (1 << (exponent_bits - 1)) - 1;
    const std::uint32_t infinity = ((1U << exponent_bits) - 1) << mantissa_bits;
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    if (magnitude > 0x7F800000U) {
        return sign | infinity | (1U << (mantissa_bits - 1)) | ((1U << (mantissa_bits - 1)) - 1);
    }
    if (magnitude == 0 || magnitude == 0x7F800000U) {
        return sign | (magnitude == 0 ? 0 : infinity);
    }
    int exponent = 0;
    const float fraction = std::frexp(std::bit_cast<float>(magnitude), &exponent);  // in [0.5, 1)
    const int smallest = 1 - bias;
    const int unit = (exponent - 1 > smallest ? exponent - 1 : smallest) - mantissa_bits;
    const float steps = std::nearbyint(std::ldexp(fraction, exponent - unit));  // exact but for this one rounding
    // A rounding up to the next power of two carries from the mantissa into the exponent by itself.
    const auto count = static_cast<std::int64_t>(steps);
    const std::int64_t encoded = count + (static_cast<std::int64_t>(unit + mantissa_bits - smallest) << mantissa_bits);
    return sign | static_cast<std::uint32_t>(encoded < infinity ? encoded : infinity);
}

/// The value of such bits, infinities and NaNs as IEEE has them.
inline float widen(std::uint32_t bits, int exponent_bits, int mantissa_bits) {
    const int bias = (1 << (exponent_bits - 1)) - 1;
    const int exponent = static_cast<int>(bits >> mantissa_bits & ((1U << exponent_bits) - 1));
    const std::uint32_t mantissa = bits & ((1U << mantissa_bits) - 1);
    const float sign = (bits >> (exponent_bits + mantissa_bits) & 1) != 0 ? -1.0F : 1.0F;
    if (exponent == (1 << exponent_bits) - 1) {
        return mantissa != 0 ? std::bit_cast<float>(0x7FFFFFFFU) : sign * INFINITY;
    }
    const int unit = (exponent == 0 ? 1 : exponent) - bias - mantissa_bits;
    return sign * std::ldexp(static_cast<float>(mantissa + (exponent == 0 ? 0U : 1U << mantissa_bits)), unit);
}

struct HalfFormat {
    static std::uint16_t from_float(float value) { return static_cast<std::uint16_t>(narrow(value, 5, 10)); }
    static float to_float(std::uint16_t bits);
};

/// The upper half of a float.
struct BrainFormat {
    static std::uint16_t from_float(float value) {
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
        if ((bits & 0x7FFFFFFFU) > 0x7F800000U) {
            return 0x7FFF;
        }
        return static_cast<std::uint16_t>((bits + 0x7FFFU + (bits >> 16 & 1U)) >> 16);
    }
    static float to_float(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};

inline float HalfFormat::to_float(std::uint16_t bits) {
    // Exponent and mantissa moved into a float's places, then scaled: right for subnormal values too.
    const std::uint32_t shifted = (bits & 0x7FFFU) << 13;
    const std::uint32_t sign = (bits & 0x8000U) << 16;
    if (shifted >= 0x7C00U << 13) {
        return std::bit_cast<float>(sign | shifted | 0x70000000U);
    }
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(std::bit_cast<float>(shifted) * 0x1p112F) | sign);
}

/// FP8 with 4 exponent and 3 mantissa bits, no infinity, NaN 0x7F: what is too large becomes 448.
inline std::uint8_t e4m3_from_float(float value) {
    const std::uint8_t sign = std::signbit(value) ? 0x80 : 0;
    if (std::isnan(value)) {
        return 0x7F;
    }
    if (std::fabs(value) >= 448.0F) {
        return sign | 0x7E;
    }
    // From 256 on, where IEEE would have infinity and NaNs, e4m3 goes on in steps of 32.
    const float magnitude = std::fabs(value);
    if (magnitude >= 240.0F) {
        return sign | static_cast<std::uint8_t>(
                          magnitude < 256.0F ? (magnitude < 248.0F ? 0x77 : 0x78)
                                             : 0x78 + static_cast<int>(std::nearbyint((magnitude - 256.0F) / 32.0F)));
    }
    return static_cast<std::uint8_t>(sign | narrow(magnitude, 4, 3));
}

inline float e4m3_to_float(std::uint8_t bits) {
    const std::uint8_t magnitude = bits & 0x7F;
    const float sign = (bits & 0x80) != 0 ? -1.0F : 1.0F;
    if (magnitude == 0x7F) {
        return std::bit_cast<float>(0x7FFFFFFFU);
    }
    return magnitude >= 0x78 ? sign * (256.0F + 32.0F * static_cast<float>(magnitude - 0x78))
                             : sign * widen(magnitude, 4, 3);
}

/// A value of 16 bits; arithmetic is done in F32 and rounded once, which is what the machine's own gives.
template <typename Format>
class Narrow {
public:
    Narrow() = default;
    Narrow(float value) : bits_(Format::from_float(value)) {}
    Narrow(double value) : Narrow(static_cast<float>(value)) {}
    Narrow(int value) : Narrow(static_cast<float>(value)) {}
    operator float() const { return Format::to_float(bits_); }

    static Narrow of_bits(std::uint16_t bits) {
        Narrow result;
        result.bits_ = bits;
        return result;
    }
    std::uint16_t bits() const { return bits_; }

    Narrow& operator+=(Narrow other) { return *this = Narrow(float(*this) + float(other)); }
    Narrow& operator-=(Narrow other) { return *this = Narrow(float(*this) - float(other)); }
    Narrow& operator*=(Narrow other) { return *this = Narrow(float(*this) * float(other)); }

private:
    std::uint16_t bits_;
};

/// Two of them in one register, x in the low half.
template <typename Format>
struct alignas(4) NarrowPair {
    NarrowPair() = default;
    NarrowPair(Narrow<Format> first, Narrow<Format> second) : x(first), y(second) {}

    Narrow<Format> x;
    Narrow<Format> y;
};

template <typename Format>
Narrow<Format> operator+(Narrow<Format> a, Narrow<Format> b) {
    return a += b;
}
template <typename Format>
Narrow<Format> operator-(Narrow<Format> a, Narrow<Format> b) {
    return a -= b;
}
template <typename Format>
Narrow<Format> operator*(Narrow<Format> a, Narrow<Format> b) {
    return a *= b;
}
template <typename Format>
Narrow<Format> operator/(Narrow<Format> a, Narrow<Format> b) {
    return Narrow<Format>(float(a) / float(b));
}

/// a * b + c with one rounding at the end: the product of two such values is exact in double.
template <typename Format>
Narrow<Format> fused_multiply_add(Narrow<Format> a, Narrow<Format> b, Narrow<Format> c) {
    return Narrow<Format>(static_cast<float>(double(float(a)) * double(float(b)) + double(float(c))));
}

}  // namespace host_cuda

template <typename F>
host_cuda::Narrow<F> __hadd(host_cuda::Narrow<F> a, host_cuda::Narrow<F> b) {
    return a + b;
}
template <typename F>
host_cuda::Narrow<F> __hsub(host_cuda::Narrow<F> a, host_cuda::Narrow<F> b) {
    return a - b;
}
template <typename F>
host_cuda::Narrow<F> __hmul(host_cuda::Narrow<F> a, host_cuda::Narrow<F> b) {
    return a * b;
}
template <typename F>
host_cuda::Narrow<F> __hfma(host_cuda::Narrow<F> a, host_cuda::Narrow<F> b, host_cuda::Narrow<F> c) {
    return host_cuda::fused_multiply_add(a, b, c);
}
template <typename F>
host_cuda::Narrow<F> __hmax(host_cuda::Narrow<F> a, host_cuda::Narrow<F> b) {
    return host_cuda::Narrow<F>(std::fmax(float(a), float(b)));
}
template <typename F>
host_cuda::Narrow<F> __hmin(host_cuda::Narrow<F> a, host_cuda::Narrow<F> b) {
    return host_cuda::Narrow<F>(std::fmin(float(a), float(b)));
}
template <typename F>
host_cuda::NarrowPair<F> __hadd2(host_cuda::NarrowPair<F> a, host_cuda::NarrowPair<F> b) {
    return {a.x + b.x, a.y + b.y};
}
template <typename F>
host_cuda::NarrowPair<F> __hsub2(host_cuda::NarrowPair<F> a, host_cuda::NarrowPair<F> b) {
    return {a.x - b.x, a.y - b.y};
}
template <typename F>
host_cuda::NarrowPair<F> __hmul2(host_cuda::NarrowPair<F> a, host_cuda::NarrowPair<F> b) {
    return {a.x * b.x, a.y * b.y};
}
template <typename F>
host_cuda::NarrowPair<F> __hfma2(host_cuda::NarrowPair<F> a, host_cuda::NarrowPair<F> b, host_cuda::NarrowPair<F> c) {
    return {__hfma(a.x, b.x, c.x), __hfma(a.y, b.y, c.y)};
}
template <typename F>
host_cuda::NarrowPair<F> __hmax2(host_cuda::NarrowPair<F> a, host_cuda::NarrowPair<F> b) {
    return {__hmax(a.x, b.x), __hmax(a.y, b.y)};
}
template <typename F>
float __low2float(host_cuda::NarrowPair<F> pair) {
    return pair.x;
}
template <typename F>
float __high2float(host_cuda::NarrowPair<F> pair) {
    return pair.y;
}
