// Every operation of a device on an emulated card against the CPU, recorded steps, and what the card's memory holds.
#include "engine/device/cuda/cuda_device.h"

#include <cstring>
#include <gtest/gtest.h>
#include <numeric>

#include "engine/device/cpu_device.h"
#include "engine/error.h"
#include "tests/engine/cuda_module/test_layer.h"
#include "tests/engine/host_cuda/host_cuda.h"
#include "tests/engine/kernels/level_test.h"

namespace altiplano::engine::cuda {
namespace {

struct Case {
    DType type;
    int rows;
};

std::vector<int> tokens(int count, int seed = 0) {
    std::vector<int> result(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        result[static_cast<std::size_t>(i)] = (i * 37 + seed * 11) % 320;
    }
    return result;
}

class CudaDeviceTest : public testing::Test {
protected:
    CudaDeviceTest() { host_cuda::reset(); }
};

class CudaStepTest : public testing::TestWithParam<Case> {
protected:
    CudaStepTest() { host_cuda::reset(); }
};

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const DType type : kAllTypes) {
        for (const int rows : {1, 3, 16, 17, 40}) {
            cases.push_back({type, rows});
        }
    }
    return cases;
}

INSTANTIATE_TEST_SUITE_P(TypesAndRows, CudaStepTest, testing::ValuesIn(all_cases()), [](const auto& info) {
    return std::string(name(info.param.type)) + "_" + std::to_string(info.param.rows) + "_rows";
});

// Few rows: activations keep 15 bits. Many: they and the weights are rounded to BF16, or to FP8.
double tolerance(const Case& one) {
    if (one.rows <= kLogitRows) {
        return 1e-3;
    }
    switch (one.type) {
        case DType::F32:
            return 1e-3;  // the cache is F16
        case DType::F8_E4M3:
            return 0.08;
        default:
            return 0.02;
    }
}

TEST_P(CudaStepTest, computesWhatTheCpuComputes) {
    const LayerShape shape{.type = GetParam().type};
    CpuDevice cpu(1, best_cpu_kernels());
    CudaDevice gpu(0);
    TestLayer expected(cpu, shape), actual(gpu, shape);
    expected.compute(tokens(7), 0);  // something in the cache before
    actual.compute(tokens(7), 0);
    const StepResults a = actual.compute(tokens(GetParam().rows, 1), 7);
    const StepResults b = expected.compute(tokens(GetParam().rows, 1), 7);
    const double most = tolerance(GetParam());
    EXPECT_LT(relative_error(a.embedded, b.embedded), 1e-6);
    EXPECT_LT(relative_error(a.q, b.q), most);
    EXPECT_LT(relative_error(a.attended, b.attended), most);
    EXPECT_LT(relative_error(a.after_attention, b.after_attention), most);
    EXPECT_LT(relative_error(a.hidden, b.hidden), 2 * most);
    EXPECT_LT(relative_error(a.residual, b.residual), 2 * most);
    EXPECT_LT(relative_error(a.logits, b.logits), 2 * most);
}

// Cards from 9.0 on multiply FP8 by FP8, older ones unpack the weights: then the input keeps BF16's eight bits, not
// four.
TEST_F(CudaDeviceTest, olderCardsUnpackFp8) {
    const LayerShape shape{.type = DType::F8_E4M3};
    CpuDevice cpu(1, best_cpu_kernels());
    TestLayer expected(cpu, shape);
    const std::vector<float> q = expected.compute(tokens(40), 0).q;
    const auto error = [&](int major) {
        host_cuda::set_devices({{.major = major}});
        CudaDevice gpu(0);
        return relative_error(TestLayer(gpu, shape).compute(tokens(40), 0).q, q);
    };
    EXPECT_LT(error(8), 0.006);
    EXPECT_GT(error(9), 0.012);
    EXPECT_LT(error(9), 0.05);
}

TEST_F(CudaDeviceTest, everyTypeOfCacheHoldsWhatTheCpuStores) {
    for (const DType kv_type : {DType::F32, DType::F16, DType::Q8_0}) {
        const LayerShape shape{.type = DType::F32, .kv_type = kv_type};
        CpuDevice cpu(1, best_cpu_kernels());
        CudaDevice gpu(0);
        TestLayer expected(cpu, shape), actual(gpu, shape);
        const double most = kv_type == DType::Q8_0 ? 1e-2 : 1e-3;
        for (const int rows : {5, 20}) {
            EXPECT_LT(
                relative_error(actual.compute(tokens(rows), 0).attended, expected.compute(tokens(rows), 0).attended),
                most)
                << name(kv_type) << " " << rows;
        }
    }
}

// The second run records, those after replay: each with other tokens at another place.
TEST_F(CudaDeviceTest, recordedStepsComputeTheStepAtHand) {
    const LayerShape shape{.type = DType::Q8_0};
    CudaDevice gpu(0);
    TestLayer plain(gpu, shape), recorded(gpu, shape);
    for (int step = 0; step < 6; ++step) {
        const std::vector<int> now = tokens(3, step);
        EXPECT_EQ(recorded.compute_recorded(now, 3 * step), plain.compute(now, 3 * step).logits) << step;
    }
}

TEST_F(CudaDeviceTest, recordedStepsCostOneLaunch) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q8_0});
    layer.compute_recorded(tokens(1), 0);
    layer.compute_recorded(tokens(1), 1);
    const std::int64_t before = host_cuda::calls();
    layer.compute_recorded(tokens(1), 2);
    EXPECT_LT(host_cuda::calls() - before, 16);
}

// More rows than the record was made for, a larger work space: both are recorded anew.
TEST_F(CudaDeviceTest, recordsFollowTheirDevice) {
    CudaDevice gpu(0);
    LayerShape shape{.type = DType::Q8_0};
    TestLayer plain(gpu, shape), recorded(gpu, shape);
    int first = 0;
    const auto step = [&](int rows) {
        EXPECT_EQ(recorded.compute_recorded(tokens(rows, first), first),
                  plain.compute(tokens(rows, first), first).logits);
        first += rows;
    };
    for (const int rows : {1, 1, 1, 4, 4, 4, 1, 1}) {
        step(rows);
    }
    shape.most_rows = 100;
    const TestLayer larger(gpu, shape);
    step(1);
    step(1);
    step(1);
}

TEST_F(CudaDeviceTest, aRowDoesNotDependOnTheOthersOfTheStep) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q4_K});
    const std::vector<int> all = tokens(16);
    const std::vector<float> together = layer.compute(all, 0).logits;
    std::vector<float> alone;
    for (int i = 0; i < 16; ++i) {
        const auto one = layer.compute({all[static_cast<std::size_t>(i)]}, i).logits;
        alone.insert(alone.end(), one.begin(), one.end());
    }
    EXPECT_EQ(together, alone);
}

// Work that the card does as late as it may shows what was reused too early.
TEST_F(CudaDeviceTest, nothingIsReusedBeforeTheCardIsDoneWithIt) {
    const LayerShape shape{.type = DType::Q8_0};
    CudaDevice gpu(0);
    TestLayer plain(gpu, shape);
    std::vector<std::vector<float>> expected;
    for (int step = 0; step < 4; ++step) {
        expected.push_back(plain.compute(tokens(2, step), 2 * step).logits);
    }
    host_cuda::set_late(true);
    TestLayer late(gpu, shape);
    for (int step = 0; step < 4; ++step) {
        EXPECT_EQ(late.compute_recorded(tokens(2, step), 2 * step), expected[static_cast<std::size_t>(step)]) << step;
    }
}

TEST_F(CudaDeviceTest, tokensOfOtherRanksAreZero) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::F16});
    DeviceMemory memory = gpu.reserve(2 * 4 * 256, "rows");
    const PlacedMatrix table{gpu.reserve(gpu.placed_bytes(DType::F16, 8, 256), "a table").data(), DType::F16, 8, 256};
    layer.compute({1, 2}, 0);
    gpu.embed(table, 100, {memory.data(), DType::F32, 2, 256});
    std::vector<float> rows(512, 1.0F);
    gpu.read(std::as_writable_bytes(std::span(rows)), memory.data());
    EXPECT_EQ(rows, std::vector<float>(512, 0.0F));
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
    layer.compute(tokens(40), 0);
    layer.compute(tokens(3), 40);
    EXPECT_EQ(host_cuda::bytes_in_use(0), before);
}

TEST_F(CudaDeviceTest, aStopEndsLargeSteps) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::BF16});
    layer.compute(tokens(40), 0);
    std::stop_source stop;
    stop.request_stop();
    gpu.set_stop(stop.get_token());
    const std::int64_t before = host_cuda::launches();
    layer.compute(tokens(40), 0);
    EXPECT_LE(host_cuda::launches() - before, 3);  // the embedding and the logits
    gpu.set_stop({});
}

TEST_F(CudaDeviceTest, everythingIsGivenBack) {
    {
        CudaDevice gpu(0);
        TestLayer layer(gpu, {.type = DType::Q4_K});
        layer.compute_recorded(tokens(2), 0);
        layer.compute_recorded(tokens(2), 2);
        layer.compute(tokens(30), 4);
    }
    EXPECT_EQ(host_cuda::bytes_in_use(0), 0U);
    EXPECT_EQ(host_cuda::live_handles(), 0);
}

}  // namespace
}  // namespace altiplano::engine::cuda
