// What is on disk, and when: the question before the engine is asked, the answer in few commits, a copy every day.
#include <QElapsedTimer>

#include "storage/conversation_store.h"
#include "tests/app/headless_program.h"
#include "tests/app/held_engine.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

/// The database with its log as it lies on the disk: what a power cut now would leave.
void copyDatabase(const QString& from, const QString& to) {
    for (const char* file : {"altiplano.db", "altiplano.db-wal"})
        QVERIFY(QFile::copy(from + '/' + file, to + '/' + file));
}

storage::ConversationStore openAt(const QString& folder, qint64 nowMs) {
    return storage::ConversationStore::open((folder + "/altiplano.db").toStdString(), [=] { return nowMs; });
}

std::vector<storage::Message> onlyBranch(const QString& folder) {
    auto store = openAt(folder, QDateTime::currentMSecsSinceEpoch());
    return store.branch(store.conversations(1, 0).at(0).id);
}

}  // namespace

class DurabilityTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theQuestionIsOnDiskBeforeTheEngineIsAsked() {
        const QTemporaryDir cut;
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        connect(&program.generations(), &Generations::generationRequested, this,
                [&] { copyDatabase(m_folder->path(), cut.path()); });
        program.chat().send("precious words");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        const std::vector<storage::Message> branch = onlyBranch(cut.path());
        QCOMPARE(branch.size(), 2U);
        QCOMPARE(branch[0].text, std::string("precious words"));
        QCOMPARE(branch[1].text, std::string());
        QCOMPARE(branch[1].answer->outcome.state, storage::AnswerState::Interrupted);
        QVERIFY(!branch[1].answer->provenance.parameters_json.empty());
    }

    void whatWasShownAQuarterOfASecondAgoIsOnDisk() {
        const auto loading = std::make_shared<Gate>();
        const auto writing = std::make_shared<Gate>();
        loading->open();
        HeadlessProgram program(
            m_folder->path(), [=] { return std::make_unique<HeldEngine>(HeadlessProgram::quick(), loading, writing); },
            "/scripted.gguf");
        QTRY_VERIFY(program.ready());
        program.chat().send("code");
        QTRY_VERIFY(program.hasWritten(1));  // and then the engine writes nothing more
        const QString shown = program.lastText();
        QTRY_VERIFY(isOnDisk(shown));
        writing->open();
        QTRY_VERIFY(program.idle());
        QVERIFY(program.lastText().startsWith(shown));
    }

    void anAnswerIsStoredInAtMostFourCommitsASecond() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::slow());
        QTRY_VERIFY(program.ready());
        QElapsedTimer timer;
        QList<qint64> times;
        connect(&program.generations(), &Generations::appendRequested, this, [&] { times += timer.elapsed(); });
        timer.start();
        program.chat().send("code");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QVERIFY(times.size() >= 3);
        for (qsizetype i = 1; i + 1 < times.size(); ++i)  // the last one is the end of the answer
            QVERIFY2(times[i] - times[i - 1] >= 249, qPrintable(QString::number(times[i] - times[i - 1])));
    }

    void aProgramLeftAloneMakesTheDailyCopy() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        program.chat().send("precious words");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        const QDir backups(m_folder->filePath("backups"));
        QTRY_COMPARE(backups.entryList({"altiplano-*.db"}, QDir::Files).size(), 1);
        QCOMPARE(program.application().notice(), QString());
        const QTemporaryDir place;
        const QString copy = backups.filePath(backups.entryList({"altiplano-*.db"}, QDir::Files).at(0));
        QVERIFY(QFile::copy(copy, place.filePath("altiplano.db")));
        QCOMPARE(onlyBranch(place.path()).at(0).text, std::string("precious words"));
    }

    void whatLiesInTheTrashForAMonthIsErasedAtRest() {
        constexpr qint64 kDayMs = 24LL * 60 * 60 * 1000;
        for (const int daysAgo : {31, 29}) {
            auto store = openAt(m_folder->path(), QDateTime::currentMSecsSinceEpoch() - daysAgo * kDayMs);
            store.trash(store.create_conversation("", "", "").id);
        }
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        const QDir backups(m_folder->filePath("backups"));
        QTRY_COMPARE(backups.entryList({"altiplano-*.db"}, QDir::Files).size(), 1);  // the trash comes before it
        program.application().shutDown();
        auto store = openAt(m_folder->path(), QDateTime::currentMSecsSinceEpoch());
        QVERIFY_EXCEPTION_THROWN(store.conversation(1), storage::Error);
        store.restore(2);
        QCOMPARE(store.conversation_count(), 1);
    }

private:
    bool isOnDisk(const QString& answer) const {
        const QTemporaryDir cut;
        copyDatabase(m_folder->path(), cut.path());
        return onlyBranch(cut.path()).back().text == answer.toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(DurabilityTest)
#include "durability_test.moc"
