// Meta's tokenizer.model: what a good one gives, and what is said of a bad one.
#include <fstream>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/text/base64.h"
#include "tests/engine/text/vocabulary_files.h"

namespace altiplano::engine::test {

namespace {

/// The error of reading this text as a tokenizer.model, without the file's name.
std::string error_of(std::string_view content) {
    const auto path = std::filesystem::temp_directory_path() /
                      (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".model");
    std::ofstream(path, std::ios::binary) << content;
    std::string message = "no error";
    try {
        read_tokenizer_model(path);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::BadFile);
        message = std::string(error.what()).substr(path.string().size());
    }
    std::filesystem::remove(path);
    return message;
}

TEST(TokenizerModel, givesTokensInRankOrderThenTheSpecialOnes) {
    const TokenizerData data = read_tokenizer_model(small_tokenizer_path());
    ASSERT_EQ(data.tokens.size(), 960U + 256U);
    EXPECT_EQ(data.tokens[0].bytes, "!");
    EXPECT_FALSE(data.tokens[959].special);
    EXPECT_EQ(data.tokens[960].bytes, "<|begin_of_text|>");
    EXPECT_EQ(data.tokens[970].bytes, "<|python_tag|>");
    EXPECT_TRUE(data.tokens[1215].special);
    EXPECT_TRUE(data.merge_ranks.empty());
}

TEST(TokenizerModel, saysWhichLineIsWrong) {
    EXPECT_EQ(error_of("IQ== 0\nI!== 1\n"), ": line 2: the token is no base64");
    EXPECT_EQ(error_of("IQ== 0\nIg 1\n"), ": line 2: the token is no base64");
    EXPECT_EQ(error_of("IQ== 0\n\nIg==\n"), ": line 3: expected a token in base64, a space and its rank");
    EXPECT_EQ(error_of("IQ== 0\nIg== 0\n"), ": line 2: the rank 0 was given before");
    EXPECT_EQ(error_of("IQ== 0\nIg== 2\n"), ": line 2: the rank is 2, but no line has the rank 1");
    EXPECT_EQ(error_of("IQ== 99999999999\n"), ": line 1: the rank \"99999999999\" is not a number from 0 to 1048575");
    EXPECT_EQ(error_of("IQ== -1\n"), ": line 1: the rank \"-1\" is not a number from 0 to 1048575");
    EXPECT_EQ(error_of("IQ== 1x\n"), ": line 1: the rank \"1x\" is not a number from 0 to 1048575");
}

TEST(TokenizerModel, refusesAnEmptyFile) {
    EXPECT_EQ(error_of(""), ": holds no tokens");
    EXPECT_EQ(error_of("\n\n"), ": holds no tokens");
}

TEST(TokenizerModel, saysThatAFileIsNotThere) {
    try {
        read_tokenizer_model("/nowhere/tokenizer.model");
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Io);
        EXPECT_NE(std::string(error.what()).find("/nowhere/tokenizer.model"), std::string::npos);
    }
}

TEST(Base64, decodesWhatIsWellFormedAndNothingElse) {
    EXPECT_EQ(decode_base64("Zg=="), "f");
    EXPECT_EQ(decode_base64("Zm8="), "fo");
    EXPECT_EQ(decode_base64("Zm9v"), "foo");
    EXPECT_EQ(decode_base64("//79"), "\xFF\xFE\xFD");
    for (const char* bad : {"", "Zg=", "Zg", "Zh==", "Z===", "=Zg=", "Zm9-", "Zm 9"}) {
        EXPECT_EQ(decode_base64(bad), std::nullopt) << bad;
    }
}

}  // namespace

}  // namespace altiplano::engine::test
