// Which way sums take on which machine, and that no fault of a card, a way or a rank leaves anyone waiting.
#include "engine/device/cuda/cuda_collective.h"

#include <deque>
#include <gtest/gtest.h>

#include "engine/device/cuda/record.h"
#include "tests/engine/cuda/rank_fixture.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::int64_t kSmall = 4096;
constexpr std::int64_t kLarge = kOneShotBytes / 4 + 4;
constexpr auto kShort = std::chrono::milliseconds(300);

class CudaCollectiveTest : public testing::Test {
protected:
    void make_cards(int count, host_cuda::CardOptions options = {}) {
        cards = cards_up_to(count);
        set_cards(count, options);
    }
    void join(CardCollectiveOptions options = {}) {
        sides = make_sides(cards, kLarge);
        collective = std::make_unique<CudaCollective>(places_of(sides), options);
        team = std::make_unique<RankTeam>(static_cast<int>(cards.size()), [this] { collective->abort(); });
    }
    void TearDown() override {
        team.reset();
        collective.reset();
        sides.clear();
        host_cuda::reset();
    }
    std::deque<CudaRecord> make_records() const { return std::deque<CudaRecord>(cards.begin(), cards.end()); }
    void reduce(int rank, std::int64_t count) const {
        const RankSide& side = sides[static_cast<std::size_t>(rank)];
        collective->all_reduce_add(rank, side.partial_matrix(count), side.sum_matrix(count));
    }
    void expect_host_sums() const {
        const int ranks = collective->ranks();
        const std::vector<Message> messages = {Message(ranks, kSmall, 1), Message(ranks, kLarge, 2),
                                               Message(ranks, 4, 3), Message(ranks, kLarge, 4)};
        team->run([&](int rank) {
            const RankSide& side = sides[static_cast<std::size_t>(rank)];
            for (const Message& message : messages) {
                side.put(message);
                reduce(rank, message.count());
                EXPECT_TRUE(side.has(message.expected)) << "rank " << rank << ", " << message.count() << " numbers";
            }
        });
        collective->check();
    }
    std::string notes() const { return collective->notes().empty() ? "" : collective->notes().front(); }
    bool note_says(const std::string& part) const { return notes().find(part) != std::string::npos; }

    // What the ranks are told where rank 1 leaves after so many reductions.
    std::string told_without_rank_1(std::int64_t count, int reductions) const {
        return message_of([&] {
            team->run([&](int rank) {
                for (int i = 0; i < (rank == 1 ? reductions : 4); ++i) {
                    reduce(rank, count);
                }
                sides[static_cast<std::size_t>(rank)].wait();
                if (rank != 1) {
                    collective->check();
                }
            });
        });
    }

    std::vector<int> cards;
    std::vector<RankSide> sides;
    std::unique_ptr<CudaCollective> collective;
    std::unique_ptr<RankTeam> team;
};

TEST_F(CudaCollectiveTest, smallAndLargeSumsAreTheHosts) {
    for (const int count : {2, 4}) {
        make_cards(count);
        join();
        EXPECT_EQ(notes(), "");
        expect_host_sums();
        TearDown();
    }
}

TEST_F(CudaCollectiveTest, itTakesTheMemoryThatPlansCount) {
    make_cards(3);
    sides = make_sides(cards, kLarge);
    const std::size_t before = host_cuda::bytes_in_use(1);
    collective = std::make_unique<CudaCollective>(places_of(sides), CardCollectiveOptions{});
    EXPECT_EQ(static_cast<std::int64_t>(host_cuda::bytes_in_use(1) - before), rank_sum_bytes(3));
}

TEST_F(CudaCollectiveTest, withoutDirectWaysAllGoesThroughNccl) {
    make_cards(3, {.peer_access = false});
    join();
    EXPECT_TRUE(note_says("there is no direct way from GPU 0 to GPU 1 (and 5 ways more)")) << notes();
    expect_host_sums();
}

TEST_F(CudaCollectiveTest, waysThatLieAreFoundOutAndNotUsed) {
    make_cards(2);
    host_cuda::set_peer_copies_lie(true);
    join();
    EXPECT_TRUE(
        note_says("what goes the direct way from GPU 0 to GPU 1 does not arrive: 1020 of 1024 numbers were "
                  "wrong (and 1 ways more)"))
        << notes();
    expect_host_sums();
}

TEST_F(CudaCollectiveTest, thePersonMaySwitchTheDirectWaysOff) {
    make_cards(2);
    join({.direct_ways = false, .wait = {}});
    EXPECT_EQ(notes(), "direct transfers between the GPUs are switched off");
    expect_host_sums();
}

TEST_F(CudaCollectiveTest, withoutNcclLargeSumsGoInPieces) {
    for (const auto fault : {host_cuda::NcclFault::DoesNotStart, host_cuda::NcclFault::WrongSums}) {
        make_cards(2);
        host_cuda::set_nccl_fault(fault);
        join({.direct_ways = true, .wait = {.patience = kShort, .names = {}}});
        EXPECT_TRUE(note_says("large sums go in pieces")) << notes();
        EXPECT_TRUE(note_says(fault == host_cuda::NcclFault::WrongSums
                                  ? "NCCL's first sum over 2 ranks is wrong on GPU 0"
                                  : "starting NCCL took longer than 0.3 s on GPU 0"))
            << notes();
        expect_host_sums();
        TearDown();
    }
}

TEST_F(CudaCollectiveTest, ranksThatShareACardNeedNoNccl) {
    make_cards(1);
    cards = {0, 0, 0};
    join();
    EXPECT_TRUE(note_says("ranks share a card")) << notes();
    expect_host_sums();
}

TEST_F(CudaCollectiveTest, noWayAtAllIsAnErrorWithAllReasons) {
    make_cards(2, {.peer_access = false});
    host_cuda::set_nccl_fault(host_cuda::NcclFault::DoesNotStart);
    const std::string message =
        message_of([&] { join({.direct_ways = true, .wait = {.patience = kShort, .names = {}}}); });
    EXPECT_NE(message.find("there is no direct way from GPU 0 to GPU 1"), std::string::npos) << message;
    EXPECT_NE(message.find("starting NCCL took longer"), std::string::npos) << message;
    sides.clear();
    EXPECT_EQ(host_cuda::live_handles(), 0);
}

TEST_F(CudaCollectiveTest, aRankThatDoesNotComeIsNamedWhicheverWay) {
    for (const std::int64_t count : {kSmall, kLarge}) {
        make_cards(3);
        join({.direct_ways = true, .wait = {.patience = kShort, .names = {}}});
        const std::string message = told_without_rank_1(count, 2);
        EXPECT_EQ(message, "GPU 1 did not come within 0.3 s to the point where all 3 ranks meet");
        EXPECT_EQ(message_of([&] { reduce(0, kSmall); }), message);
        TearDown();
    }
}

// There no rank waits on the host. NCCL gives nothing back before the records are gone, and still nobody hangs.
TEST_F(CudaCollectiveTest, recordedReductionsAreBrokenOffWhicheverWay) {
    for (const bool direct : {true, false}) {
        make_cards(3, {.peer_access = direct});
        join({.direct_ways = true, .wait = {.patience = kShort, .names = {}}});
        std::deque<CudaRecord> records = make_records();
        const std::string message = message_of([&] {
            team->run([&](int rank) {
                const RankSide& side = sides[static_cast<std::size_t>(rank)];
                for (int step = 0; step < (rank == 1 ? 4 : 6); ++step) {
                    records[static_cast<std::size_t>(rank)].run(1, 0, side.place().stream,
                                                                [&] { reduce(rank, kSmall); });
                }
                side.wait();
            });
            collective->check();
        });
        EXPECT_EQ(message, "GPU 1 did not come within 0.3 s to where the GPUs add up");
        collective->end_all();
        records.clear();
        collective->reset();
        expect_host_sums();
        TearDown();
    }
}

// The others wait for it in recorded reductions and are let go.
TEST_F(CudaCollectiveTest, aLostCardIsNamedAndLetsTheOthersGo) {
    for (const bool direct : {true, false}) {
        make_cards(3, {.peer_access = direct});
        join();
        std::deque<CudaRecord> records = make_records();
        try {
            team->run([&](int rank) {
                const RankSide& side = sides[static_cast<std::size_t>(rank)];
                use_card(rank);
                for (int step = 0; step < 6; ++step) {
                    if (rank == 2 && step == 4) {
                        host_cuda::lose_card(2, cudaErrorIllegalAddress);
                    }
                    records[static_cast<std::size_t>(rank)].run(1, 0, side.place().stream,
                                                                [&] { reduce(rank, kSmall); });
                }
                side.wait();
            });
            FAIL();
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::DeviceLost) << error.what();
            EXPECT_TRUE(std::string(error.what()).starts_with("GPU 2: ")) << error.what();
        }
        records.clear();
        TearDown();
    }
}

TEST_F(CudaCollectiveTest, aBrokenNcclIsToldInItsWords) {
    make_cards(2);
    join({.direct_ways = true, .wait = {.patience = kShort, .names = {}}});
    host_cuda::set_nccl_fault(host_cuda::NcclFault::BreaksDown);
    const std::string message = told_without_rank_1(kLarge, 1);
    EXPECT_TRUE(message.starts_with("adding up the GPUs' results failed: GPU ")) << message;
    EXPECT_TRUE(message.ends_with(": another rank failed or left (NCCL 6)")) << message;
}

TEST_F(CudaCollectiveTest, abortedInTheMiddleAllLeaveAndResetItWorksAgain) {
    make_cards(3);
    join();
    for (int round = 0; round < 3; ++round) {
        host_cuda::set_late(true);  // what is broken off is still in the streams when reset() is called
        const std::string message = message_of([&] {
            team->run([&](int rank) {
                for (int i = 0; i < 6; ++i) {
                    if (rank == round && i == round) {
                        throw Error(ErrorKind::Numeric, "the model produced NaN");
                    }
                    reduce(rank, i % 3 == 2 ? kLarge : kSmall);
                }
            });
        });
        EXPECT_EQ(message, "the model produced NaN");
        EXPECT_THROW(collective->check(), Error);
        host_cuda::set_late(false);
        collective->reset();
        expect_host_sums();
    }
}

// The others launch graphs where it computes.
TEST_F(CudaCollectiveTest, aRankWithoutRoomForAGraphGoesAlong) {
    make_cards(2);
    join({.direct_ways = true, .wait = {.patience = std::chrono::seconds(2), .names = {}}});
    const std::int64_t room = std::int64_t{1} << 30;
    const DeviceMemory rest =
        reserve_on_card(1, room - static_cast<std::int64_t>(host_cuda::bytes_in_use(1)) - 256, "the rest");
    const Message message(2, kSmall, 1);
    team->run([&](int rank) {
        const RankSide& side = sides[static_cast<std::size_t>(rank)];
        CudaRecord record(side.place().card);
        for (int round = 0; round < 4; ++round) {
            side.put(message);
            record.run(1, 0, side.place().stream, [&] { reduce(rank, message.count()); });
            EXPECT_TRUE(side.has(message.expected)) << "rank " << rank << ", round " << round;
        }
    });
    collective->check();
}

// Whatever call fails: the collective comes up another way or says why not, and nothing is left behind.
TEST_F(CudaCollectiveTest, aFailureOfAnyCallLeavesNothingBehind) {
    int came_up = 0;
    int refused = 0;
    bool is_past_the_end = false;
    for (std::int64_t call = 1; !is_past_the_end; call += call < 60 ? 1 : 7) {
        make_cards(2);
        sides = make_sides(cards, kLarge);
        const std::vector<RankStream> places = places_of(sides);
        const std::int64_t before = host_cuda::live_handles();
        host_cuda::fail_call(call, cudaErrorNotSupported);
        try {
            const CudaCollective made(places, {.direct_ways = true, .wait = {.patience = kShort, .names = {}}});
            ++came_up;
        } catch (const Error& error) {
            EXPECT_TRUE(error.kind() == ErrorKind::Device || error.kind() == ErrorKind::OutOfMemory) << error.what();
            ++refused;
        }
        const std::string failed = host_cuda::failed_call();
        EXPECT_EQ(host_cuda::live_handles(), before) << "call " << call << ": " << failed;
        is_past_the_end = failed.empty();
        TearDown();
    }
    EXPECT_GT(came_up, 1);
    EXPECT_GT(refused, 1);
}

}  // namespace
}  // namespace altiplano::engine::cuda
