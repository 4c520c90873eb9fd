// Models whose weights are converted while they are loaded: near the original, equal over ranks, and as large as
// planned.
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/memory_needs.h"
#include "engine/model/session.h"
#include "tests/engine/kernels/reference.h"
#include "tests/engine/session/golden.h"
#include "tests/engine/session/wide_model.h"

namespace altiplano::engine {
namespace {

PlacementPlan on_ranks(int layers, int ranks) {
    const RankPlacement cpu = {{.kind = DeviceKind::Cpu}, {}};
    PlacementPlan plan;
    plan.stages.push_back({{0, layers, true, true}, std::vector<RankPlacement>(static_cast<std::size_t>(ranks), cpu)});
    return plan;
}

std::shared_ptr<const Model> load(const std::filesystem::path& path, int layers, int ranks,
                                  std::optional<DType> convert_to) {
    return Model::load(path, {.threads = 2, .plan = on_ranks(layers, ranks), .convert_to = convert_to}, {}, {});
}

std::vector<float> logits_of(std::shared_ptr<const Model> model, std::span<const int> tokens) {
    std::vector<float> logits(tokens.size() * static_cast<std::size_t>(model->config().vocab_size));
    Session session(std::move(model), {.context = 128, .kv_type = DType::F32});
    session.forward_all(tokens, logits);
    return logits;
}

std::vector<double> wide(const std::vector<float>& values) {
    return {values.begin(), values.end()};
}

using Types = std::pair<DType, DType>;
class ConvertedModelTest : public testing::TestWithParam<Types> {};
INSTANTIATE_TEST_SUITE_P(Types, ConvertedModelTest,
                         testing::Values(Types{DType::BF16, DType::F8_E4M3}, Types{DType::F16, DType::F8_E4M3},
                                         Types{DType::F32, DType::F8_E4M3}, Types{DType::BF16, DType::Q8_0},
                                         Types{DType::F16, DType::Q8_0}, Types{DType::F32, DType::Q8_0},
                                         Types{DType::F32, DType::BF16}),
                         [](const auto& info) {
                             return std::string(name(info.param.first)) + "_" + std::string(name(info.param.second));
                         });

// A row is converted whole before any rank takes its columns, so that all have the same numbers.
TEST_P(ConvertedModelTest, ranksComputeWhatOneDoes) {
    const WideModel file(GetParam().first);
    std::vector<int> tokens(16);
    for (int i = 0; i < std::ssize(tokens); ++i) {
        tokens[static_cast<std::size_t>(i)] = i * 37 % WideModel::kVocab;
    }
    const auto whole = logits_of(load(file.path(), WideModel::kLayers, 1, GetParam().second), tokens);
    for (const int ranks : {2, 4}) {
        const auto divided = logits_of(load(file.path(), WideModel::kLayers, ranks, GetParam().second), tokens);
        EXPECT_LT(reference::relative_error(divided, wide(whole)), GetParam().second == DType::Q8_0 ? 4e-4 : 3e-5)
            << ranks;
    }
}

TEST_P(ConvertedModelTest, bytesAreThoseOfThePlan) {
    const WideModel file(GetParam().first);
    const WeightTable table = WeightTable(*open_weights(file.path())).converted(GetParam().second);
    for (const int ranks : {1, 4}) {
        const Sharding sharding(table.config(), column_blocks(table), ranks);
        std::int64_t planned = 0;
        for (int rank = 0; rank < ranks; ++rank) {
            planned += rank_needs(table, sharding, rank, {0, WideModel::kLayers, true, true}, DeviceKind::Cpu,
                                  {128, DType::F16, 128})
                           .weights;
        }
        EXPECT_EQ(load(file.path(), WideModel::kLayers, ranks, GetParam().second)->weight_bytes(), planned) << ranks;
    }
}

/// The converted golden model's logits beside the exact ones of the original.
double error_of_golden(const std::string& type, DType convert_to) {
    const auto tokens = read_numbers<int>(golden_path("prompt.i32"));
    const auto exact = read_numbers<float>(golden_path("tiny-llama31-" + type + ".logits.f32"));
    const auto path = golden_path("tiny-llama31-" + type + ".gguf");
    const int layers = open_weights(path)->config().layers;
    return reference::relative_error(logits_of(load(path, layers, 1, convert_to), tokens), wide(exact));
}

TEST(ConvertedModel, logitsAreNearThoseOfTheOriginal) {
    for (const std::string type : {"BF16", "F16", "F32"}) {
        if (golden_path("tiny-llama31-" + type + ".gguf").empty()) {
            GTEST_SKIP() << "shared/golden is not there";
        }
        const double fp8 = error_of_golden(type, DType::F8_E4M3), q8_0 = error_of_golden(type, DType::Q8_0);
        EXPECT_LT(fp8, 0.13) << type;    // 0.106: four bits of mantissa, in a model of a few narrow layers
        EXPECT_LT(q8_0, 0.033) << type;  // 0.0268, as the file of Q8_0
    }
}

// llama.cpp made the file of Q8_0 from that of F32.
TEST(ConvertedModel, q8IsWhatAConvertedFileHas) {
    const auto original = golden_path("tiny-llama31-F32.gguf"), converted = golden_path("tiny-llama31-Q8_0.gguf");
    if (original.empty()) {
        GTEST_SKIP() << "shared/golden is not there";
    }
    const auto tokens = read_numbers<int>(golden_path("prompt.i32"));
    const int layers = open_weights(original)->config().layers;
    EXPECT_EQ(logits_of(load(original, layers, 1, DType::Q8_0), tokens),
              logits_of(load(converted, layers, 1, {}), tokens));
}

TEST(ConvertedModel, keptStatesAreNotThoseOfTheOriginal) {
    const WideModel file(DType::BF16);
    const std::string original = load(file.path(), WideModel::kLayers, 1, {})->state_identity();
    const std::string fp8 = load(file.path(), WideModel::kLayers, 1, DType::F8_E4M3)->state_identity();
    EXPECT_NE(fp8, original);
    EXPECT_NE(load(file.path(), WideModel::kLayers, 1, DType::Q8_0)->state_identity(), fp8);
}

TEST(ConvertedModel, quantisedWeightsStayAsTheyAre) {
    const WideModel file(DType::Q4_K);
    const std::vector<int> tokens = {1, 2, 3};
    EXPECT_EQ(logits_of(load(file.path(), WideModel::kLayers, 2, DType::Q8_0), tokens),
              logits_of(load(file.path(), WideModel::kLayers, 2, {}), tokens));
}

TEST(ConvertedModel, anotherTypeIsRefused) {
    const WideModel file(DType::BF16);
    EXPECT_THROW(load(file.path(), WideModel::kLayers, 1, DType::Q4_K), Error);
}

}  // namespace
}  // namespace altiplano::engine
