// Every operation of a card against the CPU, and recorded steps against plain ones: on an emulated card, and on a real
// one where there is one (tests/gpu).
#include <gtest/gtest.h>

#include "engine/device/cpu_device.h"
#include "engine/device/cuda/cuda_device.h"
#include "tests/engine/cuda_module/fresh_card.h"
#include "tests/engine/cuda_module/test_layer.h"
#include "tests/engine/kernels/level_test.h"

namespace altiplano::engine::cuda {
namespace {

struct Case {
    DType type;
    int rows;
};

class CudaStepTest : public testing::TestWithParam<Case> {
protected:
    CudaStepTest() { fresh_card(); }
};

class CudaOperationsTest : public testing::Test {
protected:
    CudaOperationsTest() { fresh_card(); }
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
    expected.compute(test_tokens(7), 0);  // something in the cache before
    actual.compute(test_tokens(7), 0);
    const StepResults a = actual.compute(test_tokens(GetParam().rows, 1), 7);
    const StepResults b = expected.compute(test_tokens(GetParam().rows, 1), 7);
    const double most = tolerance(GetParam());
    EXPECT_LT(relative_error(a.embedded, b.embedded), 1e-6);
    EXPECT_LT(relative_error(a.q, b.q), most);
    EXPECT_LT(relative_error(a.attended, b.attended), most);
    EXPECT_LT(relative_error(a.after_attention, b.after_attention), most);
    EXPECT_LT(relative_error(a.hidden, b.hidden), 2 * most);
    EXPECT_LT(relative_error(a.residual, b.residual), 2 * most);
    EXPECT_LT(relative_error(a.logits, b.logits), 2 * most);
}

TEST_F(CudaOperationsTest, everyTypeOfCacheHoldsWhatTheCpuStores) {
    for (const DType kv_type : {DType::F32, DType::F16, DType::Q8_0}) {
        const LayerShape shape{.type = DType::F32, .kv_type = kv_type};
        CpuDevice cpu(1, best_cpu_kernels());
        CudaDevice gpu(0);
        TestLayer expected(cpu, shape), actual(gpu, shape);
        const double most = kv_type == DType::Q8_0 ? 1e-2 : 1e-3;
        for (const int rows : {5, 20}) {
            EXPECT_LT(relative_error(actual.compute(test_tokens(rows), 0).attended,
                                     expected.compute(test_tokens(rows), 0).attended),
                      most)
                << name(kv_type) << " " << rows;
        }
    }
}

// The second run records, those after replay: each with other tokens at another place.
TEST_F(CudaOperationsTest, recordedStepsComputeTheStepAtHand) {
    const LayerShape shape{.type = DType::Q8_0};
    CudaDevice gpu(0);
    TestLayer plain(gpu, shape), recorded(gpu, shape);
    for (int step = 0; step < 6; ++step) {
        const std::vector<int> now = test_tokens(3, step);
        EXPECT_EQ(recorded.compute_recorded(now, 3 * step), plain.compute(now, 3 * step).logits) << step;
    }
}

// More rows than the record was made for, a larger work space: both are recorded anew.
TEST_F(CudaOperationsTest, recordsFollowTheirDevice) {
    CudaDevice gpu(0);
    LayerShape shape{.type = DType::Q8_0};
    TestLayer plain(gpu, shape), recorded(gpu, shape);
    int first = 0;
    const auto step = [&](int rows) {
        EXPECT_EQ(recorded.compute_recorded(test_tokens(rows, first), first),
                  plain.compute(test_tokens(rows, first), first).logits);
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

TEST_F(CudaOperationsTest, aRowDoesNotDependOnTheOthersOfTheStep) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q4_K});
    const std::vector<int> all = test_tokens(16);
    const std::vector<float> together = layer.compute(all, 0).logits;
    std::vector<float> alone;
    for (int i = 0; i < 16; ++i) {
        const auto one = layer.compute({all[static_cast<std::size_t>(i)]}, i).logits;
        alone.insert(alone.end(), one.begin(), one.end());
    }
    EXPECT_EQ(together, alone);
}

TEST_F(CudaOperationsTest, tokensOfOtherRanksAreZero) {
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

}  // namespace
}  // namespace altiplano::engine::cuda
