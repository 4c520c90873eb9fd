// The executable as the desktop starts it: one program per data folder, and a quick end when asked.
#include <QElapsedTimer>
#include <QImage>
#include <QLockFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/single_instance.h"
#include "tests/app/patience.h"

namespace {

constexpr int kStartMs = 60'000;  // under sanitizers and on a busy machine

}  // namespace

class ProcessTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aSecondStartEndsWithZeroAndTheFirstGoesOn() {
        const auto first = start();
        QTRY_VERIFY_WITH_TIMEOUT(isUp(*first), kStartMs);
        const auto second = start();
        QVERIFY(second->waitForFinished(kStartMs));
        QCOMPARE(second->exitStatus(), QProcess::NormalExit);
        QCOMPARE(second->exitCode(), 0);
        QCOMPARE(first->state(), QProcess::Running);
        end(*first);
    }

    void aSecondStartRaisesTheFirst() {
        QVERIFY(QDir().mkpath(m_folder->filePath("data")));
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
        altiplano::SingleInstance first(m_folder->filePath("data"));
        QCOMPARE(first.start(), altiplano::SingleInstance::Start::First);
        QSignalSpy raised(&first, &altiplano::SingleInstance::raiseRequested);
        const auto second = start();
        QTRY_COMPARE(second->state(), QProcess::NotRunning);
        QCOMPARE(second->exitCode(), 0);
        QVERIFY(raised.count() >= 1);
    }

    void aRestartedProgramTakesOverWhileTheOldOneEnds() {
        QVERIFY(QDir().mkpath(m_folder->filePath("data")));
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
        altiplano::SingleInstance old(m_folder->filePath("data"));
        QCOMPARE(old.start(), altiplano::SingleInstance::Start::First);
        old.release();
        const auto next = start({"--conversation", "7"});
        QTRY_VERIFY_WITH_TIMEOUT(isUp(*next), kStartMs);
        end(*next);
    }

    // A lost card's memory is free again when the process is gone, not before.
    void aRestartedProgramBeginsWhenTheOldOneHasEnded() {
        QProcess old;
        old.start("sleep", {"600"});
        QVERIFY(old.waitForStarted());
        const auto next = start({"--after", QString::number(old.processId())});
        QTest::qWait(2000);
        QCOMPARE(next->state(), QProcess::Running);
        QVERIFY(!QFile::exists(m_folder->filePath("data/altiplano.lock")));
        old.kill();
        QTRY_VERIFY_WITH_TIMEOUT(isUp(*next), kStartMs);
        end(*next);
        old.waitForFinished();
    }

    void ofManyAtOnceOneRuns() {
        std::vector<std::unique_ptr<QProcess>> all;
        for (int i = 0; i < 6; ++i)
            all.push_back(start());
        const auto running = [&] {
            return std::count_if(all.begin(), all.end(), [](auto& one) { return one->state() == QProcess::Running; });
        };
        QTRY_COMPARE_WITH_TIMEOUT(running(), 1, 2 * kStartMs);
        for (const auto& one : all) {
            if (one->state() == QProcess::Running)
                end(*one);
            else
                QCOMPARE(one->exitCode(), 0);
        }
    }

    void theLockOfAKilledProgramIsTakenOver() {
        const auto killed = start();
        QTRY_VERIFY_WITH_TIMEOUT(isUp(*killed), kStartMs);
        killed->kill();
        QVERIFY(killed->waitForFinished(kStartMs));
        const auto next = start();
        QTRY_VERIFY_WITH_TIMEOUT(isUp(*next), kStartMs);
        const auto second = start();
        QVERIFY(second->waitForFinished(kStartMs));
        QCOMPARE(second->exitCode(), 0);
        QCOMPARE(next->state(), QProcess::Running);
        end(*next);
    }

    void terminationEndsTheProgramSoon() {
        const auto program = start();
        QTRY_VERIFY_WITH_TIMEOUT(isUp(*program), kStartMs);
        QElapsedTimer timer;
        timer.start();
        end(*program);
        qInfo("ended after %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 10'000);  // two seconds where the machine has nothing else to do
    }

    void aScreenshotIsTaken() {
        const QString file = m_folder->filePath("window.png");
        const auto program = start({"--model", "/scripted.gguf", "--screenshot", file, "--geometry", "900x600"});
        QVERIFY(program->waitForFinished(2 * kStartMs));
        QCOMPARE(program->exitCode(), 0);
        QCOMPARE(QImage(file).size(), QSize(900, 600));
    }

    void mistakesAreRefusedWithASentence() {
        const auto program = start({"model.gguf"});
        QVERIFY(program->waitForFinished(kStartMs));
        QVERIFY(program->exitCode() != 0);
        QVERIFY(program->readAllStandardError().contains("--model"));
    }

private:
    std::unique_ptr<QProcess> start(const QStringList& more = {}) {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_RUNTIME_DIR", m_folder->path());
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        environment.insert("QT_QUICK_BACKEND", "software");
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(ALTIPLANO_OFFLINE), QStringList{"--data-dir", m_folder->filePath("data")} + more);
        process->waitForStarted();
        return process;
    }
    /// The data folder is this one's, and the database is there.
    bool isUp(const QProcess& process) const {
        qint64 owner = 0;
        QString host;
        QString name;
        return QLockFile(m_folder->filePath("data/altiplano.lock")).getLockInfo(&owner, &host, &name) &&
               owner == process.processId() && QFile::exists(m_folder->filePath("data/altiplano.db"));
    }
    static void end(QProcess& process) {
        process.terminate();
        QVERIFY(process.waitForFinished(kStartMs));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(ProcessTest)
#include "process_test.moc"
