// The one-shot all-reduce on emulated cards, each driven by its own thread: the host's bits on every rank.
#include "engine/device/cuda/one_shot.h"

#include <gtest/gtest.h>

#include "engine/device/cuda/one_shot_proof.h"
#include "engine/device/cuda/peer_test.h"
#include "engine/device/cuda/record.h"
#include "engine/device/watchdog.h"
#include "tests/engine/cuda/rank_fixture.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::int64_t kMost = kOneShotBytes / 4;

class OneShotTest : public testing::Test {
protected:
    void join(const std::vector<int>& cards, std::int64_t most = kMost) {
        set_cards(*std::max_element(cards.begin(), cards.end()) + 1);
        ranks = static_cast<int>(cards.size());
        ASSERT_TRUE(test_peers(cards).all_pass());
        sides = make_sides(cards, most);
        board = std::make_unique<RankBoard>(ranks);
        one_shot = std::make_unique<OneShot>(places_of(sides), *board);
        team = std::make_unique<RankTeam>(ranks, [this] { board->raise_abort(); });
    }
    void TearDown() override {
        team.reset();
        one_shot.reset();
        board.reset();
        sides.clear();
        host_cuda::reset();
    }
    // On the rank's thread.
    void launch(int rank, std::int64_t count) const {
        const RankSide& side = sides[static_cast<std::size_t>(rank)];
        one_shot->all_reduce_add(rank, side.partial(), side.sum(), count);
    }
    // All ranks reduce the messages one after another.
    void expect_host_sums(const std::vector<Message>& messages) const {
        team->run([&](int rank) {
            const RankSide& side = sides[static_cast<std::size_t>(rank)];
            for (const Message& message : messages) {
                side.put(message);
                launch(rank, message.count());
                EXPECT_TRUE(side.has(message.expected)) << "rank " << rank << ", " << message.count() << " numbers";
            }
        });
    }

    int ranks = 0;
    std::vector<RankSide> sides;
    std::unique_ptr<RankBoard> board;
    std::unique_ptr<OneShot> one_shot;
    std::unique_ptr<RankTeam> team;
};

TEST_F(OneShotTest, everyRankHasTheHostsBits) {
    for (const int count : {2, 3, 4, 8}) {
        join(cards_up_to(count));
        std::vector<Message> messages;
        for (const std::int64_t numbers : {4, 1024, 4096, 20000}) {
            messages.emplace_back(count, numbers, static_cast<std::uint32_t>(numbers + count));
        }
        expect_host_sums(messages);
        TearDown();
    }
}

TEST_F(OneShotTest, theLargestMessageAndOneInPieces) {
    join(cards_up_to(2), 2 * kMost + 400);
    std::vector<Message> messages;
    messages.emplace_back(2, kMost, 1);
    messages.emplace_back(2, 2 * kMost + 400, 2);
    expect_host_sums(messages);
}

TEST_F(OneShotTest, hundredsInARowOfChangingSize) {
    join(cards_up_to(4));
    std::vector<Message> messages;
    std::mt19937 generator(1);
    for (std::uint32_t i = 0; i < 200; ++i) {
        messages.emplace_back(4, 4 * (1 + generator() % (i % 10 == 0 ? 2000 : 300)), i);
    }
    expect_host_sums(messages);
}

TEST_F(OneShotTest, ranksThatShareACard) {
    join({0, 0, 1, 0});
    std::vector<Message> messages;
    messages.emplace_back(4, 4096, 1);
    messages.emplace_back(4, 8, 2);
    expect_host_sums(messages);
}

// Three reductions in one graph, of changing size; what the first, unrecorded run gives is what every replay gives.
TEST_F(OneShotTest, recordedStepsAreReplayedBetweenOthers) {
    constexpr int kRanks = 4;
    join(cards_up_to(kRanks));
    const Message large(kRanks, 6000, 1);
    const Message other(kRanks, 128, 2);
    std::vector<Floats> found(kRanks);
    RankBarrier meeting(kRanks);
    team->run([&](int rank) {
        const RankSide& side = sides[static_cast<std::size_t>(rank)];
        CudaRecord record(side.place().card);
        for (int round = 0; round < 20; ++round) {
            side.put(large);
            record.run(1, 0, side.place().stream, [&] {
                meeting.wait(rank);  // nobody's kernels wait for a rank that makes its graph ready
                launch(rank, 6000);
                launch(rank, 400);
                launch(rank, 6000);
            });
            Floats& sums = found[static_cast<std::size_t>(rank)];
            if (round == 0) {
                sums.resize(6000);
                check(cudaMemcpyAsync(sums.data(), side.sum(), 24000, cudaMemcpyDefault, side.place().stream),
                      "a test");
                side.wait();
            }
            EXPECT_TRUE(side.has(sums)) << "round " << round;
            if (round % 3 == 0) {
                side.put(other);
                launch(rank, other.count());
                EXPECT_TRUE(side.has(other.expected)) << "round " << round;
            }
        }
    });
    for (const Floats& sums : found) {
        EXPECT_TRUE(same_bits(sums, found[0]));
        EXPECT_FALSE(same_bits(sums, large.expected));
    }
}

TEST_F(OneShotTest, lateStreamsMeetWhenTheyAreWaitedFor) {
    join(cards_up_to(3));
    host_cuda::set_late(true);
    std::vector<Message> messages;
    for (std::uint32_t i = 0; i < 20; ++i) {
        messages.emplace_back(3, 4 + 400 * i, i);
    }
    expect_host_sums(messages);
}

TEST_F(OneShotTest, abortedWithARankMissingAllEndAndResetItWorksAgain) {
    join(cards_up_to(4));
    const Message message(4, 2000, 1);
    Watchdog watchdog(
        std::chrono::milliseconds(100), [this] { return board->progress(); },
        [this] {
            EXPECT_EQ(board->missing(), std::vector<int>{2});
            EXPECT_FALSE(board->waiting().empty());
            board->raise_abort();
        });
    for (int round = 0; round < 3; ++round) {
        team->run([&](int rank) {
            sides[static_cast<std::size_t>(rank)].put(message);
            for (int i = 0; i < (rank == 2 ? round : 5); ++i) {  // it leaves early
                launch(rank, message.count());
            }
            sides[static_cast<std::size_t>(rank)].wait();
        });
        board->clear();
        one_shot->reset();
        expect_host_sums({message});
    }
}

// The first channel of both is served; of the others rank 1 knows nothing.
TEST_F(OneShotTest, aRankThatWaitsInAnyChannelSaysSo) {
    join(cards_up_to(2));
    Watchdog watchdog(
        std::chrono::milliseconds(100), [this] { return board->progress(); },
        [this] {
            EXPECT_EQ(board->missing(), std::vector<int>{1});
            board->raise_abort();
        });
    team->run([&](int rank) {
        use_card(rank);
        launch(rank, rank == 0 ? kMost : 4);
        sides[static_cast<std::size_t>(rank)].wait();
    });
}

TEST_F(OneShotTest, theProofPassesAndNamesARankThatStandsStill) {
    join(cards_up_to(3));
    EXPECT_EQ(prove_one_shot(*one_shot, places_of(sides), *board, std::chrono::seconds(10)), "");
    board->raise_abort();  // as if a card had given up
    EXPECT_NE(prove_one_shot(*one_shot, places_of(sides), *board, std::chrono::seconds(10)), "");
}

}  // namespace
}  // namespace altiplano::engine::cuda
