// Sixteen floats at a time, in the best registers of the level that is being compiled. The only file with conditional
// code for a processor.
//
// ALTIPLANO_LEVEL names the level's namespace; the same sources are compiled once per level. Nothing here may call into
// the standard library: the linker would share one copy between levels. Each of the included files defines
//   Vec16      sixteen floats: set, set_halves, load, store, add, subtract, multiply, divide, larger, smaller, fused (a
//   * b
//              + c, rounded once where the level can), round, scale_by_power (a * 2^n), sum (pairwise, the same order
//              on every level), largest, load_f16, store_f16, load_bf16
//   Bytes16    load_bytes, from_signed, from_unsigned
//   Bytes32    load_bytes32, low_halves, high_halves, either, minus, bits<first, count, target> (those bits of every
//   byte,
//              moved to bit target), signed_lanes<half>, unsigned_lanes<half>
//   HalfTable  the 16 values offset + scale * i, looked up by the low or high halves of sixteen bytes
//   kTileRows, kTileTokens, kSmallTileTokens, kAttention*: what fits the registers
//   ByteScale  of byte_scale(scale): load_scaled gives (byte - 128) * scale of 16 bytes, exact where scale is a half
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AVX512F__)
#include "engine/kernels/levels/simd_avx512.h"
#elif defined(__AVX2__)
#include "engine/kernels/levels/simd_avx2.h"
#else
#include "engine/kernels/levels/simd_plain.h"
#endif
