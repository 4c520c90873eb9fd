// The vocabularies that the tests use.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/tokenizer.h"

namespace altiplano::engine::test {

/// The first 960 byte pairs of Llama 3 with the 256 special tokens after them, from tests/data.
const Tokenizer& small_tokenizer();
std::filesystem::path small_tokenizer_path();

/// Reference material that only some machines have; check with std::filesystem::exists.
std::filesystem::path shared_file(std::string_view relative);

struct TokenizerCase {
    std::string text;
    std::vector<int> ids;
};

/// Lines of {"text": ..., "ids": [...]}.
std::vector<TokenizerCase> read_cases(const std::filesystem::path& path);

/// Bytes from a fixed seed, of the kinds that pieces are made of, with broken UTF-8 among them.
std::string random_text(unsigned seed, int parts);

}  // namespace altiplano::engine::test
