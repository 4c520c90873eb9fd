// Keys and values stored by the CUDA kernels: the bytes of the CPU engine, and those of F8_E4M3.
#include "engine/kernels/cuda/kv_append.h"

#include <gtest/gtest.h>

#include "tests/engine/cuda/card_cache.h"

namespace altiplano::engine::cuda {
namespace {

constexpr DType kTypes[] = {DType::F32, DType::F16, DType::Q8_0, DType::F8_E4M3};
constexpr std::uint8_t kFilling = 0xA5;  // what was there before, and must stay where nothing is stored

/// Tokens' keys and values of all sizes, on the host and on the card.
struct Tokens {
    Tokens(const CacheShape& shape, int n, unsigned seed) : width(shape.width()) {
        std::mt19937 random(seed);
        k = reference::random_values(n * width, random);
        v = reference::random_values(n * width, random);
        constexpr float kSizes[] = {1.0F, 0.01F, 30.0F, 1e-5F, 700.0F, 1e-9F, 0.0F};
        for (std::size_t i = 0; i < k.size(); ++i) {
            k[i] *= kSizes[i / 32 % 7];
            v[i] *= kSizes[i / 32 % 5];
        }
    }

    /// By the CPU engine, in a cache that held kFilling.
    CacheBytes expected(const CacheShape& shape, int first, int n) const {
        CacheBytes bytes(shape, kFilling);
        for (int row = 0; row < n; ++row) {
            bytes.store(first + row, k.data() + row * width, v.data() + row * width);
        }
        return bytes;
    }

    std::int64_t width;
    std::vector<float> k, v;
};

std::vector<std::byte> appended(const CacheShape& shape, const Tokens& tokens, int first, int n) {
    const CacheBytes before(shape, kFilling);
    const DeviceArray<std::byte> cache(before.bytes);
    const DeviceArray<float> k(tokens.k), v(tokens.v);
    const DeviceArray<int> position(std::vector<int>{first});
    launch_append(before.view(cache.get()), k.get(), v.get(), n, position.get(), nullptr);
    return cache.values();
}

TEST(CudaAppend, writesTheBytesOfTheCpuEngine) {
    for (const DType type : kTypes) {
        for (const int head_dim : {32, 128}) {
            const CacheShape shape = {type, 3, head_dim, 320};
            for (const int first : {0, 1, 31, 32, 63, 64, 100}) {
                for (const int n : {1, 16, 33, 200}) {
                    const Tokens tokens(shape, n, static_cast<unsigned>(first + n));
                    EXPECT_EQ(appended(shape, tokens, first, n), tokens.expected(shape, first, n).bytes)
                        << name(type) << ", " << n << " from " << first << ", " << head_dim << " wide";
                }
            }
        }
    }
}

TEST(CudaAppend, showsWhatIsNoNumberOrTooLarge) {
    for (const float broken : {NAN, INFINITY, -INFINITY, 1e30F, 9e6F}) {
        for (const DType type : {DType::Q8_0, DType::F8_E4M3}) {
            const CacheShape shape = {type, 1, 64, 64};
            Tokens tokens(shape, 3, 1);
            tokens.k[64 + 40] = broken;
            tokens.v[64 + 3] = broken;
            const CacheBytes expected = tokens.expected(shape, 7, 3);
            EXPECT_EQ(appended(shape, tokens, 7, 3), expected.bytes) << name(type) << ", " << broken;
            EXPECT_TRUE(std::isnan(expected.key(0, 8, 40)) || std::fabs(expected.key(0, 8, 40)) == 448.0) << broken;
        }
    }
}

}  // namespace
}  // namespace altiplano::engine::cuda
