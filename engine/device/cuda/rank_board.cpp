// Words are written by one side and read by the other, each for itself; nothing else hangs on their order.
#include "engine/device/cuda/rank_board.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstring>
#include <set>

#include "engine/device/rank_barrier.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::int64_t kSignalsAt = sizeof(RankSignals);

std::uint32_t read(std::uint32_t& word) {
    return std::atomic_ref(word).load(std::memory_order_relaxed);
}

}  // namespace

bool share_cards(const std::vector<RankStream>& ranks) {
    std::set<int> cards;
    return !std::all_of(ranks.begin(), ranks.end(), [&](const auto& rank) { return cards.insert(rank.card).second; });
}

RankBoard::RankBoard(int ranks) : ranks_(ranks), memory_(make_pinned(kSignalsAt * (ranks + 1), "the ranks' board")) {
    assert(ranks >= 1 && ranks <= kMaxRanks);
    std::memset(memory_.get(), 0, static_cast<std::size_t>(kSignalsAt * (ranks + 1)));
}

const std::uint32_t* RankBoard::abort_flag() const noexcept {
    return reinterpret_cast<const std::uint32_t*>(memory_.get());
}

RankSignals* RankBoard::signals(int rank) const noexcept {
    return reinterpret_cast<RankSignals*>(memory_.get() + kSignalsAt) + rank;
}

void RankBoard::raise_abort() noexcept {
    std::atomic_ref(*reinterpret_cast<std::uint32_t*>(memory_.get())).store(1);
}

void RankBoard::clear() noexcept {
    for (std::int64_t at = 0; at < kSignalsAt * (ranks_ + 1); at += sizeof(std::uint32_t)) {
        std::atomic_ref(*reinterpret_cast<std::uint32_t*>(memory_.get() + at)).store(0);
    }
}

bool RankBoard::waits(int rank) const {
    RankSignals& own = *signals(rank);
    return read(own.entered) != read(own.left) ||
           std::any_of(own.waits_for, own.waits_for + ranks_, [](std::uint32_t& word) { return read(word) != 0; });
}

std::vector<int> RankBoard::waiting() const {
    std::vector<int> ranks;
    for (int rank = 0; rank < ranks_; ++rank) {
        if (waits(rank)) {
            ranks.push_back(rank);
        }
    }
    return ranks;
}

std::vector<std::uint32_t> RankBoard::progress() const {
    std::vector<std::uint32_t> words;
    if (waiting().empty()) {
        return words;
    }
    for (int rank = 0; rank < ranks_; ++rank) {
        RankSignals& own = *signals(rank);
        for (int peer = 0; peer < ranks_; ++peer) {
            words.push_back(read(own.waits_for[peer]));
        }
        words.push_back(read(own.entered));
        words.push_back(read(own.left));
    }
    return words;
}

std::vector<int> RankBoard::missing() const {
    std::uint32_t entered = 0;
    for (int rank = 0; rank < ranks_; ++rank) {
        entered = std::max(entered, read(signals(rank)->entered));
    }
    std::vector<int> ranks;
    for (int rank = 0; rank < ranks_; ++rank) {
        const bool is_behind = read(signals(rank)->entered) != entered;
        bool is_waited_for = false;
        for (int other = 0; other < ranks_; ++other) {
            is_waited_for = is_waited_for || read(signals(other)->waits_for[rank]) != 0;
        }
        if ((is_behind || is_waited_for) && !waits(rank)) {
            ranks.push_back(rank);
        }
    }
    return ranks;
}

std::string hang_in_words(const RankBoard& board, const std::vector<std::string>& names,
                          std::chrono::milliseconds patience) {
    const auto names_of = [&](const std::vector<int>& ranks) {
        std::vector<std::string> chosen;
        for (const int rank : ranks) {
            chosen.push_back(names[static_cast<std::size_t>(rank)]);
        }
        return in_words(chosen);
    };
    if (const std::vector<int> missing = board.missing(); !missing.empty()) {
        return names_of(missing) + " did not come within " + in_words(patience) + " to where the GPUs add up";
    }
    return names_of(board.waiting()) + " wait for each other's results, which did not arrive within " +
           in_words(patience) + ": the ways between the GPUs do not work as their driver says";
}

}  // namespace altiplano::engine::cuda
