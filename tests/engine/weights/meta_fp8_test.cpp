// Meta's 8-bit releases: feed-forward weights in E4M3, with a scale for each row of each shard in files of their own.
#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "engine/error.h"
#include "engine/model/memory_needs.h"
#include "engine/model/session.h"
#include "engine/weights/weight_source.h"
#include "tests/engine/kernels/reference.h"
#include "tests/engine/weights/meta_seed.h"

namespace altiplano::engine {
namespace {

/// Layer 1 of a MetaSeed with other feed-forward weights, and what their numbers are.
class Fp8Seed {
public:
    /// Scales that are powers of two leave numbers that BF16 holds exactly.
    Fp8Seed(int shards, bool powers_of_two) : shards_(shards), powers_of_two_(powers_of_two) {
        for (int shard = 0; shard < shards; ++shard) {
            parts.push_back(plain.slices(shard, shards));
            scales.emplace_back();
            for (SavedTensor& tensor : parts.back()) {
                if (tensor.name.starts_with("layers.1.feed_forward")) {
                    convert(tensor, shard);
                }
            }
        }
    }

    void write(const std::filesystem::path& folder) const {
        plain.write(folder, 0);
        for (int shard = 0; shard < shards_; ++shard) {
            const auto i = static_cast<std::size_t>(shard);
            const std::string stem = "consolidated.0" + std::to_string(shard),
                              scales_stem = "fp8_scales_" + std::to_string(shard);
            write_file(folder / (stem + ".pth"), saved(stem, parts[i]).bytes());
            write_file(folder / (scales_stem + ".pt"), saved(scales_stem, scales[i]).bytes());
        }
    }
    /// The same model in BF16.
    void write_plain(const std::filesystem::path& folder) const { plain.write(folder, shards_); }

    std::vector<std::vector<SavedTensor>> parts, scales;  ///< of each shard
    MetaSeed plain;

private:
    void convert(SavedTensor& part, int shard) {
        const std::string field = part.name.substr(9, 15);
        SavedTensor of_rows{"1_" + field + "_" + std::to_string(shard), 0, part.rows, "", "FloatStorage"};
        SavedTensor& whole = plain.tensor(part.name);
        const bool columns = field.ends_with("w2");
        std::string bytes;
        for (std::int64_t row = 0; row < part.rows; ++row) {
            const auto random = static_cast<float>(random_() % 100 + 1);
            const float scale =
                powers_of_two_ ? std::ldexp(1.0F, -9 - static_cast<int>(random_() % 3)) : random * 1e-4F;
            of_rows.data += std::string(reinterpret_cast<const char*>(&scale), sizeof(scale));
            for (std::int64_t col = 0; col < part.cols; ++col) {
                const auto byte = static_cast<std::uint8_t>(random_() % 2 * 128 + random_() % 127);
                bytes += static_cast<char>(byte);
                const std::int64_t at =
                    columns ? row * whole.cols + shard * part.cols + col : (shard * part.rows + row) * whole.cols + col;
                set_bf16(whole.data, static_cast<std::size_t>(at), reference::f8_e4m3(byte) * scale);
            }
        }
        part.data = bytes;
        part.storage = "float8_e4m3fn";
        scales.back().push_back(of_rows);
    }

    static void set_bf16(std::string& data, std::size_t at, float value) {
        const double bits = std::bit_cast<std::uint32_t>(value) / 65536.0;
        const auto rounded = static_cast<std::uint16_t>(std::nearbyint(bits));  // to even between two
        data.replace(at * 2, 2, reinterpret_cast<const char*>(&rounded), 2);
    }

    int shards_;
    bool powers_of_two_;
    std::mt19937 random_{11};
};

std::string rows_of(const WeightSource& source, WeightId id) {
    const auto info = source.find(id);
    std::string bytes(static_cast<std::size_t>(info->rows * row_bytes(info->type, info->cols)), '\0');
    source.read_rows(id, 0, std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

std::vector<float> logits_of(std::shared_ptr<const Model> model) {
    const std::vector<int> prompt = {256, 72, 101, 108, 108, 111};
    Session session(std::move(model), {.context = 64, .kv_type = DType::F32});
    std::vector<float> logits(prompt.size() * 320);
    session.forward_all(prompt, logits);
    return logits;
}
std::vector<float> logits_of(const std::filesystem::path& path) {
    return logits_of(Model::load(path, {.threads = 2}, {}, {}));
}

std::vector<double> wide(const std::vector<float>& values) {
    return {values.begin(), values.end()};
}

class MetaFp8Test : public testing::TestWithParam<int> {};

TEST_P(MetaFp8Test, rowsComeWithTheScalesOfTheirShards) {
    const TemporaryFolder folder;
    const Fp8Seed seed(GetParam(), false);
    seed.write(folder.path());
    const auto source = open_weights(folder.path());
    EXPECT_EQ(source->summary().type_label, "FP8");
    const auto info = source->find({Weight::FeedForwardUp, 1});
    EXPECT_EQ(info->type, DType::F8_E4M3);
    EXPECT_TRUE(info->has_row_scales);
    EXPECT_FALSE(source->find({Weight::FeedForwardUp, 0})->has_row_scales);
    std::string rows, scales(static_cast<std::size_t>(info->rows) * 4, '\0'), expected_scales;
    for (std::size_t shard = 0; shard < seed.parts.size(); ++shard) {
        for (const SavedTensor& part : seed.parts[shard]) {
            rows += part.name == "layers.1.feed_forward.w3.weight" ? part.data : "";
        }
        for (const SavedTensor& part : seed.scales[shard]) {
            expected_scales += part.name == "1_feed_forward.w3_" + std::to_string(shard) ? part.data : "";
        }
    }
    EXPECT_EQ(rows_of(*source, {Weight::FeedForwardUp, 1}), rows);
    source->read_row_scales({Weight::FeedForwardUp, 1}, 0,
                            {reinterpret_cast<float*>(scales.data()), static_cast<std::size_t>(info->rows)});
    EXPECT_EQ(scales, expected_scales);
}

// A row that is cut into shards has a scale in each: it comes as the products, rounded once.
TEST_P(MetaFp8Test, rowsCutByColumnsAreRoundedToSixteenBits) {
    const TemporaryFolder folder;
    const Fp8Seed seed(GetParam(), false);
    seed.write(folder.path());
    const auto source = open_weights(folder.path());
    const auto info = source->find({Weight::FeedForwardDown, 1});
    EXPECT_EQ(info->has_row_scales, GetParam() == 1);
    EXPECT_EQ(info->type, GetParam() == 1 ? DType::F8_E4M3 : DType::BF16);
    if (GetParam() > 1) {
        const MetaSeed& plain = seed.plain;
        for (const SavedTensor& tensor : plain.tensors) {
            if (tensor.name == "layers.1.feed_forward.w2.weight") {
                EXPECT_EQ(rows_of(*source, {Weight::FeedForwardDown, 1}), tensor.data);
            }
        }
    }
}

TEST_P(MetaFp8Test, logitsAreThoseOfTheSameNumbersInSixteenBits) {
    const TemporaryFolder folder, plain;
    const Fp8Seed seed(GetParam(), true);
    seed.write(folder.path());
    seed.write_plain(plain.path());
    const auto logits = logits_of(folder.path()), expected = logits_of(plain.path());
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        difference += std::pow(static_cast<double>(logits[i] - expected[i]), 2);
        size += std::pow(static_cast<double>(expected[i]), 2);
    }
    EXPECT_LE(std::sqrt(difference / size), 3e-5);
}

PlacementPlan on_two_ranks() {
    const RankPlacement cpu = {{.kind = DeviceKind::Cpu}, {}};
    PlacementPlan plan;
    plan.stages.push_back({{0, 2, true, true}, {cpu, cpu}});
    return plan;
}

// Of two shards each rank takes one as it is; of four it takes two, whose scales differ, so they come as 16 bits.
TEST_P(MetaFp8Test, aRankKeepsTheScalesOfTheOneShardItTakes) {
    const TemporaryFolder folder;
    const Fp8Seed seed(GetParam(), true);
    seed.write(folder.path());
    const WeightTable table(*open_weights(folder.path()));
    const Sharding sharding(table.config(), column_blocks(table), 2);
    const WeightInfo held = held_by_ranks(table, sharding, {Weight::FeedForwardDown, 1});
    EXPECT_EQ(held.type, GetParam() < 4 ? DType::F8_E4M3 : DType::BF16);
    EXPECT_EQ(held.has_row_scales, GetParam() < 4);
    const auto model = Model::load(folder.path(), {.threads = 2, .plan = on_two_ranks()}, {}, {});
    std::int64_t planned = 0;
    for (const int rank : {0, 1}) {
        planned += rank_needs(table, sharding, rank, {0, 2, true, true}, DeviceKind::Cpu, {64, DType::F32, 64}).weights;
    }
    EXPECT_EQ(model->weight_bytes(), planned);
    EXPECT_LT(reference::relative_error(logits_of(model), wide(logits_of(folder.path()))), 3e-5);
}

// Without a rounding to 16 bits in between: what the scales are is seen in the logits.
TEST(MetaFp8Ranks, scalesThatAreNoPowersOfTwoAreKept) {
    const TemporaryFolder folder;
    const Fp8Seed seed(2, false);
    seed.write(folder.path());
    const auto divided = Model::load(folder.path(), {.threads = 2, .plan = on_two_ranks()}, {}, {});
    const double error = reference::relative_error(logits_of(divided), wide(logits_of(folder.path())));
    EXPECT_LT(error, 3e-3);  // of the whole model's rounding to BF16
    EXPECT_GT(error, 0);
}

TEST(MetaFp8Ranks, partsAreThoseOfTheShards) {
    const TemporaryFolder folder;
    const Fp8Seed seed(4, false);
    seed.write(folder.path());
    const auto source = open_weights(folder.path());
    const WeightId down = {Weight::FeedForwardDown, 1};
    ASSERT_EQ(source->find(down)->column_parts, 4);
    std::string rows(2 * 96, '\0'), scales(128 * 4, '\0');
    source->read_part_rows(down, 3, 5, std::as_writable_bytes(std::span(rows)));
    source->read_part_scales(down, 3, 0, {reinterpret_cast<float*>(scales.data()), 128});
    for (const SavedTensor& part : seed.parts[3]) {
        if (part.name == "layers.1.feed_forward.w2.weight") {
            EXPECT_EQ(rows, part.data.substr(5 * 96, 2 * 96));
        }
    }
    for (const SavedTensor& part : seed.scales[3]) {
        if (part.name == "1_feed_forward.w2_3") {
            EXPECT_EQ(scales, part.data);
        }
    }
    const std::span<std::byte> out = std::as_writable_bytes(std::span(rows));
    EXPECT_THROW(source->read_part_rows(down, 4, 0, out), Error);
    EXPECT_THROW(source->read_part_rows(down, 0, 127, out), Error);
    EXPECT_THROW(source->read_part_rows({Weight::FeedForwardUp, 1}, 0, 0, out), Error);
}

INSTANTIATE_TEST_SUITE_P(Shards, MetaFp8Test, testing::Values(1, 2, 4),
                         [](const auto& info) { return std::to_string(info.param); });

std::string refusal(const std::filesystem::path& folder) {
    try {
        const auto source = open_weights(folder);
        std::vector<float> scales(384);
        source->read_row_scales({Weight::FeedForwardUp, 1}, 0, scales);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(MetaFp8FolderTest, scalesThatAreMissingOrNoNumbersAreAnError) {
    const TemporaryFolder folder;
    Fp8Seed seed(2, false);
    seed.write(folder.path());
    EXPECT_EQ(refusal(folder.path()), "");
    std::filesystem::remove(folder.path() / "fp8_scales_1.pt");
    EXPECT_NE(refusal(folder.path()).find("fp8_scales_1.pt"), std::string::npos);

    Fp8Seed shorter = seed;
    shorter.scales[1].pop_back();
    shorter.write(folder.path());
    EXPECT_NE(refusal(folder.path()).find("fp8_scales_1.pt: 1_feed_forward.w3_1"), std::string::npos)
        << refusal(folder.path());

    Fp8Seed infinite = seed;
    infinite.scales[0].back().data.replace(0, 4, "\0\0\x80\x7F", 4);
    infinite.write(folder.path());
    EXPECT_NE(refusal(folder.path()).find("no finite number"), std::string::npos) << refusal(folder.path());
}

}  // namespace
}  // namespace altiplano::engine
