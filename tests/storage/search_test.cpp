// Search finds what a person means in every language, newest first, and takes nothing typed as syntax.
#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

class Search : public StoreTest {
protected:
    ConversationStore store = open_store();
    ConversationId id = store.create_conversation("", "", "").id;

    MessageId add(const std::string& answer) { return add_turn(store, id, std::nullopt, "q", answer); }
    int hits(const std::string& words) { return static_cast<int>(store.search(words, 100).size()); }
};

TEST_F(Search, allWordsAreWantedAndTheLastOneIsAPrefix) {
    add("The transformer architecture explained");
    EXPECT_EQ(hits("transformer explained"), 1);
    EXPECT_EQ(hits("explained arch"), 1);
    EXPECT_EQ(hits("arch explained"), 0);  // only the last word may be unfinished
    EXPECT_EQ(hits("transformer missing"), 0);
}

TEST_F(Search, accentsDoNotMatter) {
    add("El niño comió; Grüße aus Zürich");
    EXPECT_EQ(hits("nino"), 1);
    EXPECT_EQ(hits("NIÑO"), 1);
    EXPECT_EQ(hits("zuri"), 1);
    EXPECT_EQ(hits("grusse"), 1);
}

TEST_F(Search, partsOfChineseJapaneseThaiAreFound) {
    add("我住在北京市朝阳区");
    add("東京タワーに行きました");
    add("ฉันชอบอ่านหนังสือที่ห้องสมุด");
    EXPECT_EQ(hits("北京"), 1);
    EXPECT_EQ(hits("京北"), 0);
    EXPECT_EQ(hits("朝"), 1);
    EXPECT_EQ(hits("タワー"), 1);
    EXPECT_EQ(hits("行きま"), 1);
    EXPECT_EQ(hits("หนังสือ"), 1);
    EXPECT_EQ(hits("ห้องสมุด"), 1);
}

TEST_F(Search, hindiIsFoundByWholeWordAndByPrefix) {
    add("मुझे हिन्दी पसंद है");
    EXPECT_EQ(hits("हिन्दी"), 1);
    EXPECT_EQ(hits("हिन्"), 1);
    EXPECT_EQ(hits("पसंद"), 1);
    EXPECT_EQ(hits("पसद"), 0);
}

TEST_F(Search, operatorsAndQuotesAreText) {
    add("cats AND dogs NOT birds NEAR \"water\"");
    EXPECT_EQ(hits("cats OR unicorns"), 0);
    EXPECT_EQ(hits("dogs NOT birds"), 1);
    EXPECT_EQ(hits("\"water"), 1);
    for (const char* nasty : {"\"", "''", "*", "(", ")", "a\"b", "words:cats", "^cats", "-", "+", "NEAR(", "{}", "%",
                              "_", "\\", "\n", "cats*", "; DROP TABLE message"}) {
        EXPECT_NO_THROW(store.search(nasty, 10)) << nasty;
    }
    EXPECT_EQ(hits("cats*"), 1);
    EXPECT_EQ(hits(""), 0);
    EXPECT_EQ(hits("?!"), 0);
}

TEST_F(Search, wordsJoinedBySignsAreAPhrase) {
    add("see storage/search_index.h");
    add("index of search");
    EXPECT_EQ(hits("search_index.h"), 1);
    EXPECT_EQ(hits("search index"), 2);
}

TEST_F(Search, newestFirstWhateverTheClock) {
    const MessageId first = add("repeated word");
    now_ms -= 86'400'000;
    const MessageId second = add("repeated word");
    const std::vector<SearchHit> found = store.search("repeated", 10);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].message_id, second);
    EXPECT_EQ(found[1].message_id, first);
    EXPECT_EQ(store.search("repeated", 1).size(), 1u);
}

TEST_F(Search, aStreamingAnswerIsFoundOnceItIsFinished) {
    const MessageId answer = store.begin_turn(id, std::nullopt, "question", provenance()).answer.id;
    EXPECT_EQ(hits("question"), 1);
    store.append_answer(answer, "half a wo");
    store.append_answer(answer, "rd");
    EXPECT_EQ(hits("word"), 0);
    store.finish_answer(answer, {});
    EXPECT_EQ(hits("word"), 1);
}

TEST_F(Search, titlesAreFoundAndFollowRenaming) {
    add("text");
    store.rename(id, "Holiday plans");
    ASSERT_EQ(hits("holiday"), 1);
    EXPECT_EQ(store.search("holiday", 10).front().conversation_id, id);
    EXPECT_EQ(store.search("holiday", 10).front().title, "Holiday plans");
    store.rename(id, "Work");
    EXPECT_EQ(hits("holiday"), 0);
    EXPECT_EQ(hits("work"), 1);
}

TEST_F(Search, theSnippetShowsTheHitInOneLineOfWholeCharacters) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += "länger\n\n";
    }
    add(text + "the needle is here" + text);
    const std::string snippet = store.search("needle", 10).front().snippet;
    EXPECT_NE(snippet.find("the needle is here"), std::string::npos) << snippet;
    EXPECT_EQ(snippet.find('\n'), std::string::npos);
    EXPECT_LT(snippet.size(), 200u);
    EXPECT_TRUE(snippet.starts_with("…"));
    EXPECT_TRUE(snippet.ends_with("…"));
}

TEST_F(Search, aVeryLongQueryAndAVeryLongMessageAreFine) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) {
        text += "w" + std::to_string(i) + " ";
    }
    add(text);
    EXPECT_EQ(hits("w99999"), 1);
    EXPECT_NO_THROW(store.search(text, 10));
}

}  // namespace
}  // namespace altiplano::storage
