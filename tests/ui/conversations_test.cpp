// The list at the left: new, rename, delete and undo, switching, and finding everything after a restart.
#include <QTemporaryDir>

#include "tests/ui/program.h"

using altiplano::MessageListModel;
using altiplano::tests::Program;

class ConversationsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;

    [[nodiscard]] bool restart(const altiplano::ScriptedEngine::Options& options = Program::quick()) {
        m_program.reset();
        m_program = std::make_unique<Program>(m_folder->path(), options);
        return m_program->ready();
    }
    QQuickItem* line(const QString& title) { return m_program->find(title, QAccessible::ListItem); }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path());
        QVERIFY(m_program->ready());
    }
    void cleanup() { m_program.reset(); }

    void aConversationIsListedUnderToday() {
        QVERIFY(m_program->askAndWait(QStringLiteral("hello there")));
        QTRY_VERIFY(line(QStringLiteral("hello there")));
        QTRY_VERIFY(m_program->find(QStringLiteral("Today")));
        QTRY_VERIFY(m_program->window().title().startsWith(QStringLiteral("hello there")));
    }

    void f2RenamesInTheTitleBar() {
        QVERIFY(m_program->askAndWait(QStringLiteral("hello")));
        m_program->press(Qt::Key_F2);
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("New title"));
        m_program->type(QStringLiteral("Greetings"));
        m_program->press(Qt::Key_Return);
        QTRY_VERIFY(line(QStringLiteral("Greetings")));
        QTRY_COMPARE(m_program->chat().title(), QStringLiteral("Greetings"));
    }

    void escapeLeavesATitleAsItWas() {
        QVERIFY(m_program->askAndWait(QStringLiteral("hello")));
        m_program->press(Qt::Key_F2);
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("New title"));
        m_program->type(QStringLiteral("Nonsense"));
        m_program->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_program->find(QStringLiteral("New title")));
        QCOMPARE(m_program->chat().title(), QStringLiteral("hello"));
    }

    void aDoubleClickRenamesInTheList() {
        QVERIFY(m_program->askAndWait(QStringLiteral("hello")));
        QTRY_VERIFY(line(QStringLiteral("hello")));
        QQuickItem* item = line(QStringLiteral("hello"));
        const QPoint at = item->mapToScene({30, item->height() - 12}).toPoint();
        m_program->hover(item);
        m_program->window().grabWindow();  // the menu button of the line is in its place
        QTest::mouseDClick(&m_program->window(), Qt::LeftButton, Qt::NoModifier, at);
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("New title"));
        m_program->type(QStringLiteral("From the list"));
        m_program->press(Qt::Key_Return);
        QTRY_VERIFY(line(QStringLiteral("From the list")));
    }

    void deletingOffersUndoAndUndoBringsItBack() {
        QVERIFY(m_program->askAndWait(QStringLiteral("keep me")));
        QVERIFY(m_program->clickOn(QStringLiteral("keep me"), QAccessible::ListItem));
        m_program->press(Qt::Key_Tab, Qt::ControlModifier);
        line(QStringLiteral("keep me"))->forceActiveFocus(Qt::TabFocusReason);
        m_program->press(Qt::Key_Delete);
        QTRY_VERIFY(!line(QStringLiteral("keep me")));
        QTRY_COMPARE(m_program->messageCount(), 0);
        QTRY_VERIFY(m_program->find(QStringLiteral("Undo"), QAccessible::Button));
        QVERIFY(m_program->clickOn(QStringLiteral("Undo")));
        QTRY_VERIFY(line(QStringLiteral("keep me")));
        QTRY_VERIFY(!m_program->find(QStringLiteral("Undo"), QAccessible::Button));
    }

    void switchingDoesNotStopAnAnswer() {
        QVERIFY(restart({.tokensPerSecond = 150, .prefillSteps = 2, .context = 8192}));
        m_program->ask(QStringLiteral("a long story"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Streaming);
        const double first = m_program->chat().conversationId();
        m_program->press(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(m_program->messageCount(), 0);
        QTRY_VERIFY(line(QStringLiteral("a long story, answering")));
        QVERIFY(m_program->clickOn(QStringLiteral("a long story"), QAccessible::ListItem));
        QTRY_COMPARE(m_program->chat().conversationId(), first);
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QVERIFY(m_program->lastText().contains(QStringLiteral("Paragraph 40")));
    }

    void aDraftStaysWithItsConversation() {
        QVERIFY(m_program->askAndWait(QStringLiteral("first")));
        m_program->type(QStringLiteral("half a thought"));
        m_program->press(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(m_program->messageCount(), 0);
        QVERIFY(m_program->chat().draft().isEmpty());
        QVERIFY(m_program->clickOn(QStringLiteral("first"), QAccessible::ListItem));
        QTRY_COMPARE(m_program->chat().draft(), QStringLiteral("half a thought"));
        m_program->press(Qt::Key_L, Qt::ControlModifier);
        m_program->type(QStringLiteral("!"));
        QCOMPARE(m_program->chat().draft(), QStringLiteral("half a thought!"));
    }

    void altArrowsGoThroughTheList() {
        QVERIFY(m_program->askAndWait(QStringLiteral("older")));
        m_program->press(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(m_program->askAndWait(QStringLiteral("newer")));
        QTRY_VERIFY(line(QStringLiteral("newer")));
        m_program->press(Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(m_program->chat().title(), QStringLiteral("older"));
        m_program->press(Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(m_program->chat().title(), QStringLiteral("newer"));
        m_program->press(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(m_program->messageCount(), 0);
        m_program->press(Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(m_program->chat().title(), QStringLiteral("newer"));
    }

    void searchFindsWordsOfAMessage() {
        QVERIFY(m_program->askAndWait(QStringLiteral("pancakes with syrup")));
        m_program->press(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(m_program->askAndWait(QStringLiteral("something else")));
        m_program->press(Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("Search chats"));
        m_program->type(QStringLiteral("syrup"));
        QTRY_VERIFY(!line(QStringLiteral("something else")));
        QTRY_VERIFY(line(QStringLiteral("pancakes with syrup")));
        m_program->press(Qt::Key_Escape);
        QTRY_VERIFY(line(QStringLiteral("something else")));
    }

    void everythingIsThereAfterARestart() {
        QVERIFY(m_program->askAndWait(QStringLiteral("a table")));
        const QString answer = m_program->lastText();
        m_program->type(QStringLiteral("and then"));
        QVERIFY(restart());
        QVERIFY(m_program->clickOn(QStringLiteral("a table"), QAccessible::ListItem));
        QTRY_COMPARE(m_program->messageCount(), 2);
        QCOMPARE(m_program->lastText(), answer);
        QCOMPARE(m_program->lastState(), MessageListModel::Complete);
        QTRY_COMPARE(m_program->chat().draft(), QStringLiteral("and then"));
    }

    void quittingWhileAnsweringKeepsWhatWasWritten() {
        m_program->ask(QStringLiteral("forever"));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Streaming);
        QTRY_VERIFY(!m_program->all(QAccessible::Paragraph).isEmpty());
        QVERIFY(restart());
        QVERIFY(m_program->clickOn(QStringLiteral("forever"), QAccessible::ListItem));
        QTRY_COMPARE(m_program->messageCount(), 2);
        QVERIFY(m_program->lastState() == MessageListModel::Stopped ||
                m_program->lastState() == MessageListModel::Interrupted);
        QVERIFY(!m_program->lastText().isEmpty());
    }
};

QTEST_MAIN(ConversationsTest)
#include "conversations_test.moc"
