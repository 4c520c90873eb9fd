// Any bits are valid codes; what has to be chosen are the scales, and the exponents of plain numbers.
#include "tests/bench/synthetic_blocks.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "engine/error.h"
#include "engine/kernels/blocks.h"

namespace altiplano::engine {
namespace {

class Random {
public:
    std::uint64_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_;
    }

private:
    std::uint64_t state_ = 0x9E3779B97F4A7C15ULL;
};

/// A half near value, which is positive and small; denormal ones included.
std::uint16_t half_of(float value) {
    constexpr float kSmallestNormal = 1.0F / 16384;
    if (value < kSmallestNormal) {
        return static_cast<std::uint16_t>(std::lround(value * 16777216.0F));
    }
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return static_cast<std::uint16_t>((bits >> 13) - (112U << 10));
}

/// Where a block type has its scale and minimum, and how large they are for values of 0.02.
struct Scales {
    std::size_t scale_at;
    float scale;
    std::size_t minimum_at;
    float minimum;  ///< half of the largest code times the scale; 0: the type has none
};

// scale = 0.02 / (the codes' root mean square * that of the groups' scales)
Scales scales_of(DType type) {
    switch (type) {
        case DType::Q8_0:
            return {offsetof(BlockQ8_0, scale), 2.7e-4F, 0, 0};
        case DType::Q4_0:
            return {offsetof(BlockQ4_0, scale), 4.3e-3F, 0, 0};
        case DType::Q4_1:
            return {offsetof(BlockQ4_1, scale), 4.3e-3F, offsetof(BlockQ4_1, minimum), -7.5F * 4.3e-3F};
        case DType::Q5_0:
            return {offsetof(BlockQ5_0, scale), 2.2e-3F, 0, 0};
        case DType::Q5_1:
            return {offsetof(BlockQ5_1, scale), 2.2e-3F, offsetof(BlockQ5_1, minimum), -15.5F * 2.2e-3F};
        case DType::IQ4_NL:
            return {offsetof(BlockIQ4_NL, scale), 3e-4F, 0, 0};
        case DType::Q2_K:
            return {offsetof(BlockQ2_K, scale), 2e-3F, offsetof(BlockQ2_K, minimum), 1.5F * 2e-3F};
        case DType::Q3_K:
            return {offsetof(BlockQ3_K, scale), 4.8e-4F, 0, 0};
        case DType::Q4_K:
            return {offsetof(BlockQ4_K, scale), 1.2e-4F, offsetof(BlockQ4_K, minimum), 7.5F * 1.2e-4F};
        case DType::Q5_K:
            return {offsetof(BlockQ5_K, scale), 6.2e-5F, offsetof(BlockQ5_K, minimum), 15.5F * 6.2e-5F};
        case DType::Q6_K:
            return {offsetof(BlockQ6_K, scale), 1.5e-5F, 0, 0};
        case DType::IQ4_XS:
            return {offsetof(BlockIQ4_XS, scale), 1.7e-5F, 0, 0};
        default:
            throw Error(ErrorKind::BadArgument, "there are no synthetic weights of type " + std::string(name(type)));
    }
}

void write_half(std::byte* to, float value) {
    const auto sign = static_cast<std::uint16_t>(value < 0 ? 0x8000 : 0);
    const auto bits = static_cast<std::uint16_t>(half_of(std::fabs(value)) | sign);
    std::memcpy(to, &bits, sizeof(bits));
}

void set_scales(DType type, std::vector<std::byte>& blocks) {
    const Scales scales = scales_of(type);
    const auto step = static_cast<std::size_t>(block_bytes(type));
    for (std::size_t at = 0; at < blocks.size(); at += step) {
        write_half(blocks.data() + at + scales.scale_at, scales.scale);
        if (scales.minimum != 0) {
            write_half(blocks.data() + at + scales.minimum_at, scales.minimum);
        }
    }
}

// Any sign and mantissa; magnitudes from 2^-9 to 2^-5.
std::uint32_t small_float(std::uint64_t bits) {
    return static_cast<std::uint32_t>((bits & 0x807FFFFF) | (118 + (bits >> 40) % 4) << 23);
}

void set_plain(DType type, std::vector<std::byte>& values, Random& random) {
    const auto step = static_cast<std::size_t>(block_bytes(type));
    for (std::size_t at = 0; at < values.size(); at += step) {
        const std::uint32_t single = small_float(random.next());
        const auto half =
            static_cast<std::uint16_t>(single >> 16 & 0x8000) | half_of(std::bit_cast<float>(single & 0x7FFFFFFF));
        const std::uint32_t bits = type == DType::F32    ? single
                                   : type == DType::BF16 ? single >> 16
                                                         : static_cast<std::uint32_t>(half);
        std::memcpy(values.data() + at, &bits, step);
    }
}

}  // namespace

std::vector<std::byte> synthetic_blocks(DType type, std::size_t bytes) {
    Random random;
    const auto step = static_cast<std::size_t>(block_bytes(type));
    std::vector<std::byte> blocks((bytes + step - 1) / step * step);
    if (type == DType::F32 || type == DType::F16 || type == DType::BF16) {
        set_plain(type, blocks, random);
        return blocks;
    }
    for (std::byte& byte : blocks) {
        byte = static_cast<std::byte>(random.next() >> 32 & 0xFF);
        if (type == DType::F8_E4M3 && (byte & std::byte{0x7F}) == std::byte{0x7F}) {
            byte = std::byte{0};  // it was no number
        }
    }
    if (type != DType::F8_E4M3) {
        set_scales(type, blocks);
    }
    return blocks;
}

}  // namespace altiplano::engine
