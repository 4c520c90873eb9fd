// The logits of the golden models against float64, with an error not above llama.cpp's for the same file.
#include <cmath>
#include <gtest/gtest.h>

#include "engine/model/session.h"
#include "tests/engine/session/golden.h"

namespace altiplano::engine {
namespace {

struct Golden {
    const char* type;
    double llama_cpp_error;  ///< relative L2, from golden/reference.json
    double bound;            ///< what we hold ourselves to
};

// Plain numbers are multiplied as they are; activations for BF16 tiles keep 16 bits, those for quantised weights 15.
constexpr double kPlain = 8e-7, kTiles = 3e-5, kQuantised = 4e-4;

double relative_error(std::span<const float> a, std::span<const float> b) {
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        difference += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
        size += std::pow(static_cast<double>(b[i]), 2);
    }
    return std::sqrt(difference / size);
}

class GoldenLogitsTest : public testing::TestWithParam<Golden> {
protected:
    void SetUp() override {
        path_ = golden_path(std::string("tiny-llama31-") + GetParam().type + ".gguf");
        expected_ = read_numbers<float>(golden_path(std::string("tiny-llama31-") + GetParam().type + ".logits.f32"));
        prompt_ = read_numbers<int>(golden_path("prompt.i32"));
        if (path_.empty()) {
            GTEST_SKIP() << "the golden model of this type is not on this machine";
        }
    }

    double error(DType kv_type) const {
        Session session(Model::load(path_, {.threads = 2}, {}, {}), {.context = 64, .kv_type = kv_type});
        std::vector<float> logits(expected_.size());
        session.forward_all(prompt_, logits);
        return relative_error(logits, expected_);
    }

    std::filesystem::path path_;
    std::vector<float> expected_;
    std::vector<int> prompt_;
};

TEST_P(GoldenLogitsTest, areNotFurtherOffThanLlamaCpps) {
    ASSERT_EQ(expected_.size(), 64U * 1024U);
    const double full = error(DType::F32), half = error(DType::F16), bytes = error(DType::Q8_0);
    RecordProperty("error_f32_cache", std::to_string(full));
    RecordProperty("error_f16_cache", std::to_string(half));
    RecordProperty("error_q8_0_cache", std::to_string(bytes));
    EXPECT_LE(full, GetParam().llama_cpp_error);
    EXPECT_LE(full, GetParam().bound);
    EXPECT_LE(half, 7e-4);     // with what rounding the cache to halves costs; llama.cpp's F16 file is at 8.3e-4
    EXPECT_LE(bytes, 1.1e-2);  // 1.26e-2 where the queries are rounded to bytes as well, as llama.cpp does
}

INSTANTIATE_TEST_SUITE_P(Types, GoldenLogitsTest,
                         testing::Values(Golden{"F32", 6.4642e-7, kPlain}, Golden{"F16", 8.2746e-4, kPlain},
                                         Golden{"BF16", 6.7199e-3, kTiles}, Golden{"Q8_0", 2.4826e-2, kQuantised},
                                         Golden{"Q4_0", 2.6103e-2, kQuantised}, Golden{"Q4_1", 2.5469e-2, kQuantised},
                                         Golden{"Q5_0", 2.6196e-2, kQuantised}, Golden{"Q2_K", 3.9241e-2, kQuantised},
                                         Golden{"Q3_K_M", 3.8664e-2, kQuantised},
                                         Golden{"Q4_K_M", 3.8895e-2, kQuantised},
                                         Golden{"Q5_K_M", 3.8665e-2, kQuantised}, Golden{"Q6_K", 3.7273e-2, kQuantised},
                                         Golden{"IQ4_XS", 3.7774e-2, kQuantised}),
                         [](const auto& info) { return std::string(info.param.type); });

// Past the 8,192 positions at which the scaling of the rotary frequencies begins to matter.
TEST(GoldenLongPromptTest, stillFollowsTheScaledFrequencies) {
    const auto path = golden_path("tiny-llama31-BF16.gguf");
    const auto prompt = read_numbers<int>(golden_path("long-prompt.i32"));
    const auto expected = read_numbers<float>(golden_path("tiny-llama31-BF16.long-logits.f32"));
    if (path.empty() || prompt.empty()) {
        GTEST_SKIP() << "the golden model for long prompts is not on this machine";
    }
    Session session(Model::load(path, {.threads = 2}, {}, {}), {.context = 9216, .kv_type = DType::F32});
    session.forward(std::span(prompt).first(prompt.size() - 8));
    std::vector<float> logits(expected.size());
    session.forward_all(std::span(prompt).last(8), logits);
    EXPECT_LE(relative_error(logits, expected), kTiles);  // llama.cpp: 5.1e-3
}

}  // namespace
}  // namespace altiplano::engine
