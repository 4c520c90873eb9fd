// Fills a database with conversations of made-up text whose words are as unevenly frequent as in a language.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace altiplano::storage {

class TextMaker {
public:
    TextMaker();
    /// rank 0 is the most frequent word.
    const std::string& word(std::size_t rank) const { return words_[rank]; }
    std::size_t words() const { return words_.size(); }
    std::string text(int words);

private:
    std::mt19937_64 random_{20261123};
    std::vector<std::string> words_;
    std::discrete_distribution<std::size_t> by_frequency_;
};

/// Adds messages in conversations of ten (the first one of ten thousand), in large transactions.
void fill_store(SQLite::Database& database, TextMaker& maker, int messages);

}  // namespace altiplano::storage
