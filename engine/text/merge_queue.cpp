// The pairs that wait to be joined: for each rank a list of positions, and a heap for those out of order.
#include "engine/text/merge_queue.h"

#include <algorithm>
#include <functional>

namespace altiplano::engine {

void MergeQueue::push(const Entry& entry) {
    Positions& positions = ranks_[entry.rank];
    if (positions.ascending.empty() || positions.ascending.back() < entry.position) {
        positions.ascending.push_back(entry.position);
        return;
    }
    positions.late.push_back(entry.position);
    std::push_heap(positions.late.begin(), positions.late.end(), std::greater<>());
}

MergeQueue::Entry MergeQueue::pop() {
    const auto lowest = ranks_.begin();
    auto& [ascending, next, late] = lowest->second;
    Entry entry{lowest->first, 0};
    if (late.empty() || (next < ascending.size() && ascending[next] < late.front())) {
        entry.position = ascending[next];
        ++next;
    } else {
        entry.position = late.front();
        std::pop_heap(late.begin(), late.end(), std::greater<>());
        late.pop_back();
    }
    if (next == ascending.size() && late.empty()) {
        ranks_.erase(lowest);
    }
    return entry;
}

}  // namespace altiplano::engine
