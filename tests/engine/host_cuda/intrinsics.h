// CUDA's arithmetic and memory intrinsics that concern one thread alone.
#pragma once

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <math.h>  // isnan and the like, also without std::

#include "tests/engine/host_cuda/threads.h"

namespace host_cuda {

inline float exp_approximate(float x) {
    return std::exp(x);
}
inline float exp10_approximate(float x) {
    return std::pow(10.0F, x);
}
inline float log_approximate(float x) {
    return std::log(x);
}
inline float log2_approximate(float x) {
    return std::log2(x);
}
inline float power_approximate(float x, float y) {
    return std::pow(x, y);
}
inline float sine_approximate(float x) {
    return std::sin(x);
}
inline float cosine_approximate(float x) {
    return std::cos(x);
}
inline void sine_cosine(float x, float* sine, float* cosine) {
    *sine = std::sin(x);
    *cosine = std::cos(x);
}

/// Byte `index` of a word.
inline std::uint32_t byte_of(std::uint32_t word, int index) {
    return word >> (8 * index) & 0xFFU;
}

}  // namespace host_cuda

// Macros, because the C library declares functions with these names for itself.
#define __expf(x) (::host_cuda::exp_approximate(x))
#define __exp10f(x) (::host_cuda::exp10_approximate(x))
#define __logf(x) (::host_cuda::log_approximate(x))
#define __log2f(x) (::host_cuda::log2_approximate(x))
#define __powf(x, y) (::host_cuda::power_approximate(x, y))
#define __sinf(x) (::host_cuda::sine_approximate(x))
#define __cosf(x) (::host_cuda::cosine_approximate(x))
#define __sincosf(x, sine, cosine) (::host_cuda::sine_cosine(x, sine, cosine))
#define sincosf(x, sine, cosine) (::host_cuda::sine_cosine(x, sine, cosine))

inline float rsqrtf(float x) {
    return 1.0F / std::sqrt(x);
}
inline float __fdividef(float x, float y) {
    return x / y;
}
inline float __fadd_rn(float x, float y) {
    return x + y;
}
inline float __fsub_rn(float x, float y) {
    return x - y;
}
inline float __fmul_rn(float x, float y) {
    return x * y;
}
inline float __fmaf_rn(float x, float y, float z) {
    return std::fma(x, y, z);
}
inline float __fdiv_rn(float x, float y) {
    return x / y;
}
inline float __frcp_rn(float x) {
    return 1.0F / x;
}
inline float __fsqrt_rn(float x) {
    return std::sqrt(x);
}
inline float __frsqrt_rn(float x) {
    return 1.0F / std::sqrt(x);
}
inline float __saturatef(float x) {
    return x > 0.0F ? (x < 1.0F ? x : 1.0F) : 0.0F;
}

inline int __float_as_int(float x) {
    return std::bit_cast<int>(x);
}
inline unsigned __float_as_uint(float x) {
    return std::bit_cast<unsigned>(x);
}
inline float __int_as_float(int x) {
    return std::bit_cast<float>(x);
}
inline float __uint_as_float(unsigned x) {
    return std::bit_cast<float>(x);
}
inline float __int2float_rn(int x) {
    return static_cast<float>(x);
}
inline float __uint2float_rn(unsigned x) {
    return static_cast<float>(x);
}
/// To the nearest, halves to even; what does not fit becomes the nearest that does, NaN 0.
inline int __float2int_rn(float x) {
    const float nearest = std::nearbyint(x);
    return nearest >= 2147483648.0F    ? INT32_MAX
           : nearest > -2147483648.0F  ? static_cast<int>(nearest)
           : nearest <= -2147483648.0F ? INT32_MIN
                                       : 0;
}
inline int __float2int_rz(float x) {
    return __float2int_rn(std::trunc(x));
}
inline int __float2int_rd(float x) {
    return __float2int_rn(std::floor(x));
}
inline int __float2int_ru(float x) {
    return __float2int_rn(std::ceil(x));
}

inline int __popc(unsigned x) {
    return std::popcount(x);
}
inline int __popcll(unsigned long long x) {
    return std::popcount(x);
}
inline int __clz(int x) {
    return std::countl_zero(static_cast<unsigned>(x));
}
inline int __clzll(long long x) {
    return std::countl_zero(static_cast<unsigned long long>(x));
}
inline int __ffs(int x) {
    return x == 0 ? 0 : std::countr_zero(static_cast<unsigned>(x)) + 1;
}
inline int __mulhi(int x, int y) {
    return static_cast<int>(static_cast<std::int64_t>(x) * y >> 32);
}
inline unsigned __umulhi(unsigned x, unsigned y) {
    return static_cast<unsigned>(static_cast<std::uint64_t>(x) * y >> 32);
}
inline unsigned __funnelshift_r(unsigned low, unsigned high, unsigned shift) {
    return static_cast<unsigned>((static_cast<std::uint64_t>(high) << 32 | low) >> (shift & 31U));
}
inline unsigned __funnelshift_l(unsigned low, unsigned high, unsigned shift) {
    return static_cast<unsigned>((static_cast<std::uint64_t>(high) << 32 | low) << (shift & 31U) >> 32);
}

/// Four bytes picked from eight: nibble i of the selector names the byte (0-3 of x, 4-7 of y) for place i; its top bit
/// asks for the byte's sign instead.
inline unsigned __byte_perm(unsigned x, unsigned y, unsigned selector) {
    unsigned result = 0;
    for (int i = 0; i < 4; ++i) {
        const int choice = static_cast<int>(selector >> (4 * i) & 15U);
        const unsigned byte = host_cuda::byte_of((choice & 4) != 0 ? y : x, choice & 3);
        result |= ((choice & 8) == 0 ? byte : (byte & 0x80U) != 0 ? 0xFFU : 0U) << (8 * i);
    }
    return result;
}

inline int __dp4a(int a, int b, int sum) {
    for (int i = 0; i < 4; ++i) {
        sum += static_cast<std::int8_t>(host_cuda::byte_of(a, i)) * static_cast<std::int8_t>(host_cuda::byte_of(b, i));
    }
    return sum;
}
inline unsigned __dp4a(unsigned a, unsigned b, unsigned sum) {
    for (int i = 0; i < 4; ++i) {
        sum += host_cuda::byte_of(a, i) * host_cuda::byte_of(b, i);
    }
    return sum;
}
/// Byte by byte, without carry from one to the next.
inline unsigned __vsub4(unsigned a, unsigned b) {
    unsigned result = 0;
    for (int i = 0; i < 4; ++i) {
        result |= ((host_cuda::byte_of(a, i) - host_cuda::byte_of(b, i)) & 0xFFU) << (8 * i);
    }
    return result;
}
inline unsigned __vadd4(unsigned a, unsigned b) {
    unsigned result = 0;
    for (int i = 0; i < 4; ++i) {
        result |= ((host_cuda::byte_of(a, i) + host_cuda::byte_of(b, i)) & 0xFFU) << (8 * i);
    }
    return result;
}
/// Byte by byte, signed, held within -128 to 127.
inline unsigned __vsubss4(unsigned a, unsigned b) {
    unsigned result = 0;
    for (int i = 0; i < 4; ++i) {
        const int difference =
            static_cast<std::int8_t>(host_cuda::byte_of(a, i)) - static_cast<std::int8_t>(host_cuda::byte_of(b, i));
        const int held = difference > 127 ? 127 : difference < -128 ? -128 : difference;
        result |= (static_cast<unsigned>(held) & 0xFFU) << (8 * i);
    }
    return result;
}

template <typename T>
T __ldg(const T* from) {
    return *from;
}
template <typename T>
T __ldcs(const T* from) {
    return *from;
}
template <typename T>
T __ldcg(const T* from) {
    return *from;
}
template <typename T>
T __ldcv(const T* from) {
    return *const_cast<const volatile T*>(from);
}
template <typename T>
void __stcs(T* to, T value) {
    *to = value;
}
template <typename T>
void __stcg(T* to, T value) {
    *to = value;
}

/// A sleeping thread lets the others go ahead.
inline void __nanosleep(unsigned) {
    host_cuda::yield_thread();
}
[[noreturn]] inline void __trap() {
    host_cuda::fail("__trap");
}
inline long long clock64() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

// CUDA's own min and max stand in the global namespace.
inline int min(int a, int b) {
    return b < a ? b : a;
}
inline unsigned min(unsigned a, unsigned b) {
    return b < a ? b : a;
}
inline long min(long a, long b) {
    return b < a ? b : a;
}
inline unsigned long min(unsigned long a, unsigned long b) {
    return b < a ? b : a;
}
inline long long min(long long a, long long b) {
    return b < a ? b : a;
}
inline unsigned long long min(unsigned long long a, unsigned long long b) {
    return b < a ? b : a;
}
inline float min(float a, float b) {
    return std::fmin(a, b);
}
inline int max(int a, int b) {
    return a < b ? b : a;
}
inline unsigned max(unsigned a, unsigned b) {
    return a < b ? b : a;
}
inline long max(long a, long b) {
    return a < b ? b : a;
}
inline unsigned long max(unsigned long a, unsigned long b) {
    return a < b ? b : a;
}
inline long long max(long long a, long long b) {
    return a < b ? b : a;
}
inline unsigned long long max(unsigned long long a, unsigned long long b) {
    return a < b ? b : a;
}
inline float max(float a, float b) {
    return std::fmax(a, b);
}
