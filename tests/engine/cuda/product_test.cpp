// The product kernels of every weight type against plain loops.
#include "engine/kernels/cuda/product.h"

#include <cmath>
#include <gtest/gtest.h>

#include "engine/kernels/cuda/kv_append.h"
#include "tests/engine/cuda/card_cache.h"
#include "tests/engine/cuda/card_matrix.h"
#include "tests/engine/kernels/level_test.h"

namespace altiplano::engine::cuda {
namespace {

/// What is left of activations that blocks are multiplied with: 16 bits in units of 32 columns.
std::vector<float> rounded(DType type, std::vector<float> x) {
    constexpr float kMost = 32512.0F;
    for (std::size_t first = 0; block_values(type) > 1 && first < x.size(); first += 32) {
        const std::span unit = std::span(x).subspan(first, 32);
        float most = 0;
        for (const float value : unit) {
            most = std::max(most, std::abs(value));
        }
        for (float& value : unit) {
            // Rounded once, as the kernel does it: 1.5 * 2^23 leaves no room for less than ones.
            value = (std::fma(value, kMost / most, 12582912.0F) - 12582912.0F) * (most / kMost);
        }
    }
    return x;
}

std::vector<double> expected_product(const CardMatrix& weight, std::span<const float> x) {
    const PlacedMatrix& placed = weight.placed();
    const auto n = static_cast<std::int64_t>(x.size()) / placed.cols;
    return reference::matmul(rounded(placed.type, {x.begin(), x.end()}), weight.values(), n, placed.rows, placed.cols);
}

std::vector<float> multiply(const CardMatrix& weight, std::span<const float> x, const Card& card = kSmallCard) {
    const PlacedMatrix& placed = weight.placed();
    const CardRows rows(x);
    const auto n = static_cast<int>(static_cast<std::int64_t>(x.size()) / placed.cols);
    CardRows out(static_cast<std::size_t>(n * placed.rows));
    launch_product(card, {rows.data(), n}, placed, out.data(), nullptr);
    return out.values();
}

/// x / sqrt(mean(x^2) + eps) * weight, as the kernels compute it but for the order of the sum.
std::vector<float> normalised(std::span<const float> x, std::span<const float> weight, float eps) {
    std::vector<float> out(x.size());
    for (std::size_t first = 0; first < x.size(); first += weight.size()) {
        double sum = 0;
        for (std::size_t i = 0; i < weight.size(); ++i) {
            sum += static_cast<double>(x[first + i]) * static_cast<double>(x[first + i]);
        }
        const double inverse = 1 / std::sqrt(sum / static_cast<double>(weight.size()) + static_cast<double>(eps));
        for (std::size_t i = 0; i < weight.size(); ++i) {
            out[first + i] = x[first + i] * static_cast<float>(inverse) * weight[i];
        }
    }
    return out;
}

float silu(double x) {
    return static_cast<float>(x / (1 + std::exp(-x)));
}

std::int64_t least_cols(DType type) {
    return std::max<std::int64_t>(block_values(type), 32);
}

/// Of relative_error, where x is as rounded() gives it: sums of floats.
constexpr double kTolerance = 2e-6;
/// Where it is normalised before: a last bit of a norm may move a value to the next step of its 16 bits.
constexpr double kNormTolerance = 3e-5;

class ProductTest : public testing::TestWithParam<DType> {
protected:
    std::mt19937 random_{static_cast<unsigned>(GetParam()) + 100};
};
INSTANTIATE_TEST_SUITE_P(Types, ProductTest, testing::ValuesIn(kAllTypes),
                         [](const auto& info) { return std::string(name(info.param)); });

TEST_P(ProductTest, productsOfOddShapesAreRight) {
    const DType type = GetParam();
    const std::int64_t step = least_cols(type);
    struct Shape {
        std::int64_t rows, cols;
        int n;
    };
    for (const Shape& shape :
         {Shape{1, step, 1}, Shape{7, 3 * step, 1}, Shape{33, 5 * step, 2}, Shape{50, 2 * step, 3},
          Shape{19, 7 * step, 5}, Shape{2, step, 8}, Shape{11, 2 * step, 15}, Shape{6, step, 16}, Shape{6151, step, 2},
          Shape{70, 4096 + step, 1}, Shape{1601, 1024, 1}, Shape{67, 2 * 4096 + 3 * step, 3}}) {
        CardMatrix weight(type, shape.rows, shape.cols, random_);
        if (shape.n % 2 != 0) {
            weight.scale_rows(random_);
        }
        const auto x = reference::random_values(shape.n * shape.cols, random_);
        EXPECT_LT(reference::relative_error(multiply(weight, x), expected_product(weight, x)), kTolerance)
            << shape.rows << "x" << shape.cols << " for " << shape.n;
    }
}

// Speculation relies on it.
TEST_P(ProductTest, aRowHasTheSameBitsAloneAndWithOthers) {
    const DType type = GetParam();
    const std::int64_t rows = 21, cols = 4096 + 2 * least_cols(type);
    const CardMatrix weight(type, rows, cols, random_);
    const auto x = reference::random_values(16 * cols, random_);
    const auto all = multiply(weight, x);
    for (const std::int64_t n : {1, 2, 3, 5, 8, 15}) {
        const std::int64_t first = 16 - n;
        const auto some = multiply(weight, std::span(x).subspan(static_cast<std::size_t>(first * cols)),
                                   {.multiprocessors = static_cast<int>(n % 3 + 1), .shared_bytes = 227 * 1024});
        EXPECT_EQ(some, std::vector<float>(all.begin() + first * rows, all.end())) << "last " << n << " of 16";
    }
}

TEST_P(ProductTest, addsToWhatIsThere) {
    const DType type = GetParam();
    const std::int64_t rows = 9, cols = 4096 + least_cols(type);
    const CardMatrix weight(type, rows, cols, random_);
    const auto x = reference::random_values(2 * cols, random_), before = reference::random_values(2 * rows, random_);
    const CardRows x_rows(x);
    CardRows sum(before);
    launch_product_add(kSmallCard, {x_rows.data(), 2}, weight.placed(), sum.data(), nullptr);
    const auto product = multiply(weight, x), after = sum.values();
    for (std::size_t i = 0; i < after.size(); ++i) {
        EXPECT_EQ(after[i], before[i] + product[i]) << i;
    }
}

TEST_P(ProductTest, normalisesFirstWhereAsked) {
    const DType type = GetParam();
    for (const std::int64_t cols : {least_cols(type), 4096 + least_cols(type)}) {
        const std::int64_t rows = 13;
        const CardMatrix weight(type, rows, cols, random_);
        const auto x = reference::random_values(3 * cols, random_), norm = reference::random_values(cols, random_);
        const CardRows x_rows(x), norm_row(norm);
        CardRows out(static_cast<std::size_t>(3 * rows));
        launch_norm_product(kSmallCard, {x_rows.data(), 3}, {norm_row.data(), 1e-5F}, weight.placed(), out.data(),
                            nullptr);
        EXPECT_LT(reference::relative_error(out.values(), expected_product(weight, normalised(x, norm, 1e-5F))),
                  kNormTolerance)
            << cols;
    }
}

// A row of x that is not finite spoils its own results, loudly, and no other row's.
TEST_P(ProductTest, whatIsNotFiniteShowsInItsOwnRow) {
    const DType type = GetParam();
    const std::int64_t rows = 3, cols = 2 * least_cols(type);
    const CardMatrix weight(type, rows, cols, random_);
    auto x = reference::random_values(3 * cols, random_);
    x[static_cast<std::size_t>(cols + 5)] = std::numeric_limits<float>::infinity();
    x[static_cast<std::size_t>(cols + 7)] = std::numeric_limits<float>::quiet_NaN();
    const auto out = multiply(weight, x);
    for (std::size_t i = 0; i < out.size(); ++i) {
        EXPECT_EQ(std::isnan(out[i]), i / 3 == 1) << i;
    }
}

TEST_P(ProductTest, aRowOfZerosGivesZeros) {
    const DType type = GetParam();
    const CardMatrix weight(type, 4, least_cols(type), random_);
    const std::vector<float> zeros(static_cast<std::size_t>(least_cols(type)));
    EXPECT_EQ(multiply(weight, zeros), std::vector<float>(4, 0.0F));
}

TEST_P(ProductTest, queriesAndKeysAreRotatedWithTheirAngles) {
    const DType type = GetParam();
    constexpr int kHeadDim = 8, kTokens = 5;
    const std::int64_t cols = least_cols(type), q_rows = 4 * kHeadDim, kv_rows = 2 * kHeadDim;
    // Values of another type, as files of mixed K types have them.
    const DType other = type == DType::Q6_K ? DType::Q4_K : block_values(type) == 256 ? DType::Q6_K : DType::BF16;
    const CardMatrix q(type, q_rows, cols, random_), k(type, kv_rows, cols, random_), v(other, kv_rows, cols, random_);
    const auto x = reference::random_values(kTokens * cols, random_), norm = reference::random_values(cols, random_),
               angles = reference::random_values(kTokens * kHeadDim, random_);
    const CardRows x_rows(x), norm_row(norm), angle_rows(angles);
    CardRows q_out(kTokens * q_rows), k_out(kTokens * kv_rows), v_out(kTokens * kv_rows);
    launch_qkv(kSmallCard, {x_rows.data(), kTokens}, {norm_row.data(), 1e-6F}, {q.placed(), k.placed(), v.placed()},
               {angle_rows.data(), kHeadDim}, {q_out.data(), k_out.data(), v_out.data()}, nullptr);
    const auto y = normalised(x, norm, 1e-6F);
    const auto rotated = [&](std::vector<double> rows, std::int64_t width) {
        for (std::size_t i = 0; i < rows.size(); i += 2) {
            const std::size_t t = i / static_cast<std::size_t>(width), pair = i % kHeadDim / 2;
            const double cosine = angles[t * kHeadDim + pair], sine = angles[t * kHeadDim + kHeadDim / 2 + pair];
            const double a = rows[i], b = rows[i + 1];
            rows[i] = a * cosine - b * sine;
            rows[i + 1] = a * sine + b * cosine;
        }
        return rows;
    };
    EXPECT_LT(reference::relative_error(q_out.values(), rotated(expected_product(q, y), q_rows)), kNormTolerance);
    EXPECT_LT(reference::relative_error(k_out.values(), rotated(expected_product(k, y), kv_rows)), kNormTolerance);
    EXPECT_LT(reference::relative_error(v_out.values(), expected_product(v, y)), kNormTolerance);
}

TEST_P(ProductTest, keysAndValuesGoIntoTheCacheAsAppendPutsThem) {
    const DType type = GetParam();
    constexpr int kTokens = 11;  // two launches, over the end of a tile
    const int first = 25;
    const std::int64_t cols = least_cols(type);
    for (const DType cache_type : {DType::F32, DType::F16, DType::F8_E4M3}) {
        const CacheShape shape{.type = cache_type, .kv_heads = 2, .head_dim = 64, .context = 64};
        const auto width = static_cast<std::size_t>(shape.width());
        const CardMatrix q(type, 6, cols, random_), k(type, shape.width(), cols, random_),
            v(type == DType::Q6_K ? DType::Q4_K : type, shape.width(), cols, random_);
        const auto x = reference::random_values(kTokens * cols, random_),
                   norm = reference::random_values(cols, random_),
                   angles = reference::random_values(kTokens * shape.head_dim, random_);
        const CardRows x_rows(x), norm_row(norm), angle_rows(angles);
        const Rows rows{x_rows.data(), kTokens};
        const Norm by{norm_row.data(), 1e-6F};
        const QkvWeights weights{q.placed(), k.placed(), v.placed()};
        const Rotation rotation{angle_rows.data(), shape.head_dim};
        CardRows q_out(6 * kTokens), k_out(width * kTokens), v_out(width * kTokens), q_beside(6 * kTokens);
        CacheBytes expected(shape, 0xAB), got(shape, 0xAB);
        launch_qkv(kSmallCard, rows, by, weights, rotation, {q_out.data(), k_out.data(), v_out.data()}, nullptr);
        launch_append(expected.view(expected.bytes.data()), k_out.data(), v_out.data(), kTokens, &first, nullptr);
        launch_qkv_to_cache(kSmallCard, rows, by, weights, rotation, q_beside.data(), got.view(got.bytes.data()),
                            &first, nullptr);
        EXPECT_EQ(got.bytes, expected.bytes) << name(cache_type);
        EXPECT_EQ(q_beside.values(), q_out.values()) << name(cache_type);
    }
}

TEST_P(ProductTest, gateAndUpBecomeTheHiddenRows) {
    const DType type = GetParam();
    const std::int64_t cols = 4096 + least_cols(type), rows = 37;
    for (const DType other : {type, DType::F16}) {
        CardMatrix gate(type, rows, cols, random_), up(other, rows, cols, random_);
        gate.scale_rows(random_);
        up.scale_rows(random_);
        const auto x = reference::random_values(3 * cols, random_);
        const std::vector<float> norm(static_cast<std::size_t>(cols), 0.02F);
        const CardRows x_rows(x), norm_row(norm);
        CardRows out(static_cast<std::size_t>(3 * rows));
        launch_gate_up(kSmallCard, {x_rows.data(), 3}, {norm_row.data(), 1e-5F}, gate.placed(), up.placed(), out.data(),
                       nullptr);
        const auto y = normalised(x, norm, 1e-5F);
        std::vector<double> expected = expected_product(gate, y);
        const auto factor = expected_product(up, y);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            expected[i] = static_cast<double>(silu(expected[i])) * factor[i];
        }
        EXPECT_LT(reference::relative_error(out.values(), expected), 2 * kNormTolerance) << name(other);
    }
}

TEST(ProductCodesTest, everyCodeOfF8IsItsNumber) {
    constexpr std::int64_t kCols = 256;
    std::vector<std::byte> codes(static_cast<std::size_t>(kCols));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        codes[i] = static_cast<std::byte>(i);
    }
    const CardMatrix weight(DType::F8_E4M3, 1, kCols, codes);
    std::vector<float> x(static_cast<std::size_t>(kCols * kCols));
    for (std::size_t i = 0; i < static_cast<std::size_t>(kCols); ++i) {
        x[i * kCols + i] = 1.0F;
    }
    for (const std::size_t no_number : {0x7F, 0xFF}) {
        EXPECT_TRUE(std::isnan(weight.values()[no_number]));
    }
    // No number times zero is none: rows without those two codes.
    std::vector<std::byte> numbers = codes;
    numbers[0x7F] = numbers[0xFF] = std::byte{0x01};
    const CardMatrix clean(DType::F8_E4M3, 1, kCols, numbers);
    EXPECT_EQ(multiply(clean, x), std::vector<float>(clean.values().begin(), clean.values().end()));
    for (const float value : multiply(weight, std::span(x).first(static_cast<std::size_t>(kCols)))) {
        EXPECT_TRUE(std::isnan(value));
    }
}

}  // namespace
}  // namespace altiplano::engine::cuda
