// Storing fails in the middle of an answer: the answer goes on, the user is told, and later everything is stored.
#include <QSignalSpy>
#include <csignal>
#include <sys/resource.h>

#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

/// No file of this process grows beyond this size while it lives: what a full disk does, without one.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

}  // namespace

class StorageFailureTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theAnswerGoesOnAndIsStoredLater() {
        QString whole;
        {
            HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
            QTRY_VERIFY(program.ready());
            program.chat().send("code please");
            QTRY_VERIFY(program.count() == 2 && !program.textAt(1).isEmpty());
            const double id = program.chat().conversationId();
            {
                const FullDisk full(1);
                QTRY_VERIFY(program.application().notice().startsWith("Not saved"));
                QCOMPARE(program.application().noticeKind(), Application::Failure);
                QTRY_VERIFY(program.idle());
                QCOMPARE(program.lastState(), MessageListModel::Complete);
                whole = program.lastText();
                QVERIFY(whole.endsWith("format only what you show.\n"));
                program.chat().newConversation();
                program.chat().open(id);
                QTRY_COMPARE(program.count(), 2);
                QCOMPARE(program.lastText(), whole);  // from memory: the disk has less
                QCOMPARE(program.lastState(), MessageListModel::Complete);
            }
            QTRY_VERIFY(program.application().notice().isEmpty());
        }
        HeadlessProgram program(m_folder->path());
        QTRY_COMPARE(program.conversations().rowCount(), 1);
        program.chat().open(roleValue(program.conversations(), 0, "conversationId").toDouble());
        QTRY_COMPARE(program.count(), 2);
        QCOMPARE(program.lastText(), whole);
        QCOMPARE(program.lastState(), MessageListModel::Complete);
    }

    void aQuestionThatIsNotStoredGoesBackIntoTheComposer() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.chat().send("a first one");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        {
            const FullDisk full(1);
            program.chat().setDraft("precious words");
            program.chat().send("precious words");
            QTRY_VERIFY(program.idle());
            QCOMPARE(program.chat().draft(), "precious words");
            QVERIFY(program.application().notice().startsWith("Not saved"));
            QCOMPARE(program.count(), 2);
        }
        program.chat().send(program.chat().draft());
        QTRY_VERIFY(program.idle() && program.count() == 4);
        QCOMPARE(program.textAt(2), "precious words");
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(StorageFailureTest)
#include "storage_failure_test.moc"
