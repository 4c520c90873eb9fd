// Merging against the plainest loop there is, and the checks of a vocabulary.
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/text/byte_pair_merger.h"
#include "tests/engine/text/vocabulary_files.h"

namespace altiplano::engine::test {

namespace {

/// All 256 bytes, then these tokens in order.
TokenizerData byte_vocabulary(std::initializer_list<std::string> more) {
    TokenizerData data;
    for (int byte = 0; byte < 256; ++byte) {
        data.tokens.push_back({std::string(1, static_cast<char>(byte)), false});
    }
    for (const std::string& bytes : more) {
        data.tokens.push_back({bytes, false});
    }
    return data;
}

std::vector<int> plain_merge(const Vocabulary& vocabulary, std::string_view piece) {
    std::vector<int> ids;
    for (const char byte : piece) {
        ids.push_back(vocabulary.byte_token(static_cast<unsigned char>(byte)));
    }
    while (true) {
        std::size_t best = ids.size();
        int joined = -1;
        for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
            const auto& tokens = vocabulary.tokens();
            const int candidate = vocabulary.find(tokens[static_cast<std::size_t>(ids[i])].bytes +
                                                  tokens[static_cast<std::size_t>(ids[i + 1])].bytes);
            const bool joins = candidate >= 0 && vocabulary.rank(candidate) >= 0;
            if (joins && (joined < 0 || vocabulary.rank(candidate) < vocabulary.rank(joined))) {
                best = i;
                joined = candidate;
            }
        }
        if (joined < 0) {
            return ids;
        }
        ids[best] = joined;
        ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    }
}

void expect_plain(const Vocabulary& vocabulary, std::string_view piece) {
    std::vector<int> ids;
    BytePairMerger(vocabulary).merge(piece, ids);
    EXPECT_EQ(ids, plain_merge(vocabulary, piece)) << piece;
}

ErrorKind kind_of_error(TokenizerData data, std::string& message) {
    try {
        const Vocabulary vocabulary(std::move(data));
    } catch (const Error& error) {
        message = error.what();
        return error.kind();
    }
    ADD_FAILURE() << "no error";
    return ErrorKind::Io;
}

TEST(BytePair, mergesPiecesOfAnyLengthAsThePlainLoopDoes) {
    const Vocabulary vocabulary(read_tokenizer_model(small_tokenizer_path()));
    for (unsigned seed = 0; seed < 300; ++seed) {
        expect_plain(vocabulary, random_text(seed, 1 + static_cast<int>(seed) / 4));
    }
}

TEST(BytePair, mergesAsThePlainLoopDoesWhereRanksRunBackwards) {
    TokenizerData data = byte_vocabulary({"abab", "aba", "bab", "ab", "ba", "aa", "aaa", "bb", "abba", "bbb"});
    for (int id = 0; id < static_cast<int>(data.tokens.size()); ++id) {
        data.merge_ranks.push_back(id < 256 ? -1 : (id * 7) % 10);
    }
    const Vocabulary vocabulary(std::move(data));
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::string piece;
        for (unsigned i = 0, bits = seed * 2654435761U; i < 20 + seed; ++i, bits = bits * 1664525U + 1013904223U) {
            piece += (bits >> 30) % 2 == 0 ? 'a' : 'b';
        }
        expect_plain(vocabulary, piece);
    }
}

TEST(BytePair, neverJoinsTokensWithoutARank) {
    TokenizerData data = byte_vocabulary({"ab", "abc"});
    data.merge_ranks.assign(data.tokens.size(), -1);
    data.merge_ranks[256] = 0;
    const Vocabulary vocabulary(std::move(data));
    std::vector<int> ids;
    BytePairMerger(vocabulary).merge("abc", ids);
    EXPECT_EQ(ids, (std::vector<int>{256, 'c'}));
}

TEST(BytePair, refusesAVocabularyThatContradictsItself) {
    std::string message;
    EXPECT_EQ(kind_of_error(byte_vocabulary({"ab", "ab"}), message), ErrorKind::BadFile);
    EXPECT_EQ(message, "vocabulary: token 257 has the same bytes as token 256");

    EXPECT_EQ(kind_of_error(byte_vocabulary({""}), message), ErrorKind::BadFile);
    EXPECT_EQ(message, "vocabulary: token 256 has 0 bytes, expected 1 to 4096");

    TokenizerData no_byte = byte_vocabulary({});
    no_byte.tokens[65].special = true;
    EXPECT_EQ(kind_of_error(std::move(no_byte), message), ErrorKind::BadFile);
    EXPECT_EQ(message, "vocabulary: no token for the single byte 65");

    TokenizerData ranks = byte_vocabulary({"ab"});
    ranks.merge_ranks = {1, 2};
    EXPECT_EQ(kind_of_error(std::move(ranks), message), ErrorKind::BadFile);
    EXPECT_EQ(message, "vocabulary: 2 merge ranks for 257 tokens");
}

}  // namespace

}  // namespace altiplano::engine::test
