// Meta's folders of 70B and 405B at their true size, as files that are almost all holes: the size of each shard is the
// one that Meta publishes, and rows are found where they lie beyond 4 GiB.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/model/config.h"
#include "engine/model/memory_needs.h"
#include "engine/weights/torch_checkpoint.h"
#include "engine/weights/weight_source.h"
#include "tests/engine/weights/meta_seed.h"

namespace altiplano::engine {
namespace {

struct Case {
    const char* name;
    int dim, layers, heads, ffn_dim, shards;
    int kv_heads;                 ///< that the shards have
    bool eight_bits;              ///< as Meta's release in FP8
    std::int64_t published_size;  ///< of a shard; 0 where it is not known
    std::int64_t parameters;
};

const Case kCases[] = {
    {"70B", 8192, 80, 64, 28672, 8, 8, false, 0, 70'553'706'496},
    {"405B", 16384, 126, 128, 53248, 8, 8, false, 101'470'976'045, 405'853'388'800},
    {"405B_for_16", 16384, 126, 128, 53248, 16, 16, false, 51'268'302'389, 405'853'388'800},
    {"405B_in_8_bits", 16384, 126, 128, 53248, 8, 8, true, 60'903'742'309, 405'853'388'800},
};
constexpr int kKvHeads = 8, kHeadDim = 128, kVocabulary = 128'256;

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

/// A shard's tensors, and of its 8-bit weights the scales.
struct Shard {
    std::vector<SavedTensor> tensors, scales;
};

Shard shard_of(const Case& model, int index) {
    Shard shard;
    const auto add = [&](const std::string& name, std::int64_t rows, std::int64_t cols) {
        shard.tensors.push_back({name, rows, cols, ""});
        shard.tensors.back().hole = std::max<std::int64_t>(rows, 1) * cols * 2;
    };
    const auto add_feed_forward = [&](int layer, const std::string& part, std::int64_t rows, std::int64_t cols) {
        add("layers." + std::to_string(layer) + "." + part + ".weight", rows, cols);
        if (model.eight_bits && layer > 0 && layer < model.layers - 1) {
            shard.tensors.back().hole /= 2;
            shard.tensors.back().storage = "float8_e4m3fn";
            const std::string name = std::to_string(layer) + "_" + part + "_" + std::to_string(index);
            shard.scales.push_back({name, 0, rows, "", "FloatStorage", rows * 4});
        }
    };
    const int n = model.shards, dim = model.dim;
    add("tok_embeddings.weight", kVocabulary / n, dim);
    for (int layer = 0; layer < model.layers; ++layer) {
        const std::string prefix = "layers." + std::to_string(layer) + ".";
        add(prefix + "attention.wq.weight", dim / n, dim);
        add(prefix + "attention.wk.weight", model.kv_heads * kHeadDim / n, dim);
        add(prefix + "attention.wv.weight", model.kv_heads * kHeadDim / n, dim);
        add(prefix + "attention.wo.weight", dim, dim / n);
        add_feed_forward(layer, "feed_forward.w1", model.ffn_dim / n, dim);
        add_feed_forward(layer, "feed_forward.w3", model.ffn_dim / n, dim);
        add_feed_forward(layer, "feed_forward.w2", dim, model.ffn_dim / n);
        add(prefix + "attention_norm.weight", 0, dim);
        add(prefix + "ffn_norm.weight", 0, dim);
    }
    add("norm.weight", 0, dim);
    add("output.weight", kVocabulary / n, dim);
    return shard;
}

std::string shard_name(int index) {
    return "consolidated." + std::string(index < 10 ? "0" : "") + std::to_string(index);
}

std::string four_digits_of_base64(int number) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (int shift = 18; shift >= 0; shift -= 6) {
        text += kDigits[static_cast<std::size_t>(number >> shift & 63)];
    }
    return text;
}

class MetaTrueSizeTest : public testing::TestWithParam<Case> {
protected:
    void SetUp() override {
        const Case& model = GetParam();
        MetaSeed seed;
        seed.params = {{"dim", std::to_string(model.dim)},
                       {"n_layers", std::to_string(model.layers)},
                       {"n_heads", std::to_string(model.heads)},
                       {"n_kv_heads", std::to_string(model.kv_heads)},
                       {"vocab_size", "128256"},
                       {"multiple_of", "4096"},
                       {"ffn_dim_multiplier", model.dim == 8192 ? "1.3" : "1.2"},
                       {"norm_eps", "1e-05"},
                       {"rope_theta", "500000.0"},
                       {"use_scaled_rope", "true"}};
        seed.tokenizer.clear();
        for (int rank = 0; rank < kVocabulary - 256; ++rank) {
            seed.tokenizer += four_digits_of_base64(rank) + " " + std::to_string(rank) + "\n";
        }
        seed.write(folder_.path(), 0);
        for (int index = 0; index < model.shards; ++index) {
            const Shard shard = shard_of(model, index);
            try {
                saved(shard_name(index), shard.tensors).write_sparse(path(index));
            } catch (const std::runtime_error&) {
                GTEST_SKIP() << "this file system has no files of that size";
            }
            const std::string scales = "fp8_scales_" + std::to_string(index);
            if (!shard.scales.empty()) {
                saved(scales, shard.scales).write_sparse(folder_.path() / (scales + ".pt"));
            }
        }
    }

    std::filesystem::path path(int shard) const { return folder_.path() / (shard_name(shard) + ".pth"); }

    /// Puts bytes into a shard's tensor where the checkpoint says that it lies.
    void put(int shard, const std::string& tensor, std::int64_t byte, const std::string& bytes) const {
        const std::int64_t at = TorchCheckpoint(path(shard)).find(tensor)->offset + byte;
        const int file = ::open(path(shard).c_str(), O_WRONLY | O_CLOEXEC);
        ASSERT_EQ(::pwrite(file, bytes.data(), bytes.size(), at), std::ssize(bytes));
        ::close(file);
    }

    TemporaryFolder folder_;
};

TEST_P(MetaTrueSizeTest, shardsAreAsLargeAsPublished) {
    constexpr std::int64_t kRest = 150'000;  // other names; and version numbers of modules, 75 KB in the 8-bit release
    for (int index = 0; index < GetParam().shards && GetParam().published_size > 0; ++index) {
        const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path(index)));
        EXPECT_LT(std::abs(size - GetParam().published_size), kRest) << size;
    }
    const auto source = open_weights(folder_.path());
    EXPECT_EQ(source->config().ffn_dim, GetParam().ffn_dim);
    const std::int64_t copies =
        std::int64_t{2} * GetParam().layers * (GetParam().kv_heads - kKvHeads) * kHeadDim * GetParam().dim;
    EXPECT_EQ(source->summary().parameter_count, GetParam().parameters + copies);
}

TEST_P(MetaTrueSizeTest, rowsAreReadFromWhereTheyLie) {
    const Case& model = GetParam();
    const int last = model.shards - 1, layer = model.layers - 1;
    const std::string name = "layers." + std::to_string(layer) + ".feed_forward.w2.weight";
    const auto slice = static_cast<std::size_t>(model.ffn_dim / model.shards * 2);
    const std::int64_t row = model.dim - 1;
    for (const int shard : {0, last}) {
        put(shard, name, row * static_cast<std::int64_t>(slice), std::string(slice, static_cast<char>('a' + shard)));
    }
    const std::int64_t in_shard = kVocabulary / model.shards;
    put(last, "output.weight", (in_shard - 1) * model.dim * 2, "last");

    const auto source = open_weights(folder_.path());
    std::string down(static_cast<std::size_t>(model.ffn_dim) * 2, 'x');
    source->read_rows({Weight::FeedForwardDown, layer}, row, std::as_writable_bytes(std::span(down)));
    EXPECT_EQ(down.substr(0, slice), std::string(slice, 'a'));
    EXPECT_EQ(down.substr(slice, slice), std::string(slice, '\0'));
    EXPECT_EQ(down.substr(down.size() - slice), std::string(slice, static_cast<char>('a' + last)));
    std::string output(static_cast<std::size_t>(model.dim) * 2, 'x');
    source->read_rows({Weight::Output, -1}, kVocabulary - 1, std::as_writable_bytes(std::span(output)));
    EXPECT_EQ(output.substr(0, 5), std::string("last\0", 5));
}

// The first rows of each head say whether it is there twice.
TEST_P(MetaTrueSizeTest, repeatedHeadsAreFolded) {
    const Case& model = GetParam();
    const int in_shard = model.kv_heads / model.shards;
    for (int head = 0; head < model.kv_heads; ++head) {
        for (const int layer : {0, model.layers - 1}) {
            for (const char* part : {".attention.wk.weight", ".attention.wv.weight"}) {
                put(head / in_shard, "layers." + std::to_string(layer) + part, 0,
                    std::string(64, static_cast<char>('A' + head * kKvHeads / model.kv_heads)));
            }
        }
    }
    const auto source = open_weights(folder_.path());
    EXPECT_EQ(source->config().kv_heads, kKvHeads);
    EXPECT_EQ(source->summary().parameter_count, model.parameters);
    std::string row(static_cast<std::size_t>(model.dim) * 2, 'x');
    source->read_rows({Weight::AttentionK, 0}, 5 * kHeadDim, std::as_writable_bytes(std::span(row)));
    EXPECT_EQ(row.substr(0, 65), std::string(64, 'F') + '\0');
}

// Eight cards take what is cut into eight or sixteen as it is, 8 bits too: nothing is rounded to 16 for them.
TEST_P(MetaTrueSizeTest, eightRanksHoldAsManyBytesAsTheFiles) {
    const auto source = open_weights(folder_.path());
    const WeightTable table(*source);
    const Sharding sharding(table.config(), column_blocks(table), 8);
    std::int64_t bytes = 0;
    for (int rank = 0; rank < 8; ++rank) {
        bytes += rank_needs(table, sharding, rank, {0, GetParam().layers, true, true}, DeviceKind::Gpu,
                            {8192, DType::F16, 2048})
                     .weights;
    }
    const auto file_bytes = static_cast<double>(source->summary().file_bytes);
    EXPECT_NEAR(static_cast<double>(bytes), file_bytes, file_bytes * 1e-3);
    EXPECT_NEAR(static_cast<double>(table.stored_bytes()), file_bytes, file_bytes * 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Sizes, MetaTrueSizeTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace altiplano::engine
