// Hugging Face folders: one file and shards, the order of Q and K rows, FP8, and what does not fit together.
#include "engine/weights/hf_folder.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/model.h"
#include "engine/model/session.h"
#include "tests/engine/session/golden.h"
#include "tests/engine/session/states.h"
#include "tests/engine/weights/gguf_seed.h"
#include "tests/engine/weights/hf_seed.h"

namespace altiplano::engine {
namespace {

using nlohmann::json;

std::string message_of(const std::filesystem::path& folder, ErrorKind kind) {
    try {
        Model::load(folder, {.threads = 1}, {}, {});
        return "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), kind) << error.what();
        return error.what();
    }
}

void expect_part(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

std::vector<float> logits_of(const std::filesystem::path& path, std::span<const int> tokens,
                             DType kv_type = DType::F32) {
    const auto model = Model::load(path, {.threads = 2}, {}, {});
    Session session(model, {.context = 64, .kv_type = kv_type});
    std::vector<float> logits(tokens.size() * static_cast<std::size_t>(model->config().vocab_size));
    session.forward_all(tokens, logits);
    return logits;
}

double relative_error(std::span<const float> a, std::span<const float> b) {
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        difference += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
        size += std::pow(static_cast<double>(b[i]), 2);
    }
    return std::sqrt(difference / size);
}

TEST(HfFolderTest, theSeedIsAModelThatComputes) {
    const TemporaryFolder folder;
    HfSeed().write(folder.path());
    const auto model = Model::load(folder.path(), {.threads = 2}, {}, {});
    EXPECT_EQ(model->summary().name, folder.path().filename().string());
    EXPECT_EQ(model->summary().type_label, "F32");
    EXPECT_EQ(model->summary().chat_format_note, "");
    EXPECT_EQ(model->summary().fingerprint.size(), 16U);
    EXPECT_EQ(model->summary().parameter_count, 2 * 264 * 64 + 2 * (64 * (64 + 32 + 32 + 64 + 3 * 96)) + 5 * 64);
    EXPECT_EQ(model->summary().file_bytes,
              static_cast<std::int64_t>(std::filesystem::file_size(folder.path() / "model.safetensors")));
    EXPECT_EQ(model->tokenizer().encode("the th").front(), 257);
    Session session(model, {});
    const int tokens[] = {1, 2, 3};
    EXPECT_EQ(session.forward(tokens).size(), 264U);
}

// In the file the first numbers of a head's pairs come before all second ones; here they stand side by side.
TEST(HfFolderTest, rowsOfQAndKComeInInterleavedRotaryOrder) {
    const TemporaryFolder folder;
    HfSeed seed;
    seed.write(folder.path());
    const auto source = open_weights(folder.path());
    constexpr std::size_t kRow = 64 * sizeof(float), kHeadDim = 32;
    const struct {
        Weight weight;
        const char* name;
        std::size_t heads;
    } cases[] = {{Weight::AttentionQ, "model.layers.1.self_attn.q_proj.weight", 2},
                 {Weight::AttentionK, "model.layers.1.self_attn.k_proj.weight", 1}};
    for (const auto& [weight, name, heads] : cases) {
        const std::string& stored = seed.tensor(name).data;
        std::string expected;
        for (std::size_t head = 0; head < heads; ++head) {
            for (std::size_t pair = 0; pair < kHeadDim / 2; ++pair) {
                expected += stored.substr((head * kHeadDim + pair) * kRow, kRow);
                expected += stored.substr((head * kHeadDim + kHeadDim / 2 + pair) * kRow, kRow);
            }
        }
        const std::size_t rows = heads * kHeadDim;
        for (std::size_t first = 0; first < rows; ++first) {
            for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{7}, rows - first}) {
                std::string read(std::min(count, rows - first) * kRow, '\0');
                source->read_rows({weight, 1}, static_cast<std::int64_t>(first),
                                  std::as_writable_bytes(std::span(read)));
                EXPECT_EQ(read, expected.substr(first * kRow, read.size())) << name << " from " << first;
            }
        }
    }
}

TEST(HfFolderTest, rowsThatAreNotThereAreTheCallersFault) {
    const TemporaryFolder folder;
    HfSeed().write(folder.path());
    const auto source = open_weights(folder.path());
    std::vector<std::byte> row(64 * sizeof(float));
    std::vector<float> scale(1);
    EXPECT_THROW(source->read_rows({Weight::AttentionQ, 0}, 64, row), Error);
    EXPECT_THROW(source->read_rows({Weight::AttentionQ, 0}, -1, row), Error);
    EXPECT_THROW(source->read_rows({Weight::AttentionQ, 2}, 0, row), Error);
    EXPECT_THROW(source->read_rows({Weight::AttentionQ, 0}, 0, std::span(row).first(100)), Error);
    EXPECT_THROW(source->read_row_scales({Weight::AttentionQ, 0}, 0, scale), Error);
}

TEST(HfFolderTest, shardsAreTheSameModel) {
    const TemporaryFolder whole, parts;
    HfSeed seed;
    seed.write(whole.path());
    seed.write_shards(parts.path(), 3);
    const int tokens[] = {1, 200, 3, 17};
    EXPECT_EQ(logits_of(whole.path(), tokens), logits_of(parts.path(), tokens));
    EXPECT_GT(open_weights(parts.path())->summary().file_bytes, 3 * 8);
}

TEST(HfFolderTest, aSingleFileMayHaveAnyName) {
    const TemporaryFolder folder;
    HfSeed().write(folder.path());
    std::filesystem::rename(folder.path() / "model.safetensors", folder.path() / "other.safetensors");
    EXPECT_NO_THROW(open_weights(folder.path()));
    write_text(folder.path() / "another.safetensors", "");
    expect_part(message_of(folder.path(), ErrorKind::BadFile), "has 2 safetensors files and no");
}

TEST(HfFolderTest, anyOfItsFilesStandsForTheFolder) {
    const TemporaryFolder folder;
    HfSeed().write_shards(folder.path(), 2);
    for (const char* name : {"model-2-of-2.safetensors", "config.json", "model.safetensors.index.json"}) {
        EXPECT_EQ(open_weights(folder.path() / name)->summary().path, folder.path());
    }
    EXPECT_THROW(open_weights(folder.path() / "tokenizer.json"), Error);
    EXPECT_THROW(open_weights(folder.path() / "model-3-of-3.safetensors"), Error);
}

TEST(HfFolderTest, aTiedOutputIsTheEmbedding) {
    const TemporaryFolder tied, untied;
    HfSeed seed;
    seed.tensor("lm_head.weight").data = seed.tensor("model.embed_tokens.weight").data;
    seed.write(untied.path());
    seed.remove_tensor("lm_head.weight");
    seed.config["tie_word_embeddings"] = true;
    seed.write(tied.path());
    const int tokens[] = {5, 6, 7};
    EXPECT_EQ(logits_of(tied.path(), tokens), logits_of(untied.path(), tokens));
    seed.config["tie_word_embeddings"] = false;
    seed.write(tied.path());
    expect_part(message_of(tied.path(), ErrorKind::BadFile), "lm_head.weight is missing");
}

TEST(HfFolderTest, fp8WithRowScalesIsTheModelThatTheScalesSay) {
    const TemporaryFolder plain, converted;
    HfSeed seed;
    const HfSeed fp8 = seed.fp8();
    seed.write(plain.path());
    fp8.write(converted.path());
    const auto source = open_weights(converted.path());
    EXPECT_EQ(source->summary().type_label, "FP8");
    ASSERT_TRUE(source->find({Weight::FeedForwardUp, 1}));
    EXPECT_EQ(source->find({Weight::FeedForwardUp, 1})->type, DType::F8_E4M3);
    EXPECT_TRUE(source->find({Weight::FeedForwardUp, 1})->has_row_scales);
    EXPECT_FALSE(source->find({Weight::FeedForwardUp, 0})->has_row_scales);
    const int tokens[] = {1, 2, 3, 250, 100, 7};
    EXPECT_LT(relative_error(logits_of(converted.path(), tokens), logits_of(plain.path(), tokens)), 1e-6);
}

// Also those of keys, whose rows stand in another order: a scale goes with its row.
TEST(HfFolderTest, rowScalesAreReadInAnyParts) {
    constexpr int kRows = 32;  // one head
    const TemporaryFolder folder;
    HfSeed seed;
    HfSeed fp8 = seed.fp8();
    const HfSeed::Tensor up = fp8.tensor("model.layers.1.mlp.up_proj.weight");
    HfSeed::Tensor& keys = fp8.tensor("model.layers.1.self_attn.k_proj.weight");
    keys.dtype = "F8_E4M3";
    keys.data = up.data.substr(0, keys.data.size() / sizeof(float));
    std::string scales;
    for (int row = 0; row < kRows; ++row) {
        scales += raw(static_cast<float>(row));
    }
    fp8.tensors.push_back({"model.layers.1.self_attn.k_proj.weight_scale", "F32", {kRows, 1}, scales});
    fp8.config["quantization_config"]["modules_to_not_convert"] = {"model.layers.0", "q_proj", "v_proj", "o_proj",
                                                                   "lm_head"};
    fp8.write(folder.path());
    const auto source = open_weights(folder.path());
    const WeightId id = {Weight::AttentionK, 1};
    ASSERT_TRUE(source->find(id)->has_row_scales);
    for (int first = 0; first < kRows; ++first) {
        for (int count = 1; first + count <= kRows; ++count) {
            std::vector<float> read(static_cast<std::size_t>(count));
            source->read_row_scales(id, first, read);
            for (int i = 0; i < count; ++i) {
                const int row = first + i;
                EXPECT_EQ(read[static_cast<std::size_t>(i)], static_cast<float>(row % 2 * kRows / 2 + row / 2));
            }
        }
    }
    std::vector<float> more(2);
    EXPECT_THROW(source->read_row_scales(id, kRows - 1, more), Error);
}

TEST(HfFolderTest, statesKnowTheRowScales) {
    const TemporaryFolder folder;
    HfSeed seed;
    HfSeed fp8 = seed.fp8();
    fp8.write(folder.path());
    const std::string before = Model::load(folder.path(), {.threads = 1}, {}, {})->state_identity();
    fp8.tensor("model.layers.1.mlp.down_proj.weight_scale").data.replace(4, 4, raw(0.5F));
    fp8.write(folder.path());
    EXPECT_NE(Model::load(folder.path(), {.threads = 1}, {}, {})->state_identity(), before);
}

TEST(HfFolderTest, aShardThatChangesWhileItIsReadIsNoticed) {
    const TemporaryFolder folder;
    HfSeed seed;
    seed.write_shards(folder.path(), 2);
    const auto source = open_weights(folder.path());
    EXPECT_NO_THROW(source->check_unchanged());
    std::filesystem::resize_file(folder.path() / "model-2-of-2.safetensors", 100);
    EXPECT_THROW(source->check_unchanged(), Error);
}

struct Case {
    const char* name;
    ErrorKind kind;
    const char* part;  ///< what the message must have
    std::function<void(HfSeed&)> change;
};

class HfFolderCorpusTest : public testing::TestWithParam<Case> {};

TEST_P(HfFolderCorpusTest, isRefusedInWords) {
    const TemporaryFolder folder;
    HfSeed seed;
    HfSeed fp8 = seed.fp8();
    GetParam().change(fp8);
    fp8.write(folder.path());
    const std::string text = message_of(folder.path(), GetParam().kind);
    expect_part(text, GetParam().part);
    expect_part(text, folder.path().string());
}

constexpr ErrorKind kBad = ErrorKind::BadFile, kUnsupported = ErrorKind::Unsupported;
constexpr const char* kUp = "model.layers.1.mlp.up_proj";

const Case kCases[] = {
    {"tensor_missing", kBad, "model.layers.1.self_attn.q_proj.weight is missing",
     [](HfSeed& seed) { seed.remove_tensor("model.layers.1.self_attn.q_proj.weight"); }},
    {"tensor_unknown", kUnsupported, "model.layers.0.self_attn.q_proj.bias",
     [](HfSeed& seed) {
         seed.tensors.push_back({"model.layers.0.self_attn.q_proj.bias", "BF16", {64}, std::string(128, 'x')});
     }},
    {"layer_too_many", kUnsupported, "model.layers.1.", [](HfSeed& seed) { seed.config["num_hidden_layers"] = 1; }},
    {"shape_other", kBad, "its shape is [96, 64], config.json asks for [128, 64]",
     [](HfSeed& seed) { seed.config["intermediate_size"] = 128; }},
    {"norm_as_matrix", kBad, "model.norm.weight",
     [](HfSeed& seed) {
         seed.tensor("model.norm.weight").shape = {1, 64};
     }},
    {"scale_missing", kBad, "up_proj.weight_scale is missing",
     [](HfSeed& seed) { seed.remove_tensor(std::string(kUp) + ".weight_scale"); }},
    {"scale_of_other_shape", kBad, "up_proj.weight_scale",
     [](HfSeed& seed) {
         seed.tensor(std::string(kUp) + ".weight_scale").shape = {1, 96};
     }},
    {"scale_of_other_type", kUnsupported, "up_proj.weight_scale",
     [](HfSeed& seed) {
         HfSeed::Tensor& scale = seed.tensor(std::string(kUp) + ".weight_scale");
         scale.dtype = "BF16";
         scale.data.resize(scale.data.size() / 2);
     }},
    {"scale_is_no_number", kBad, "no finite number",
     [](HfSeed& seed) { seed.tensor(std::string(kUp) + ".weight_scale").data.replace(8, 4, raw(std::nanf(""))); }},
    {"converted_though_excluded", kBad, "quantization_config",
     [](HfSeed& seed) { seed.config["quantization_config"]["modules_to_not_convert"].push_back(kUp); }},
    {"converted_without_config", kBad, "quantization_config",
     [](HfSeed& seed) { seed.config.erase("quantization_config"); }},
    {"not_converted_though_not_excluded", kBad, "asks for F8_E4M3",
     [](HfSeed& seed) {
         seed.config["quantization_config"]["modules_to_not_convert"] = {"model.layers.0", "self_attn.q_proj"};
     }},
    {"vocabulary_too_large", kBad, "model.embed_tokens.weight", [](HfSeed& seed) { seed.config["vocab_size"] = 265; }},
    {"more_tokens_than_vocabulary", kBad, "vocab_size in config.json",
     [](HfSeed& seed) {
         seed.tokenizer["added_tokens"].push_back({{"id", 264}, {"content", "<|more|>"}});
     }},
};

INSTANTIATE_TEST_SUITE_P(Parts, HfFolderCorpusTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(HfFolderTest, whatIsMissingIsNamed) {
    const TemporaryFolder folder;
    HfSeed().write_shards(folder.path(), 3);
    std::filesystem::remove(folder.path() / "model-2-of-3.safetensors");
    expect_part(message_of(folder.path(), kBad), "model-2-of-3.safetensors: is missing, expected 3 files");
    HfSeed().write(folder.path());
    std::filesystem::remove(folder.path() / "tokenizer.json");
    EXPECT_EQ(open_weights(folder.path())->summary().chat_format_note, "the folder has no tokenizer.json");
    expect_part(message_of(folder.path(), ErrorKind::Io), "tokenizer.json: cannot be opened");
    std::filesystem::remove(folder.path() / "model.safetensors");
    std::filesystem::remove(folder.path() / "model.safetensors.index.json");
    std::filesystem::remove(folder.path() / "model-1-of-3.safetensors");
    std::filesystem::remove(folder.path() / "model-3-of-3.safetensors");
    expect_part(message_of(folder.path(), kBad), "has 0 safetensors files");
    std::filesystem::remove(folder.path() / "config.json");
    expect_part(message_of(folder.path(), kBad), "neither config.json nor params.json");
}

TEST(HfFolderTest, theIndexMustBeRight) {
    const TemporaryFolder folder;
    const json index = HfSeed().write_shards(folder.path(), 2);
    const auto with = [&](const std::function<void(json&)>& change) {
        json changed = index;
        change(changed);
        write_text(folder.path() / "model.safetensors.index.json", changed.dump());
        return message_of(folder.path(), kBad);
    };
    static constexpr const char* kNorm = "model.norm.weight";
    expect_part(with([](json& all) { all.erase("weight_map"); }), "weight_map is missing");
    expect_part(with([](json& all) { all["weight_map"] = 5; }), "weight_map is 5, expected an object");
    expect_part(with([](json& all) { all["weight_map"][kNorm] = 5; }), "weight_map.model.norm.weight is 5");
    for (const char* name : {"", "..", "../model-1-of-2.safetensors", "/etc/passwd"}) {
        expect_part(with([name](json& all) { all["weight_map"][kNorm] = name; }), "expected the name of a file");
    }
    expect_part(with([](json& all) { all["weight_map"].erase(kNorm); }),
                "the tensor is not in model.safetensors.index");
    expect_part(with([](json& all) { all["weight_map"]["more"] = "model-1-of-2.safetensors"; }), "is not there");
    expect_part(with([](json& all) {
                    auto& place = all["weight_map"][kNorm];
                    place =
                        place == "model-1-of-2.safetensors" ? "model-2-of-2.safetensors" : "model-1-of-2.safetensors";
                }),
                "the tensor is in model-");
    std::filesystem::copy(folder.path() / "model-1-of-2.safetensors", folder.path() / "copy.safetensors");
    expect_part(with([](json& all) { all["weight_map"]["more"] = "copy.safetensors"; }), "the tensor is also in");
}

class GoldenFolderTest : public testing::Test {
protected:
    void SetUp() override {
        if (golden_path("tiny-llama31-hf").empty()) {
            GTEST_SKIP() << "the golden folders are not on this machine";
        }
    }
    static double error(const char* name) {
        return relative_error(logits_of(golden_path(name), read_numbers<int>(golden_path("prompt.i32"))),
                              read_numbers<float>(golden_path(std::string(name) + ".logits.f32")));
    }
};

TEST_F(GoldenFolderTest, bf16GivesTheBitsOfItsGguf) {
    const auto prompt = read_numbers<int>(golden_path("prompt.i32"));
    EXPECT_EQ(logits_of(golden_path("tiny-llama31-hf"), prompt),
              logits_of(golden_path("tiny-llama31-BF16.gguf"), prompt));
}

// Against float64; BF16's own bound, as most weights are BF16.
TEST_F(GoldenFolderTest, fp8IsAsExactAsBf16) {
    const double fp8 = error("tiny-llama31-fp8-hf");
    RecordProperty("error", std::to_string(fp8));
    EXPECT_LE(fp8, 3e-5);
}

}  // namespace
}  // namespace altiplano::engine
