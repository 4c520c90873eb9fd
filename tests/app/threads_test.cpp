// The engine's threads in the running program: as many as set, behind the window's, and none at work when nothing is
// asked.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <sys/resource.h>
#include <unistd.h>

#include "app/llama_engine.h"
#include "tests/app/headless_program.h"

using namespace altiplano;
using altiplano::tests::HeadlessProgram;

namespace {

constexpr int kSchedBatch = 3;

struct Task {
    QString name;
    int nice = 0;
    int policy = 0;
};

/// The threads of this process. A new thread bears the name of the one that started it.
QList<Task> tasks() {
    QList<Task> list;
    const QDir folder("/proc/self/task");
    for (const QString& id : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile stat(folder.filePath(id + "/stat"));
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QString line = QString::fromUtf8(stat.readAll());
        const qsizetype end = line.lastIndexOf(')');
        const QStringList fields = line.mid(end + 2).split(' ');
        list += {line.mid(line.indexOf('(') + 1, end - line.indexOf('(') - 1), fields.value(16).toInt(),
                 fields.value(38).toInt()};
    }
    return list;
}

qint64 usedMs() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

}  // namespace

class ThreadsTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<HeadlessProgram>(
            m_folder->path(), [] { return std::make_unique<LlamaEngine>(); }, QStringLiteral(ALTIPLANO_STARTER));
        QTRY_VERIFY(m_program->ready());
        QTRY_COMPARE(controller().state(), EngineController::Ready);
    }
    void cleanup() { m_program.reset(); }

    void anotherNumberHoldsAtOnce() {
        Settings& settings = *m_program->application().settings();
        for (const int threads : {1, settings.maximumThreads()}) {
            settings.setThreads(threads);
            QTRY_COMPARE(controller().model()->placement, QStringLiteral("cpu, %1 threads").arg(threads));
            QCOMPARE(engineTasks().size(), threads);
            QCOMPARE(controller().state(), EngineController::Ready);
            answer();
            QVERIFY(m_program->message(m_program->count() - 1, "provenance")
                        .toString()
                        .contains(QStringLiteral("%1 threads").arg(threads)));
        }
    }

    void theEngineGivesWayToTheWindow() {
        m_program->application().settings()->setThreads(m_program->application().settings()->maximumThreads());
        answer();
        int own = 0;
        for (const Task& task : tasks())
            own = std::max(own, task.name == "engine" ? 0 : task.nice);
        QVERIFY(!engineTasks().isEmpty());
        for (const Task& task : engineTasks()) {
            QCOMPARE(task.policy, kSchedBatch);
            QVERIFY2(task.nice == own + 2 || task.nice == 19, qPrintable(QString::number(task.nice)));
        }
    }

    void atRestTheProgramUsesNoProcessorTime() {
        answer();
        QTest::qWait(1500);  // what is due after an answer
        const qint64 before = usedMs();
        QTest::qWait(2000);
        const qint64 used = usedMs() - before;
        QVERIFY2(used < 100, qPrintable(QStringLiteral("%1 ms in 2 s").arg(used)));
    }

private:
    EngineController& controller() { return *m_program->application().engine(); }
    static QList<Task> engineTasks() {
        QList<Task> list;
        for (const Task& task : tasks())
            if (task.name == "engine")
                list += task;
        return list;
    }
    void answer() {
        const int before = m_program->count();
        m_program->chat().send("What can you do?");
        QTRY_COMPARE(m_program->count(), before + 2);
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QTRY_VERIFY(m_program->idle());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HeadlessProgram> m_program;
};

QTEST_MAIN(ThreadsTest)
#include "threads_test.moc"
