// CUDA on the host: BF16.
#pragma once

#include "tests/engine/host_cuda/include/vector_types.h"
#include "tests/engine/host_cuda/narrow_float.h"

using __nv_bfloat16 = host_cuda::Narrow<host_cuda::BrainFormat>;
using __nv_bfloat162 = host_cuda::NarrowPair<host_cuda::BrainFormat>;
using nv_bfloat16 = __nv_bfloat16;
using nv_bfloat162 = __nv_bfloat162;

struct __nv_bfloat16_raw {
    unsigned short x;
    operator __nv_bfloat16() const { return __nv_bfloat16::of_bits(x); }
};
struct __nv_bfloat162_raw {
    unsigned short x, y;
    operator __nv_bfloat162() const { return {__nv_bfloat16::of_bits(x), __nv_bfloat16::of_bits(y)}; }
};

inline __nv_bfloat16 __float2bfloat16(float value) {
    return __nv_bfloat16(value);
}
inline __nv_bfloat16 __float2bfloat16_rn(float value) {
    return __nv_bfloat16(value);
}
inline float __bfloat162float(__nv_bfloat16 value) {
    return value;
}
inline __nv_bfloat162 __floats2bfloat162_rn(float x, float y) {
    return {__nv_bfloat16(x), __nv_bfloat16(y)};
}
inline __nv_bfloat162 __float22bfloat162_rn(float2 pair) {
    return {__nv_bfloat16(pair.x), __nv_bfloat16(pair.y)};
}
inline __nv_bfloat162 __float2bfloat162_rn(float value) {
    return {__nv_bfloat16(value), __nv_bfloat16(value)};
}
inline float2 __bfloat1622float2(__nv_bfloat162 pair) {
    return {pair.x, pair.y};
}
inline __nv_bfloat162 __halves2bfloat162(__nv_bfloat16 x, __nv_bfloat16 y) {
    return {x, y};
}
inline __nv_bfloat162 make_bfloat162(__nv_bfloat16 x, __nv_bfloat16 y) {
    return {x, y};
}
inline __nv_bfloat162 __bfloat162bfloat162(__nv_bfloat16 value) {
    return {value, value};
}
inline __nv_bfloat16 __low2bfloat16(__nv_bfloat162 pair) {
    return pair.x;
}
inline __nv_bfloat16 __high2bfloat16(__nv_bfloat162 pair) {
    return pair.y;
}
inline __nv_bfloat16 __ushort_as_bfloat16(unsigned short bits) {
    return __nv_bfloat16::of_bits(bits);
}
inline unsigned short __bfloat16_as_ushort(__nv_bfloat16 value) {
    return value.bits();
}
inline __nv_bfloat16 __short_as_bfloat16(short bits) {
    return __nv_bfloat16::of_bits(static_cast<unsigned short>(bits));
}
inline __nv_bfloat16 __int2bfloat16_rn(int value) {
    return __nv_bfloat16(static_cast<float>(value));
}
