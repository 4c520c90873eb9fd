// One sitting, as a person has it: ask, watch, stop, ask again, quit, come back and find everything.
#include <QTemporaryDir>

#include "tests/ui/program.h"

using altiplano::MessageListModel;
using altiplano::tests::Program;

class JourneyTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Program> m_program;

    [[nodiscard]] bool start() {
        m_program.reset();
        m_program = std::make_unique<Program>(m_folder.path());
        return m_program->ready();
    }
    qsizetype shownParagraphs() { return m_program->all(QAccessible::Paragraph).size(); }
    /// What of the answer is on show, as a screen reader reads it.
    QString shownText() {
        QStringList lines;
        for (QQuickItem* paragraph : m_program->all(QAccessible::Paragraph))
            lines += Program::nameOf(paragraph);
        return lines.join(QLatin1Char(' '));
    }

private slots:
    void whatWasSaidIsThereAfterTheNextStart() {
        QVERIFY(start());
        m_program->ask(QStringLiteral("talk forever"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Streaming);

        QTRY_VERIFY(shownParagraphs() > 0);
        const qsizetype early = shownParagraphs();
        QTRY_VERIFY(shownParagraphs() > early);
        QCOMPARE(m_program->lastState(), MessageListModel::Streaming);

        QVERIFY(m_program->clickOn(QStringLiteral("Stop")));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Stopped);
        QTRY_VERIFY(!m_program->chat().busy());
        const QString firstAnswer = m_program->lastText();
        QVERIFY(firstAnswer.startsWith(QStringLiteral("# A long answer")));

        QVERIFY(m_program->clickOn(QStringLiteral("Answer again")));
        QTRY_COMPARE(m_program->lastMessage("siblingCount").toInt(), 2);
        QTRY_VERIFY(shownParagraphs() > 1);
        m_program->press(Qt::Key_Escape);
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Stopped);
        const QString secondAnswer = m_program->lastText();

        QTRY_VERIFY(!m_program->chat().busy());
        QVERIFY(m_program->askAndWait(QStringLiteral("a table, please")));
        const QString table = m_program->lastText();
        m_program->type(QStringLiteral("not sent yet"));

        QVERIFY(start());
        QVERIFY(m_program->clickOn(QStringLiteral("talk forever"), QAccessible::ListItem));
        QTRY_COMPARE(m_program->messageCount(), 4);
        QCOMPARE(m_program->message(0, "text").toString(), QStringLiteral("talk forever"));
        QCOMPARE(m_program->message(1, "text").toString(), secondAnswer);
        QCOMPARE(m_program->message(1, "siblingCount").toInt(), 2);
        QCOMPARE(m_program->message(2, "text").toString(), QStringLiteral("a table, please"));
        QCOMPARE(m_program->lastText(), table);
        QTRY_VERIFY(shownText().contains(QStringLiteral("How much memory a model needs")));
        QTRY_COMPARE(m_program->chat().draft(), QStringLiteral("not sent yet"));

        m_program->chat().selectSibling(m_program->message(1, "messageId").toLongLong(), -1);
        QTRY_COMPARE(m_program->messageCount(), 2);
        QCOMPARE(m_program->lastText(), firstAnswer);
        QCOMPARE(m_program->lastState(), MessageListModel::Stopped);
    }
};

QTEST_MAIN(JourneyTest)
#include "journey_test.moc"
