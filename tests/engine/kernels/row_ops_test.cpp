// Normalisation, rotation, SwiGLU and addition at every instruction level, against double precision.
#include <cmath>
#include <gtest/gtest.h>

#include "engine/device/cpu_device.h"
#include "tests/engine/kernels/level_test.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

using RowOpsTest = LevelTest;
INSTANTIATE_TEST_SUITE_P(Levels, RowOpsTest, every_level(), level_name);

Matrix matrix(std::vector<float>& values, std::int64_t rows) {
    return {reinterpret_cast<std::byte*>(values.data()), DType::F32, rows, std::ssize(values) / rows};
}
ConstMatrix view(const std::vector<float>& values, std::int64_t rows) {
    return {reinterpret_cast<const std::byte*>(values.data()), DType::F32, rows, std::ssize(values) / rows};
}

TEST_P(RowOpsTest, rmsNormDividesByTheRootMeanSquare) {
    std::mt19937 random(1);
    CpuDevice device(2, kernels());
    for (const std::int64_t cols : {32, 96, 2080}) {
        const auto x = reference::random_values(3 * cols, random);
        const auto weight = reference::random_values(cols, random);
        std::vector<float> out(x.size());
        device.rms_norm(view(x, 3), view(weight, 1), 1e-5F, matrix(out, 3));
        std::vector<double> expected;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t row = i / static_cast<std::size_t>(cols) * static_cast<std::size_t>(cols);
            double squares = 0;
            for (std::int64_t c = 0; c < cols; ++c) {
                squares += std::pow(x[row + static_cast<std::size_t>(c)], 2.0);
            }
            expected.push_back(x[i] / std::sqrt(squares / static_cast<double>(cols) + 1e-5) * weight[i - row]);
        }
        EXPECT_LT(reference::relative_error(out, expected), 1e-6) << cols;
    }
}

TEST_P(RowOpsTest, ropeTurnsEachPairByItsAngle) {
    std::mt19937 random(2);
    CpuDevice device(2, kernels());
    constexpr int kHeads = 3, kHeadDim = 32, kTokens = 2;
    auto x = reference::random_values(kTokens * kHeads * kHeadDim, random);
    const auto before = x;
    std::vector<float> angles;
    std::vector<double> turn;
    for (int t = 0; t < kTokens; ++t) {
        for (int i = 0; i < kHeadDim / 2; ++i) {
            turn.push_back(0.37 * (i + 1) + t);
        }
        for (int i = 0; i < kHeadDim / 2; ++i) {
            angles.push_back(static_cast<float>(std::cos(turn[static_cast<std::size_t>(t * kHeadDim / 2 + i)])));
        }
        for (int i = 0; i < kHeadDim / 2; ++i) {
            angles.push_back(static_cast<float>(std::sin(turn[static_cast<std::size_t>(t * kHeadDim / 2 + i)])));
        }
    }
    device.rope(matrix(x, kTokens), kHeadDim, angles);
    std::vector<double> expected;
    for (std::size_t i = 0; i < x.size(); i += 2) {
        const std::size_t t = i / (kHeads * kHeadDim), pair = i % kHeadDim / 2;
        const double angle = turn[t * kHeadDim / 2 + pair];
        expected.push_back(before[i] * std::cos(angle) - before[i + 1] * std::sin(angle));
        expected.push_back(before[i] * std::sin(angle) + before[i + 1] * std::cos(angle));
    }
    EXPECT_LT(reference::relative_error(x, expected), 1e-6);
}

TEST_P(RowOpsTest, swigluGatesTheOtherBranch) {
    std::mt19937 random(3);
    CpuDevice device(2, kernels());
    auto gate = reference::random_values(2 * 96, random);
    for (std::size_t i = 0; i < gate.size(); ++i) {
        gate[i] *= 10;  // well into both ends of the sigmoid
    }
    gate[0] = 200;
    gate[1] = -200;
    const auto before = gate, up = reference::random_values(2 * 96, random);
    device.swiglu(matrix(gate, 2), view(up, 2));
    std::vector<double> expected;
    for (std::size_t i = 0; i < gate.size(); ++i) {
        expected.push_back(before[i] / (1 + std::exp(-static_cast<double>(before[i]))) * up[i]);
        EXPECT_NEAR(gate[i], expected[i], 1e-6 * std::fabs(expected[i]) + 1e-30);
    }
}

TEST_P(RowOpsTest, additionIsExact) {
    std::mt19937 random(4);
    CpuDevice device(3, kernels());
    auto sum = reference::random_values(5 * 48, random);
    const auto before = sum, x = reference::random_values(5 * 48, random);
    device.add(matrix(sum, 5), view(x, 5));
    for (std::size_t i = 0; i < sum.size(); ++i) {
        EXPECT_EQ(sum[i], before[i] + x[i]);
    }
}

TEST_P(RowOpsTest, noNumberStaysNoNumber) {
    CpuDevice device(1, kernels());
    std::vector<float> gate(16, 1.0F), up(16, 1.0F);
    gate[5] = std::nanf("");
    device.swiglu(matrix(gate, 1), view(up, 1));
    EXPECT_TRUE(std::isnan(gate[5]));
    EXPECT_FALSE(std::isnan(gate[6]));
}

}  // namespace
}  // namespace altiplano::engine
