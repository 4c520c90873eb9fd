// Ranks on emulated cards, one thread each, and sums to compare with the host's.
#pragma once

#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/cuda/handles.h"
#include "engine/device/cuda/rank_board.h"
#include "engine/device/host_collective.h"
#include "engine/device/rank_team.h"
#include "engine/error.h"
#include "tests/engine/host_cuda/host_cuda.h"

namespace altiplano::engine::cuda {

using Floats = std::vector<float>;

inline Floats random_floats(std::int64_t count, std::uint32_t seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    Floats values(static_cast<std::size_t>(count));
    for (float& value : values) {
        value = normal(generator);
    }
    return values;
}

inline bool same_bits(const Floats& a, const Floats& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

inline std::string message_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

/// One message of all ranks: what each brings, and the sum that each ends with where all goes well.
struct Message {
    Message(int ranks, std::int64_t count, std::uint32_t seed) : sum(random_floats(count, seed)), expected(sum) {
        HostCollective host(ranks);
        std::vector<Floats> sums(static_cast<std::size_t>(ranks), sum);
        for (int rank = 0; rank < ranks; ++rank) {
            partials.push_back(random_floats(count, seed * 64 + static_cast<std::uint32_t>(rank) + 1));
        }
        RankTeam(ranks, [] {}).run([&](int rank) {
            const auto index = static_cast<std::size_t>(rank);
            host.all_reduce_add(rank,
                                {reinterpret_cast<const std::byte*>(partials[index].data()), DType::F32, 1, count},
                                {reinterpret_cast<std::byte*>(sums[index].data()), DType::F32, 1, count});
        });
        expected = sums[0];
    }
    std::int64_t count() const { return std::ssize(sum); }

    std::vector<Floats> partials;
    Floats sum;       ///< what every rank has before
    Floats expected;  ///< the host collective's result
};

/// A rank's stream and its memory for one message.
class RankSide {
public:
    RankSide(int rank, int card, std::int64_t most)
        : rank_(rank), card_(card), most_(most), memory_(reserve_on_card(card, 2 * 4 * most, "a test")) {
        use_card(card);
        stream_ = make_stream();
    }
    RankStream place() const { return {card_, stream_.get()}; }
    float* partial() const { return reinterpret_cast<float*>(memory_.data()); }
    float* sum() const { return partial() + most_; }

    void put(const Message& message) const {
        use_card(card_);
        copy(partial(), message.partials[static_cast<std::size_t>(rank_)].data(), message.count());
        copy(sum(), message.sum.data(), message.count());
    }
    bool has(const Floats& expected) const {
        Floats found(expected.size());
        copy(found.data(), sum(), std::ssize(found));
        return same_bits(found, expected);
    }
    ConstMatrix partial_matrix(std::int64_t count) const { return {memory_.data(), DType::F32, 1, count}; }
    Matrix sum_matrix(std::int64_t count) const { return {reinterpret_cast<std::byte*>(sum()), DType::F32, 1, count}; }
    void wait() const { check(cudaStreamSynchronize(stream_.get()), "a test"); }

private:
    void copy(float* to, const float* from, std::int64_t count) const {
        check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(count) * 4, cudaMemcpyDefault, stream_.get()),
              "a test");
        wait();
    }

    int rank_;
    int card_;
    std::int64_t most_;
    DeviceMemory memory_;
    Stream stream_;
};

inline std::vector<RankSide> make_sides(const std::vector<int>& cards, std::int64_t most) {
    std::vector<RankSide> sides;
    for (std::size_t rank = 0; rank < cards.size(); ++rank) {
        sides.emplace_back(static_cast<int>(rank), cards[rank], most);
    }
    return sides;
}

inline std::vector<RankStream> places_of(const std::vector<RankSide>& sides) {
    std::vector<RankStream> places;
    for (const RankSide& side : sides) {
        places.push_back(side.place());
    }
    return places;
}

inline std::vector<int> cards_up_to(int count) {
    std::vector<int> cards;
    for (int card = 0; card < count; ++card) {
        cards.push_back(card);
    }
    return cards;
}

inline void set_cards(int count, host_cuda::CardOptions options = {}) {
    host_cuda::set_devices(std::vector<host_cuda::CardOptions>(static_cast<std::size_t>(count), options));
}

}  // namespace altiplano::engine::cuda
