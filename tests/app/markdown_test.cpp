// What Markdown becomes: kinds of blocks, escaped markup, lists, tables; and nothing takes long.
#include <QRegularExpression>
#include <QTest>
#include <ctime>

#include "app/markdown/inline_html.h"
#include "app/markdown/markdown_parser.h"
#include "app/markdown/plain_blocks.h"

using namespace altiplano;

namespace {
QList<Block> parse(const QString& text) {
    return parseMarkdown(markdownBytes(text)).blocks;
}
QString htmlOf(const QString& text) {
    return parse(text).value(0).html;
}
}  // namespace

class MarkdownTest : public QObject {
    Q_OBJECT

private slots:
    void emphasisBecomesOurMarkup() {
        QCOMPARE(htmlOf("a *b* **c** ~~d~~ `e<f`"), "a <i>b</i> <b>c</b> <s>d</s> <code>e&lt;f</code>");
    }

    void everythingElseIsEscaped_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"<script>alert(1)</script>", "a <img src=\"http://x/y.png\"> b", "<b>not ours</b>",
                                 "<a href=\"file:///etc/passwd\">x</a>", "&lt;b&gt; \\<b>", "<!-- <b> -->",
                                 "```\n<b>\n```", "# <i>h</i>", "- <b>x</b>", "| <b>x</b> |\n|-|\n| <u>y</u> |",
                                 "![<b>](http://x/?\"><b>)", "[x](http://x/\"onmouseover=\"y)", "`<b>`"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void everythingElseIsEscaped() {
        QFETCH(QString, text);
        static const QRegularExpression kOurs(
            "<(/?(b|i|s|code|a)|br|a href=\"(https?|mailto):[^\"<>]*\")>|&(lt|gt|amp|quot);|[^<>&]");
        for (const Block& block : parse(text))
            for (const QString& html : QStringList(block.html) + block.cells)
                QCOMPARE(QString(html).remove(kOurs), QString());
        for (const Block& block : parse(text))
            QVERIFY(!block.html.contains("<img") && !block.html.contains("<script"));
    }

    void onlyWebAndMailLinksAreLinks_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("safe");
        for (const char* good : {"http://example.org", "https://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG",
                                 "mailto:a@example.org", "https://xn--bcher-kva.example"})
            QTest::newRow(good) << QString(good) << true;
        for (const char* bad :
             {"file:///etc/passwd", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "smb://host/x",
              "ftp://host", "//example.org", "/etc/passwd", "", "http:", "https:///path", "mailto:", "vbscript:x",
              " javascript:alert(1)", "java\nscript:x", "qrc:/x", "about:blank", "tel:1", "http"})
            QTest::newRow(qPrintable(QString("bad ") + bad)) << QString(bad) << false;
    }
    void onlyWebAndMailLinksAreLinks() {
        QFETCH(QString, address);
        QFETCH(bool, safe);
        QCOMPARE(isSafeLink(address), safe);
        if (!address.contains('\n') && !address.startsWith(' '))
            QCOMPARE(htmlOf("[x](<" + address + ">)").contains("<a href"), safe);
    }

    void anImageIsALinkWithItsDescription() {
        QCOMPARE(htmlOf("![a cat](https://example.org/c.png)"), "<a href=\"https://example.org/c.png\">a cat</a>");
        QCOMPARE(htmlOf("![a cat](file:///c.png)"), "a cat");
        QCOMPARE(htmlOf("[![c](https://e.org/c.png)](https://e.org)"), "<a href=\"https://e.org\">c</a>");
    }

    void addressesAreFoundInText() {
        QCOMPARE(htmlOf("see https://e.org/x."), "see <a href=\"https://e.org/x\">https://e.org/x</a>.");
    }

    void headingsCodeAndRules() {
        const QList<Block> blocks = parse("## Two\n\n```python extra\nx = 1\n\ny = 2\n```\n\n---\n\n    indented\n");
        QCOMPARE(blocks.size(), 4);
        QCOMPARE(blocks[0].kind, BlockKind::Heading);
        QCOMPARE(blocks[0].level, 2);
        QCOMPARE(blocks[1].kind, BlockKind::Code);
        QCOMPARE(blocks[1].language, "python");
        QCOMPARE(blocks[1].text, "x = 1\n\ny = 2");
        QCOMPARE(blocks[2].kind, BlockKind::Rule);
        QCOMPARE(blocks[3].text, "indented");
    }

    void anUnfinishedFenceIsCodeAlready() {
        QCOMPARE(parse("```cpp\nint x").value(0).kind, BlockKind::Code);
        QCOMPARE(parse("```cpp\nint x").value(0).text, "int x");
    }

    void listsCarryMarkersAndDepth() {
        const QList<Block> blocks = parse("3. c\n4. d\n   - inner\n\n     more\n- [x] done\n- [ ] open\n-\n");
        QStringList markers;
        QList<int> depths;
        for (const Block& block : blocks) {
            markers += block.marker;
            depths += block.indent;
        }
        QCOMPARE(markers, QStringList({"3.", "4.", "◦", "", "☑", "☐", "•"}));
        QCOMPARE(depths, QList<int>({1, 1, 2, 2, 1, 1, 1}));
        QVERIFY(blocks[1].tight);
        QVERIFY(!blocks[3].tight);
    }

    void quotesCarryDepth() {
        const QList<Block> blocks = parse("> a\n>\n> > b\n");
        QCOMPARE(blocks.size(), 2);
        QCOMPARE(blocks[0].quoteDepth, 1);
        QCOMPARE(blocks[1].quoteDepth, 2);
    }

    void tablesCarryCellsAndAlignment() {
        const Block table = parse("| a | *b* |\n|:-:|--:|\n| 1 | 2 |\n| 3 |\n").value(0);
        QCOMPARE(table.kind, BlockKind::Table);
        QCOMPARE(table.columns, 2);
        QCOMPARE(table.cells, QStringList({"a", "<i>b</i>", "1", "2", "3", ""}));
        QCOMPARE(table.alignments, QList<int>({Qt::AlignHCenter, Qt::AlignRight}));
        QCOMPARE(table.text, "a\tb\n1\t2\n3\t\n");
    }

    void theFirstStrongCharacterGivesTheDirection() {
        QVERIFY(parse("123 مرحبا hello").value(0).rightToLeft);
        QVERIFY(!parse("hello مرحبا").value(0).rightToLeft);
        QVERIFY(!parse("```\nمرحبا\n```").value(0).rightToLeft);
    }

    void typedWordsStayAsTyped() {
        const QList<Block> blocks = plainBlocks("  *a*  <b>\n- x\n\nsecond");
        QCOMPARE(blocks.size(), 2);
        QCOMPARE(blocks[0].text, "  *a*  <b>\n- x");
        QCOMPARE(blocks[0].html, QString("\u00a0 *a*\u00a0 &lt;b&gt;<br>- x"));
        QCOMPARE(blocks[1].text, "second");
    }

    void ofAPastedBookTheBeginningIsShown() {
        const QList<Block> blocks = plainBlocks(QString(10'000'000, 'x'));
        qsizetype shown = 0;
        for (const Block& block : blocks)
            shown += block.text.size();
        QVERIFY(shown < 40'000);
        QVERIFY(blocks.last().text.contains("9,967,232"));
    }

    void extremeLinesAreShownAsTheyAre() {
        for (const char* piece : {"|", "www.a_ ", "a@b.c ", "[x] "}) {
            const QString text = QString(piece).repeated(2000).trimmed();
            QCOMPARE(parse(text).value(0).text, text);
            QCOMPARE(parse("```\n" + text + "\n```").value(0).text, text);
        }
    }

    void nothingTakesLong_data() {
        QTest::addColumn<QString>("piece");
        QTest::addColumn<QString>("end");
        const std::pair<const char*, const char*> cases[] = {
            {"*", ""},         {"_a ", ""},     {"**a *b ", ""},    {"[", ""},      {"[a](", ""},
            {"](\"", ""},      {"![[]()", ""},  {"> ", "a"},        {"- ", "a"},    {"`a``b```", ""},
            {"<", ""},         {"<!--", ""},    {"<a href=", ""},   {"&", ""},      {"~~a ", ""},
            {"|", "\n|-|"},    {"|a", "\n"},    {"a|b\n-|-\n", ""}, {"www.", ""},   {"http://", ""},
            {"a@", ""},        {"\\", ""},      {"[a]: b\n", ""},   {"[a][b]", ""}, {"- a\n", ""},
            {"1. a\n   ", ""}, {"\t", "a"},     {"```\n", ""},      {"# a\n", ""},  {"x", ""},
            {"a\n\n", ""},     {"$_", ""},      {"*a_ ", ""},       {"<?", ""},     {"<!A ", ""},
            {"[a](<b", ""},    {"a**b", "c* "}, {"(", ""},          {"www.a_", ""}, {"-\n", ""},
            {"* * ", "a"},     {"> > - ", "x"}, {"  - a\n", ""},    {"://", ""},    {"a:", "@"},
            {"@a.b", ""},      {"![[]() ", ""}, {"![[]()\n", ""},   {"|\n-\n", ""}, {"x ![[]()\n\n", ""},
            {"www.a_\n", ""},  {"a@b.c\n", ""}, {"_*", ""},         {"~a~~", ""}};
        for (const auto& [piece, end] : cases)
            QTest::newRow(piece) << QString::fromUtf8(piece) << QString::fromUtf8(end);
    }
    void nothingTakesLong() {
        QFETCH(QString, piece);
        QFETCH(QString, end);
        constexpr int kSize = 1024 * 1024;
        const QString text = piece.repeated(kSize / piece.size()) + end;
        const std::clock_t start = std::clock();  // processor time: other programs do not count
        parse(text);
        const auto elapsed = static_cast<long long>(1000.0 * (std::clock() - start) / CLOCKS_PER_SEC);
        if (elapsed > 200)
            qInfo("%s: %lld ms for 1 MiB", qPrintable(piece.simplified()), elapsed);
        QVERIFY2(elapsed < 5000, qPrintable(QString::number(elapsed) + " ms"));  // a second on a common machine
    }
};

QTEST_APPLESS_MAIN(MarkdownTest)
#include "markdown_test.moc"
