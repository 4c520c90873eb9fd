// A person writes, reads, stops, asks again: the middle of the window.
#include <QClipboard>
#include <QGuiApplication>
#include <QTemporaryDir>

#include "tests/ui/program.h"

using altiplano::MessageListModel;
using altiplano::tests::Program;

class ChatTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;

    void restart(const altiplano::ScriptedEngine::Options& options) {
        m_program.reset();
        m_program = std::make_unique<Program>(m_folder->path(), options);
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path());
        QTRY_VERIFY(m_program->ready());
    }
    void cleanup() { m_program.reset(); }

    void theComposerHasTheKeyboardFromTheStart() {
        QCOMPARE(Program::nameOf(m_program->focused()), QStringLiteral("Message"));
    }

    void typingAndEnterAsksAndTokensArrive() {
        m_program->ask(QStringLiteral("a long story"));
        QTRY_COMPARE(m_program->messageCount(), 2);
        QCOMPARE(m_program->message(0, "text").toString(), QStringLiteral("a long story"));
        QVERIFY(m_program->chat().draft().isEmpty());
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Streaming);
        const auto shown = [this] { return m_program->all(QAccessible::Paragraph).size(); };
        QTRY_VERIFY(shown() > 0);
        const auto before = shown();
        QTRY_VERIFY(shown() > before);
        QCOMPARE(m_program->lastState(), MessageListModel::Streaming);
        QVERIFY(m_program->find(QStringLiteral("Stop"), QAccessible::Button));
    }

    void shiftEnterStartsALine() {
        m_program->type(QStringLiteral("one"));
        m_program->press(Qt::Key_Return, Qt::ShiftModifier);
        m_program->type(QStringLiteral("two"));
        QCOMPARE(m_program->chat().draft(), QStringLiteral("one\ntwo"));
        QCOMPARE(m_program->messageCount(), 0);
        m_program->press(Qt::Key_Enter, Qt::KeypadModifier);
        QTRY_COMPARE(m_program->messageCount(), 2);
        QCOMPARE(m_program->message(0, "text").toString(), QStringLiteral("one\ntwo"));
    }

    void enterDoesNotSendWhileAnInputMethodComposes() {
        m_program->type(QStringLiteral("ab"));
        QInputMethodEvent composing(QStringLiteral("ni"), {});
        QCoreApplication::sendEvent(m_program->focused(), &composing);
        m_program->press(Qt::Key_Return);
        QTest::qWait(50);
        QCOMPARE(m_program->messageCount(), 0);
        QCOMPARE(m_program->chat().state(), altiplano::ChatController::Idle);
    }

    void escapeStopsAndKeepsWhatWasWritten() {
        m_program->ask(QStringLiteral("forever"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Streaming);
        QTRY_VERIFY(!m_program->all(QAccessible::Paragraph).isEmpty());
        m_program->press(Qt::Key_Escape);
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Stopped);
        QVERIFY(!m_program->lastText().isEmpty());
        QVERIFY(m_program->find(QStringLiteral("Continue"), QAccessible::Button));
        QVERIFY(m_program->find(QStringLiteral("Send"), QAccessible::Button));
    }

    void continueGoesOnWithTheSameAnswer() {
        m_program->ask(QStringLiteral("a long story"));
        QTRY_VERIFY(m_program->all(QAccessible::Paragraph).size() > 1);
        m_program->click(m_program->find(QStringLiteral("Stop"), QAccessible::Button));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Stopped);
        const QString before = m_program->lastText();
        m_program->click(m_program->find(QStringLiteral("Continue"), QAccessible::Button));
        QTRY_COMPARE_WITH_TIMEOUT(m_program->lastState(), MessageListModel::Complete, 20000);
        QCOMPARE(m_program->messageCount(), 2);
        QVERIFY(m_program->lastText().startsWith(before));
        QVERIFY(m_program->lastText().size() > before.size());
    }

    void answeringAgainKeepsTheOldAnswerBesideIt() {
        m_program->ask(QStringLiteral("hello"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QVERIFY(!m_program->find(QStringLiteral("Previous version"), QAccessible::Button));
        m_program->press(Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(m_program->lastMessage("siblingCount").toInt(), 2);
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QCOMPARE(m_program->lastMessage("siblingNumber").toInt(), 2);
        QTRY_VERIFY(m_program->find(QStringLiteral("Previous version"), QAccessible::Button));
        m_program->click(m_program->find(QStringLiteral("Previous version"), QAccessible::Button));
        QTRY_COMPARE(m_program->lastMessage("siblingNumber").toInt(), 1);
        m_program->click(m_program->find(QStringLiteral("Next version"), QAccessible::Button));
        QTRY_COMPARE(m_program->lastMessage("siblingNumber").toInt(), 2);
    }

    void aQuestionIsChangedInItsPlace() {
        m_program->ask(QStringLiteral("first"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        m_program->hover(m_program->find(QStringLiteral("You: first")));
        QTRY_VERIFY(m_program->find(QStringLiteral("Edit and ask again"), QAccessible::Button));
        m_program->click(m_program->find(QStringLiteral("Edit and ask again"), QAccessible::Button));
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("Your question"));
        m_program->press(Qt::Key_A, Qt::ControlModifier);
        m_program->type(QStringLiteral("second"));
        m_program->click(m_program->find(QStringLiteral("Ask again"), QAccessible::Button));
        QTRY_COMPARE(m_program->message(0, "text").toString(), QStringLiteral("second"));
        QCOMPARE(m_program->message(0, "siblingCount").toInt(), 2);
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QVERIFY(m_program->lastText().contains(QStringLiteral("second")));
    }

    void codeIsCopiedAsItIs() {
        m_program->ask(QStringLiteral("code please"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QTRY_VERIFY(m_program->find(QStringLiteral("Code, python")));
        QQuickItem* copy = nullptr;
        for (QQuickItem* button : m_program->all(QAccessible::Button))
            if (Program::nameOf(button) == QStringLiteral("Copy"))
                copy = button;
        QVERIFY(copy);
        m_program->click(copy);
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("from datetime import")));
        QVERIFY(m_program->find(QStringLiteral("Copied"), QAccessible::Button));
    }

    void theLastAnswerIsCopiedByKey() {
        m_program->ask(QStringLiteral("a table"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        m_program->press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), m_program->lastText());
    }

    void aFailureIsSaidBelowTheAnswer() {
        m_program->ask(QStringLiteral("please fail"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Failed);
        const QString note = m_program->lastMessage("note").toString();
        QVERIFY(!note.isEmpty());
        QTRY_VERIFY(m_program->find(note));
    }

    void readingIsShownInTokens() {
        restart({.tokensPerSecond = 4, .prefillSteps = 8, .context = 8192});
        QTRY_VERIFY_WITH_TIMEOUT(m_program->ready(), 15000);
        m_program->ask(QStringLiteral("hello"));
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat().readingVisible(), 3000);
        bool said = false;
        for (QQuickItem* text : m_program->all(QAccessible::StaticText))
            said = said || Program::nameOf(text).startsWith(QStringLiteral("Reading "));
        QVERIFY(said);
    }

    void anExampleIsAskedWithOneClick() {
        const QString prompt = m_program->application().examplePrompts().value(0);
        QVERIFY(!prompt.isEmpty());
        m_program->click(m_program->find(QStringLiteral("Ask: ") + prompt, QAccessible::Button));
        QTRY_COMPARE(m_program->messageCount(), 2);
        QCOMPARE(m_program->message(0, "text").toString(), prompt);
    }
};

QTEST_MAIN(ChatTest)
#include "chat_test.moc"
