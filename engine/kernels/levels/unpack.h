// How the rows of each weight type become floats: sixteen at a time, in registers. Layouts: blocks.h.
//
// Each reader has kValues and kBytes of its block, kPart values unpacked at once (kVectors vectors), scales(block) for
// what is worth computing once a block, and part(block, scales, p, out[kVectors]).
#pragma once

#include "engine/device/matrix.h"
#include "engine/kernels/blocks.h"
#include "engine/kernels/levels/simd.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

struct NoScales {};

struct ReadF32 {
    static constexpr int kValues = 16, kBytes = 64, kPart = 16, kVectors = 1;
    using Scales = NoScales;
    static Scales scales(const std::byte*) { return {}; }
    static void part(const std::byte* block, const Scales&, int, Vec16* out) {
        out[0] = load(reinterpret_cast<const float*>(block));
    }
};

struct ReadF16 {
    static constexpr int kValues = 16, kBytes = 32, kPart = 16, kVectors = 1;
    using Scales = NoScales;
    static Scales scales(const std::byte*) { return {}; }
    static void part(const std::byte* block, const Scales&, int, Vec16* out) {
        out[0] = load_f16(reinterpret_cast<const std::uint16_t*>(block));
    }
};

struct ReadBF16 {
    static constexpr int kValues = 16, kBytes = 32, kPart = 16, kVectors = 1;
    using Scales = NoScales;
    static Scales scales(const std::byte*) { return {}; }
    static void part(const std::byte* block, const Scales&, int, Vec16* out) {
        out[0] = load_bf16(reinterpret_cast<const std::uint16_t*>(block));
    }
};

struct ReadQ8_0 {
    static constexpr int kValues = 32, kBytes = 34, kPart = 32, kVectors = 2;
    using Scales = NoScales;
    static Scales scales(const std::byte*) { return {}; }
    static void part(const std::byte* bytes, const Scales&, int, Vec16* out) {
        const auto* block = reinterpret_cast<const BlockQ8_0*>(bytes);
        const Vec16 scale = set(from_half(block->scale));
        out[0] = multiply(scale, from_signed(load_bytes(block->values)));
        out[1] = multiply(scale, from_signed(load_bytes(block->values + 16)));
    }
};

struct ReadQ4_0 {
    static constexpr int kValues = 32, kBytes = 18, kPart = 32, kVectors = 2;
    using Scales = NoScales;
    static Scales scales(const std::byte*) { return {}; }
    static void part(const std::byte* bytes, const Scales&, int, Vec16* out) {
        const auto* block = reinterpret_cast<const BlockQ4_0*>(bytes);
        const float scale = from_half(block->scale);
        const HalfTable table = half_table(scale, -8.0F * scale);  // exact, as scale has 11 bits
        const HalfIndices values = half_indices(load_bytes(block->values));
        out[0] = at_low(table, values);
        out[1] = at_high(table, values);
    }
};

/// Of each group of 32 in a Q4_K or Q5_K block: value = scale[g] * bits + minimum[g].
struct GroupScales {
    alignas(64) float scale[16];  ///< 8 scales, then 8 negative minimums
    float minimum(int group) const { return scale[8 + group]; }
};

/// Six bits each: bytes 0-3 and 4-7 hold the first four scales and minimums; the others have their low four bits in
/// bytes 8-11 (scale low half, minimum high half) and their high two bits on top of bytes 0-7.
inline GroupScales group_scales(std::uint16_t scale, std::uint16_t minimum, const std::uint8_t* packed) {
    std::uint32_t first = 0, second = 0, third = 0;
    __builtin_memcpy(&first, packed, 4);
    __builtin_memcpy(&second, packed + 4, 4);
    __builtin_memcpy(&third, packed + 8, 4);
    const std::uint32_t words[4] = {first & 0x3F3F3F3FU, (third & 0x0F0F0F0FU) | (first >> 2 & 0x30303030U),
                                    second & 0x3F3F3F3FU, (third >> 4 & 0x0F0F0F0FU) | (second >> 2 & 0x30303030U)};
    GroupScales result;
    store(result.scale, multiply(from_unsigned(load_bytes(words)), set_halves(from_half(scale), -from_half(minimum))));
    return result;
}

struct ReadQ4_K {
    static constexpr int kValues = 256, kBytes = 144, kPart = 64, kVectors = 4;
    using Scales = GroupScales;
    static Scales scales(const std::byte* bytes) {
        const auto* block = reinterpret_cast<const BlockQ4_K*>(bytes);
        return group_scales(block->scale, block->minimum, block->scales);
    }
    static void part(const std::byte* bytes, const Scales& scales, int p, Vec16* out) {
        const std::uint8_t* values = reinterpret_cast<const BlockQ4_K*>(bytes)->values + 32 * p;
        const HalfTable low = half_table(scales.scale[2 * p], scales.minimum(2 * p));
        const HalfTable high = half_table(scales.scale[2 * p + 1], scales.minimum(2 * p + 1));
        const HalfIndices first = half_indices(load_bytes(values)), second = half_indices(load_bytes(values + 16));
        out[0] = at_low(low, first);
        out[1] = at_low(low, second);
        out[2] = at_high(high, first);
        out[3] = at_high(high, second);
    }
};

struct ReadQ5_K {
    static constexpr int kValues = 256, kBytes = 176, kPart = 256, kVectors = 16;
    using Scales = GroupScales;
    static Scales scales(const std::byte* bytes) {
        const auto* block = reinterpret_cast<const BlockQ5_K*>(bytes);
        return group_scales(block->scale, block->minimum, block->scales);
    }
    static void part(const std::byte* bytes, const Scales& scales, int, Vec16* out) {
        const auto* block = reinterpret_cast<const BlockQ5_K*>(bytes);
        two_groups<0>(block, scales, out);
        two_groups<2>(block, scales, out);
        two_groups<4>(block, scales, out);
        two_groups<6>(block, scales, out);
    }

private:
    /// Groups g and g + 1 lie in the same 32 bytes.
    template <int g>
    static void two_groups(const BlockQ5_K* block, const Scales& scales, Vec16* out) {
        const Bytes32 both = load_bytes32(block->values + 16 * g);
        const Bytes32 high = load_bytes32(block->high_bits);
        one_group<g>(either(low_halves(both), bits<g, 1, 4>(high)), scales, out);
        one_group<g + 1>(either(high_halves(both), bits<g + 1, 1, 4>(high)), scales, out);
    }
    template <int g>
    static void one_group(Bytes32 values, const Scales& scales, Vec16* out) {
        const Vec16 scale = set(scales.scale[g]), minimum = set(scales.minimum(g));
        out[2 * g] = fused(unsigned_lanes<0>(values), scale, minimum);
        out[2 * g + 1] = fused(unsigned_lanes<1>(values), scale, minimum);
    }
};

struct ReadQ6_K {
    static constexpr int kValues = 256, kBytes = 210, kPart = 128, kVectors = 8;
    struct Scales {
        alignas(64) float scale[16];
    };
    static Scales scales(const std::byte* bytes) {
        const auto* block = reinterpret_cast<const BlockQ6_K*>(bytes);
        Scales result;
        store(result.scale, multiply(set(from_half(block->scale)), from_signed(load_bytes(block->scales))));
        return result;
    }
    static void part(const std::byte* bytes, const Scales& scales, int p, Vec16* out) {
        const auto* block = reinterpret_cast<const BlockQ6_K*>(bytes);
        const float* scale = scales.scale + 8 * p;
        const Bytes32 first = load_bytes32(block->low + 64 * p), second = load_bytes32(block->low + 64 * p + 32);
        const Bytes32 high = load_bytes32(block->high + 32 * p);
        two_groups(either(low_halves(first), bits<0, 2, 4>(high)), scale, out);
        two_groups(either(low_halves(second), bits<2, 2, 4>(high)), scale + 2, out + 2);
        two_groups(either(high_halves(first), bits<4, 2, 4>(high)), scale + 4, out + 4);
        two_groups(either(high_halves(second), bits<6, 2, 4>(high)), scale + 6, out + 6);
    }

private:
    static void two_groups(Bytes32 values, const float* scale, Vec16* out) {
        const Bytes32 centred = minus(values, 32);
        out[0] = multiply(set(scale[0]), signed_lanes<0>(centred));
        out[1] = multiply(set(scale[1]), signed_lanes<1>(centred));
    }
};

/// Calls function(reader) with the reader of the type.
template <typename Function>
inline void with_reader(DType type, const Function& function) {
    switch (type) {
        case DType::F32:
            return function(ReadF32{});
        case DType::F16:
            return function(ReadF16{});
        case DType::BF16:
            return function(ReadBF16{});
        case DType::Q8_0:
            return function(ReadQ8_0{});
        case DType::Q4_0:
            return function(ReadQ4_0{});
        case DType::Q4_K:
            return function(ReadQ4_K{});
        case DType::Q5_K:
            return function(ReadQ5_K{});
        case DType::Q6_K:
            return function(ReadQ6_K{});
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
