// From the planes of a weight matrix (planes.h) to values in registers: one struct for each type, written once for
// products, dequantisation and embedding.
//
// load() reads unit u of the matrix into the struct's registers, 16 bytes at once where the plane has so many. A block
// type (kBlocks) then gives codes(): words[k] is c[4k..4k+3] as bytes, and groups(u): a value is
// scale * (c - kOffset) - minimum, minimum 0 unless kMinimum; kGroups groups share the unit's 32 values evenly.
// A plain type gives floats(). Units count on from row to row: a row has cols / kValues.
#pragma once

#include "engine/device/matrix.h"
#include "engine/kernels/cuda/numbers.cuh"
#include "engine/kernels/cuda/weights.h"

namespace altiplano::engine::cuda {

/// Units of the largest matrix (405B's vocabulary in F32: 0.5 G) fit.
using UnitIndex = std::uint32_t;

template <typename T>
__device__ __forceinline__ const T* plane_at(const WeightPlanes& weights, int plane, UnitIndex index) {
    return reinterpret_cast<const T*>(weights.planes[plane]) + index;
}

template <int groups>
struct UnitGroups {
    float scale[groups];
    float minimum[groups];
};

template <int groups, bool minimum, int offset>
struct BlockUnit {
    static constexpr bool kBlocks = true, kMinimum = minimum;
    static constexpr int kValues = kUnitValues, kGroups = groups, kOffset = offset;
    using Groups = UnitGroups<groups>;
};

struct PlainUnit {
    static constexpr bool kBlocks = false;
};

/// c[i] and c[i + 16] of byte i.
__device__ __forceinline__ void nibble_codes(const uint4& nibbles, int (&words)[8]) {
    constexpr std::uint32_t kLow = 0x0F0F0F0FU;
    const std::uint32_t from[4] = {nibbles.x, nibbles.y, nibbles.z, nibbles.w};
#pragma unroll
    for (int k = 0; k < 4; ++k) {
        words[k] = static_cast<int>(from[k] & kLow);
        words[k + 4] = static_cast<int>(from[k] >> 4 & kLow);
    }
}

/// A bit of every code, at `place` of its byte.
template <int place>
__device__ __forceinline__ void add_bits(std::uint32_t bits, int (&words)[8]) {
#pragma unroll
    for (int k = 0; k < 8; ++k) {
        const std::uint32_t moved = k < place ? bits << (place - k) : bits >> (k - place);
        words[k] |= static_cast<int>(moved & 0x01010101U << place);
    }
}

/// Two bits of every code, at `place` of its byte.
template <int place>
__device__ __forceinline__ void add_pairs(const uint2& pairs, int (&words)[8]) {
#pragma unroll
    for (int k = 0; k < 8; ++k) {
        const std::uint32_t from = k < 4 ? pairs.x : pairs.y;
        const int at = k % 4 * 2;
        const std::uint32_t moved = at < place ? from << (place - at) : from >> (at - place);
        words[k] |= static_cast<int>(moved & 0x03030303U << place);
    }
}

/// kUnevenSteps of eight nibbles in order: two words. A selector's low three bits find the code's step among the eight
/// negative and the eight positive ones, its fourth which of the two.
__device__ __forceinline__ void uneven_codes(std::uint32_t nibbles, int& first, int& second) {
    constexpr std::uint32_t kSteps[4] = {0xBFAD9881U, 0xF6EADDCFU, 0x26190D01U, 0x71594535U};
    const std::uint32_t step = nibbles & 0x77777777U;
    const std::uint32_t sign = (nibbles >> 1 & 0x44444444U) | 0x32103210U;
    first = static_cast<int>(
        __byte_perm(__byte_perm(kSteps[0], kSteps[1], step), __byte_perm(kSteps[2], kSteps[3], step), sign));
    second = static_cast<int>(__byte_perm(__byte_perm(kSteps[0], kSteps[1], step >> 16),
                                          __byte_perm(kSteps[2], kSteps[3], step >> 16), sign >> 16));
}

__device__ __forceinline__ void uneven_codes(const uint4& nibbles, int (&words)[8]) {
    uneven_codes(nibbles.x, words[0], words[1]);
    uneven_codes(nibbles.y, words[2], words[3]);
    uneven_codes(nibbles.z, words[4], words[5]);
    uneven_codes(nibbles.w, words[6], words[7]);
}

/// The scale and minimum of unit u from the header of Q4_K and Q5_K.
__device__ __forceinline__ UnitGroups<1> header_groups(const uint4& header, UnitIndex u) {
    const std::uint32_t g = u % 8;
    const std::uint32_t low = __byte_perm(header.y, header.z, g) & 0xFF;
    const std::uint32_t minimum = low >> 6 | (header.w >> (4 * g) & 15) << 2;
    return {{half_value(header.x) * static_cast<float>(low & 63)},
            {half_value(header.x >> 16) * static_cast<float>(minimum)}};
}

template <DType type>
struct Unit;

template <>
struct Unit<DType::Q8_0> : BlockUnit<1, false, 0> {
    uint4 first, second;
    std::uint32_t scale;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        first = load_streaming(plane_at<uint4>(from, 0, u));
        second = load_streaming(plane_at<uint4>(from, 1, u));
        scale = __ldg(plane_at<std::uint16_t>(from, 2, u));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const {
        const std::uint32_t all[8] = {first.x, first.y, first.z, first.w, second.x, second.y, second.z, second.w};
#pragma unroll
        for (int k = 0; k < 8; ++k) {
            words[k] = static_cast<int>(all[k]);
        }
    }
    __device__ __forceinline__ Groups groups(UnitIndex) const {
        return {{half_value(scale)}, {}};
    }
};

template <>
struct Unit<DType::Q4_0> : BlockUnit<1, false, 8> {
    uint4 nibbles;
    std::uint32_t scale;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        scale = __ldg(plane_at<std::uint16_t>(from, 1, u));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const { nibble_codes(nibbles, words); }
    __device__ __forceinline__ Groups groups(UnitIndex) const { return {{half_value(scale)}, {}}; }
};

template <>
struct Unit<DType::Q4_1> : BlockUnit<1, true, 0> {
    uint4 nibbles;
    std::uint32_t scales;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        scales = load_streaming(plane_at<std::uint32_t>(from, 1, u));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const { nibble_codes(nibbles, words); }
    __device__ __forceinline__ Groups groups(UnitIndex) const {
        return {{half_value(scales)}, {-half_value(scales >> 16)}};
    }
};

template <>
struct Unit<DType::Q5_0> : BlockUnit<1, false, 16> {
    uint4 nibbles;
    std::uint32_t fifths, scale;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        fifths = load_streaming(plane_at<std::uint32_t>(from, 1, u));
        scale = __ldg(plane_at<std::uint16_t>(from, 2, u));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const {
        nibble_codes(nibbles, words);
        add_bits<4>(fifths, words);
    }
    __device__ __forceinline__ Groups groups(UnitIndex) const { return {{half_value(scale)}, {}}; }
};

template <>
struct Unit<DType::Q5_1> : BlockUnit<1, true, 0> {
    uint4 nibbles;
    uint2 rest;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        rest = load_streaming(plane_at<uint2>(from, 1, u));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const {
        nibble_codes(nibbles, words);
        add_bits<4>(rest.x, words);
    }
    __device__ __forceinline__ Groups groups(UnitIndex) const {
        return {{half_value(rest.y)}, {-half_value(rest.y >> 16)}};
    }
};

template <>
struct Unit<DType::IQ4_NL> : BlockUnit<1, false, 0> {
    uint4 nibbles;
    std::uint32_t scale;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        scale = __ldg(plane_at<std::uint16_t>(from, 1, u));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const { uneven_codes(nibbles, words); }
    __device__ __forceinline__ Groups groups(UnitIndex) const { return {{half_value(scale)}, {}}; }
};

template <>
struct Unit<DType::Q2_K> : BlockUnit<2, true, 0> {
    uint2 pairs;
    std::uint32_t scales, factors;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        pairs = load_streaming(plane_at<uint2>(from, 0, u));
        scales = __ldg(plane_at<std::uint16_t>(from, 1, u));
        factors = __ldg(plane_at<std::uint32_t>(from, 2, u / 8));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const {
#pragma unroll
        for (int& word : words) {
            word = 0;
        }
        add_pairs<0>(pairs, words);
    }
    __device__ __forceinline__ Groups groups(UnitIndex) const {
        const float scale = half_value(factors), minimum = half_value(factors >> 16);
        return {{scale * static_cast<float>(scales & 15), scale * static_cast<float>(scales >> 8 & 15)},
                {minimum * static_cast<float>(scales >> 4 & 15), minimum * static_cast<float>(scales >> 12)}};
    }
};

template <>
struct Unit<DType::Q3_K> : BlockUnit<2, false, 4> {
    uint2 pairs;
    std::uint32_t thirds, low, high, scale;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        pairs = load_streaming(plane_at<uint2>(from, 0, u));
        thirds = load_streaming(plane_at<std::uint32_t>(from, 1, u));
        low = __ldg(plane_at<std::uint8_t>(from, 2, u));
        high = __ldg(plane_at<std::uint32_t>(from, 3, u / 8));
        scale = __ldg(plane_at<std::uint16_t>(from, 4, u / 8));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const {
#pragma unroll
        for (int& word : words) {
            word = 0;
        }
        add_pairs<0>(pairs, words);
        add_bits<2>(thirds, words);
    }
    __device__ __forceinline__ Groups groups(UnitIndex u) const {
        const float factor = half_value(scale);
        const int first = static_cast<int>(low & 63);
        const int second = static_cast<int>(low >> 6 | (high >> (4 * (u % 8)) & 15) << 2);
        return {{factor * static_cast<float>(first - 32), factor * static_cast<float>(second - 32)}, {}};
    }
};

template <>
struct Unit<DType::Q4_K> : BlockUnit<1, true, 0> {
    uint4 nibbles, header;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        header = load_streaming(plane_at<uint4>(from, 1, u / 8));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const { nibble_codes(nibbles, words); }
    __device__ __forceinline__ Groups groups(UnitIndex u) const { return header_groups(header, u); }
};

template <>
struct Unit<DType::Q5_K> : BlockUnit<1, true, 0> {
    uint4 nibbles, header;
    std::uint32_t fifths;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        fifths = load_streaming(plane_at<std::uint32_t>(from, 1, u));
        header = load_streaming(plane_at<uint4>(from, 2, u / 8));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const {
        nibble_codes(nibbles, words);
        add_bits<4>(fifths, words);
    }
    __device__ __forceinline__ Groups groups(UnitIndex u) const { return header_groups(header, u); }
};

template <>
struct Unit<DType::Q6_K> : BlockUnit<2, false, 32> {
    uint4 nibbles;
    uint2 pairs;
    std::uint32_t scales, scale;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        pairs = load_streaming(plane_at<uint2>(from, 1, u));
        scales = __ldg(plane_at<std::uint16_t>(from, 2, u));
        scale = __ldg(plane_at<std::uint16_t>(from, 3, u / 8));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const {
        nibble_codes(nibbles, words);
        add_pairs<4>(pairs, words);
    }
    __device__ __forceinline__ Groups groups(UnitIndex) const {
        const float factor = half_value(scale);
        return {{factor * static_cast<float>(static_cast<std::int8_t>(scales & 0xFF)),
                 factor * static_cast<float>(static_cast<std::int8_t>(scales >> 8))},
                {}};
    }
};

template <>
struct Unit<DType::IQ4_XS> : BlockUnit<1, false, 0> {
    uint4 nibbles;
    uint2 header;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        nibbles = load_streaming(plane_at<uint4>(from, 0, u));
        header = load_streaming(plane_at<uint2>(from, 1, u / 8));
    }
    __device__ __forceinline__ void codes(int (&words)[8]) const { uneven_codes(nibbles, words); }
    __device__ __forceinline__ Groups groups(UnitIndex u) const {
        const std::uint32_t g = u % 8;
        const std::uint32_t scale = (header.y >> (4 * g) & 15) | (header.x >> (16 + 2 * g) & 3) << 4;
        return {{half_value(header.x) * static_cast<float>(static_cast<int>(scale) - 32)}, {}};
    }
};

/// The 16 bytes of a unit of plain numbers.
struct PlainBytes : PlainUnit {
    uint4 bits;
    __device__ __forceinline__ void load(const WeightPlanes& from, UnitIndex u) {
        bits = load_streaming(plane_at<uint4>(from, 0, u));
    }
};

template <>
struct Unit<DType::F32> : PlainBytes {
    static constexpr int kValues = 4;
    __device__ __forceinline__ void floats(float (&out)[kValues]) const {
        out[0] = __uint_as_float(bits.x);
        out[1] = __uint_as_float(bits.y);
        out[2] = __uint_as_float(bits.z);
        out[3] = __uint_as_float(bits.w);
    }
};

template <>
struct Unit<DType::F16> : PlainBytes {
    static constexpr int kValues = 8;
    __device__ __forceinline__ void floats(float (&out)[kValues]) const {
        half_values(bits.x, out);
        half_values(bits.y, out + 2);
        half_values(bits.z, out + 4);
        half_values(bits.w, out + 6);
    }
};

template <>
struct Unit<DType::BF16> : PlainBytes {
    static constexpr int kValues = 8;
    __device__ __forceinline__ void floats(float (&out)[kValues]) const {
        bf16_values(bits.x, out);
        bf16_values(bits.y, out + 2);
        bf16_values(bits.z, out + 4);
        bf16_values(bits.w, out + 6);
    }
};

template <>
struct Unit<DType::F8_E4M3> : PlainBytes {
    static constexpr int kValues = 16;
    __device__ __forceinline__ void floats(float (&out)[kValues]) const {
        f8_values(bits.x, out);
        f8_values(bits.y, out + 4);
        f8_values(bits.z, out + 8);
        f8_values(bits.w, out + 12);
    }
};

/// All values of unit u of the matrix.
template <DType type>
__device__ __forceinline__ void unit_values(const Unit<type>& unit, UnitIndex u, float (&out)[Unit<type>::kValues]) {
    if constexpr (Unit<type>::kBlocks) {
        using Block = Unit<type>;
        constexpr int kInGroup = kUnitValues / Block::kGroups;
        const auto groups = unit.groups(u);
        int words[8];
        unit.codes(words);
#pragma unroll
        for (int i = 0; i < kUnitValues; i += 4) {
            int codes[4];
            byte_values(words[i / 4], codes);
            const int g = i / kInGroup;
#pragma unroll
            for (int k = 0; k < 4; ++k) {
                const auto steps = static_cast<float>(codes[k] - Block::kOffset);
                out[i + k] = Block::kMinimum ? fmaf(groups.scale[g], steps, -groups.minimum[g])
                                             : __fmul_rn(groups.scale[g], steps);
            }
        }
    } else {
        unit.floats(out);
    }
}

}  // namespace altiplano::engine::cuda
