// What a session hands out and takes back: the same bits as if it had never been away.
#include "engine/model/sequence.h"

#include <fstream>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/session.h"
#include "tests/engine/session/golden.h"

namespace altiplano::engine {
namespace {

std::shared_ptr<const Model> load() {
    static const std::shared_ptr<const Model> model =
        Model::load(golden_path("tiny-llama31-Q4_K_M.gguf"), {.threads = 2}, {}, {});
    return model;
}

std::vector<int> some_tokens(int count, int step) {
    std::vector<int> tokens(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        tokens[static_cast<std::size_t>(i)] = i * step % 960;
    }
    return tokens;
}

std::vector<float> copy(std::span<const float> values) {
    return {values.begin(), values.end()};
}

std::int64_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::int64_t all = 0, resident = 0;
    file >> all >> resident;
    return resident * 4096;
}

TEST(SequenceTest, twoTakenInTurnsGiveTheSameBitsAsTwoSessions) {
    for (const DType type : {DType::F16, DType::Q8_0, DType::F32}) {
        const SessionOptions options{.context = 300, .kv_type = type};
        const auto first = some_tokens(150, 37), second = some_tokens(90, 11), more = some_tokens(20, 5);
        Session one(load(), options), other(load(), options), both(load(), options);
        one.forward(first);
        other.forward(second);
        both.forward(first);
        Sequence kept = both.exchange(Sequence(both.sequence().shape()));
        EXPECT_TRUE(both.tokens().empty());
        EXPECT_EQ(kept.tokens().size(), first.size());
        kept.trim();
        both.forward(second);
        kept = both.exchange(std::move(kept));
        EXPECT_EQ(copy(both.forward(more)), copy(one.forward(more)));
        both.exchange(std::move(kept));
        EXPECT_EQ(copy(both.forward(more)), copy(other.forward(more)));
    }
}

TEST(SequenceTest, anotherShapeIsRefused) {
    Session session(load(), {.context = 128});
    CacheShape shape = session.sequence().shape();
    shape.context = 192;
    EXPECT_THROW(session.exchange(Sequence(shape)), Error);
    shape = session.sequence().shape();
    shape.type = DType::F32;
    EXPECT_THROW(session.exchange(Sequence(shape)), Error);
    Sequence moved(session.sequence().shape());
    const Sequence taken = std::move(moved);
    EXPECT_THROW(session.exchange(std::move(moved)), Error);  // NOLINT(bugprone-use-after-move): that is the point
}

// 63 TiB: what GPUs have is not asked of the processor, what a machine cannot have is refused.
TEST(SequenceTest, memoryMustBeThereForItsOwnLayersOnly) {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "the thread sanitizer leaves too little address space";
#endif
    const CacheShape shape = {126, 8, 128, 134'217'728, DType::F16};
    EXPECT_THROW(Sequence{shape}, Error);
    EXPECT_THROW(Sequence(shape, 63), Error);
    const Sequence copies(shape, 0);
    EXPECT_EQ(copies.reserved_bytes(), shape.bytes(shape.context));
    EXPECT_EQ(copies.own_layers(), 0);
}

TEST(SequenceTest, trimmingLeavesTheMemoryOfTheTokensOnly) {
    Session session(load(), {.context = 65'536});
    session.forward(some_tokens(100, 37));
    const std::int64_t full = session.sequence().reserved_bytes();
    for (const std::span<std::byte> piece : session.sequence().pieces(128, 65'536)) {
        std::fill(piece.begin(), piece.end(), std::byte{1});
    }
    const std::int64_t before = resident_bytes();
    Sequence kept = session.exchange(Sequence(session.sequence().shape()));
    kept.trim();
    EXPECT_LT(resident_bytes(), before - full * 9 / 10);
    EXPECT_LT(kept.held_bytes(), full / 100);
}

}  // namespace
}  // namespace altiplano::engine
