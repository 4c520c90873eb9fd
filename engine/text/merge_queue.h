// The pairs that wait to be joined, by rank and then by position.
#pragma once

#include <map>
#include <vector>

namespace altiplano::engine {

/// A priority queue that takes amortised constant time for positions that arrive in order, as nearly all do: a piece
/// of millions of equal characters costs no more for each of them than a short one.
class MergeQueue {
public:
    struct Entry {
        int rank;
        int position;
    };

    void push(const Entry& entry);
    bool empty() const noexcept { return ranks_.empty(); }
    /// Removes the entry of the lowest rank, among those the lowest position.
    Entry pop();

private:
    struct Positions {
        std::vector<int> ascending;
        std::size_t next = 0;   ///< those before it are done
        std::vector<int> late;  ///< heap of those that came out of order
    };
    std::map<int, Positions> ranks_;
};

}  // namespace altiplano::engine
