// Byte-pair encoding of one piece: by looking for the best pair again and again where it is short, with a queue of
// pairs where it is long.
#include "engine/text/byte_pair_merger.h"

#include <algorithm>
#include <limits>

#include "engine/text/merge_queue.h"

namespace altiplano::engine {

namespace {

constexpr std::size_t kShortPiece = 48;  // bytes; measured: beyond, the queue is faster
constexpr int kNever = std::numeric_limits<int>::max();

}  // namespace

BytePairMerger::Symbol BytePairMerger::symbol(int id, int right) const noexcept {
    const int joined = right < 0 ? -1 : vocabulary_.join(id, right);
    return {id, joined, joined < 0 ? kNever : vocabulary_.rank(joined)};
}

void BytePairMerger::merge(std::string_view piece, std::vector<int>& ids) {
    if (piece.size() <= kShortPiece) {
        merge_short(piece, ids);
    } else {
        merge_long(piece, ids);
    }
}

void BytePairMerger::merge_short(std::string_view piece, std::vector<int>& ids) {
    symbols_.clear();
    for (std::size_t i = 0; i < piece.size(); ++i) {
        const int right = i + 1 < piece.size() ? vocabulary_.byte_token(static_cast<unsigned char>(piece[i + 1])) : -1;
        symbols_.push_back(symbol(vocabulary_.byte_token(static_cast<unsigned char>(piece[i])), right));
    }
    while (true) {
        const auto best = std::min_element(symbols_.begin(), symbols_.end(),
                                           [](const Symbol& a, const Symbol& b) { return a.rank < b.rank; });
        if (best == symbols_.end() || best->rank == kNever) {
            break;
        }
        const auto after = symbols_.erase(best + 1);
        *best = symbol(best->joined, after == symbols_.end() ? -1 : after->id);
        if (best != symbols_.begin()) {
            *(best - 1) = symbol((best - 1)->id, best->id);
        }
    }
    for (const Symbol& done : symbols_) {
        ids.push_back(done.id);
    }
}

namespace {

/// The symbols of a long piece as a linked list over its bytes; a symbol stands at its first byte.
struct Link {
    int id;        ///< -1: part of the symbol before it
    int previous;  ///< -1 at the beginning
    int next;      ///< the piece's size at the end
    int joined;    ///< what it joins to with the next one, or -1
};

}  // namespace

void BytePairMerger::merge_long(std::string_view piece, std::vector<int>& ids) const {
    const int size = static_cast<int>(piece.size());
    std::vector<Link> links(piece.size());
    MergeQueue queue;
    const auto at = [&links](int position) -> Link& { return links[static_cast<std::size_t>(position)]; };
    const auto offer = [&](int position) {
        Link& link = at(position);
        link.joined = link.next < size ? vocabulary_.join(link.id, at(link.next).id) : -1;
        if (link.joined >= 0) {
            queue.push({vocabulary_.rank(link.joined), position});
        }
    };
    for (int i = 0; i < size; ++i) {
        at(i) = {vocabulary_.byte_token(static_cast<unsigned char>(piece[static_cast<std::size_t>(i)])), i - 1, i + 1,
                 -1};
    }
    for (int i = 0; i < size; ++i) {
        offer(i);
    }
    while (!queue.empty()) {
        const MergeQueue::Entry best = queue.pop();
        Link& link = at(best.position);
        if (link.id < 0 || link.joined < 0 || vocabulary_.rank(link.joined) != best.rank) {
            continue;  // one of the pair has been joined with another since
        }
        Link& right = at(link.next);
        link.id = link.joined;
        link.next = right.next;
        right.id = -1;
        if (link.next < size) {
            at(link.next).previous = best.position;
        }
        offer(best.position);
        if (link.previous >= 0) {
            offer(link.previous);
        }
    }
    for (int i = 0; i < size; i = at(i).next) {
        ids.push_back(at(i).id);
    }
}

}  // namespace altiplano::engine
