// Takes blocks apart: one struct for each type, the values first as bytes, then packed as kernels want them.
#include "engine/kernels/planes.h"

#include <cstring>
#include <type_traits>

#include "engine/kernels/blocks.h"

namespace altiplano::engine {
namespace {

using Pointers = std::array<std::byte*, kMostPlanes>;

std::uint32_t word_at(const std::uint8_t* codes, int index) {
    std::uint32_t word = 0;
    std::memcpy(&word, codes + 4 * index, sizeof(word));
    return word;
}

/// c[i] | c[i + 16] << 4, of codes below 16.
void put_nibbles(const std::uint8_t* codes, std::byte* out) {
    for (int i = 0; i < 16; ++i) {
        out[i] = static_cast<std::byte>((codes[i] & 15) | codes[i + 16] << 4);
    }
}

/// c[2i] | c[2i + 1] << 4
void put_nibbles_in_order(const std::uint8_t* codes, std::byte* out) {
    for (int i = 0; i < 16; ++i) {
        out[i] = static_cast<std::byte>((codes[2 * i] & 15) | codes[2 * i + 1] << 4);
    }
}

/// Bits shift and shift + 1 of every code.
void put_pairs(const std::uint8_t* codes, int shift, std::byte* out) {
    std::uint32_t words[2] = {};
    for (int k = 0; k < 8; ++k) {
        words[k / 4] |= (word_at(codes, k) >> shift & 0x03030303U) << (k % 4 * 2);
    }
    std::memcpy(out, words, sizeof(words));
}

/// Bit shift of every code.
void put_bits(const std::uint8_t* codes, int shift, std::byte* out) {
    std::uint32_t word = 0;
    for (int k = 0; k < 8; ++k) {
        word |= (word_at(codes, k) >> shift & 0x01010101U) << k;
    }
    std::memcpy(out, &word, sizeof(word));
}

/// The 32 codes of Q4_0's order.
void four_bit_codes(const std::uint8_t* values, std::uint8_t* codes) {
    for (int i = 0; i < 16; ++i) {
        codes[i] = values[i] & 15;
        codes[i + 16] = values[i] >> 4;
    }
}

/// The same with the fifth bits of Q5_0, which stay alone in bit 4.
void fifth_bits(const std::uint8_t* high_bits, std::uint8_t* codes) {
    for (int i = 0; i < 32; ++i) {
        codes[i] |= (high_bits[i / 8] >> (i % 8) & 1) << 4;
    }
}

/// The 256 codes of Q4_K's order: of each 64, the low halves of 32 bytes, then the high ones.
void paired_codes(const std::uint8_t* values, std::uint8_t* codes) {
    for (int part = 0; part < 4; ++part) {
        for (int i = 0; i < 32; ++i) {
            codes[64 * part + i] = values[32 * part + i] & 15;
            codes[64 * part + 32 + i] = values[32 * part + i] >> 4;
        }
    }
}

/// Two bits of each of 256 codes in Q2_K's order, placed at shift.
void two_bit_codes(const std::uint8_t* values, int shift, std::uint8_t* codes) {
    for (int group = 0; group < 8; ++group) {
        for (int i = 0; i < 32; ++i) {
            codes[32 * group + i] |= (values[group / 4 * 32 + i] >> (group % 4 * 2) & 3) << shift;
        }
    }
}

template <typename T>
void put(const T& value, std::byte* out) {
    std::memcpy(out, &value, sizeof(value));
}

// One struct for each type: kBytes of a block in each plane, and split(), which writes them.

struct SplitQ8_0 {
    using Block = BlockQ8_0;
    static constexpr int kBytes[] = {16, 16, 2};
    static void split(const Block& block, const Pointers& out) {
        std::memcpy(out[0], block.values, 16);
        std::memcpy(out[1], block.values + 16, 16);
        put(block.scale, out[2]);
    }
};

struct SplitQ4_0 {
    using Block = BlockQ4_0;
    static constexpr int kBytes[] = {16, 2};
    static void split(const Block& block, const Pointers& out) {
        std::memcpy(out[0], block.values, 16);
        put(block.scale, out[1]);
    }
};

struct SplitQ4_1 {
    using Block = BlockQ4_1;
    static constexpr int kBytes[] = {16, 4};
    static void split(const Block& block, const Pointers& out) {
        std::memcpy(out[0], block.values, 16);
        put(block.scale, out[1]);
        put(block.minimum, out[1] + 2);
    }
};

struct SplitQ5_0 {
    using Block = BlockQ5_0;
    static constexpr int kBytes[] = {16, 4, 2};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[32] = {};
        fifth_bits(block.high_bits, codes);
        std::memcpy(out[0], block.values, 16);
        put_bits(codes, 4, out[1]);
        put(block.scale, out[2]);
    }
};

struct SplitQ5_1 {
    using Block = BlockQ5_1;
    static constexpr int kBytes[] = {16, 8};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[32] = {};
        fifth_bits(block.high_bits, codes);
        std::memcpy(out[0], block.values, 16);
        put_bits(codes, 4, out[1]);
        put(block.scale, out[1] + 4);
        put(block.minimum, out[1] + 6);
    }
};

struct SplitIQ4_NL {
    using Block = BlockIQ4_NL;
    static constexpr int kBytes[] = {16, 2};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[32];
        four_bit_codes(block.values, codes);
        put_nibbles_in_order(codes, out[0]);
        put(block.scale, out[1]);
    }
};

struct SplitQ2_K {
    using Block = BlockQ2_K;
    static constexpr int kBytes[] = {64, 16, 4};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[256] = {};
        two_bit_codes(block.values, 0, codes);
        for (int u = 0; u < 8; ++u) {
            put_pairs(codes + 32 * u, 0, out[0] + 8 * u);
        }
        std::memcpy(out[1], block.scales, 16);
        put(block.scale, out[2]);
        put(block.minimum, out[2] + 2);
    }
};

struct SplitQ3_K {
    using Block = BlockQ3_K;
    static constexpr int kBytes[] = {64, 32, 8, 4, 2};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[256] = {};
        two_bit_codes(block.values, 0, codes);
        std::uint32_t high_scales = 0;
        for (int u = 0; u < 8; ++u) {
            for (int i = 0; i < 32; ++i) {
                codes[32 * u + i] |= (block.high_bits[i] >> u & 1) << 2;
            }
            put_pairs(codes + 32 * u, 0, out[0] + 8 * u);
            put_bits(codes + 32 * u, 2, out[1] + 4 * u);
            const int first = scale_of(block, 2 * u), second = scale_of(block, 2 * u + 1);
            out[2][u] = static_cast<std::byte>(first | (second & 3) << 6);
            high_scales |= static_cast<std::uint32_t>(second >> 2) << (4 * u);
        }
        put(high_scales, out[3]);
        put(block.scale, out[4]);
    }

private:
    static int scale_of(const Block& block, int g) {
        return (block.scales[g % 8] >> (g / 8 * 4) & 15) | (block.scales[8 + g % 4] >> (g / 4 * 2) & 3) << 4;
    }
};

/// The 16 bytes beside the values of Q4_K and Q5_K.
template <typename Block>
void put_header(const Block& block, std::byte* out) {
    std::uint32_t high = 0;
    for (int g = 0; g < 8; ++g) {
        const std::uint8_t* const packed = block.scales;
        const int scale = g < 4 ? packed[g] & 63 : (packed[g + 4] & 15) | (packed[g - 4] >> 6) << 4;
        const int minimum = g < 4 ? packed[g + 4] & 63 : packed[g + 4] >> 4 | (packed[g] >> 6) << 4;
        out[4 + g] = static_cast<std::byte>(scale | (minimum & 3) << 6);
        high |= static_cast<std::uint32_t>(minimum >> 2) << (4 * g);
    }
    put(block.scale, out);
    put(block.minimum, out + 2);
    put(high, out + 12);
}

struct SplitQ4_K {
    using Block = BlockQ4_K;
    static constexpr int kBytes[] = {128, 16};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[256];
        paired_codes(block.values, codes);
        for (int u = 0; u < 8; ++u) {
            put_nibbles(codes + 32 * u, out[0] + 16 * u);
        }
        put_header(block, out[1]);
    }
};

struct SplitQ5_K {
    using Block = BlockQ5_K;
    static constexpr int kBytes[] = {128, 32, 16};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[256];
        paired_codes(block.values, codes);
        for (int u = 0; u < 8; ++u) {
            put_nibbles(codes + 32 * u, out[0] + 16 * u);
            put_bits(block.high_bits, u, out[1] + 4 * u);
        }
        put_header(block, out[2]);
    }
};

struct SplitQ6_K {
    using Block = BlockQ6_K;
    static constexpr int kBytes[] = {128, 64, 16, 2};
    static void split(const Block& block, const Pointers& out) {
        std::uint8_t codes[256] = {};
        two_bit_codes(block.high, 4, codes);
        for (int half = 0; half < 2; ++half) {
            for (int i = 0; i < 64; ++i) {
                codes[128 * half + i] |= block.low[64 * half + i] & 15;
                codes[128 * half + 64 + i] |= block.low[64 * half + i] >> 4;
            }
        }
        for (int u = 0; u < 8; ++u) {
            put_nibbles(codes + 32 * u, out[0] + 16 * u);
            put_pairs(codes + 32 * u, 4, out[1] + 8 * u);
        }
        std::memcpy(out[2], block.scales, 16);
        put(block.scale, out[3]);
    }
};

struct SplitIQ4_XS {
    using Block = BlockIQ4_XS;
    static constexpr int kBytes[] = {128, 8};
    static void split(const Block& block, const Pointers& out) {
        for (int u = 0; u < 8; ++u) {
            std::uint8_t codes[32];
            four_bit_codes(block.values + 16 * u, codes);
            put_nibbles_in_order(codes, out[0] + 16 * u);
        }
        std::memcpy(out[1], &block, 8);
    }
};

/// Calls with the struct of a block type.
template <typename Call>
void with_split(DType type, const Call& call) {
    switch (type) {
        case DType::Q8_0:
            return call(SplitQ8_0());
        case DType::Q4_0:
            return call(SplitQ4_0());
        case DType::Q4_1:
            return call(SplitQ4_1());
        case DType::Q5_0:
            return call(SplitQ5_0());
        case DType::Q5_1:
            return call(SplitQ5_1());
        case DType::IQ4_NL:
            return call(SplitIQ4_NL());
        case DType::Q2_K:
            return call(SplitQ2_K());
        case DType::Q3_K:
            return call(SplitQ3_K());
        case DType::Q4_K:
            return call(SplitQ4_K());
        case DType::Q5_K:
            return call(SplitQ5_K());
        case DType::Q6_K:
            return call(SplitQ6_K());
        case DType::IQ4_XS:
            return call(SplitIQ4_XS());
        case DType::F32:
        case DType::F16:
        case DType::BF16:
        case DType::F8_E4M3:
            return;
    }
}

}  // namespace

Planes planes_of(DType type, std::int64_t rows, std::int64_t cols) noexcept {
    if (block_values(type) == 1) {
        return {{Plane{0, row_bytes(type, cols)}}, 1};
    }
    Planes result;
    with_split(type, [&]<typename Split>(Split) {
        const std::int64_t blocks = cols / block_values(type);
        std::int64_t offset = 0;
        for (const int bytes : Split::kBytes) {
            result.planes[static_cast<std::size_t>(result.count++)] = {offset, blocks * bytes};
            offset += rows * blocks * bytes;
        }
    });
    return result;
}

void split_rows(DType type, std::int64_t cols, std::span<const std::byte> rows, std::byte* image) {
    if (block_values(type) == 1) {
        std::memcpy(image, rows.data(), rows.size());
        return;
    }
    const Planes planes = planes_of(type, std::ssize(rows) / row_bytes(type, cols), cols);
    Pointers out = {};
    for (std::size_t p = 0; p < static_cast<std::size_t>(planes.count); ++p) {
        out[p] = image + planes.planes[p].offset;
    }
    with_split(type, [&]<typename Split>(Split) {
        typename Split::Block block;
        for (std::size_t at = 0; at < rows.size(); at += sizeof(block)) {
            std::memcpy(&block, rows.data() + at, sizeof(block));
            Split::split(block, out);
            for (std::size_t p = 0; p < std::extent_v<decltype(Split::kBytes)>; ++p) {
                out[p] += Split::kBytes[p];
            }
        }
    });
}

}  // namespace altiplano::engine
