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
        QVERIFY(m_program->ready());
    }
    void cleanup() { m_program.reset(); }

    void theComposerHasTheKeyboardFromTheStart() {
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("Message"));
    }

    void typingAndEnterAsksAndTokensArrive() {
        m_program->ask(QStringLiteral("on forever"));
        QTRY_COMPARE(m_program->messageCount(), 2);
        QCOMPARE(m_program->message(0, "text").toString(), QStringLiteral("on forever"));
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
        QTRY_VERIFY(m_program->find(QStringLiteral("Continue"), QAccessible::Button));
        QTRY_VERIFY(m_program->find(QStringLiteral("Send"), QAccessible::Button));
    }

    void continueGoesOnWithTheSameAnswer() {
        restart({.tokensPerSecond = 150, .prefillSteps = 2, .context = 8192});
        QVERIFY(m_program->ready());
        m_program->ask(QStringLiteral("a long story"));
        QTRY_VERIFY(m_program->all(QAccessible::Paragraph).size() > 1);
        QVERIFY(m_program->clickOn(QStringLiteral("Stop")));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Stopped);
        const QString before = m_program->lastText();
        QVERIFY(m_program->clickOn(QStringLiteral("Continue")));
        QTRY_VERIFY(m_program->answered());
        QCOMPARE(m_program->messageCount(), 2);
        QVERIFY(m_program->lastText().startsWith(before));
        QVERIFY(m_program->lastText().size() > before.size());
    }

    void aQuestionRightAfterAnAnswerFindsItWhole() {
        bool sent = false;
        connect(&m_program->chat(), &altiplano::ChatController::stateChanged, this, [&] {
            if (!sent && m_program->messageCount() == 2 && !m_program->chat().busy()) {
                sent = true;
                m_program->chat().send(QStringLiteral("a table"));
            }
        });
        m_program->ask(QStringLiteral("code please"));
        QTRY_COMPARE(m_program->messageCount(), 4);
        QCOMPARE(m_program->message(1, "answerState").value<MessageListModel::AnswerState>(),
                 MessageListModel::Complete);
        QVERIFY(m_program->message(1, "text").toString().endsWith(QStringLiteral("only what you show.\n")));
        QTRY_VERIFY(m_program->answered());
    }

    void answeringAgainKeepsTheOldAnswerBesideIt() {
        QVERIFY(m_program->askAndWait(QStringLiteral("hello")));
        QVERIFY(!m_program->find(QStringLiteral("Previous version"), QAccessible::Button));
        m_program->press(Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(m_program->lastMessage("siblingCount").toInt(), 2);
        QTRY_VERIFY(m_program->answered());
        QCOMPARE(m_program->lastMessage("siblingNumber").toInt(), 2);
        QVERIFY(m_program->clickOn(QStringLiteral("Previous version")));
        QTRY_COMPARE(m_program->lastMessage("siblingNumber").toInt(), 1);
        QVERIFY(m_program->clickOn(QStringLiteral("Next version")));
        QTRY_COMPARE(m_program->lastMessage("siblingNumber").toInt(), 2);
    }

    void aQuestionIsChangedInItsPlace() {
        QVERIFY(m_program->askAndWait(QStringLiteral("first")));
        m_program->hover(m_program->find(QStringLiteral("You: first")));
        QVERIFY(m_program->clickOn(QStringLiteral("Edit and ask again")));
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("Your question"));
        m_program->press(Qt::Key_A, Qt::ControlModifier);
        m_program->type(QStringLiteral("second"));
        QVERIFY(m_program->clickOn(QStringLiteral("Ask again")));
        QTRY_COMPARE(m_program->message(0, "text").toString(), QStringLiteral("second"));
        QTRY_COMPARE(m_program->message(0, "siblingCount").toInt(), 2);
        QTRY_VERIFY(m_program->answered());
        QVERIFY(m_program->lastText().contains(QStringLiteral("second")));
    }

    void codeIsCopiedAsItIs() {
        QVERIFY(m_program->askAndWait(QStringLiteral("code please")));
        QTRY_VERIFY(m_program->find(QStringLiteral("Code, python")));
        QQuickItem* copy = nullptr;
        for (QQuickItem* button : m_program->all(QAccessible::Button))
            if (Program::nameOf(button) == QStringLiteral("Copy"))
                copy = button;
        QVERIFY(copy);
        m_program->click(copy);
        QVERIFY(m_program->find(QStringLiteral("Copied"), QAccessible::Button));
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("from datetime import")));
    }

    void theLastAnswerIsCopiedByKey() {
        QVERIFY(m_program->askAndWait(QStringLiteral("a table")));
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
        restart({.tokensPerSecond = 20, .prefillSteps = 1000, .context = 8192});
        QVERIFY(m_program->ready());
        m_program->ask(QStringLiteral("hello"));
        const auto said = [this] {
            for (QQuickItem* text : m_program->all(QAccessible::StaticText))
                if (Program::nameOf(text).startsWith(QStringLiteral("Reading ")))
                    return true;
            return false;
        };
        QTRY_VERIFY(said());
        QVERIFY(m_program->chat().readingVisible());
    }

    void anExampleIsAskedWithOneClick() {
        const QString prompt = m_program->application().examplePrompts().value(0);
        QVERIFY(!prompt.isEmpty());
        QVERIFY(m_program->clickOn(QStringLiteral("Ask: ") + prompt));
        QTRY_COMPARE(m_program->messageCount(), 2);
        QCOMPARE(m_program->message(0, "text").toString(), prompt);
    }
};

QTEST_MAIN(ChatTest)
#include "chat_test.moc"
