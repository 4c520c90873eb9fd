// Reference loops: one value at a time, nothing clever.
#include "tests/engine/kernels/reference.h"

#include <cmath>
#include <cstring>

namespace altiplano::engine::reference {
namespace {

std::uint8_t byte_at(std::span<const std::byte> row, std::int64_t index) {
    return std::to_integer<std::uint8_t>(row[static_cast<std::size_t>(index)]);
}

template <typename T>
T number_at(std::span<const std::byte> row, std::int64_t index) {
    T value;
    std::memcpy(&value, row.data() + index, sizeof(T));
    return value;
}

struct ScaleAndMinimum {
    int scale;
    int minimum;
};

// The 6-bit pair of group g from the 12 packed bytes of a Q4_K or Q5_K block.
ScaleAndMinimum group_pair(std::span<const std::byte> packed, int g) {
    if (g < 4) {
        return {byte_at(packed, g) & 63, byte_at(packed, g + 4) & 63};
    }
    return {(byte_at(packed, g + 4) & 15) | (byte_at(packed, g - 4) >> 6) << 4,
            byte_at(packed, g + 4) >> 4 | (byte_at(packed, g) >> 6) << 4};
}

float plain_value(DType type, std::span<const std::byte> row, std::int64_t i) {
    switch (type) {
        case DType::F32:
            return number_at<float>(row, 4 * i);
        case DType::F16:
            return half(number_at<std::uint16_t>(row, 2 * i));
        case DType::F8_E4M3:
            return f8_e4m3(number_at<std::uint8_t>(row, i));
        default: {
            const std::uint32_t bits = static_cast<std::uint32_t>(number_at<std::uint16_t>(row, 2 * i)) << 16;
            float value;
            std::memcpy(&value, &bits, sizeof(value));
            return value;
        }
    }
}

float group_value(DType type, std::span<const std::byte> block, int i) {
    const int g = i / 32;
    const auto [scale, minimum] = group_pair(block.subspan(4, 12), g);
    const std::span<const std::byte> values = block.subspan(type == DType::Q4_K ? 16 : 48);
    int bits = byte_at(values, g / 2 * 32 + i % 32) >> (g % 2 * 4) & 15;
    if (type == DType::Q5_K) {
        bits |= (byte_at(block, 16 + i % 32) >> g & 1) << 4;
    }
    const float d = half(number_at<std::uint16_t>(block, 0)), m = half(number_at<std::uint16_t>(block, 2));
    return d * static_cast<float>(scale) * static_cast<float>(bits) - m * static_cast<float>(minimum);
}

float q6_value(std::span<const std::byte> block, int i) {
    const int part = i / 128, within = i % 128;
    const int low = byte_at(block, 64 * part + within % 64) >> (within / 64 * 4) & 15;
    const int high = byte_at(block, 128 + 32 * part + within % 32) >> (within / 32 * 2) & 3;
    const auto scale = static_cast<float>(static_cast<std::int8_t>(byte_at(block, 192 + i / 16)));
    return half(number_at<std::uint16_t>(block, 208)) * scale * static_cast<float>((low | high << 4) - 32);
}

float half_at(std::span<const std::byte> block, std::int64_t at) {
    return half(number_at<std::uint16_t>(block, at));
}

/// Value i of 32 in a block of Q4_0's order, whose halves of bytes begin at first.
int four_bits(std::span<const std::byte> block, std::int64_t first, int i) {
    return byte_at(block, first + i % 16) >> (i / 16 * 4) & 15;
}

int fifth_bit(std::span<const std::byte> block, std::int64_t first, int i) {
    return byte_at(block, first + i / 8) >> (i % 8) & 1;
}

constexpr int kSteps[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

float legacy_value(DType type, std::span<const std::byte> block, int i) {
    const float d = half_at(block, 0);
    switch (type) {
        case DType::Q4_0:
            return d * static_cast<float>(four_bits(block, 2, i) - 8);
        case DType::Q4_1:
            return d * static_cast<float>(four_bits(block, 4, i)) + half_at(block, 2);
        case DType::Q5_0:
            return d * static_cast<float>((four_bits(block, 6, i) | fifth_bit(block, 2, i) << 4) - 16);
        case DType::Q5_1:
            return d * static_cast<float>(four_bits(block, 8, i) | fifth_bit(block, 4, i) << 4) + half_at(block, 2);
        default:
            return d * static_cast<float>(kSteps[four_bits(block, 2, i)]);
    }
}

int two_bits(std::span<const std::byte> block, std::int64_t first, int i) {
    return byte_at(block, first + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2) & 3;
}

float q2_value(std::span<const std::byte> block, int i) {
    const int scales = byte_at(block, i / 16);
    return half_at(block, 80) * static_cast<float>(scales & 15) * static_cast<float>(two_bits(block, 16, i)) -
           half_at(block, 82) * static_cast<float>(scales >> 4);
}

float q3_value(std::span<const std::byte> block, int i) {
    const int g = i / 16;
    const int scale =
        (byte_at(block, 96 + g % 8) >> (g / 8 * 4) & 15) | (byte_at(block, 104 + g % 4) >> (g / 4 * 2) & 3) << 4;
    const int high = byte_at(block, i % 32) >> (i / 32) & 1;
    return half_at(block, 108) * static_cast<float>(scale - 32) *
           static_cast<float>((two_bits(block, 32, i) | high << 2) - 4);
}

float iq4_xs_value(std::span<const std::byte> block, int i) {
    const int g = i / 32;
    const int scale =
        (byte_at(block, 4 + g / 2) >> (g % 2 * 4) & 15) | (number_at<std::uint16_t>(block, 2) >> (2 * g) & 3) << 4;
    return half_at(block, 0) * static_cast<float>(scale - 32) *
           static_cast<float>(kSteps[four_bits(block, 8 + 16 * g, i % 32)]);
}

float block_value(DType type, std::span<const std::byte> block, int i) {
    switch (type) {
        case DType::Q8_0:
            return half(number_at<std::uint16_t>(block, 0)) * static_cast<float>(number_at<std::int8_t>(block, 2 + i));
        case DType::Q4_0:
        case DType::Q4_1:
        case DType::Q5_0:
        case DType::Q5_1:
        case DType::IQ4_NL:
            return legacy_value(type, block, i);
        case DType::Q2_K:
            return q2_value(block, i);
        case DType::Q3_K:
            return q3_value(block, i);
        case DType::IQ4_XS:
            return iq4_xs_value(block, i);
        case DType::Q6_K:
            return q6_value(block, i);
        default:
            return group_value(type, block, i);
    }
}

/// Where a block has its halves.
std::vector<int> scale_places(DType type) {
    switch (type) {
        case DType::Q4_1:
        case DType::Q5_1:
        case DType::Q4_K:
        case DType::Q5_K:
            return {0, 2};
        case DType::Q2_K:
            return {80, 82};
        case DType::Q3_K:
            return {108};
        case DType::Q6_K:
            return {208};
        default:
            return {0};
    }
}

}  // namespace

float half(std::uint16_t bits) {
    const int exponent = bits >> 10 & 31, mantissa = bits & 1023;
    const float sign = (bits & 0x8000) != 0 ? -1.0F : 1.0F;
    if (exponent == 31) {
        return mantissa != 0 ? std::nanf("") : sign * INFINITY;
    }
    return sign * (exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -24)
                                 : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25));
}

float f8_e4m3(std::uint8_t bits) {
    const int exponent = bits >> 3 & 15, mantissa = bits & 7;
    const float sign = (bits & 0x80) != 0 ? -1.0F : 1.0F;
    if (exponent == 15 && mantissa == 7) {
        return std::nanf("");
    }
    return sign * (exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -9)
                                 : std::ldexp(static_cast<float>(mantissa + 8), exponent - 10));
}

std::uint16_t to_half(float value) {
    for (std::uint16_t bits = 0; bits < 0x7BFF; ++bits) {  // slow and sure: the largest half not above |value|
        if (half(static_cast<std::uint16_t>(bits + 1)) > std::fabs(value)) {
            return static_cast<std::uint16_t>(bits | (value < 0 ? 0x8000 : 0));
        }
    }
    return 0x7BFF;
}

std::vector<float> decode(DType type, std::span<const std::byte> row, std::int64_t cols) {
    std::vector<float> values;
    const std::int64_t per = block_values(type), bytes = block_bytes(type);
    for (std::int64_t i = 0; i < cols; ++i) {
        values.push_back(per == 1 ? plain_value(type, row, i)
                                  : block_value(type,
                                                row.subspan(static_cast<std::size_t>(i / per * bytes),
                                                            static_cast<std::size_t>(bytes)),
                                                static_cast<int>(i % per)));
    }
    return values;
}

std::vector<float> random_values(std::int64_t count, std::mt19937& random) {
    std::normal_distribution<float> normal;
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) {
        value = normal(random);
    }
    return values;
}

std::vector<std::byte> random_rows(DType type, std::int64_t rows, std::int64_t cols, std::mt19937& random) {
    std::vector<std::byte> data(static_cast<std::size_t>(rows * row_bytes(type, cols)));
    for (std::byte& byte : data) {
        byte = static_cast<std::byte>(random() & 255);
    }
    const std::uint16_t scale = to_half(0.0123F);
    const auto step = static_cast<std::size_t>(block_bytes(type));
    for (std::size_t at = 0; at < data.size(); at += step) {
        if (type == DType::F32) {
            const float value = static_cast<float>(static_cast<int>(random() % 2001) - 1000) / 500;
            std::memcpy(data.data() + at, &value, sizeof(value));
        } else if (type == DType::F8_E4M3) {  // no NaN
            data[at] = data[at] == std::byte{0x7F} || data[at] == std::byte{0xFF} ? std::byte{0} : data[at];
        } else if (block_values(type) == 1) {  // halves of either kind: clear an exponent bit, so that none is infinite
            data[at + 1] &= std::byte{0xBF};
        } else {
            for (const int place : scale_places(type)) {
                const auto other = static_cast<std::uint16_t>(scale ^ (random() & 255));  // not the block's other half
                std::memcpy(data.data() + at + static_cast<std::size_t>(place), &other, sizeof(other));
            }
        }
    }
    return data;
}

double relative_error(std::span<const float> a, std::span<const double> b) {
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        difference += (a[i] - b[i]) * (a[i] - b[i]);
        size += b[i] * b[i];
    }
    return std::sqrt(difference / size);
}

std::vector<double> matmul(std::span<const float> x, std::span<const float> weights, std::int64_t n, std::int64_t rows,
                           std::int64_t cols) {
    std::vector<double> out;
    for (std::int64_t t = 0; t < n; ++t) {
        for (std::int64_t r = 0; r < rows; ++r) {
            double sum = 0;
            for (std::int64_t c = 0; c < cols; ++c) {
                sum += static_cast<double>(x[static_cast<std::size_t>(t * cols + c)]) *
                       static_cast<double>(weights[static_cast<std::size_t>(r * cols + c)]);
            }
            out.push_back(sum);
        }
    }
    return out;
}

}  // namespace altiplano::engine::reference
