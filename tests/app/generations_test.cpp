// Answers go on whichever conversation is on show; the next one waits for its turn.
#include "tests/app/headless_program.h"
#include "tests/app/held_engine.h"

using namespace altiplano;
using namespace altiplano::tests;

class GenerationsTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_loading = std::make_shared<Gate>();
        m_writing = std::make_shared<Gate>();
    }

    void switchingDoesNotStopAnAnswer() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        program.chat().send("go on forever");
        QTRY_VERIFY(program.count() == 2 && program.hasWritten(1));
        const double first = program.chat().conversationId();
        const double answer = program.idAt(1);
        program.chat().newConversation();
        QCOMPARE(program.count(), 0);
        QVERIFY(program.idle());
        QVERIFY(roleValue(program.conversations(), 0, "generating").toBool());
        program.chat().open(first);
        QTRY_COMPARE(program.count(), 2);
        QCOMPARE(program.idAt(1), answer);
        QVERIFY(program.chat().busy());
        QCOMPARE(program.stateAt(1), MessageListModel::Streaming);
        const qsizetype written = program.textAt(1).size();
        QVERIFY(written > 0);
        QTRY_VERIFY(program.textAt(1).size() > written);
        program.chat().stop();
        QTRY_VERIFY(program.idle());
        QVERIFY(!roleValue(program.conversations(), 0, "generating").toBool());
    }

    void aSecondQuestionWaitsForTheFirstAnswer() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        program.chat().send("go on forever");
        QTRY_COMPARE(program.chat().state(), ChatController::Answering);
        const auto first = static_cast<qint64>(program.chat().conversationId());
        program.chat().newConversation();
        program.chat().send("table");
        QTRY_COMPARE(program.chat().state(), ChatController::Waiting);
        program.generations().stop(first);
        QTRY_VERIFY(program.idle());
        QVERIFY(program.lastText().contains("BF16"));
        QCOMPARE(program.lastState(), MessageListModel::Complete);
    }

    void aWaitingAnswerStopsAtOnce() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        program.chat().send("forever");
        QTRY_COMPARE(program.chat().state(), ChatController::Answering);
        const double first = program.chat().conversationId();
        program.chat().newConversation();
        program.chat().send("table");
        QTRY_COMPARE(program.chat().state(), ChatController::Waiting);
        program.chat().stop();
        QVERIFY(program.idle());
        QCOMPARE(program.lastState(), MessageListModel::Stopped);
        program.chat().open(first);
        QTRY_COMPARE(program.chat().state(), ChatController::Answering);
        program.chat().stop();
        QTRY_VERIFY(program.idle());
    }

    void sendingWhileTheModelLoadsWaits() {
        HeadlessProgram program(m_folder->path(), heldEngine(), "/scripted.gguf");
        m_writing->open();
        QTRY_VERIFY(program.ready());
        QCOMPARE(program.application().engine()->state(), EngineController::Loading);
        program.chat().send("hello");
        QTRY_COMPARE(program.chat().state(), ChatController::Waiting);
        m_loading->open();
        QTRY_VERIFY(program.idle());
        QCOMPARE(program.lastState(), MessageListModel::Complete);
        QVERIFY(program.message(1, "provenance").toString().contains("Scripted answers"));
    }

    void whatWaitsForAModelThatFailsIsToldWhy() {
        HeadlessProgram program(m_folder->path(), heldEngine(), "/broken.gguf");
        QTRY_VERIFY(program.ready());
        program.chat().send("hello");
        QTRY_COMPARE(program.chat().state(), ChatController::Waiting);
        m_loading->open();
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QCOMPARE(program.lastState(), MessageListModel::Failed);
        QVERIFY(program.message(1, "note").toString().contains("No model is loaded"));
        QCOMPARE(program.textAt(0), "hello");
    }

    void aModelLoadsAfterTheRunningAnswer() {
        m_loading->open();
        HeadlessProgram program(m_folder->path(), heldEngine(), "/scripted.gguf");
        QTRY_VERIFY(program.ready());
        program.chat().send("code");
        QTRY_COMPARE(program.chat().state(), ChatController::Answering);
        program.application().engine()->load("/other.gguf");
        m_writing->open();
        QTRY_VERIFY(program.idle());
        QCOMPARE(program.lastState(), MessageListModel::Complete);
        QTRY_COMPARE(program.application().engine()->state(), EngineController::Ready);
        QCOMPARE(program.application().engine()->modelPath(), "/other.gguf");
    }

    void aLoadCanBeCancelled() {
        HeadlessProgram program(m_folder->path(), {.tokensPerSecond = 5, .prefillSteps = 2, .context = 8192});
        QTRY_VERIFY(program.application().engine()->progress() > 0.1);
        QVERIFY(program.application().engine()->progressText().contains("of"));
        program.application().engine()->cancelLoad();
        QTRY_COMPARE(program.application().engine()->state(), EngineController::Empty);
        QVERIFY(!program.chat().canSend());
    }

    void deletingStopsAndUndoBringsBack() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        program.chat().send("forever");
        QTRY_VERIFY(program.count() == 2 && program.textAt(1).size() > 20);
        const double id = program.chat().conversationId();
        program.chat().setDraft("unsent");
        program.conversations().remove(id);
        QTRY_COMPARE(program.conversations().rowCount(), 0);
        QCOMPARE(program.count(), 0);
        QCOMPARE(program.application().undoText(), "Chat deleted");
        program.application().undo();
        QTRY_COMPARE(program.conversations().rowCount(), 1);
        QTRY_COMPARE(program.chat().conversationId(), id);
        QTRY_COMPARE(program.lastState(), MessageListModel::Stopped);
        QVERIFY(program.lastText().size() > 20);
        QCOMPARE(program.chat().draft(), "unsent");
        QCOMPARE(program.application().undoText(), QString());
        QCOMPARE(program.application().notice(), QString());
    }

    void quittingWhileAnsweringIsQuickAndLosesNothing() {
        QString seen;
        QElapsedTimer timer;
        {
            HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
            QTRY_VERIFY(program.ready());
            program.chat().send("forever");
            QTRY_VERIFY(program.count() == 2 && program.textAt(1).size() > 100);
            seen = program.textAt(1);
            timer.start();
        }
        qInfo("quitting took %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 10'000);  // two seconds where the machine has nothing else to do
        HeadlessProgram program(m_folder->path());
        QTRY_COMPARE(program.conversations().rowCount(), 1);
        program.chat().open(roleValue(program.conversations(), 0, "conversationId").toDouble());
        QTRY_COMPARE(program.count(), 2);
        QCOMPARE(program.lastState(), MessageListModel::Stopped);
        QVERIFY(program.lastText().startsWith(seen));
    }

private:
    ChatEngineFactory heldEngine() const {
        return [=, this] { return std::make_unique<HeldEngine>(HeadlessProgram::quick(), m_loading, m_writing); };
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Gate> m_loading;  ///< shut at first
    std::shared_ptr<Gate> m_writing;
};

QTEST_MAIN(GenerationsTest)
#include "generations_test.moc"
