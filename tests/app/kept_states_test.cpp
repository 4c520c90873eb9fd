// The whole program on the starter model: states are on disk by themselves, come back after a restart, go with their
// chat.
#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include "app/llama_engine.h"
#include "storage/conversation_store.h"
#include "tests/app/headless_program.h"

using namespace altiplano;
using altiplano::tests::HeadlessProgram;

namespace {

std::unique_ptr<ChatEngine> makeEngine() {
    auto engine = std::make_unique<LlamaEngine>();
    engine->keepShortStatesToo();
    return engine;
}

}  // namespace

class KeptStatesTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        start();
    }
    void cleanup() { m_program.reset(); }

    void anAnswerAfterARestartReadsOnlyTheNewQuestion() {
        ask("What can you do?");
        const double id = m_program->chat().conversationId();
        QTRY_VERIFY(!files().isEmpty());
        restart();
        m_program->chat().open(id);
        QTRY_COMPARE(m_program->count(), 2);
        ask("What does temperature do?");
        const storage::Outcome outcome = lastOutcome(static_cast<qint64>(id));
        QVERIFY2(outcome.reused_tokens > 20, qPrintable(QString::number(outcome.reused_tokens)));
        QVERIFY(outcome.reused_tokens > outcome.prompt_tokens / 2);
    }

    void quittingAtOnceKeepsTheStateToo() {
        ask("What can you do?");
        m_program.reset();
        QVERIFY(!files().isEmpty());
    }

    void aDeletedChatTakesItsStateWithIt() {
        ask("What can you do?");
        QTRY_VERIFY(!files().isEmpty());
        m_program->conversations().remove(m_program->chat().conversationId());
        QTRY_VERIFY(files().isEmpty());
        restart();
        QVERIFY(files().isEmpty());
    }

    void theStateOfAChatThatIsGoneIsRemovedAtTheNextStart() {
        ask("What can you do?");
        m_program.reset();
        const QStringList before = files();
        QVERIFY(!before.isEmpty());
        QVERIFY(QDir(states()).rename("1", "4711"));
        start();
        QTRY_VERIFY(files().isEmpty());
    }

    void switchedOffNothingStaysOnDisk() {
        ask("What can you do?");
        QTRY_VERIFY(!files().isEmpty());
        m_program->application().settings()->setKeptDisk(0);
        QTRY_VERIFY(files().isEmpty());
        ask("What does temperature do?");
        restart();
        QVERIFY(files().isEmpty());
        QCOMPARE(m_program->application().settings()->keptDisk(), 0);
    }

private:
    void start() {
        m_program = std::make_unique<HeadlessProgram>(m_folder->path(), makeEngine, QStringLiteral(ALTIPLANO_STARTER));
        QTRY_VERIFY(m_program->ready());
    }
    void restart() {
        m_program.reset();
        start();
    }
    void ask(const QString& question) {
        const int before = m_program->count();
        m_program->chat().send(question);
        QTRY_COMPARE(m_program->count(), before + 2);
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QTRY_VERIFY(m_program->idle());
    }
    storage::Outcome lastOutcome(qint64 conversationId) {
        m_program.reset();
        const auto store =
            storage::ConversationStore::open(m_folder->filePath("altiplano.db").toStdString(), [] { return 0; });
        return store.branch(conversationId).back().answer->outcome;
    }
    QString states() const { return m_folder->filePath("cache/states"); }
    QStringList files() const {
        QStringList list;
        for (QDirIterator at(states(), {"*.kv"}, QDir::Files, QDirIterator::Subdirectories); at.hasNext();)
            list += at.next();
        return list;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HeadlessProgram> m_program;
};

QTEST_MAIN(KeptStatesTest)
#include "kept_states_test.moc"
