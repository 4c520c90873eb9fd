// The online construction of Blumer and others (1985), with edges in one hash table because the alphabet is large.
#include "engine/model/suffix_index.h"

#include <cstdint>

namespace altiplano::engine {

namespace {
constexpr std::size_t kFirstSlots = 1024;  // a power of two
}  // namespace

void SuffixIndex::clear() {
    tokens_.clear();
    states_.clear();
    edges_.clear();
    slots_.assign(kFirstSlots, -1);
    last_ = add_state(0, -1);
    states_[0].link = -1;
    longest_ = {};
}

void SuffixIndex::push(int token) {
    const int end = static_cast<int>(tokens_.size());
    tokens_.push_back(token);
    const int current = add_state(states_[static_cast<std::size_t>(last_)].length + 1, end);
    int state = last_;
    while (state >= 0 && find_edge(state, token) < 0) {
        add_edge(state, token, current);
        state = states_[static_cast<std::size_t>(state)].link;
    }
    const int link = state < 0 ? 0 : link_of_new(current, state, token);
    states_[static_cast<std::size_t>(current)].link = link;
    last_ = current;
    const State& repeated = states_[static_cast<std::size_t>(link)];
    longest_ = link == 0 ? Match{} : Match{repeated.length, repeated.end + 1};
    note_end(end);
}

std::size_t SuffixIndex::bytes() const noexcept {
    return tokens_.capacity() * sizeof(int) + states_.capacity() * sizeof(State) + edges_.capacity() * sizeof(Edge) +
           slots_.capacity() * sizeof(int);
}

// The state of the longest end of the text that stands elsewhere too: state's longest run and token.
int SuffixIndex::link_of_new(int current, int state, int token) {
    const int target = edges_[static_cast<std::size_t>(find_edge(state, token))].to;
    const int length = states_[static_cast<std::size_t>(state)].length + 1;
    if (states_[static_cast<std::size_t>(target)].length == length) {
        return target;
    }
    const int split = clone(target, length);
    for (int from = state; from >= 0; from = states_[static_cast<std::size_t>(from)].link) {
        Edge& edge = edges_[static_cast<std::size_t>(find_edge(from, token))];
        if (edge.to != target) {
            break;
        }
        edge.to = split;
    }
    states_[static_cast<std::size_t>(target)].link = split;
    states_[static_cast<std::size_t>(current)].link = split;
    return split;
}

void SuffixIndex::note_end(int end) {
    int state = last_;
    for (int i = 0; i < kUpdated && state > 0; ++i) {
        State& reached = states_[static_cast<std::size_t>(state)];
        reached.end = end;
        state = reached.link;
    }
}

int SuffixIndex::add_state(int length, int end) {
    states_.push_back({length, 0, end, -1});
    return static_cast<int>(states_.size()) - 1;
}

int SuffixIndex::clone(int state, int length) {
    const State original = states_[static_cast<std::size_t>(state)];
    const int copy = add_state(length, original.end);
    states_[static_cast<std::size_t>(copy)].link = original.link;
    for (int edge = original.first_edge; edge >= 0; edge = edges_[static_cast<std::size_t>(edge)].next_edge) {
        const Edge copied = edges_[static_cast<std::size_t>(edge)];
        add_edge(copy, copied.token, copied.to);
    }
    return copy;
}

void SuffixIndex::add_edge(int from, int token, int to) {
    if ((edges_.size() + 1) * 2 > slots_.size()) {
        grow_slots();
    }
    State& state = states_[static_cast<std::size_t>(from)];
    edges_.push_back({from, token, to, state.first_edge});
    state.first_edge = static_cast<int>(edges_.size()) - 1;
    slots_[slot_of(from, token)] = state.first_edge;
}

int SuffixIndex::find_edge(int from, int token) const {
    return slots_[slot_of(from, token)];
}

// Where the edge is, or the free slot where it would go.
std::size_t SuffixIndex::slot_of(int from, int token) const {
    const std::uint64_t key = static_cast<std::uint64_t>(from) << 32 | static_cast<std::uint32_t>(token);
    std::uint64_t hash = key * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        const int edge = slots_[slot];
        if (edge < 0) {
            return slot;
        }
        const Edge& there = edges_[static_cast<std::size_t>(edge)];
        if (there.from == from && there.token == token) {
            return slot;
        }
    }
}

void SuffixIndex::grow_slots() {
    slots_.assign(slots_.size() * 2, -1);
    for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
        slots_[slot_of(edges_[edge].from, edges_[edge].token)] = static_cast<int>(edge);
    }
}

}  // namespace altiplano::engine
