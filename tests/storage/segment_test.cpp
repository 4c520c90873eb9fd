// Where text is cut for search, and what is folded.
#include "storage/segment.h"

#include <gtest/gtest.h>

namespace altiplano::storage {
namespace {

TEST(Segment, wordsLoseCaseAndPunctuation) {
    EXPECT_EQ(segmented("Hello, World! C++20 isn't foo_bar."), "hello world c 20 isn t foo bar");
}

TEST(Segment, accentsAreFoldedHoweverTheyAreWritten) {
    EXPECT_EQ(segmented("Niño Über Ångström naïve"), "nino uber angstrom naive");
    EXPECT_EQ(segmented("nin\u0303o"), "nino");
    EXPECT_EQ(segmented("Straße"), "strasse");
    EXPECT_EQ(segmented("ΆΛΦΑ ёлка"), "αλφα елка");
}

TEST(Segment, chineseJapaneseKoreanAreCutIntoLetters) {
    EXPECT_EQ(segmented("我爱北京"), "我 爱 北 京");
    EXPECT_EQ(segmented("東京タワー"), "東 京 タ ワ ー");
    EXPECT_EQ(segmented("초등학교"), "초 등 학 교");
    EXPECT_EQ(segmented("GPU显存"), "gpu 显 存");
}

TEST(Segment, voicedKanaStayDifferentAndAreOneLetter) {
    EXPECT_NE(segmented("が"), segmented("か"));
    EXPECT_EQ(segmented("がか"), segmented("が") + " " + segmented("か"));
}

TEST(Segment, thaiLaoKhmerAreCutIntoLettersWithTheirMarks) {
    EXPECT_EQ(segmented("ที่นี่"), "ที่ นี่");
    EXPECT_EQ(segmented("ລາວ"), "ລ າ ວ");
    EXPECT_EQ(segmented("ខ្មែរ"), "ខ្ មែ រ");
}

TEST(Segment, hindiWordsStayWholeWithTheirVowelSigns) {
    EXPECT_EQ(segmented("हिन्दी भाषा।"), "हिन्दी भाषा");
    EXPECT_NE(segmented("की"), segmented("का"));
}

TEST(Segment, arabicAndHebrewPointsAreFolded) {
    EXPECT_EQ(segmented("مُحَمَّد"), segmented("محمد"));
    EXPECT_EQ(segmented("שָׁלוֹם"), segmented("שלום"));
}

TEST(Segment, fullWidthAndLigaturesAreFolded) {
    EXPECT_EQ(segmented("ＡＢＣ１２３ ﬁne"), "abc123 fine");
}

TEST(Segment, emojiAreWords) {
    EXPECT_EQ(segmented("ok😀😀go"), "ok 😀 😀 go");
}

TEST(Segment, invalidBytesSeparateAndNothingIsReadBeyondTheEnd) {
    EXPECT_EQ(segmented("ab\xFF\xC3"), "ab");
    EXPECT_EQ(segmented(std::string_view("a\0b", 3)), "a b");
    EXPECT_EQ(segmented(""), "");
    EXPECT_EQ(segmented("\xE4\xB8"), "");
}

TEST(Segment, positionsPointIntoTheSource) {
    const std::string source = "Ein 北京-Tag";
    std::vector<std::string> pieces;
    for_each_segment(source, [&](const Segment& segment) {
        pieces.push_back(source.substr(segment.begin, segment.end - segment.begin));
        return true;
    });
    EXPECT_EQ(pieces, (std::vector<std::string>{"Ein", "北", "京", "Tag"}));
}

}  // namespace
}  // namespace altiplano::storage
