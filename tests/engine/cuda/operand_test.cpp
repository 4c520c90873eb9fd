// Activations rounded for the tensor cores: what is no number shows, and what is nearly nothing is nothing.
#include "engine/kernels/cuda/operand.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>

#include "tests/engine/cuda/card_matrix.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kCols = 64;
constexpr std::uint8_t kNoNumberF8 = 0x7F, kLargestF8 = 0x7E;
constexpr std::uint16_t kNoNumberF16 = 0x7E00, kLargestF16 = 0x7BFF, kSign = 0x8000;

struct Rounded {
    std::vector<std::uint16_t> f16;
    std::vector<std::uint8_t> f8;
    float scale;
};

/// One row.
Rounded round_row(const std::vector<float>& x) {
    const CardRows row(x);
    CardRows scale(1);
    const DeviceArray<std::uint16_t> f16(kCols);
    const DeviceArray<std::uint8_t> f8(kCols);
    launch_operand(row.data(), 1, kCols, {DType::F16, reinterpret_cast<std::byte*>(f16.get()), nullptr}, nullptr);
    launch_operand(row.data(), 1, kCols, {DType::F8_E4M3, reinterpret_cast<std::byte*>(f8.get()), scale.data()},
                   nullptr);
    return {f16.values(), f8.values(), scale.values()[0]};
}

TEST(CudaOperand, whatIsNoNumberStaysNoneAndWhatIsTooLargeSaturates) {
    std::vector<float> x(kCols, 0.5F);
    x[3] = NAN;
    x[4] = 1e6F;
    x[5] = -1e6F;
    const Rounded got = round_row(x);
    EXPECT_EQ(got.f16[3] & kNoNumberF16, kNoNumberF16);
    EXPECT_EQ(got.f16[4], kLargestF16);
    EXPECT_EQ(got.f16[5], kLargestF16 | kSign);
    EXPECT_EQ(got.f8[3] & 0x7F, kNoNumberF8);
    EXPECT_EQ(got.f8[4], kLargestF8);
    EXPECT_EQ(got.f8[5], kLargestF8 | 0x80);
    EXPECT_EQ(got.scale, kActivationBound / 448);
}

TEST(CudaOperand, aRowOfNextToNothingIsZeros) {
    for (const float least : {0.0F, 1e-45F, 1e-37F}) {
        std::vector<float> x(kCols, 0.0F);
        x[9] = least;
        const Rounded got = round_row(x);
        EXPECT_EQ(got.f8, std::vector<std::uint8_t>(kCols, 0)) << least;
        EXPECT_EQ(got.scale, 1) << least;
    }
}

}  // namespace
}  // namespace altiplano::engine::cuda
