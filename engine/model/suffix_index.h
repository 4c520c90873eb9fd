// Finds where the end of a growing text has stood before: a suffix automaton over tokens.
#pragma once

#include <span>
#include <vector>

namespace altiplano::engine {

/// A push costs constant time on average, whatever the text.
class SuffixIndex {
public:
    static constexpr int kMostBytes = 220;  ///< of memory a token of any long text; of usual text about 100

    /// The last length tokens also stand right before position next, which is below size().
    struct Match {
        int length = 0;  ///< 0: the last token is new
        int next = 0;
    };

    SuffixIndex() { clear(); }

    void clear();
    void push(int token);

    std::span<const int> tokens() const noexcept { return tokens_; }
    /// The longest match there is. Of several places of it a late one: the last, unless the text repeats itself in
    /// more than kUpdated lengths at once.
    Match longest() const noexcept { return longest_; }
    /// Memory in use.
    std::size_t bytes() const noexcept;

private:
    static constexpr int kUpdated = 16;  ///< keeps a push short in a text such as "aaaa"

    /// The runs of tokens that end at the same places; the longest of them has this length.
    struct State {
        int length;
        int link;        ///< the state of the longest shorter end that also stands elsewhere; -1 for the root
        int end;         ///< a late place where these runs end
        int first_edge;  ///< -1: none
    };
    struct Edge {
        int from;
        int token;
        int to;
        int next_edge;  ///< of the same state; -1: none
    };

    int add_state(int length, int end);
    int clone(int state, int length);
    void add_edge(int from, int token, int to);
    /// The edge's number, or -1.
    int find_edge(int from, int token) const;
    std::size_t slot_of(int from, int token) const;
    void grow_slots();
    int link_of_new(int current, int state, int token);
    void note_end(int end);

    std::vector<int> tokens_;
    std::vector<State> states_;
    std::vector<Edge> edges_;
    std::vector<int> slots_;  ///< open addressing by state and token: an edge's number, or -1
    int last_ = 0;            ///< the state of the whole text
    Match longest_;
};

}  // namespace altiplano::engine
