// The vocabularies that the tests use.
#include "tests/engine/text/vocabulary_files.h"

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

namespace altiplano::engine::test {

std::filesystem::path small_tokenizer_path() {
    return std::filesystem::path(ALTIPLANO_TEST_DATA) / "small-tokenizer.model";
}

const Tokenizer& small_tokenizer() {
    static const Tokenizer tokenizer(read_tokenizer_model(small_tokenizer_path()));
    return tokenizer;
}

std::filesystem::path shared_file(std::string_view relative) {
    return std::filesystem::path(ALTIPLANO_SHARED) / relative;
}

std::vector<TokenizerCase> read_cases(const std::filesystem::path& path) {
    std::vector<TokenizerCase> cases;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        const auto json = nlohmann::json::parse(line);
        cases.push_back({json.at("text").get<std::string>(), json.at("ids").get<std::vector<int>>()});
    }
    return cases;
}

std::string random_text(unsigned seed, int parts) {
    static const std::array<std::string_view, 16> kParts = {
        "a",        "the ", " ", "\n",         "\r\n", "'s",      "7", "\xC3\xA9", "\xE0\xB8\x81", "\xF0\x9F\x98\x80",
        "\xC2\xA0", "!?",   "X", "<|eot_id|>", "\xFF", "\xE2\x82"};
    std::mt19937 random(seed);
    std::string text;
    for (int i = 0; i < parts; ++i) {
        const unsigned choice = random();
        if (choice % 4 == 0) {
            text += static_cast<char>(choice >> 24);
        } else {
            const unsigned repeats = choice % 64 == 1 ? 60 : 1 + (choice >> 8) % 3;
            for (unsigned n = 0; n < repeats; ++n) {
                text += kParts[(choice >> 16) % kParts.size()];
            }
        }
    }
    return text;
}

}  // namespace altiplano::engine::test
