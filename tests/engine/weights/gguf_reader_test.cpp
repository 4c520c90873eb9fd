// The valid seed, and damage that no list of cases foresees: every prefix, changed bytes, raw bytes, quadratic traps.
#include <chrono>
#include <fstream>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/model.h"
#include "engine/model/session.h"
#include "tests/engine/weights/gguf_seed.h"

namespace altiplano::engine {
namespace {

// Opens and reads all but the weights; true where that went well. Anything but an Error escapes and fails the test.
bool reads(const std::filesystem::path& path) {
    try {
        const auto source = open_weights(path);
        const Tokenizer tokenizer(source->tokenizer());
        return true;
    } catch (const Error& error) {
        EXPECT_TRUE(error.kind() == ErrorKind::BadFile || error.kind() == ErrorKind::Unsupported) << error.what();
        return false;
    }
}

TEST(GgufReaderTest, theSeedIsAModelThatComputes) {
    const TemporaryFile file(GgufSeed().bytes());
    const auto model = Model::load(file.path(), {.threads = 2}, {}, {});
    EXPECT_EQ(model->config().layers, 2);
    EXPECT_EQ(model->config().head_dim, 32);
    EXPECT_EQ(model->summary().name, "Seed");
    EXPECT_EQ(model->summary().type_label, "Q8_0");
    EXPECT_EQ(model->summary().parameter_count, 264 * 32 + 2 * 7 * 32 * 32 + 5 * 32);
    EXPECT_EQ(model->summary().chat_format_note, "");
    EXPECT_EQ(model->summary().fingerprint.size(), 16U);
    EXPECT_EQ(model->tokenizer().encode("the th").front(), 257);
    Session session(model, {});
    EXPECT_EQ(session.context(), 128);
    const int tokens[] = {1, 2, 3};
    EXPECT_EQ(session.forward(tokens).size(), 264U);
}

TEST(GgufReaderTest, versionTwoIsReadLikeThree) {
    GgufSeed seed;
    seed.version = 2;
    const TemporaryFile file(seed.bytes());
    EXPECT_TRUE(reads(file.path()));
}

TEST(GgufReaderTest, bytesAfterTheTensorsDoNotMatter) {
    const TemporaryFile file(GgufSeed().bytes() + std::string(1000, 'x'));
    EXPECT_TRUE(reads(file.path()));
}

// The template is data that nobody reads.
TEST(GgufReaderTest, aHostileChatTemplateIsInert) {
    GgufSeed seed;
    seed.set("tokenizer.chat_template",
             gguf_text("{{ ''.__class__.__mro__[1].__subclasses__() }}{% for x in range(999999999) %}"));
    const TemporaryFile file(seed.bytes());
    EXPECT_TRUE(reads(file.path()));
}

TEST(GgufReaderTest, theFingerprintTellsFilesApart) {
    GgufSeed seed;
    const TemporaryFile first(seed.bytes()), again(seed.bytes());
    seed.set("general.name", gguf_text("Other"));
    const TemporaryFile second(seed.bytes());
    EXPECT_EQ(open_weights(first.path())->summary().fingerprint, open_weights(again.path())->summary().fingerprint);
    EXPECT_NE(open_weights(first.path())->summary().fingerprint, open_weights(second.path())->summary().fingerprint);
}

TEST(GgufReaderTest, noteSaysWhichChatTokenIsMissing) {
    GgufSeed seed;
    seed.tokens.back() = "<|other|>";
    seed.set("tokenizer.ggml.tokens", gguf_texts(seed.tokens));
    const TemporaryFile file(seed.bytes());
    EXPECT_EQ(open_weights(file.path())->summary().chat_format_note, "the vocabulary lacks <|eot_id|>");
}

TEST(GgufReaderTest, everyPrefixIsRefused) {
    const GgufSeed seed;
    const std::string bytes = seed.bytes();
    const TemporaryFile file(bytes);
    const std::size_t last =
        bytes.size() - 1 - seed.tensors.back().data.size() % 32;  // padding after the last tensor may go
    for (std::size_t size = last; size > 0; size = size > seed.header().size()
                                                       ? size - std::min<std::size_t>(size - seed.header().size(), 97)
                                                       : size - 1) {
        std::filesystem::resize_file(file.path(), size);
        EXPECT_FALSE(reads(file.path())) << size;
    }
}

TEST(GgufReaderTest, noChangedByteBreaksTheReader) {
    const GgufSeed seed;
    const std::string bytes = seed.bytes();
    const TemporaryFile file(bytes);
    std::fstream stream(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    const std::size_t header = seed.header().size();
    for (std::size_t at = 0; at < header; ++at) {
        for (const char flip : {'\x01', '\x80', '\xFF'}) {
            stream.seekp(static_cast<std::streamoff>(at)).put(static_cast<char>(bytes[at] ^ flip)).flush();
            reads(file.path());
        }
        stream.seekp(static_cast<std::streamoff>(at)).put(bytes[at]).flush();
    }
    EXPECT_TRUE(reads(file.path()));
}

TEST(GgufReaderTest, filesThatAreNoModel) {
    for (const std::string& content : {std::string(), std::string("GGU"), std::string("GGUF"),
                                       std::string("PK\3\4 a zip file"), std::string("GGML old")}) {
        const TemporaryFile file(content);
        EXPECT_FALSE(reads(file.path())) << content;
    }
    EXPECT_THROW(open_weights("/nowhere/model.gguf"), Error);
    EXPECT_THROW(open_weights(std::filesystem::temp_directory_path()), Error);
}

// Lengths that stand before keys and names, and the number of dimensions: G13, G14, G30, G34.
TEST(GgufReaderTest, lengthsBeyondTheFileAreRefused) {
    const GgufSeed seed;
    GgufSeed no_tensors = seed;
    no_tensors.tensors.clear();
    const std::size_t key_length = 24, name_length = no_tensors.header().size();
    const std::size_t dimensions = name_length + 8 + seed.tensors[0].name.size();
    for (const std::uint64_t length :
         {UINT64_MAX, std::uint64_t{1} << 63, std::uint64_t{1} << 32, std::uint64_t{70'000}}) {
        for (const std::size_t at : {key_length, name_length}) {
            const TemporaryFile file(seed.bytes().replace(at, 8, raw(length)));
            EXPECT_FALSE(reads(file.path())) << length << " at " << at;
        }
    }
    const TemporaryFile file(seed.bytes().replace(dimensions, 4, raw(0xFFFFFFFFU)));
    EXPECT_FALSE(reads(file.path()));
}

template <typename Function>
double seconds(const Function& function) {
    const auto start = std::chrono::steady_clock::now();
    function();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// A million pairs or tensors are refused by their count, and the most allowed are read in a moment.
TEST(GgufReaderTest, manyPairsTakeNoQuadraticTime) {
    GgufSeed seed;
    for (int i = 0; i < 60'000; ++i) {
        seed.pairs.push_back({"x." + std::to_string(i), gguf_u32(1)});
    }
    const TemporaryFile file(seed.bytes());
    EXPECT_LT(seconds([&] { EXPECT_TRUE(reads(file.path())); }), 5.0);
    for (int i = 60'000; i < 1'000'000; ++i) {
        seed.pairs.push_back({"x." + std::to_string(i), gguf_u32(1)});
    }
    const TemporaryFile larger(seed.bytes());
    EXPECT_LT(seconds([&] { EXPECT_FALSE(reads(larger.path())); }), 5.0);
}

TEST(GgufReaderTest, manyTensorsAreRefused) {
    GgufSeed seed;
    for (int i = 0; i < 100'000; ++i) {
        seed.tensors.push_back({"t" + std::to_string(i), {1}, 0, 0, std::string(32, '\0')});
    }
    seed.lay_out();
    const TemporaryFile file(seed.bytes());
    EXPECT_FALSE(reads(file.path()));
}

}  // namespace
}  // namespace altiplano::engine
