// Attention at every instruction level, with every type of cache, against a softmax in double precision.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/engine/kernels/attention_fixture.h"
#include "tests/engine/kernels/level_test.h"

namespace altiplano::engine {
namespace {

using AttentionTest = LevelTest;
INSTANTIATE_TEST_SUITE_P(Levels, AttentionTest, every_level(), level_name);

constexpr DType kCacheTypes[] = {DType::F32, DType::F16, DType::Q8_0};

double tolerance(DType type) {
    return type == DType::F32 ? 2e-6 : type == DType::F16 ? 1e-3 : 1e-2;
}

// Over block ends (64) and chunk ends (256), alone at the start of each and in the middle.
TEST_P(AttentionTest, followsTheSoftmaxAtEveryPosition) {
    for (const AttentionShape shape : {AttentionShape{4, 2, 64}, AttentionShape{8, 1, 32}, AttentionShape{3, 1, 128}}) {
        for (const DType type : kCacheTypes) {
            const AttentionInput input(shape, 530, 1);
            CpuDevice device(2, kernels());
            const TestCache cache(shape, 576, type);
            const std::vector<float> out = input.run(device, cache.view, 530);
            for (const int row : {0, 1, 15, 16, 31, 32, 62, 63, 64, 127, 128, 255, 256, 300, 511, 512, 529}) {
                const std::span<const float> got(out.data() + row * shape.q_width(),
                                                 static_cast<std::size_t>(shape.q_width()));
                EXPECT_LT(reference::relative_error(got, input.expected(row)), tolerance(type))
                    << shape.heads << " heads over " << shape.kv_heads << ", row " << row << ", " << name(type);
            }
        }
    }
}

// Every number of query heads that share a key-value head, every width of head that people's models have.
TEST_P(AttentionTest, followsTheSoftmaxInEveryShape) {
    for (const int group : {1, 2, 3, 4, 5, 7, 8, 16}) {
        for (const int head_dim : {32, 96, 128, 256}) {
            const DType type = kCacheTypes[(group + head_dim / 32) % 3];
            const AttentionShape shape = {2 * group, 2, head_dim};
            const AttentionInput input(shape, 75, static_cast<unsigned>(group + head_dim));
            CpuDevice device(3, kernels());
            const TestCache cache(shape, 128, type);
            const std::vector<float> batch = input.run(device, cache.view, 75);
            const std::vector<float> last = input.attend(device, cache.view, 74, 1);
            for (const int row : {0, 5, 70, 74}) {
                const std::span<const float> got(batch.data() + row * shape.q_width(),
                                                 static_cast<std::size_t>(shape.q_width()));
                EXPECT_LT(reference::relative_error(got, input.expected(row)), tolerance(type))
                    << group << " of " << head_dim << ", row " << row << ", " << name(type);
            }
            EXPECT_TRUE(std::equal(last.begin(), last.end(), batch.end() - shape.q_width()))
                << group << " of " << head_dim;
        }
    }
}

TEST_P(AttentionTest, aTokenHasTheSameBitsInEveryBatch) {
    for (const DType type : kCacheTypes) {
        for (const AttentionShape shape :
             {AttentionShape{4, 2, 64}, AttentionShape{7, 1, 32}, AttentionShape{3, 3, 32}}) {
            constexpr int kTokens = 300;
            const AttentionInput input(shape, kTokens, 2);
            CpuDevice device(2, kernels());
            const TestCache whole(shape, 320, type);
            const std::vector<float> expected = input.run(device, whole.view, kTokens);
            for (const int step : {1, 7, 217}) {
                const TestCache cache(shape, 320, type);
                EXPECT_EQ(input.run(device, cache.view, step), expected) << name(type) << ", " << step << " at once";
            }
        }
    }
}

// One thread takes each batch of rows through all positions, more share the positions out.
TEST_P(AttentionTest, aTokenHasTheSameBitsOnAnyNumberOfThreads) {
    constexpr AttentionShape kShape = {4, 4, 32};
    constexpr int kTokens = 1100, kPrompt = 300;
    for (const DType type : kCacheTypes) {
        const AttentionInput input(kShape, kTokens, 3);
        const TestCache cache(kShape, 1152, type);
        CpuDevice alone(1, kernels());
        input.append(alone, cache.view, 0, kTokens);
        for (const int threads : {2, 3, 8}) {
            CpuDevice device(threads, kernels());
            EXPECT_EQ(input.attend(device, cache.view, 0, kPrompt), input.attend(alone, cache.view, 0, kPrompt));
            for (const int count : {1, 5}) {
                EXPECT_EQ(input.attend(device, cache.view, kTokens - count, count),
                          input.attend(alone, cache.view, kTokens - count, count))
                    << threads << " threads, " << count << " tokens";
            }
        }
    }
}

TEST(AttentionLevelsTest, thoseThatFuseAgreeBitForBit) {
    constexpr AttentionShape kShape = {6, 2, 96};
    const AttentionInput input(kShape, 300, 4);
    for (const DType type : kCacheTypes) {
        std::vector<float> expected;
        for (const CpuKernels* kernels : available_cpu_kernels().subspan(1)) {
            CpuDevice device(2, *kernels);
            const TestCache cache(kShape, 320, type);
            const std::vector<float> out = input.run(device, cache.view, 300);
            EXPECT_TRUE(expected.empty() || out == expected) << kernels->level << ", " << name(type);
            expected = out;
        }
    }
}

// What a rewind leaves behind the last position must not shine through, not even where it is infinite.
TEST_P(AttentionTest, positionsBeyondTheRowDoNotCount) {
    constexpr AttentionShape kShape = {6, 2, 32};
    for (const DType type : kCacheTypes) {
        const AttentionInput input(kShape, 90, 5);
        AttentionInput scrap(kShape, 128, 6);
        std::fill(scrap.k.begin(), scrap.k.end(), INFINITY);
        std::fill(scrap.v.begin(), scrap.v.end(), NAN);
        CpuDevice device(1, kernels());
        const TestCache clean(kShape, 128, type), stale(kShape, 128, type);
        scrap.append(device, stale.view, 0, 128);
        EXPECT_EQ(input.run(device, clean.view, 90), input.run(device, stale.view, 90)) << name(type);
    }
}

// A later token's broken value must not reach an earlier one of the same batch, and all that see it must show it.
TEST_P(AttentionTest, whatIsNoNumberShowsFromItsPositionOn) {
    constexpr AttentionShape kShape = {4, 1, 64};
    constexpr int kTokens = 300, kBroken = 270;
    for (const DType type : kCacheTypes) {
        for (const bool in_key : {true, false}) {
            for (const float broken : {NAN, INFINITY}) {
                const AttentionInput sound(kShape, kTokens, 7);
                AttentionInput input = sound;
                std::vector<float>& changed = in_key ? input.k : input.v;
                std::fill_n(changed.begin() + kBroken * kShape.kv_width(), kShape.kv_width(), broken);
                CpuDevice device(2, kernels());
                const TestCache cache(kShape, 320, type), sound_cache(kShape, 320, type);
                const std::vector<float> out = input.run(device, cache.view, kTokens);
                const std::vector<float> expected = sound.run(device, sound_cache.view, kTokens);
                const auto first_broken = static_cast<std::ptrdiff_t>(kBroken * kShape.q_width());
                EXPECT_TRUE(std::equal(out.begin(), out.begin() + first_broken, expected.begin()));
                for (auto row = out.begin() + first_broken; row != out.end(); row += kShape.head_dim) {
                    EXPECT_FALSE(std::all_of(row, row + kShape.head_dim, [](float x) { return std::isfinite(x); }));
                }
            }
        }
    }
}

}  // namespace
}  // namespace altiplano::engine
