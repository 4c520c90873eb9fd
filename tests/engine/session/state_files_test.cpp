// A sequence written to disk and restored: the same bits, whatever its length, and as far as its files are whole.
#include "engine/model/state_files.h"

#include <fstream>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/session.h"
#include "tests/engine/session/golden.h"
#include "tests/engine/session/states.h"

namespace altiplano::engine {
namespace {

constexpr int kVocabulary = 1024;

class StateFilesTest : public testing::TestWithParam<DType> {
protected:
    static std::shared_ptr<const Model> model() {
        static const std::shared_ptr<const Model> loaded =
            Model::load(golden_path("tiny-llama31-Q4_K_M.gguf"), {.threads = 2}, {}, {});
        return loaded;
    }
    Session new_session() const { return {model(), {.context = 1024, .kv_type = GetParam()}}; }

    /// Writes every segment of the session's sequence.
    std::vector<StoredSegment> keep(const Session& session) const {
        std::vector<StoredSegment> chain;
        for (int first = 0; first < std::ssize(session.tokens()); first += kSegmentPositions) {
            PackedSegment packed = pack_segment(session.sequence(), model()->state_identity(), first);
            const auto path = folder_.path() / std::to_string(packed.segment.name);
            write_whole_file(path, packed.file);
            chain.push_back({path, packed.segment});
        }
        return chain;
    }

    std::optional<RestoreFailure> restore(Session& session, std::span<const StoredSegment> chain,
                                          const std::stop_token& stop = {}) const {
        Sequence sequence = session.exchange(Sequence(session.sequence().shape()));
        auto failure = restore_segments(sequence, chain, {.vocab_size = kVocabulary, .threads = 3}, stop);
        session.exchange(std::move(sequence));
        return failure;
    }

    static std::vector<float> logits_after(Session& session, std::span<const int> tokens) {
        const auto logits = session.forward(tokens);
        return {logits.begin(), logits.end()};
    }

    TemporaryFolder folder_;
};

TEST_P(StateFilesTest, aRestoredSequenceGoesOnWithTheSameBits) {
    const auto more = some_tokens(30, 5, kVocabulary);
    for (const int length : {1, 63, 64, 255, 256, 257, 700}) {
        Session first = new_session(), second = new_session();
        first.forward(some_tokens(length, 37, kVocabulary));
        const auto chain = keep(first);
        EXPECT_FALSE(restore(second, chain));
        EXPECT_TRUE(
            std::equal(first.tokens().begin(), first.tokens().end(), second.tokens().begin(), second.tokens().end()));
        EXPECT_EQ(logits_after(second, more), logits_after(first, more)) << length << " tokens";
    }
}

TEST_P(StateFilesTest, whatTheSessionSharesIsKeptAndTheRestRead) {
    const auto tokens = some_tokens(700, 37, kVocabulary), more = some_tokens(30, 5, kVocabulary);
    Session first = new_session(), second = new_session();
    first.forward(tokens);
    const auto chain = keep(first);
    std::filesystem::remove(chain[0].path);  // need not be read
    second.forward(std::span(tokens).first(300));
    second.forward(more);
    EXPECT_FALSE(restore(second, chain));
    EXPECT_EQ(second.tokens().size(), tokens.size());
    EXPECT_EQ(logits_after(second, more), logits_after(first, more));
}

TEST_P(StateFilesTest, aDamagedFileEndsTheSequenceBeforeIt) {
    const auto tokens = some_tokens(700, 37, kVocabulary);
    Session first = new_session(), second = new_session();
    first.forward(tokens);
    const auto chain = keep(first);
    std::fstream damage(chain[1].path, std::ios::binary | std::ios::in | std::ios::out);
    damage.seekp(-5, std::ios::end);
    damage.put('!');
    damage.close();
    const auto failure = restore(second, chain);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->path, chain[1].path);
    EXPECT_NE(failure->reason.find("layer 2 at offset "), std::string::npos) << failure->reason;
    ASSERT_EQ(second.tokens().size(), 256U);
    EXPECT_EQ(logits_after(second, std::span(tokens).subspan(256)), [&] {
        Session fresh = new_session();
        return logits_after(fresh, tokens);
    }());
}

TEST_P(StateFilesTest, aFileThatIsGoneEndsTheSequenceBeforeIt) {
    Session first = new_session(), second = new_session();
    first.forward(some_tokens(300, 37, kVocabulary));
    const auto chain = keep(first);
    std::filesystem::remove(chain[0].path);
    const auto failure = restore(second, chain);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->path, chain[0].path);
    EXPECT_TRUE(second.tokens().empty());
}

TEST_P(StateFilesTest, aStopLeavesWhatIsWhole) {
    Session first = new_session(), second = new_session();
    first.forward(some_tokens(700, 37, kVocabulary));
    const auto chain = keep(first);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(restore(second, chain, stop.get_token()));
    EXPECT_TRUE(second.tokens().empty());
}

TEST_P(StateFilesTest, segmentsOfAnotherSequenceAreRefused) {
    Session first = new_session(), second = new_session();
    first.forward(some_tokens(300, 37, kVocabulary));
    second.forward(some_tokens(300, 11, kVocabulary));
    auto chain = keep(first);
    chain[1] = keep(second)[1];
    EXPECT_THROW(restore(first, chain), Error);
}

TEST_P(StateFilesTest, aFileThatCannotBeWrittenIsAnErrorAndLeavesNothing) {
    const std::byte some[4] = {};
    EXPECT_THROW(write_whole_file(folder_.path() / "no folder" / "state", some), Error);
    std::filesystem::create_directory(folder_.path() / "taken");
    std::filesystem::create_directory(folder_.path() / "taken" / "inside");
    EXPECT_THROW(write_whole_file(folder_.path() / "taken", some), Error);
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "taken.part"));
}

INSTANTIATE_TEST_SUITE_P(CacheTypes, StateFilesTest, testing::Values(DType::F16, DType::Q8_0, DType::F32),
                         [](const auto& type) { return std::string(name(type.param)); });

}  // namespace
}  // namespace altiplano::engine
