// CUDA on the host: F16.
#pragma once

#include "tests/engine/host_cuda/include/vector_types.h"
#include "tests/engine/host_cuda/narrow_float.h"

using __half = host_cuda::Narrow<host_cuda::HalfFormat>;
using __half2 = host_cuda::NarrowPair<host_cuda::HalfFormat>;
using half = __half;
using half2 = __half2;

struct __half_raw {
    unsigned short x;
    operator __half() const { return __half::of_bits(x); }
};
struct __half2_raw {
    unsigned short x, y;
    operator __half2() const { return {__half::of_bits(x), __half::of_bits(y)}; }
};

inline __half __float2half(float value) {
    return __half(value);
}
inline __half __float2half_rn(float value) {
    return __half(value);
}
inline float __half2float(__half value) {
    return value;
}
inline __half2 __floats2half2_rn(float x, float y) {
    return {__half(x), __half(y)};
}
inline __half2 __float22half2_rn(float2 pair) {
    return {__half(pair.x), __half(pair.y)};
}
inline __half2 __float2half2_rn(float value) {
    return {__half(value), __half(value)};
}
inline float2 __half22float2(__half2 pair) {
    return {pair.x, pair.y};
}
inline __half2 __halves2half2(__half x, __half y) {
    return {x, y};
}
inline __half2 make_half2(__half x, __half y) {
    return {x, y};
}
inline __half2 __half2half2(__half value) {
    return {value, value};
}
inline __half __low2half(__half2 pair) {
    return pair.x;
}
inline __half __high2half(__half2 pair) {
    return pair.y;
}
inline __half __ushort_as_half(unsigned short bits) {
    return __half::of_bits(bits);
}
inline unsigned short __half_as_ushort(__half value) {
    return value.bits();
}
inline __half __short_as_half(short bits) {
    return __half::of_bits(static_cast<unsigned short>(bits));
}
inline __half __int2half_rn(int value) {
    return __half(static_cast<float>(value));
}
