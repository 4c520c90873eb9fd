// Markdown that streams in: whatever the pieces, the end is the full parse, and closed blocks never change.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <ctime>

#include "app/block_list_model.h"
#include "app/markdown/incremental_document.h"
#include "app/scripted_answers.h"

using namespace altiplano;

namespace {

QList<Block> fullParse(const QString& text) {
    return parseMarkdown(markdownBytes(text)).blocks;
}

/// The blocks as a reader of the changes holds them, with the rule that closed ones do not change.
class Reader {
public:
    explicit Reader(bool closedMayChange) : m_closedMayChange(closedMayChange) {}
    void apply(const IncrementalDocument::Change& change) {
        QVERIFY2(change.first <= m_blocks.size(), "a change begins after the end");
        QVERIFY2(change.first >= m_closed || m_closedMayChange, "a closed block changed");
        m_closed = change.first;
        m_blocks.resize(change.first);
        m_blocks += change.blocks;
    }
    const QList<Block>& blocks() const { return m_blocks; }

private:
    bool m_closedMayChange;
    qsizetype m_closed = 0;
    QList<Block> m_blocks;
};

QList<Block> streamed(const QStringList& pieces) {
    IncrementalDocument document;
    Reader reader(pieces.join("").contains("]:"));
    for (const QString& piece : pieces)
        reader.apply(document.append(piece));
    reader.apply(document.finish());
    return reader.blocks();
}

const char* const kTexts[] = {
    "Para one\nstill one\n\n# Head\n\ntext *emph\nover lines* end\n\nSetext\n===\n\nlast",
    "- a\n- b\n  - c\n\n    d\n- e\n\n1. x\n1. y\n7. z\n\n\n2) p\n3) q\nlazy\n- r\n* s\n+ t\n-\n- u",
    "1. one\n\n   ```py\n   code\n   ```\n2. two\n   > quote\n   lazy\n3. three\n\nend",
    "```\nfence\n\n~~~\n``\n```\nafter\n~~~ x y\nopen\n\n- not a list",
    "a | b\n--|--\n1 | 2\n3 | 4\n\npara before\na | b\n:-|-:\n1|2\n# h\n| not |\ntable",
    "> q1\nlazy\n> - l\n>   m\n\n> q2\n***\n- - nested\n- + x\n\n    code in?\n\n    more code\nend",
    "use [ref] and [other][ref] early\n\n- item [ref]\n\n[ref]: https://example.org \"t\"\n\n[late] too\n\n[late]: "
    "http://e.org\n",
    "<div>\nhtml *no*\n\n*yes*\n<!-- open\n\nstill\n--> done\n\n<pre>\n\nx\n</pre>\ntail",
    "- [ ] task\n- [x] done\n  para\n\n  para2\n- [ ]\n\n---\n***\n_ _ _\n- a\n---\n- b\n===\n",
    "text\n- a\n1. b\n   1. c\n   2. d\n2. e\n\n  3. indented\n\n 4. more\n10. ten\n\n\ttab\n",
    "Ünïcödé — 日本語 *テスト* مرحبا 👩‍👩‍👧\n\n- ไทย\n- "
    "हिन्दी\n\n`code` "
    "~~x~~ "
    "![i](http://e.org/i.png)\n",
    "\n\n\n   \n\t\n- a\n\n\n- b\n\n\n\nx\n \n",
    "a\\\nb  \nc\n\n* x\n\n  y\n\n* z\n\n\n* w\n```\n* v\n```\n*\n* end",
};

/// Pieces of whole characters, as the engine sends them.
QStringList charactersOf(const QString& text) {
    QStringList characters;
    for (const char32_t character : text.toUcs4())
        characters += QString::fromUcs4(&character, 1);
    return characters;
}

QStringList texts() {
    QStringList all;
    for (const char* text : kTexts)
        all += QString::fromUtf8(text);
    for (const char* word : {"code", "table", "list", "arabic", "thai", "hello"})
        all += QString::fromStdString(scriptedAnswer(word));
    return all;
}

/// Lines of all kinds in any order: what nobody thought of.
QString randomText(QRandomGenerator& random) {
    static const QStringList kLines{
        "",        "para *x*",  "# h",   "- a", "  - b", "    c",    "1. d",    "2. e",    "```",   "~~~",    "> q",
        ">",       "| a | b |", "|-|-|", "---", "===",   "    code", "* f",     "   text", "<div>", "</div>", "[r]",
        "[r]: /u", "- [ ] t",   "\tx",   "+",   "-",     "3) g",     "a | b",   "- - h",   "> - i", "***",    "- ```",
        "  ```",   "<!--",      "-->",   "`a",  "**b",   "12. j",    "   1. k", "      l", "&amp;"};
    QString text;
    for (int lines = random.bounded(1, 18); lines > 0; --lines)
        text += kLines[random.bounded(kLines.size())] + (lines == 1 && random.bounded(2) ? "" : "\n");
    return text;
}

}  // namespace

class MarkdownStreamingTest : public QObject {
    Q_OBJECT

private slots:
    void everySplitGivesTheFullParse() {
        for (const QString& text : texts()) {
            const QList<Block> expected = fullParse(text);
            for (qsizetype split = 0; split <= text.size(); ++split) {
                if (split < text.size() && text[split].isLowSurrogate())
                    continue;  // pieces are whole characters
                const QList<Block> blocks = streamed({text.left(split), text.mid(split)});
                QVERIFY2(blocks == expected, qPrintable(QString("split at %1 of: %2").arg(split).arg(text)));
            }
        }
    }

    void characterByCharacterGivesTheFullParse() {
        for (const QString& text : texts()) {
            QVERIFY2(streamed(charactersOf(text)) == fullParse(text), qPrintable(text));
        }
    }

    void randomTextsInRandomPiecesGiveTheFullParse() {
        QRandomGenerator random(7);
        for (int round = 0; round < 20'000; ++round) {
            const QString text = randomText(random);
            QStringList pieces;
            for (qsizetype at = 0; at < text.size(); at += pieces.last().size())
                pieces += text.mid(at, random.bounded(1, 12));
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QString("round %1:\n%2").arg(round).arg(text)));
            QVERIFY2(streamed(pieces) == fullParse(text),
                     qPrintable(QString("round %1:\n%2\n---\n%3").arg(round).arg(text, pieces.join("¦"))));
        }
    }

    void theListModelFollows() {
        BlockListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (const QString& text : texts()) {
            model.reopenMarkdown({});
            for (const QString& character : charactersOf(text))
                model.appendMarkdown(character);
            model.finishMarkdown();
            BlockListModel whole;
            whole.setMarkdown(text);
            QCOMPARE(model.count(), whole.count());
            for (int row = 0; row < model.count(); ++row)
                for (int role : model.roleNames().keys())
                    QCOMPARE(model.data(model.index(row), role), whole.data(whole.index(row), role));
        }
    }

    void closedBlocksAreNotAnnouncedAgain() {
        BlockListModel model;
        model.appendMarkdown("First paragraph.\n\nSecond ");
        int lowest = 1000;
        connect(&model, &BlockListModel::dataChanged, this,
                [&](const QModelIndex& first) { lowest = std::min(lowest, first.row()); });
        for (int i = 0; i < 100; ++i)
            model.appendMarkdown("word ");
        QCOMPARE(lowest, 1);
    }

    void anUpdateCostsTheSameHoweverLongTheAnswer() {
        const QString paragraph = QString::fromStdString(scriptedAnswer("list")) + "\n" +
                                  QString::fromStdString(scriptedAnswer("code")) + "\n";
        const auto microsecondsPerUpdate = [&](int paragraphs) {
            IncrementalDocument document;
            document.append(paragraph.repeated(paragraphs));
            constexpr int kUpdates = 1000;
            double best = 1e9;  // of several rounds: in the others the machine did something else
            for (int round = 0; round < 10; ++round) {
                QElapsedTimer timer;
                timer.start();
                for (int i = 0; i < kUpdates; ++i)
                    document.append(i % 20 == 19 ? "\n\n" : "word ");
                best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1000.0 / kUpdates);
            }
            return best;
        };
        const double shortAnswer = microsecondsPerUpdate(1);
        const double longAnswer = microsecondsPerUpdate(2000);
        qInfo("per update: %.1f µs after 1 KB, %.1f µs after %lld KB", shortAnswer, longAnswer,
              2000 * paragraph.size() / 1024);
        QVERIFY2(longAnswer < 5 * shortAnswer + 20, "an update costs more the longer the answer is");
    }

    void aVeryLongSingleBlockStaysBearable() {
        IncrementalDocument document;
        document.append("```\n");
        const std::clock_t start = std::clock();  // processor time: other programs do not count
        constexpr int kLines = 20'000;
        for (int i = 0; i < kLines; ++i)
            document.append("a line of code that is quite long\n");
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        qInfo("%d lines of one code block: %.3f ms each", kLines, 1000.0 * seconds / kLines);
        QVERIFY(seconds < 60);
    }
};

QTEST_APPLESS_MAIN(MarkdownStreamingTest)
#include "markdown_streaming_test.moc"
