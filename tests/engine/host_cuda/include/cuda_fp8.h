// CUDA on the host: FP8 e4m3.
#pragma once

#include <cstdint>

#include "tests/engine/host_cuda/include/cuda_bf16.h"
#include "tests/engine/host_cuda/include/cuda_fp16.h"

using __nv_fp8_storage_t = unsigned char;
using __nv_fp8x2_storage_t = unsigned short;
using __nv_fp8x4_storage_t = unsigned;
enum __nv_saturation_t { __NV_NOSAT, __NV_SATFINITE };
enum __nv_fp8_interpretation_t { __NV_E4M3, __NV_E5M2 };

/// Only e4m3 with saturation: the project uses no other.
inline __nv_fp8_storage_t __nv_cvt_float_to_fp8(float value, __nv_saturation_t, __nv_fp8_interpretation_t) {
    return host_cuda::e4m3_from_float(value);
}
inline __nv_fp8x2_storage_t __nv_cvt_float2_to_fp8x2(float2 pair, __nv_saturation_t, __nv_fp8_interpretation_t) {
    return static_cast<__nv_fp8x2_storage_t>(host_cuda::e4m3_from_float(pair.x) | host_cuda::e4m3_from_float(pair.y)
                                                                                      << 8);
}
inline __half_raw __nv_cvt_fp8_to_halfraw(__nv_fp8_storage_t bits, __nv_fp8_interpretation_t) {
    return {__half(host_cuda::e4m3_to_float(bits)).bits()};
}
inline __half2_raw __nv_cvt_fp8x2_to_halfraw2(__nv_fp8x2_storage_t bits, __nv_fp8_interpretation_t) {
    return {__half(host_cuda::e4m3_to_float(static_cast<unsigned char>(bits))).bits(),
            __half(host_cuda::e4m3_to_float(static_cast<unsigned char>(bits >> 8))).bits()};
}

struct __nv_fp8_e4m3 {
    __nv_fp8_storage_t __x;
    __nv_fp8_e4m3() = default;
    explicit __nv_fp8_e4m3(float value) : __x(host_cuda::e4m3_from_float(value)) {}
    explicit operator float() const { return host_cuda::e4m3_to_float(__x); }
};
struct __nv_fp8x2_e4m3 {
    __nv_fp8x2_storage_t __x;
    __nv_fp8x2_e4m3() = default;
    explicit __nv_fp8x2_e4m3(float2 pair) : __x(__nv_cvt_float2_to_fp8x2(pair, __NV_SATFINITE, __NV_E4M3)) {}
    explicit operator float2() const {
        return {host_cuda::e4m3_to_float(static_cast<unsigned char>(__x)),
                host_cuda::e4m3_to_float(static_cast<unsigned char>(__x >> 8))};
    }
};
struct __nv_fp8x4_e4m3 {
    __nv_fp8x4_storage_t __x;
    __nv_fp8x4_e4m3() = default;
    explicit __nv_fp8x4_e4m3(float4 four) {
        const auto low = __nv_cvt_float2_to_fp8x2({four.x, four.y}, __NV_SATFINITE, __NV_E4M3);
        const auto high = __nv_cvt_float2_to_fp8x2({four.z, four.w}, __NV_SATFINITE, __NV_E4M3);
        __x = static_cast<unsigned>(low) | static_cast<unsigned>(high) << 16;
    }
    explicit operator float4() const {
        return {host_cuda::e4m3_to_float(static_cast<unsigned char>(__x)),
                host_cuda::e4m3_to_float(static_cast<unsigned char>(__x >> 8)),
                host_cuda::e4m3_to_float(static_cast<unsigned char>(__x >> 16)),
                host_cuda::e4m3_to_float(static_cast<unsigned char>(__x >> 24))};
    }
};
