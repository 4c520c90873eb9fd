// Thousands of clicks in any order: no assertion fails, nothing hangs, and what is on disk is what was shown.
#include <QRandomGenerator>

#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

constexpr int kOperations = 3000;

class Clicker {
public:
    Clicker(HeadlessProgram& program, quint32 seed) : m_program(program), m_random(seed) {}

    void click() {
        ChatController& chat = m_program.chat();
        switch (m_random.bounded(16)) {
            case 0:
            case 1:
            case 2:
                return chat.send(anyQuestion());
            case 3:
            case 4:
                return chat.stop();
            case 5:
                return chat.regenerate(anyMessage());
            case 6:
                return chat.continueAnswer(anyMessage());
            case 7:
                return chat.editMessage(anyMessage(), anyQuestion());
            case 8:
            case 9:
                return chat.selectSibling(anyMessage(), m_random.bounded(2) ? 1 : -1);
            case 10:
                return chat.newConversation();
            case 11:
            case 12:
                return chat.open(anyConversation());
            case 13:
                return chat.setDraft(QString::number(m_random.bounded(1000)));
            case 14:
                return rare();
            default:
                QTest::qWait(0);
        }
    }

    /// Lets the program answer, more or less.
    void pause() {
        if (m_random.bounded(3) == 0)
            QTest::qWait(m_random.bounded(12));
    }

private:
    void rare() {
        Application& application = m_program.application();
        switch (m_random.bounded(8)) {
            case 0:
                return m_program.conversations().remove(anyConversation());
            case 1:
                return application.undo();
            case 2:
                return application.engine()->load(m_random.bounded(4) ? "/good.gguf" : "/broken.gguf");
            case 3:
                return application.engine()->cancelLoad();
            case 4:
                return m_program.conversations().setSearch(m_random.bounded(2) ? "script" : "");
            case 5:
                return application.parameters()->setValue("temperature", m_random.bounded(20) / 10.0);
            case 6:
                return m_program.conversations().setPinned(anyConversation(), m_random.bounded(2));
            default:
                return m_program.conversations().rename(anyConversation(), anyQuestion());
        }
    }

    QString anyQuestion() {
        static const QStringList kQuestions{"code", "table", "list", "long", "forever", "hello", "fail", "thai"};
        return kQuestions[m_random.bounded(kQuestions.size())];
    }
    double anyMessage() { return m_program.count() == 0 ? 0 : m_program.idAt(m_random.bounded(m_program.count())); }
    double anyConversation() {
        const int rows = m_program.conversations().rowCount();
        return rows == 0 ? 0
                         : roleValue(m_program.conversations(), m_random.bounded(rows), "conversationId").toDouble();
    }

    HeadlessProgram& m_program;
    QRandomGenerator m_random;
};

QStringList shownTexts(HeadlessProgram& program) {
    QStringList texts;
    for (int row = 0; row < program.count(); ++row)
        texts += program.textAt(row) + '|' + QString::number(program.stateAt(row));
    return texts;
}

}  // namespace

class RandomOperationsTest : public QObject {
    Q_OBJECT

private slots:
    void anyOrderOfClicks_data() {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 3; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void anyOrderOfClicks() {
        QFETCH(quint32, seed);
        const QTemporaryDir folder;
        QStringList shown;
        double id = 0;
        {
            HeadlessProgram program(folder.path(), {.tokensPerSecond = 4000, .prefillSteps = 2, .context = 4096});
            QTRY_VERIFY(program.ready());
            Clicker clicker(program, seed);
            for (int i = 0; i < kOperations; ++i) {
                clicker.click();
                clicker.pause();
            }
            settle(program);
            program.chat().send("code");
            QTRY_VERIFY(program.idle());
            QCOMPARE(program.lastState(), MessageListModel::Complete);
            id = program.chat().conversationId();
            shown = shownTexts(program);
            QVERIFY(shown.size() >= 2);
        }
        HeadlessProgram program(folder.path());
        QTRY_VERIFY(program.ready());
        program.chat().open(id);
        QTRY_VERIFY(program.count() > 0);
        QCOMPARE(shownTexts(program), shown);
    }

private:
    /// Everything comes to rest: each running answer is found and stopped.
    void settle(HeadlessProgram& program) {
        program.conversations().setSearch("");
        program.application().engine()->load("/good.gguf");
        QTRY_VERIFY(program.application().engine()->state() == EngineController::Ready || stopAll(program));
        QTRY_VERIFY(stopAll(program));
        QTRY_VERIFY(program.application().engine()->state() == EngineController::Ready);
        program.chat().newConversation();
        QTRY_VERIFY(program.ready());
    }
    static bool stopAll(HeadlessProgram& program) {
        for (int row = 0; row < program.conversations().rowCount(); ++row)
            program.generations().stop(roleValue(program.conversations(), row, "conversationId").toLongLong());
        program.conversations().fetchMore({});
        return program.generations().idle();
    }
};

QTEST_MAIN(RandomOperationsTest)
#include "random_operations_test.moc"
