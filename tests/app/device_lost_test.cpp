// A card is lost in mid-answer: what was written stays, it is said what happened, and a new start goes on there.
#include <QSignalSpy>

#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

class DeviceLostTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<HeadlessProgram>(m_folder->path());
        QTRY_VERIFY(m_program->ready());
        m_program->chat().send("lose the card");
        QTRY_COMPARE(m_program->application().engine()->state(), EngineController::Failed);
        QTRY_VERIFY(m_program->generations().allStored());
    }
    void cleanup() { m_program.reset(); }

    void theAnswerKeepsItsWordsAndSaysWhyItEnds() {
        QCOMPARE(m_program->lastState(), MessageListModel::Interrupted);
        QVERIFY(!m_program->lastText().isEmpty());
        const QString note = m_program->message(1, "note").toString();
        QVERIFY2(note.contains("graphics card failed") && note.contains("illegal memory access"), qPrintable(note));
    }

    void aNewStartIsOfferedAndNothingElse() {
        Application& application = m_program->application();
        QVERIFY(application.restartOffered());
        QVERIFY(application.notice().contains("graphics card failed"));
        QVERIFY(!m_program->chat().canSend());
        QSignalSpy requested(&application, &Application::restartRequested);
        application.restart();
        QCOMPARE(requested.count(), 1);
        application.dismissNotice();
        QVERIFY(!application.restartOffered());
    }

    void theNewStartComesBackToTheConversation() {
        const QStringList arguments = m_program->application().restartArguments();
        const auto valueOf = [&](const char* name) { return arguments.value(arguments.indexOf(name) + 1); };
        QCOMPARE(valueOf("--data-dir"), m_folder->path());
        QCOMPARE(valueOf("--model"), "/scripted.gguf");
        QCOMPARE(valueOf("--after").toLongLong(), QCoreApplication::applicationPid());
        const QString text = m_program->lastText();
        const qint64 conversation = valueOf("--conversation").toLongLong();
        QVERIFY(conversation > 0);
        m_program.reset();

        ApplicationOptions options;
        options.dataFolder = m_folder->path();
        options.modelPath = "/scripted.gguf";
        options.language = "en";
        options.conversationId = conversation;
        m_program = std::make_unique<HeadlessProgram>(
            options, [] { return std::make_unique<ScriptedEngine>(HeadlessProgram::quick()); });
        QTRY_COMPARE(m_program->count(), 2);
        QCOMPARE(m_program->lastText(), text);
        QCOMPARE(m_program->lastState(), MessageListModel::Interrupted);
        QTRY_VERIFY(m_program->ready());
        m_program->chat().continueAnswer(m_program->idAt(1));
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Interrupted);  // the script loses its card again
        QVERIFY(m_program->lastText().startsWith(text));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HeadlessProgram> m_program;
};

QTEST_MAIN(DeviceLostTest)
#include "device_lost_test.moc"
