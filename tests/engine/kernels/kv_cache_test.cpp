// How keys and values are rounded and where they are put, for every type of cache and at every instruction level.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/engine/kernels/attention_fixture.h"
#include "tests/engine/kernels/level_test.h"

namespace altiplano::engine {
namespace {

using KvCacheTest = LevelTest;
INSTANTIATE_TEST_SUITE_P(Levels, KvCacheTest, every_level(), level_name);

std::uint16_t half_at(std::span<const std::byte> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(bytes[at]) | std::to_integer<unsigned>(bytes[at + 1])
                                                                                 << 8);
}

/// One position's values as a cache of the type keeps them, by the layout in device.h; head_dim 32.
std::vector<float> stored_value(std::span<const std::byte> tile, DType type, std::size_t position) {
    std::vector<float> values;
    for (std::size_t d = 0; d < 32; ++d) {
        const std::size_t at = position * 32 + d;
        if (type == DType::Q8_0) {
            values.push_back(reference::half(half_at(tile, 2 * position)) *
                             static_cast<float>(std::to_integer<int>(tile[64 + at]) - 128));
        } else {
            values.push_back(reference::half(half_at(tile, 2 * at)));
        }
    }
    return values;
}

std::vector<float> rounded(const CpuKernels& kernels, const std::vector<float>& values, DType type) {
    std::vector<std::byte> tiles(static_cast<std::size_t>(kv_head_bytes(type, 32, 64)));
    kernels.attention.store_value(values.data(), 32, type, 5, tiles.data());
    return stored_value(tiles, type, 5);
}

TEST_P(KvCacheTest, halvesAreTheNearest) {
    for (int start = 0; start < 4096; start += 32) {
        std::vector<float> values;
        for (int i = start; i < start + 32; ++i) {
            values.push_back(std::ldexp(1.0F + static_cast<float>(i) / 4096 * 0.999F, i % 40 - 26) *
                             (i % 2 == 0 ? 1.0F : -1.0F));
        }
        const std::vector<float> halves = rounded(kernels(), values, DType::F16);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float step =
                std::fabs(values[i]) < 0x1p-14F ? 0x1p-24F : std::ldexp(1.0F, std::ilogb(values[i]) - 10);
            EXPECT_LE(std::fabs(halves[i] - values[i]), step / 2) << values[i];
        }
    }
}

TEST_P(KvCacheTest, bytesAreWithinHalfAStepOfTheirBlock) {
    std::mt19937 random(1);
    for (const float size : {1e-4F, 0.02F, 1.0F, 300.0F, 1e6F}) {
        std::vector<float> values = reference::random_values(32, random);
        float largest = 0;
        for (float& value : values) {
            value *= size;
            largest = std::max(largest, std::fabs(value));
        }
        const std::vector<float> bytes = rounded(kernels(), values, DType::Q8_0);
        // Half a step, and what rounding the scale to a half adds at the largest; steps of 2^-24 below 2^-14.
        const float scale_error = std::max(largest / 127 / 2048, largest < 0.0077F ? 0x1p-25F : 0.0F) * 127;
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_LE(std::fabs(bytes[i] - values[i]), largest / 127 * 0.501F + scale_error) << values[i];
        }
    }
}

TEST_P(KvCacheTest, bytesOfNothingAreNothing) {
    for (const float value : {0.0F, -0.0F, 1e-30F, 1e-7F}) {
        for (const float stored : rounded(kernels(), std::vector<float>(32, value), DType::Q8_0)) {
            EXPECT_EQ(stored, 0.0F);
        }
    }
}

TEST_P(KvCacheTest, bytesThatCannotHoldABlockAreNoNumbers) {
    for (const float value : {NAN, INFINITY, -INFINITY, 1e7F}) {
        std::vector<float> values(32, 1.0F);
        values[17] = value;
        for (const float stored : rounded(kernels(), values, DType::Q8_0)) {
            EXPECT_TRUE(std::isnan(stored)) << value;
        }
    }
}

// A byte times a half is exact as a float, and a half is one: so each cache gives the bits of an F32 cache that holds
// the rounded numbers.
TEST_P(KvCacheTest, attentionComputesWithTheStoredNumbersExactly) {
    constexpr AttentionShape kShape = {5, 1, 32};
    constexpr int kTokens = 100;
    const AttentionInput input(kShape, kTokens, 8);
    CpuDevice device(2, kernels());
    for (const DType type : {DType::F16, DType::Q8_0}) {
        AttentionInput stored = input;
        for (std::vector<float>* numbers : {&stored.k, &stored.v}) {
            for (int token = 0; token < kTokens; ++token) {
                const auto at = numbers->begin() + token * kShape.kv_width();
                std::ranges::copy(rounded(kernels(), std::vector<float>(at, at + 32), type), at);
            }
        }
        const TestCache cache(kShape, 128, type), exact(kShape, 128, DType::F32);
        EXPECT_EQ(input.run(device, cache.view, kTokens), stored.run(device, exact.view, kTokens)) << name(type);
    }
}

// Keeping and restoring a state copies these bytes and no others.
TEST_P(KvCacheTest, positionsAreAPrefixOfEachHead) {
    constexpr AttentionShape kShape = {2, 2, 64};
    const AttentionInput input(kShape, 192, 9);
    CpuDevice device(2, kernels());
    for (const DType type : {DType::F32, DType::F16, DType::Q8_0}) {
        TestCache full(kShape, 256, type), part(kShape, 256, type);
        input.append(device, full.view, 0, 192);
        input.append(device, part.view, 0, 128);
        const auto head_bytes = static_cast<std::size_t>(kv_head_bytes(type, 64, 256));
        const auto prefix = static_cast<std::size_t>(kv_head_bytes(type, 64, 128));
        for (std::size_t at = 0; at < full.bytes().size(); at += head_bytes) {
            const auto all = full.bytes().subspan(at, head_bytes), some = part.bytes().subspan(at, head_bytes);
            EXPECT_TRUE(std::ranges::equal(all.first(prefix), some.first(prefix))) << name(type);
            EXPECT_TRUE(std::ranges::all_of(some.subspan(prefix), [](std::byte b) { return b == std::byte{0}; }))
                << name(type);
        }
    }
}

}  // namespace
}  // namespace altiplano::engine
