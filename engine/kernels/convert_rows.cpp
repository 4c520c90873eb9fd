// Every loop is over 32 values without a branch, so that compilers make vectors of it.
#include "engine/kernels/convert_rows.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>
#include <vector>

#include "engine/kernels/blocks.h"

namespace altiplano::engine {
namespace {

constexpr int kGroup = 32;
constexpr std::uint32_t kMagnitude = 0x7FFFFFFF;
constexpr std::uint32_t kInfinite = 0x7F800000;

std::uint32_t bits_of(float value) {
    return std::bit_cast<std::uint32_t>(value);
}
float float_of(std::uint32_t bits) {
    return std::bit_cast<float>(bits);
}

// By value: references to constants keep GCC 12 from making vectors.
std::int32_t smaller(std::int32_t a, std::int32_t b) {
    return a < b ? a : b;
}
std::int32_t larger(std::int32_t a, std::int32_t b) {
    return a < b ? b : a;
}

template <typename T>
void copy_group(const std::byte* from, T (&to)[kGroup]) {
    std::memcpy(to, from, sizeof(to));
}

void widen_bf16(const std::byte* from, float* to) {
    std::uint16_t group[kGroup];
    copy_group(from, group);
    for (int i = 0; i < kGroup; ++i) {
        to[i] = float_of(std::uint32_t{group[i]} << 16);
    }
}

// The exponent's bias is less by 112; a multiplication makes up for it, for subnormal halves too. What is not finite
// would become a number: its exponent is set to the largest.
void widen_f16(const std::byte* from, float* to) {
    std::uint16_t group[kGroup];
    copy_group(from, group);
    for (int i = 0; i < kGroup; ++i) {
        const std::uint32_t magnitude = group[i] & 0x7FFFU;
        const std::uint32_t size = bits_of(float_of(magnitude << 13) * 0x1p112F);
        to[i] = float_of(size | (magnitude >= 0x7C00 ? kInfinite : 0) | (group[i] & 0x8000U) << 16);
    }
}

void widen(DType type, const std::byte* row, std::int64_t cols, float* values) {
    for (std::int64_t i = 0; i < cols; i += kGroup) {
        if (type == DType::BF16) {
            widen_bf16(row + 2 * i, values + i);
        } else if (type == DType::F16) {
            widen_f16(row + 2 * i, values + i);
        } else {
            std::memcpy(values + i, row + 4 * i, kGroup * sizeof(float));
        }
    }
}

// As bits, so that what is not finite is the largest of all.
std::uint32_t largest_magnitude(const float* group) {
    std::int32_t most = 0;
    for (int i = 0; i < kGroup; ++i) {
        most = std::max(most, static_cast<std::int32_t>(bits_of(group[i]) & kMagnitude));
    }
    return static_cast<std::uint32_t>(most);
}

std::uint32_t largest_magnitude(const float* row, std::int64_t cols) {
    std::uint32_t most = 0;
    for (std::int64_t i = 0; i < cols; i += kGroup) {
        most = std::max(most, largest_magnitude(row + i));
    }
    return most;
}

// A number of exponent e has eight steps of 2^(e - 3) to the next power of two; below 2^-6 it counts as of that. Steps
// of floats of exponent e + 20 are as long: a sum with such a power of two is rounded to them, to even between two.
void to_f8_e4m3(const float* from, float scale, std::byte* to) {
    constexpr auto kLargest = std::bit_cast<std::int32_t>(448.0F);
    constexpr auto kLeastNormal = std::bit_cast<std::int32_t>(0x1p-6F);
    std::uint8_t group[kGroup];
    for (int i = 0; i < kGroup; ++i) {
        const auto value = std::bit_cast<std::int32_t>(from[i] / scale);
        const std::int32_t magnitude = smaller(value & 0x7FFFFFFF, kLargest);
        const std::int32_t exponent = larger(magnitude & 0x7F800000, kLeastNormal);
        const std::int32_t power = exponent + (20 << 23);
        const float sum = std::bit_cast<float>(magnitude) + std::bit_cast<float>(power);
        const std::int32_t steps = std::bit_cast<std::int32_t>(sum) - power;
        group[i] = static_cast<std::uint8_t>((((exponent - kLeastNormal) >> 20) + steps) | (value >> 24 & 0x80));
    }
    std::memcpy(to, group, sizeof(group));
}

bool row_to_f8_e4m3(const float* row, std::int64_t cols, std::byte* out, float& scale) {
    const std::uint32_t largest = largest_magnitude(row, cols);
    if (largest >= kInfinite) {
        return false;
    }
    scale = std::max(float_of(largest) / 448.0F, std::numeric_limits<float>::min());  // of zeros: anything but zero
    for (std::int64_t i = 0; i < cols; i += kGroup) {
        to_f8_e4m3(row + i, scale, out + i);
    }
    return true;
}

// Of what is neither negative nor infinite. Below the smallest normal half, adding 0.5 rounds to steps of 2^-24.
std::uint32_t to_half(float value) {
    const std::uint32_t bits = bits_of(value);
    return value < 0x1p-14F ? bits_of(value + 0.5F) - bits_of(0.5F)
                            : (bits + 0xFFF + (bits >> 13 & 1) - (112U << 23)) >> 13;
}

bool block_to_q8_0(const float* from, std::byte* out) {
    const std::uint32_t largest = largest_magnitude(from);
    const float scale = float_of(largest) / 127.0F;
    const std::uint32_t half = largest < kInfinite ? to_half(std::min(scale, 0x1p17F)) : 0x7C00;
    if (half >= 0x7C00) {
        return false;
    }
    const float per_scale = scale > 0x1p-126F ? 1.0F / scale : 0.0F;
    BlockQ8_0 block{static_cast<std::uint16_t>(half), {}};
    for (int i = 0; i < kGroup; ++i) {
        const float steps = from[i] * per_scale;
        const float magnitude = float_of(bits_of(steps) & kMagnitude);
        const auto whole = static_cast<std::int32_t>(magnitude);
        const std::int32_t rounded = whole + (magnitude - static_cast<float>(whole) >= 0.5F ? 1 : 0);
        block.values[i] = static_cast<std::int8_t>(steps < 0 ? -rounded : rounded);
    }
    std::memcpy(out, &block, sizeof(block));
    return true;
}

bool row_to_q8_0(const float* row, std::int64_t cols, std::byte* out) {
    bool fits = true;
    for (std::int64_t i = 0; i < cols && fits; i += kGroup) {
        fits = block_to_q8_0(row + i, out + i / kGroup * std::int64_t{sizeof(BlockQ8_0)});
    }
    return fits;
}

bool row_to_bf16(const float* row, std::int64_t cols, std::byte* out) {
    for (std::int64_t i = 0; i < cols; i += kGroup) {
        std::uint16_t group[kGroup];
        for (int j = 0; j < kGroup; ++j) {
            const std::uint32_t bits = bits_of(row[i + j]);
            group[j] = static_cast<std::uint16_t>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
        }
        std::memcpy(out + 2 * i, group, sizeof(group));
    }
    return largest_magnitude(row, cols) < kInfinite;
}

}  // namespace

std::optional<std::int64_t> convert_rows(const RowConversion& conversion, std::span<const std::byte> rows,
                                         std::span<std::byte> out, std::span<float> row_scales) {
    assert(conversion.cols % kGroup == 0);
    const std::int64_t cols = conversion.cols;
    const std::int64_t from_bytes = row_bytes(conversion.from, cols), to_bytes = row_bytes(conversion.to, cols);
    const std::int64_t count = std::ssize(rows) / from_bytes;
    assert(std::ssize(rows) == count * from_bytes && std::ssize(out) == count * to_bytes);
    assert(conversion.to != DType::F8_E4M3 || std::ssize(row_scales) == count);
    std::vector<float> values(static_cast<std::size_t>(cols));
    for (std::int64_t row = 0; row < count; ++row) {
        widen(conversion.from, rows.data() + row * from_bytes, cols, values.data());
        std::byte* const to = out.data() + row * to_bytes;
        const bool fits = conversion.to == DType::F8_E4M3
                              ? row_to_f8_e4m3(values.data(), cols, to, row_scales[static_cast<std::size_t>(row)])
                          : conversion.to == DType::Q8_0 ? row_to_q8_0(values.data(), cols, to)
                                                         : row_to_bf16(values.data(), cols, to);
        if (!fits) {
            return row;
        }
    }
    return std::nullopt;
}

}  // namespace altiplano::engine
