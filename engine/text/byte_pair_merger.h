// Byte-pair encoding of one piece of text.
#pragma once

#include <string_view>
#include <vector>

#include "engine/text/vocabulary.h"

namespace altiplano::engine {

/// Appends to ids the tokens of a piece: the bytes' tokens, of which the leftmost neighbours that join to the token of
/// the lowest rank are joined until none can be. Keeps its scratch memory between pieces: one for each thread.
class BytePairMerger {
public:
    /// vocabulary must outlive the merger.
    explicit BytePairMerger(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    void merge(std::string_view piece, std::vector<int>& ids);

private:
    /// A token of the piece; the rank is that of joining it with the one after it, or kNever.
    struct Symbol {
        int id;
        int joined;
        int rank;
    };

    Symbol symbol(int id, int right) const noexcept;
    void merge_short(std::string_view piece, std::vector<int>& ids);
    void merge_long(std::string_view piece, std::vector<int>& ids) const;

    const Vocabulary& vocabulary_;
    std::vector<Symbol> symbols_;
};

}  // namespace altiplano::engine
