// The emulation itself: what kernels get from it, and that it speaks up where a kernel breaks a rule.
#include "tests/engine/host_cuda/host_cuda.h"

#include <cmath>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <gtest/gtest.h>
#include <numeric>
#include <string>
#include <vector>

#include "tests/engine/cuda/device_array.h"
#include "tests/engine/cuda/host_cuda_kernels.h"
#include "tests/engine/host_cuda/runner.h"

namespace altiplano::engine::cuda {
namespace {

class HostCuda : public testing::Test {
protected:
    HostCuda() { host_cuda::reset(); }
};

/// What the emulation says of a kernel that breaks a rule.
template <typename Launch>
std::string complaint_of(const Launch& launch) {
    try {
        launch(nullptr);
    } catch (const host_cuda::KernelError& error) {
        return error.what();
    }
    return "";
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::vector<float> small_numbers(int count) {
    std::vector<float> values(count);
    for (int i = 0; i < count; ++i) {
        values[i] = static_cast<float>((i * 37 + 11) % 23 - 11) / 4;
    }
    return values;
}

TEST_F(HostCuda, blocksAddUpTheirValues) {
    const std::vector<float> x = small_numbers(3 * 256);
    const DeviceArray<float> values(x);
    const DeviceArray<float> sums(3);
    launch_block_sums(values.get(), sums.get(), 3, nullptr);
    for (int block = 0; block < 3; ++block) {
        EXPECT_EQ(sums.values()[block], std::accumulate(&x[block * 256], &x[block * 256] + 256, 0.0F));
    }
    EXPECT_EQ(host_cuda::launches(), 1);
}

TEST_F(HostCuda, shufflesReachTheLanesTheyName) {
    std::vector<float> x(32);
    std::iota(x.begin(), x.end(), 5.0F);
    const DeviceArray<float> values(x);
    const DeviceArray<float> lanes(32);
    launch_shuffles(values.get(), lanes.get(), nullptr);
    const std::vector<float> result = lanes.values();
    for (int i = 0; i < 32; ++i) {
        EXPECT_EQ(result[i], x[i ^ 1] + 100 * x[i == 0 ? 0 : i - 1] + 10'000 * x[0]);
    }
}

TEST_F(HostCuda, tensorCoresMultiplyF16) {
    const std::vector<float> a = small_numbers(16 * 16);
    const std::vector<float> b = small_numbers(16 * 8);
    std::vector<std::uint16_t> bits_a, bits_b;
    for (const float value : a) {
        bits_a.push_back(__half(value).bits());
    }
    for (const float value : b) {
        bits_b.push_back(__half(value).bits());
    }
    const DeviceArray<std::uint16_t> device_a(bits_a), device_b(bits_b);
    const DeviceArray<float> product(16 * 8);
    launch_product_f16(device_a.get(), device_b.get(), product.get(), nullptr);
    const std::vector<float> result = product.values();
    for (int row = 0; row < 16; ++row) {
        for (int column = 0; column < 8; ++column) {
            float expected = 0;
            for (int k = 0; k < 16; ++k) {
                expected += a[row * 16 + k] * b[k * 8 + column];  // multiples of 1/16: exact
            }
            EXPECT_EQ(result[row * 8 + column], expected) << row << ", " << column;
        }
    }
}

TEST_F(HostCuda, copiesToSharedMemoryArriveWhenWaitedForAndNotBefore) {
    std::vector<std::uint32_t> from(128);
    std::iota(from.begin(), from.end(), 1);
    const DeviceArray<std::uint32_t> source(from), target(128);
    launch_copies(source.get(), target.get(), true, 31, nullptr);
    EXPECT_EQ(target.values()[0], from[4]);
    EXPECT_EQ(target.values()[4 * 30], 0U);  // the copy of lane 31 was not valid
    EXPECT_EQ(target.values()[4 * 31], from[0]);
    launch_copies(source.get(), target.get(), false, 32, nullptr);
    EXPECT_EQ(target.values()[0], 0xffffffffU);  // still unset
}

TEST_F(HostCuda, kernelsGetTheSharedMemoryTheyAskFor) {
    const std::vector<float> x = small_numbers(256);
    const DeviceArray<float> values(x), doubled(256);
    launch_through_much_shared(values.get(), doubled.get(), nullptr);
    EXPECT_EQ(doubled.values()[200], 2 * x[200]);
}

TEST_F(HostCuda, sharedMemoryIsUnsetAtTheStartOfEveryBlock) {
    const DeviceArray<int> out(2);
    launch_looks_at_unset_shared(out.get(), nullptr);
    launch_looks_at_unset_shared(out.get(), nullptr);
    EXPECT_EQ(out.values(), (std::vector<int>{1, 1}));
}

TEST_F(HostCuda, newMemoryOfACardHoldsNaN) {
    for (const float value : DeviceArray<float>(1000).values()) {
        EXPECT_TRUE(std::isnan(value));
    }
}

TEST_F(HostCuda, blocksOfACooperativeLaunchWaitForEachOther) {
    const DeviceArray<std::uint32_t> counter(std::vector<std::uint32_t>{0});
    const DeviceArray<int> out(5);
    launch_blocks_meet(counter.get(), out.get(), 5, nullptr);
    EXPECT_EQ(out.values(), std::vector<int>(5, 5));
}

TEST_F(HostCuda, namesTheKernelWhoseThreadsDoNotAllMeet) {
    const std::string text = complaint_of(launch_half_of_the_threads_meet);
    EXPECT_TRUE(holds(text, "half_of_the_threads_meet")) << text;
    EXPECT_TRUE(holds(text, "32 threads have ended")) << text;
    EXPECT_TRUE(holds(text, "32 threads wait at __syncthreads (the first: block (0, 0, 0), thread (0, 0, 0))")) << text;
}

TEST_F(HostCuda, namesTheLaneThatIsAtAnotherPlace) {
    const std::string text = complaint_of(launch_lanes_meet_at_different_places);
    EXPECT_TRUE(holds(text, "lanes_meet_at_different_places(int*)")) << text;
    EXPECT_TRUE(holds(text, "__ballot_sync") && holds(text, "__shfl_sync")) << text;
}

TEST_F(HostCuda, whoMayOverlapMustWait) {
    const std::string text = complaint_of(launch_begins_early);
    EXPECT_TRUE(holds(text, "begins_early") && holds(text, "does not wait")) << text;
}

TEST_F(HostCuda, toleratesNoWriteOutsideSharedMemory) {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "the address sanitizer stops the program instead";
#endif
    const std::string text = complaint_of(launch_writes_past_shared);
    EXPECT_TRUE(holds(text, "writes_past_shared")) << text;
    EXPECT_TRUE(holds(text, "64 bytes of dynamic shared memory")) << text;
}

TEST(HostCudaNumbers, f16RoundsToTheNearestAndEven) {
    for (int bits = 0; bits < 0x7C00; ++bits) {  // every finite value comes back
        const float value = __half::of_bits(static_cast<std::uint16_t>(bits));
        ASSERT_EQ(__half(value).bits(), bits);
        ASSERT_EQ(__half(-value).bits(), bits | 0x8000);
        const float next = __half::of_bits(static_cast<std::uint16_t>(bits + 1));
        if (std::isfinite(next)) {
            ASSERT_EQ(__half((value + next) / 2).bits(), bits + bits % 2);
        }
    }
    EXPECT_EQ(float(__half(65519.0F)), 65504.0F);
    EXPECT_TRUE(std::isinf(float(__half(65520.0F))));
    EXPECT_TRUE(std::isnan(float(__half(NAN))));
}

TEST(HostCudaNumbers, bf16RoundsToTheNearestAndEven) {
    EXPECT_EQ(__nv_bfloat16(1.00390625F).bits(), 0x3F80);  // half way: even
    EXPECT_EQ(__nv_bfloat16(1.01171875F).bits(), 0x3F82);
    EXPECT_EQ(float(__nv_bfloat16(-3.0F)), -3.0F);
    EXPECT_TRUE(std::isnan(float(__nv_bfloat16(NAN))));
}

TEST(HostCudaNumbers, fp8KnowsEveryValueAndTheNearest) {
    EXPECT_EQ(float(__nv_fp8_e4m3(1000.0F)), 448.0F);
    EXPECT_EQ(float(__nv_fp8_e4m3(0x1p-9F)), 0x1p-9F);
    EXPECT_EQ(float(__nv_fp8_e4m3(0x1p-10F)), 0.0F);  // half way to the smallest: even
    EXPECT_TRUE(std::isnan(float(__nv_fp8_e4m3(NAN))));
    for (int bits = 0; bits < 0x7F; ++bits) {
        const float value = host_cuda::e4m3_to_float(static_cast<std::uint8_t>(bits));
        ASSERT_EQ(host_cuda::e4m3_from_float(value), bits);
        if (bits < 0x7E) {
            const float next = host_cuda::e4m3_to_float(static_cast<std::uint8_t>(bits + 1));
            ASSERT_GT(next, value);
            ASSERT_EQ(host_cuda::e4m3_from_float((value + next) / 2), bits + bits % 2);
            ASSERT_EQ(host_cuda::e4m3_from_float(-(0.26F * value + 0.74F * next)), 0x80 | (bits + 1));
        }
    }
}

}  // namespace
}  // namespace altiplano::engine::cuda
