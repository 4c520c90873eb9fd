// A kept state is the same bits or an error in words: every byte flipped, every length, every other model.
#include "engine/model/state_segment.h"

#include <cstring>
#include <fstream>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/session.h"
#include "engine/model/state_files.h"
#include "tests/engine/session/golden.h"
#include "tests/engine/session/states.h"
#include "tests/engine/weights/gguf_seed.h"

namespace altiplano::engine {
namespace {

constexpr RestoreOptions kSeedVocabulary = {.vocab_size = 264, .threads = 1};

class StateSegmentTest : public testing::Test {
protected:
    static std::shared_ptr<const Model> seed_model() {
        static const std::shared_ptr<const Model> model = [] {
            const TemporaryFile file(GgufSeed().bytes());
            return Model::load(file.path(), {.threads = 1}, {}, {});
        }();
        return model;
    }

    /// A small file: 20 positions of two layers with one head of 32.
    void SetUp() override {
        session_.forward(some_tokens(20, 7, 264));
        packed_ = pack_segment(session_.sequence(), "model", 0);
        path_ = folder_.path() / "state";
    }

    void write(std::span<const std::byte> bytes) const {
        std::ofstream file(path_, std::ios::binary);
        file.write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
    }

    /// Reads as the program does after its start: the head, then all of it.
    std::string failure() const {
        try {
            const StateSegment head = read_segment_head(path_);
            Sequence into(session_.sequence().shape());
            read_segment(path_, head, into);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }

    /// The error for the file with so many bytes at offset changed.
    template <typename T>
    std::string failure_with(std::size_t offset, T value) const {
        std::vector<std::byte> bytes = packed_.file;
        std::memcpy(bytes.data() + offset, &value, sizeof(value));
        write(bytes);
        return failure();
    }

    Session session_{seed_model(), {.context = 128}};
    TemporaryFolder folder_;
    std::filesystem::path path_;
    PackedSegment packed_;
};

TEST_F(StateSegmentTest, whatIsReadIsWhatWasPacked) {
    write(packed_.file);
    EXPECT_EQ(read_segment_head(path_), packed_.segment);
    Sequence into(session_.sequence().shape());
    read_segment(path_, packed_.segment, into);
    const auto expected = session_.sequence().pieces(0, kKvBlock), read = into.pieces(0, kKvBlock);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_TRUE(std::equal(expected[i].begin(), expected[i].end(), read[i].begin())) << "piece " << i;
    }
}

TEST_F(StateSegmentTest, everyByteThatIsWrongIsNoticed) {
    write(packed_.file);
    ASSERT_LT(packed_.file.size(), 40'000U);
    std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
    const auto put = [&](std::size_t at, std::byte value) {
        file.seekp(static_cast<std::streamoff>(at));
        file.put(static_cast<char>(value)).flush();
    };
    for (std::size_t i = 0; i < packed_.file.size(); ++i) {
        put(i, packed_.file[i] ^ static_cast<std::byte>(1 << (i % 8)));
        ASSERT_NE(failure(), "") << "byte " << i << " of " << packed_.file.size();
        put(i, packed_.file[i]);
    }
    EXPECT_EQ(failure(), "");
}

TEST_F(StateSegmentTest, everyOtherLengthIsNoticed) {
    write(packed_.file);
    for (std::size_t size = packed_.file.size(); size-- > 0;) {
        std::filesystem::resize_file(path_, size);
        ASSERT_NE(failure(), "") << size << " of " << packed_.file.size() << " bytes";
    }
    std::vector<std::byte> longer = packed_.file;
    longer.push_back(std::byte{0});
    write(longer);
    EXPECT_NE(failure().find("file's size at offset 0: is "), std::string::npos) << failure();
}

TEST_F(StateSegmentTest, theReasonNamesFileFieldAndValue) {
    EXPECT_EQ(failure_with(0, 'X'), path_.string() + ": magic at offset 0: this is no kept state of a conversation");
    EXPECT_EQ(failure_with(8, 2), path_.string() + ": version at offset 0: is 2, this program reads 1");
    EXPECT_EQ(failure_with(8, 0), path_.string() + ": version at offset 0: is 0, this program reads 1");
    EXPECT_EQ(failure_with(132, 1), path_.string() + ": layout at offset 0: is 1, this program computes in 2");
    EXPECT_EQ(failure_with(112, 0), path_.string() + ": layers at offset 0: is 0, expected 1 to 4096");
    EXPECT_EQ(failure_with(112, 1 << 30), path_.string() + ": layers at offset 0: is 1073741824, expected 1 to 4096");
    EXPECT_EQ(failure_with(124, 3), path_.string() + ": first position at offset 0: is 3, expected a multiple of 256");
    EXPECT_EQ(failure_with(128, -5), path_.string() + ": last position at offset 0: is -5, expected 1 to 268435456");
    EXPECT_EQ(failure_with(128, 257), path_.string() + ": positions at offset 0: is 257, expected 1 to 256");
    EXPECT_EQ(failure_with(104, 'Z'),
              path_.string() + ": KV type at offset 0: is 'Z16', which this program does not know");
    EXPECT_NE(failure_with(packed_.file.size() - 100, 0x1234567).find("layer 1 at offset "), std::string::npos);
}

TEST_F(StateSegmentTest, aFileThatWasReplacedMeanwhileIsNotTakenForTheOldOne) {
    write(packed_.file);
    const StateSegment head = read_segment_head(path_);
    session_.rewind(0);
    session_.forward(some_tokens(20, 11, 264));
    write(pack_segment(session_.sequence(), "model", 0).file);
    Sequence into(session_.sequence().shape());
    EXPECT_THROW(read_segment(path_, head, into), Error);
}

TEST_F(StateSegmentTest, modelsTypesAndShapesGiveOtherRoots) {
    const StateIdentity identity = packed_.segment.identity;
    StateIdentity other = identity;
    other.model = "model2";
    EXPECT_NE(state_root(other), state_root(identity));
    other = identity;
    other.type = DType::F32;
    EXPECT_NE(state_root(other), state_root(identity));
    other = identity;
    ++other.layers;
    EXPECT_NE(state_root(other), state_root(identity));
}

TEST_F(StateSegmentTest, aStateOfAnotherModelOrShapeIsRefused) {
    write(packed_.file);
    CacheShape shape = session_.sequence().shape();
    shape.type = DType::F32;
    Sequence wider(shape);
    EXPECT_THROW(read_segment(path_, packed_.segment, wider), Error);
    StoredSegment stored{path_, packed_.segment};
    stored.segment.identity.model = "another model";
    Sequence into(session_.sequence().shape());
    EXPECT_THROW(restore_segments(into, {&stored, 1}, kSeedVocabulary, {}), Error);
    EXPECT_TRUE(into.tokens().empty());
    stored.segment = packed_.segment;
    EXPECT_THROW(restore_segments(into, {&stored, 1}, {.vocab_size = 50}, {}), Error) << "a token id is too large";
    shape = session_.sequence().shape();
    shape.context = 10;
    Sequence shorter(shape);
    EXPECT_THROW(restore_segments(shorter, {&stored, 1}, kSeedVocabulary, {}), Error);
}

}  // namespace
}  // namespace altiplano::engine
