// Whole numbers small enough that every order of additions gives the same bits: the host knows the sums.
#include "engine/device/cuda/one_shot_proof.h"

#include <array>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/rank_barrier.h"
#include "engine/device/rank_team.h"
#include "engine/device/watchdog.h"
#include "engine/error.h"

namespace altiplano::engine::cuda {
namespace {

constexpr const char* kProving = "testing the sums over the GPUs";
constexpr std::int64_t kMost = kOneShotBytes / std::int64_t{sizeof(float)};
// Every size at least twice, for both slots, and next to others.
constexpr std::array<std::int64_t, 8> kCounts = {4, kMost, 4096, 4096, 4, kMost, 20000, 20000};

float partial_of(int rank, std::int64_t index, std::size_t round) {
    return static_cast<float>((index * 7 + static_cast<std::int64_t>(round)) % 1009 * (rank + 1));
}

float before(std::int64_t index) {
    return static_cast<float>(index % 13);
}

/// One rank's numbers.
class Proof {
public:
    Proof(int rank, int ranks, RankStream place)
        : rank_(rank),
          ranks_(ranks),
          place_(place),
          memory_(reserve_on_card(place.card, 2 * kOneShotBytes, kProving)) {}

    void put(std::size_t round) {
        const std::int64_t count = kCounts[round];
        std::vector<float> numbers(static_cast<std::size_t>(count));
        fill(numbers, [&](std::int64_t i) { return partial_of(rank_, i, round); });
        copy(partial(), numbers.data(), count);
        fill(numbers, before);
        copy(sum(), numbers.data(), count);
    }

    // How many of the sums are wrong.
    std::int64_t add_up(const OneShot& one_shot, std::size_t round) {
        const std::int64_t count = kCounts[round];
        std::vector<float> numbers(static_cast<std::size_t>(count));
        one_shot.all_reduce_add(rank_, partial(), sum(), count);
        copy(numbers.data(), sum(), count);
        const int weight = ranks_ * (ranks_ + 1) / 2;
        std::int64_t wrong = 0;
        for (std::int64_t i = 0; i < count; ++i) {
            const float expected = before(i) + static_cast<float>(weight) * partial_of(0, i, round);
            wrong += numbers[static_cast<std::size_t>(i)] != expected;
        }
        return wrong;
    }

private:
    float* partial() const { return reinterpret_cast<float*>(memory_.data()); }
    float* sum() const { return partial() + kMost; }

    template <typename Make>
    static void fill(std::vector<float>& numbers, const Make& make) {
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            numbers[i] = make(static_cast<std::int64_t>(i));
        }
    }
    void copy(float* to, const float* from, std::int64_t count) const {
        cuda::check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(count) * sizeof(float), cudaMemcpyDefault,
                                    place_.stream),
                    kProving);
        cuda::check(cudaStreamSynchronize(place_.stream), kProving);
    }

    int rank_;
    int ranks_;
    RankStream place_;
    DeviceMemory memory_;
};

std::vector<std::string> names_of(const std::vector<RankStream>& ranks) {
    std::vector<std::string> names;
    for (const RankStream& rank : ranks) {
        names.push_back("GPU " + std::to_string(rank.card));
    }
    return names;
}

}  // namespace

std::string prove_one_shot(const OneShot& one_shot, const std::vector<RankStream>& ranks, RankBoard& board,
                           std::chrono::milliseconds patience) {
    const int count = static_cast<int>(ranks.size());
    std::vector<Proof> proofs;  // all memory is there before the first kernel waits
    for (int rank = 0; rank < count; ++rank) {
        proofs.emplace_back(rank, count, ranks[static_cast<std::size_t>(rank)]);
    }
    std::mutex mutex;
    std::string failure;
    RankBarrier meeting(count, {patience, names_of(ranks)});
    const auto fail = [&](const std::string& why) {
        const std::lock_guard lock(mutex);
        failure = failure.empty() ? why : failure;
        board.raise_abort();
        meeting.abort(why);
    };
    Watchdog watchdog(
        patience, [&] { return board.progress(); }, [&] { fail(hang_in_words(board, names_of(ranks), patience)); });
    RankTeam team(count, [&] {
        board.raise_abort();
        meeting.abort("a rank failed");
    });
    team.run([&](int rank) {
        const RankStream& place = ranks[static_cast<std::size_t>(rank)];
        Proof& proof = proofs[static_cast<std::size_t>(rank)];
        use_card(place.card);
        for (std::size_t round = 0; round < kCounts.size(); ++round) {
            proof.put(round);
            try {
                meeting.wait(rank);  // no kernel waits for a rank that still copies
            } catch (const Error& error) {
                return fail(error.what());
            }
            if (const std::int64_t wrong = proof.add_up(one_shot, round); wrong != 0) {
                return fail(std::to_string(wrong) + " of " + std::to_string(kCounts[round]) + " sums on GPU " +
                            std::to_string(place.card) + " were wrong");
            }
        }
    });
    return failure;
}

}  // namespace altiplano::engine::cuda
