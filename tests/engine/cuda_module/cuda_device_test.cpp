// Every operation of a device on an emulated card against the CPU, recorded steps, and what the card's memory holds.
#include "engine/device/cuda/cuda_device.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>
#include <numeric>
#include <optional>
#include <thread>

#include "engine/device/cpu_device.h"
#include "engine/error.h"
#include "tests/engine/cuda_module/test_layer.h"
#include "tests/engine/host_cuda/host_cuda.h"
#include "tests/engine/kernels/level_test.h"

namespace altiplano::engine::cuda {
namespace {

class CudaDeviceTest : public testing::Test {
protected:
    CudaDeviceTest() { host_cuda::reset(); }
};

// Cards of 9.0 multiply FP8 by FP8, others unpack the weights: then the input keeps BF16's eight bits, not four.
TEST_F(CudaDeviceTest, allCardsButHoppersUnpackFp8) {
    const LayerShape shape{.type = DType::F8_E4M3};
    CpuDevice cpu(1, best_cpu_kernels());
    TestLayer expected(cpu, shape);
    const std::vector<float> q = expected.compute(test_tokens(40), 0).q;
    const auto error = [&](int major) {
        host_cuda::set_devices({{.major = major}});
        CudaDevice gpu(0);
        return relative_error(TestLayer(gpu, shape).compute(test_tokens(40), 0).q, q);
    };
    EXPECT_LT(error(8), 0.006);
    EXPECT_LT(error(10), 0.006);
    EXPECT_LT(error(12), 0.006);
    EXPECT_GT(error(9), 0.012);
    EXPECT_LT(error(9), 0.05);
}

TEST_F(CudaDeviceTest, recordedStepsCostOneLaunch) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q8_0});
    layer.compute_recorded(test_tokens(1), 0);
    layer.compute_recorded(test_tokens(1), 1);
    const std::int64_t before = host_cuda::calls();
    layer.compute_recorded(test_tokens(1), 2);
    EXPECT_LT(host_cuda::calls() - before, 16);
}

// Work that the card does as late as it may shows what was reused too early.
TEST_F(CudaDeviceTest, nothingIsReusedBeforeTheCardIsDoneWithIt) {
    const LayerShape shape{.type = DType::Q8_0};
    CudaDevice gpu(0);
    TestLayer plain(gpu, shape);
    std::vector<std::vector<float>> expected;
    for (int step = 0; step < 4; ++step) {
        expected.push_back(plain.compute(test_tokens(2, step), 2 * step).logits);
    }
    host_cuda::set_late(true);
    TestLayer late(gpu, shape);
    for (int step = 0; step < 4; ++step) {
        EXPECT_EQ(late.compute_recorded(test_tokens(2, step), 2 * step), expected[static_cast<std::size_t>(step)])
            << step;
    }
}

TEST_F(CudaDeviceTest, memoryThatIsWrittenFromCanBeUsedAgainAtOnce) {
    constexpr std::size_t kBytes = std::size_t{5} << 20;  // more than goes at once
    CudaDevice gpu(0);
    const DeviceMemory memory = gpu.reserve(kBytes, "a test");
    host_cuda::set_late(true);
    std::vector<std::byte> bytes(kBytes, std::byte{1}), found(kBytes);
    gpu.write(memory.data(), bytes);
    std::fill(bytes.begin(), bytes.end(), std::byte{2});
    gpu.write(memory.data() + 1, std::span(bytes).first(1));
    bytes[0] = std::byte{3};
    gpu.read(found, memory.data());
    EXPECT_EQ(found[1], std::byte{2});
    EXPECT_EQ(std::count(found.begin(), found.end(), std::byte{1}), std::int64_t{kBytes} - 1);
}

// A load that is broken off: the card may still be fetching rows from the buffers that go.
TEST_F(CudaDeviceTest, whatTheCardFetchesIsThereUntilItHasIt) {
    constexpr std::int64_t kRows = 64, kCols = 256;
    auto gpu = std::make_unique<CudaDevice>(0);
    const DeviceMemory memory = gpu->reserve(kRows * kCols * 2, "a test");
    const std::vector<std::byte> rows(kRows * kCols * 2, std::byte{7});
    host_cuda::set_late(true);
    gpu->place_rows({memory.data(), DType::BF16, kRows, kCols, nullptr}, 0, rows);
    gpu.reset();
    EXPECT_EQ(std::count(memory.data(), memory.data() + memory.size(), std::byte{7}), memory.size());
}

/// In the scratch of products: steps before and after are not disturbed.
TEST_F(CudaDeviceTest, findsTheLikeliestOfLogits) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q8_0});
    const std::vector<float> logits = layer.compute({0, 37, 74}, 0).logits;
    const DeviceMemory memory = gpu.reserve(std::ssize(logits) * 4, "logits");
    gpu.write(memory.data(), std::as_bytes(std::span(logits)));
    for (int row = 0; row < 3; ++row) {
        const auto all = std::span(logits).subspan(static_cast<std::size_t>(row) * 320, 320);
        const LikeliestTokens found = gpu.likeliest({memory.data() + row * 320 * 4, DType::F32, 1, 320}, 7, 0.6);
        ASSERT_EQ(found.ids.size(), 7U);
        for (std::size_t i = 0; i < 7; ++i) {
            EXPECT_EQ(found.logits[i], all[static_cast<std::size_t>(found.ids[i])]);
            EXPECT_EQ(std::count_if(all.begin(), all.end(), [&](float logit) { return logit > found.logits[i]; }),
                      static_cast<std::ptrdiff_t>(i));
        }
        EXPECT_GT(found.total, 1.0);
    }
    EXPECT_EQ(layer.compute({0, 37, 74}, 0).logits, logits);
}

TEST_F(CudaDeviceTest, reservesForWorkWhatThePlanCounts) {
    CudaDevice gpu(0);
    const std::size_t before = host_cuda::bytes_in_use(0);
    const WorkSizes sizes{.rows = 40,
                          .head_dim = 64,
                          .dim = 256,
                          .q_width = 256,
                          .kv_width = 128,
                          .ffn_width = 768,
                          .tile_bytes = 100'000,
                          .context = 4096};
    gpu.prepare(sizes);
    EXPECT_EQ(host_cuda::bytes_in_use(0) - before, static_cast<std::size_t>(gpu_scratch(sizes).total));
    gpu.prepare(sizes);
    EXPECT_EQ(host_cuda::bytes_in_use(0) - before, static_cast<std::size_t>(gpu_scratch(sizes).total));
}

TEST_F(CudaDeviceTest, stepsTakeNoMemory) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q6_K});
    const std::size_t before = host_cuda::bytes_in_use(0);
    layer.compute(test_tokens(40), 0);
    layer.compute(test_tokens(3), 40);
    EXPECT_EQ(host_cuda::bytes_in_use(0), before);
}

TEST_F(CudaDeviceTest, aStopEndsLargeSteps) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::BF16});
    layer.compute(test_tokens(40), 0);
    std::stop_source stop;
    stop.request_stop();
    gpu.set_stop(stop.get_token());
    const std::int64_t before = host_cuda::launches();
    layer.compute(test_tokens(40), 0);
    EXPECT_LE(host_cuda::launches() - before, 3);  // the embedding and the logits
    gpu.set_stop({});
}

TEST_F(CudaDeviceTest, everythingIsGivenBack) {
    {
        CudaDevice gpu(0);
        TestLayer layer(gpu, {.type = DType::Q4_K});
        layer.compute_recorded(test_tokens(2), 0);
        layer.compute_recorded(test_tokens(2), 2);
        layer.compute(test_tokens(30), 4);
    }
    EXPECT_EQ(host_cuda::bytes_in_use(0), 0U);
    EXPECT_EQ(host_cuda::live_handles(), 0);
}

// Card 0 is what a thread's calls mean that never chose one.
TEST_F(CudaDeviceTest, aThreadThatGivesBackStartsNoOtherCard) {
    host_cuda::set_devices({{}, {}});
    CudaDevice gpu(1);
    std::optional<TestLayer> layer(std::in_place, gpu, LayerShape{.type = DType::Q4_K});
    layer->compute_recorded(test_tokens(2), 0);
    layer->compute_recorded(test_tokens(2), 2);
    const std::size_t before = host_cuda::bytes_in_use(1);
    std::thread([&] { layer.reset(); }).join();
    EXPECT_LT(host_cuda::bytes_in_use(1), before);
    EXPECT_TRUE(host_cuda::is_started(1));
    EXPECT_FALSE(host_cuda::is_started(0));
}
}  // namespace
}  // namespace altiplano::engine::cuda
