// The vocabulary as a model file stores it: the input of Tokenizer.
#pragma once

#include <string>
#include <vector>

namespace altiplano::engine {

/// Bytes, not spellings: the reader has undone GPT-2's byte-to-unicode mapping and Meta's base64.
struct TokenizerData {
    struct Token {
        std::string bytes;  ///< the text of a special token is its name, e.g. "<|eot_id|>"
        bool special = false;
    };
    std::vector<Token> tokens;  ///< index = token id
    /// merge_ranks[id]: neighbours that join to the token of the lowest rank are joined first; -1 for a token that is
    /// never joined. Empty means rank = id (Meta's files).
    std::vector<int> merge_ranks;
};

}  // namespace altiplano::engine
