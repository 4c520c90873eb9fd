// Streaming of whole characters.
#include "engine/text/utf8.h"

#include <gtest/gtest.h>

#include "tests/engine/text/vocabulary_files.h"

namespace altiplano::engine {

namespace {

/// The text of all bytes in pieces of this many.
std::string in_pieces(std::string_view bytes, std::size_t size) {
    Utf8Stream stream;
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += size) {
        text += stream.push(bytes.substr(i, size));
        EXPECT_LE(stream.open_bytes().size(), 3U);
    }
    return text + stream.finish();
}

bool is_valid(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const Utf8Char next = read_utf8(text, i);
        if (next.state != Utf8State::Whole) {
            return false;
        }
        i += static_cast<std::size_t>(next.length);
    }
    return true;
}

TEST(Utf8, givesACharacterWithItsLastByte) {
    Utf8Stream stream;
    EXPECT_EQ(stream.push("a\xF0\x9F"), "a");
    EXPECT_EQ(stream.push("\x98"), "");
    EXPECT_EQ(stream.open_bytes(), "\xF0\x9F\x98");
    EXPECT_EQ(stream.push("\x80z"), "\xF0\x9F\x98\x80z");
    EXPECT_EQ(stream.finish(), "");
}

TEST(Utf8, keepsEveryCharacterHoweverItIsSplit) {
    for (char32_t code = 1; code < 0x110000; code += 61) {
        if (code >= 0xD800 && code < 0xE000) {
            continue;
        }
        std::string bytes;
        if (code < 0x80) {
            bytes = {static_cast<char>(code)};
        } else if (code < 0x800) {
            bytes = {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
        } else if (code < 0x10000) {
            bytes = {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
                     static_cast<char>(0x80 | (code & 63))};
        } else {
            bytes = {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)),
                     static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
        }
        ASSERT_EQ(read_utf8(bytes, 0).code, code);
        ASSERT_EQ(in_pieces(bytes, 1), bytes);
        ASSERT_EQ(in_pieces(bytes, 2), bytes);
        ASSERT_EQ(in_pieces(bytes, 3), bytes);
    }
}

TEST(Utf8, replacesWhatNeverBecomesACharacter) {
    const std::string bad = "\xEF\xBF\xBD";
    EXPECT_EQ(valid_utf8("a\x80z"), "a" + bad + "z");
    EXPECT_EQ(valid_utf8("\xC0\x80"), bad + bad);                      // overlong
    EXPECT_EQ(valid_utf8("\xE0\x80\x80"), bad + bad + bad);            // overlong
    EXPECT_EQ(valid_utf8("\xED\xA0\x80"), bad + bad + bad);            // surrogate
    EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), bad + bad + bad + bad);  // above U+10FFFF
    EXPECT_EQ(valid_utf8("\xF5z"), bad + "z");
    EXPECT_EQ(valid_utf8("\xE2\x82z"), bad + "z");  // one for the cut character
    EXPECT_EQ(valid_utf8("\xF0\x9F\x98"), bad);
}

TEST(Utf8, isValidWhateverComesIn) {
    for (unsigned seed = 0; seed < 500; ++seed) {
        const std::string bytes = test::random_text(seed, 30);
        const std::string whole = in_pieces(bytes, bytes.size());
        EXPECT_TRUE(is_valid(whole)) << "seed " << seed;
        for (const std::size_t size : {1U, 2U, 3U, 5U}) {
            EXPECT_EQ(in_pieces(bytes, size), whole) << "seed " << seed;
        }
    }
}

}  // namespace

}  // namespace altiplano::engine
