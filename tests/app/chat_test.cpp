// One conversation from question to answer: what is shown, what can be stopped, what is told when it fails.
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

class ChatTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aQuestionIsAnswered() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        QSignalSpy sent(&program.chat(), &ChatController::sent);
        program.chat().send("show me code");
        QCOMPARE(sent.count(), 1);
        QTRY_COMPARE(program.count(), 2);
        QTRY_VERIFY(program.idle());
        QCOMPARE(program.textAt(0), "show me code");
        QVERIFY(program.message(0, "fromUser").toBool());
        QCOMPARE(program.lastState(), MessageListModel::Complete);
        QVERIFY(program.lastText().contains("timedelta"));
        QVERIFY(program.shownText(1).contains("datetime.strptime"));
        QVERIFY(program.message(1, "statistics").toString().contains("tokens"));
        QVERIFY(program.message(1, "last").toBool());
        QVERIFY(!program.message(0, "last").toBool());
        QVERIFY(!program.message(1, "canContinue").toBool());
        QVERIFY(program.chat().contextUsed() > 10);
        QCOMPARE(program.chat().contextSize(), 8192);
        QCOMPARE(program.chat().title(), "show me code");
    }

    void theStatesComeInOrder() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        QList<ChatController::State> states;
        connect(&program.chat(), &ChatController::stateChanged, this, [&] {
            if (states.isEmpty() || states.last() != program.chat().state())
                states += program.chat().state();
        });
        program.chat().send("hello");
        QVERIFY(program.chat().busy());
        QTRY_VERIFY(program.idle());
        states.removeAll(ChatController::Waiting);  // for no time at all
        QCOMPARE(states, QList<ChatController::State>({ChatController::Storing, ChatController::Reading,
                                                       ChatController::Answering, ChatController::Idle}));
    }

    void theAnswerHoldsItsProvenance() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.application().parameters()->setValue("seed", 4711);
        program.application().parameters()->setValue("temperature", 1.1);
        program.chat().send("hello");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        const QString provenance = program.message(1, "provenance").toString();
        for (const char* part : {"Scripted answers", "Seed: 4711", "temperature 1.1", "top_p 0.9", "script"})
            QVERIFY2(provenance.contains(part), qPrintable(provenance));
    }

    void aRandomSeedIsRecorded() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        QSet<QString> seeds;
        for (int i = 0; i < 3; ++i) {
            program.chat().newConversation();
            program.chat().send("hello");
            QTRY_VERIFY(program.idle() && program.count() == 2);
            seeds += program.message(1, "provenance").toString().section("Seed: ", 1).section('\n', 0, 0);
        }
        QCOMPARE(seeds.size(), 3);
        QVERIFY(!seeds.contains("0"));
    }

    void stopKeepsWhatWasWritten() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        program.chat().send("go on forever");
        QTRY_VERIFY(program.count() == 2 && program.textAt(1).size() > 40);
        program.chat().stop();
        QTRY_VERIFY(program.idle());
        QCOMPARE(program.lastState(), MessageListModel::Stopped);
        QVERIFY(program.lastText().size() > 40);
        QCOMPARE(program.message(1, "note").toString(), "Stopped");
        QVERIFY(program.message(1, "canContinue").toBool());
        QVERIFY(program.ready());
    }

    void aStoppedAnswerGoesOn() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        program.chat().send("code");
        QTRY_VERIFY(program.count() == 2 && program.textAt(1).size() > 20);
        program.chat().stop();
        QTRY_VERIFY(program.idle());
        const QString before = program.lastText();
        program.chat().continueAnswer(program.idAt(1));
        QVERIFY(program.chat().busy());  // even where the end of the answer is not on disk yet
        QTRY_VERIFY(program.idle());
        QCOMPARE(program.lastState(), MessageListModel::Complete);
        QVERIFY(program.lastText().startsWith(before));
        QVERIFY(program.lastText().endsWith("format only what you show.\n"));
        QCOMPARE(program.count(), 2);
        BlockListModel whole;
        whole.setMarkdown(program.lastText());
        QCOMPARE(program.message(1, "blocks").value<BlockListModel*>()->count(), whole.count());
    }

    void aFailedAnswerSaysWhyAndKeepsItsText() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.chat().send("please fail");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QCOMPARE(program.lastState(), MessageListModel::Failed);
        QVERIFY(program.message(1, "note").toString().contains("no numbers"));
        QVERIFY(!program.lastText().isEmpty());
        program.chat().send("out of memory");
        QTRY_VERIFY(program.idle() && program.count() == 4);
        QCOMPARE(program.lastState(), MessageListModel::Failed);
        QVERIFY(program.message(3, "note").toString().contains("memory"));
    }

    void aPromptThatIsTooLongNamesTheTokens() {
        auto options = HeadlessProgram::quick();
        options.context = 100;
        HeadlessProgram program(m_folder->path(), options);
        QTRY_VERIFY(program.ready());
        const QString question = QString("word ").repeated(1000);
        program.chat().send(question);
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QCOMPARE(program.lastState(), MessageListModel::Failed);
        const QString note = program.message(1, "note").toString();
        QVERIFY2(note.contains("1,251") && note.contains("100") && note.contains("Settings"), qPrintable(note));
        QCOMPARE(program.textAt(0), question);
    }

    void aFullContextIsSaidAndCutsNothing() {
        auto options = HeadlessProgram::quick();
        options.context = 60;
        HeadlessProgram program(m_folder->path(), options);
        QTRY_VERIFY(program.ready());
        program.chat().send("a long one");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QCOMPARE(program.lastState(), MessageListModel::Complete);
        QVERIFY(program.message(1, "note").toString().contains("context is full"));
        QVERIFY(!program.message(1, "canContinue").toBool());
        QVERIFY(!program.lastText().isEmpty());
    }

    void theLongestAnswerCanBeContinued() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.application().parameters()->setValue("max_tokens", 64);
        program.chat().send("a long one");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QVERIFY(program.message(1, "note").toString().contains("longest"));
        const qsizetype before = program.lastText().size();
        program.chat().continueAnswer(program.idAt(1));
        QTRY_VERIFY(program.idle() && program.lastText().size() > before);
    }

    void nothingIsSentThatIsEmpty() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.chat().send(" \n\t");
        QVERIFY(program.idle());
        QCOMPARE(program.chat().conversationId(), 0.0);
    }

    void aDraftBelongsToItsConversation() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.chat().setDraft("first question");
        program.chat().send("first question");
        QCOMPARE(program.chat().draft(), QString());
        QTRY_VERIFY(program.idle() && program.count() == 2);
        const double first = program.chat().conversationId();
        program.chat().setDraft("unsent in the first");
        program.chat().newConversation();
        QCOMPARE(program.chat().draft(), QString());
        program.chat().setDraft("unsent in a new one");
        program.chat().open(first);
        QTRY_COMPARE(program.chat().draft(), "unsent in the first");
        program.chat().newConversation();
        QCOMPARE(program.chat().draft(), "unsent in a new one");
    }

    void theSystemPromptReachesTheEngine() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.chat().send("hello");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        const int before = program.chat().contextUsed();
        program.chat().newConversation();
        program.chat().setSystemPrompt(QString("Be brief. ").repeated(100));
        program.chat().send("hello");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QVERIFY(program.chat().contextUsed() > before + 200);
    }

    void copyTakesTheWholeText() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.chat().send("table");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        program.chat().copyMessage(program.idAt(1));
        QCOMPARE(QGuiApplication::clipboard()->text(), program.lastText());
    }

    void withoutAModelItSaysWhatToDo() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "/broken.gguf");
        QTRY_COMPARE(program.application().engine()->state(), EngineController::Failed);
        QVERIFY(!program.chat().canSend());
        QTRY_VERIFY(program.chat().blockedReason().contains("Download it again"));
        program.application().engine()->load("/good.gguf");
        QTRY_VERIFY(program.application().engine()->state() == EngineController::Ready);
        QVERIFY(program.ready());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(ChatTest)
#include "chat_test.moc"
