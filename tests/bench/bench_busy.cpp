// Measures how the window fares while the engine computes on all processors: how late the GUI thread is for a frame
// every 16 ms, at rest, while a prompt is read and while an answer is written; and the processor time of a program at
// rest. Usage: altiplano-bench-busy MODEL [--equal]    --equal: the engine's threads get the rank of all others (as
// root)
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <sched.h>
#include <sys/resource.h>
#include <vector>

#include "app/llama_engine.h"
#include "tests/ui/program.h"

using namespace altiplano;
using altiplano::tests::Program;

namespace {

constexpr double kFrameMs = 16;
constexpr int kPhaseMs = 8000;
constexpr int kRestMs = 10000;

void waitFor(const std::function<bool()>& condition) {
    if (!QTest::qWaitFor(condition, 60000))
        qFatal("waited for a minute in vain");
}

double usedMs() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto milliseconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

/// Draws the window every 16 ms for a while, as long as condition() holds, and tells how late each picture was done.
void measure(const char* what, Program& program, const std::function<bool()>& condition) {
    std::vector<double> late;
    QElapsedTimer phase;
    phase.start();
    double due = kFrameMs;
    while (phase.elapsed() < kPhaseMs && condition()) {
        const double left = due - static_cast<double>(phase.nsecsElapsed()) / 1e6;
        if (left > 0)
            QTest::qSleep(static_cast<int>(left) + 1);
        QCoreApplication::processEvents();
        program.window().grabWindow();
        const double now = static_cast<double>(phase.nsecsElapsed()) / 1e6;
        late.push_back(now - due);
        due = std::max(due + kFrameMs, now);
    }
    if (late.empty())
        return;
    std::sort(late.begin(), late.end());
    const auto at = [&](double share) {
        return late[static_cast<std::size_t>(share * static_cast<double>(late.size() - 1))];
    };
    std::printf("%-22s %5zu pictures, done after their time by ms: median %.1f, 95 %% %.1f, 99 %% %.1f, worst %.1f\n",
                what, late.size(), at(0.5), at(0.95), at(0.99), late.back());
}

/// Takes back what giveWay() did.
void makeEqual() {
    for (const QString& id : QDir("/proc/self/task").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name("/proc/self/task/" + id + "/comm");
        if (name.open(QIODevice::ReadOnly) && name.readAll().startsWith("engine")) {
            const sched_param none{};
            ::sched_setscheduler(id.toInt(), SCHED_OTHER, &none);
            ::setpriority(PRIO_PROCESS, static_cast<id_t>(id.toInt()), 0);
        }
    }
}

QString longQuestion() {
    QString text;
    for (int line = 0; line < 400; ++line)
        text += QStringLiteral("Line %1 tells of the weather, the roads and the prices of that day. ").arg(line);
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: altiplano-bench-busy MODEL [--equal]\n");
        return 1;
    }
    const QTemporaryDir folder;
    Program program(
        folder.path(), [] { return std::make_unique<LlamaEngine>(); }, arguments[1]);
    if (!program.ready())
        return 1;
    if (arguments.contains("--equal"))
        makeEqual();
    QTest::qWait(1000);
    const double before = usedMs();
    QTest::qWait(kRestMs);
    std::printf("at rest with the model in memory: %.0f ms of processor time in %d s\n", usedMs() - before,
                kRestMs / 1000);
    measure("at rest", program, [] { return true; });
    program.chat().send(longQuestion());
    waitFor([&] { return program.chat().state() == ChatController::Reading; });
    measure("while reading", program, [&] { return program.chat().state() == ChatController::Reading; });
    program.chat().stop();
    waitFor([&] { return !program.chat().busy(); });
    program.chat().newConversation();
    program.chat().send("Tell me everything.");
    waitFor([&] { return program.chat().state() == ChatController::Answering; });
    measure("while answering", program, [&] { return program.chat().busy(); });
    program.chat().stop();
    waitFor([&] { return !program.chat().busy(); });
    return 0;
}
