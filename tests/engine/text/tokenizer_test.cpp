// The tokenizer against reference cases, and the promises it makes for any text.
#include "engine/text/tokenizer.h"

#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/text/piece_scanner.h"
#include "engine/weights/weight_source.h"
#include "tests/engine/text/vocabulary_files.h"

namespace altiplano::engine::test {

namespace {

void expect_cases(const Tokenizer& tokenizer, const std::vector<TokenizerCase>& cases) {
    for (const TokenizerCase& expected : cases) {
        EXPECT_EQ(tokenizer.encode(expected.text), expected.ids) << expected.text;
        EXPECT_EQ(tokenizer.decode(expected.ids), expected.text);
    }
}

std::vector<std::string> pieces(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = piece_end(text, begin);
        found.emplace_back(text.substr(begin, end - begin));
        begin = end;
    }
    return found;
}

using Pieces = std::vector<std::string>;

TEST(Tokenizer, encodesTheSmallGoldenSetExactly) {
    const auto cases = read_cases(std::filesystem::path(ALTIPLANO_TEST_DATA) / "small-tokenizer-cases.jsonl");
    ASSERT_GT(cases.size(), 100U);
    expect_cases(small_tokenizer(), cases);
}

TEST(Tokenizer, encodesTheSmallGoldenSetExactlyWithAVocabularyFromGguf) {
    const auto data = std::filesystem::path(ALTIPLANO_TEST_DATA);
    const Tokenizer tokenizer(open_weights(data / "tiny-llama31-Q4_K_M.gguf")->tokenizer());
    EXPECT_EQ(tokenizer.size(), 1024);
    expect_cases(tokenizer, read_cases(data / "small-tokenizer-cases.jsonl"));
}

TEST(Tokenizer, encodesEveryLlama3ReferenceCaseExactly) {
    const auto model = shared_file("llama3/tokenizer.model");
    if (!std::filesystem::exists(model)) {
        GTEST_SKIP() << model << " is not there: the Llama 3 vocabulary is not part of the project";
    }
    const auto cases = read_cases(shared_file("llama3/tokenizer-cases.jsonl"));
    ASSERT_EQ(cases.size(), 873U);
    expect_cases(Tokenizer(read_tokenizer_model(model)), cases);
}

TEST(Tokenizer, keepsEveryByteAndMakesNoSpecialTokenOfAnyText) {
    const Tokenizer& tokenizer = small_tokenizer();
    for (unsigned seed = 0; seed < 500; ++seed) {
        const std::string text = random_text(seed, 40);
        const std::vector<int> ids = tokenizer.encode(text);
        EXPECT_EQ(tokenizer.decode(ids), text) << "seed " << seed;
        for (const int id : ids) {
            EXPECT_FALSE(tokenizer.is_special(id)) << "seed " << seed;
        }
    }
}

TEST(Tokenizer, spellsTypedSpecialTokensAsText) {
    const Tokenizer& tokenizer = small_tokenizer();
    for (int id = 960; id < tokenizer.size(); ++id) {
        const std::string text = "x" + std::string(tokenizer.bytes(id)) + "y";
        for (const int token : tokenizer.encode(text)) {
            EXPECT_LT(token, 960) << text;
        }
    }
}

TEST(Tokenizer, knowsSpecialTokensByName) {
    const Tokenizer& tokenizer = small_tokenizer();
    EXPECT_EQ(tokenizer.special("<|begin_of_text|>"), 960);
    EXPECT_EQ(tokenizer.special("<|eot_id|>"), 969);
    EXPECT_EQ(tokenizer.special("<|reserved_special_token_247|>"), 1215);
    EXPECT_EQ(tokenizer.special("the"), std::nullopt);
    EXPECT_TRUE(tokenizer.is_special(960));
    EXPECT_FALSE(tokenizer.is_special(959));
}

TEST(Tokenizer, cutsContractionsWhateverTheirCase) {
    EXPECT_EQ(pieces("I'LL it's"), (Pieces{"I", "'LL", " it", "'s"}));
    EXPECT_EQ(pieces("'\xC5\xBF"
                     "a"),
              (Pieces{"'\xC5\xBF", "a"}));
    EXPECT_EQ(pieces("'rx"), (Pieces{"'rx"}));
    EXPECT_EQ(pieces("'"), (Pieces{"'"}));
}

TEST(Tokenizer, cutsWhiteSpaceAsThePatternDoes) {
    EXPECT_EQ(pieces("a   b"), (Pieces{"a", "  ", " b"}));
    EXPECT_EQ(pieces("a  \n  b"), (Pieces{"a", "  \n", " ", " b"}));
    EXPECT_EQ(pieces("a   "), (Pieces{"a", "   "}));
    EXPECT_EQ(pieces("\tx\t1"), (Pieces{"\tx", "\t", "1"}));
    EXPECT_EQ(pieces(" !!\n\nx"), (Pieces{" !!\n\n", "x"}));
    EXPECT_EQ(pieces("\xC2\xA0\xE3\x80\x80"
                     "1"),
              (Pieces{"\xC2\xA0", "\xE3\x80\x80", "1"}));
}

TEST(Tokenizer, cutsDigitsInThrees) {
    EXPECT_EQ(pieces("1234567"), (Pieces{"123", "456", "7"}));
}

TEST(Tokenizer, countsBrokenBytesAsSigns) {
    EXPECT_EQ(pieces("a\xFF\xFE b\xE2\x82"), (Pieces{"a", "\xFF\xFE", " b", "\xE2\x82"}));
    EXPECT_EQ(pieces("\xFF"
                     "b"),
              (Pieces{"\xFF"
                      "b"}));
}

}  // namespace

}  // namespace altiplano::engine::test
