// The tables behind a tokenizer: bytes to id, and which neighbours join to which token.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/text/tokenizer_data.h"

namespace altiplano::engine {

/// The plain tokens of a vocabulary; special tokens are in none of its tables. Immutable after construction.
class Vocabulary {
public:
    /// Throws Error(BadFile) where two plain tokens have the same bytes, one is empty or longer than 4,096 bytes, a
    /// single byte has no token, or merge_ranks is neither empty nor as long as tokens.
    explicit Vocabulary(TokenizerData data);

    const std::vector<TokenizerData::Token>& tokens() const noexcept { return data_.tokens; }
    int byte_token(unsigned char byte) const noexcept { return byte_tokens_[byte]; }
    /// The plain token of exactly these bytes, or -1.
    int find(std::string_view bytes) const noexcept;
    /// The token that left and right join to, or -1.
    int join(int left, int right) const noexcept;
    /// Tokens of the lowest rank are joined first.
    int rank(int id) const noexcept {
        return data_.merge_ranks.empty() ? id : data_.merge_ranks[static_cast<std::size_t>(id)];
    }

private:
    struct Pair {
        int left;
        int right;
        int joined;  ///< -1: the slot is free
    };

    void index_bytes();
    void index_pairs();
    void insert_pair(const Pair& pair);

    TokenizerData data_;
    std::size_t longest_ = 0;
    std::array<int, 256> byte_tokens_{};
    std::vector<int> byte_slots_;   ///< open addressing by the hash of the bytes; -1: free
    std::vector<Pair> pair_slots_;  ///< open addressing by both ids
};

}  // namespace altiplano::engine
