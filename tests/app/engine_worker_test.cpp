// The engine thread's object: errors become values, text comes at most once a frame, a load that crashed is noticed.
#include "app/engine_worker.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <new>
#include <thread>

#include "app/scripted_engine.h"

using namespace altiplano;

namespace {

GenerationRequest asking(const std::string& question) {
    GenerationRequest request;
    request.run = 7;
    request.messages.push_back({engine::ChatRole::User, question});
    return request;
}

GenerationEnd endOf(const QSignalSpy& spy) {
    return spy.last().first().value<GenerationEnd>();
}

}  // namespace

class EngineWorkerTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_worker = std::make_unique<EngineWorker>(std::make_unique<ScriptedEngine>(ScriptedEngine::Options{
                                                      .tokensPerSecond = 500, .prefillSteps = 2, .context = 8192}),
                                                  marker());
    }

    void textComesAtMostOnceAFrame() {
        m_worker->load({.path = "/x.gguf"}, {});
        QElapsedTimer timer;
        QList<qint64> times;
        QString text;
        connect(m_worker.get(), &EngineWorker::textProduced, this, [&](const GeneratedText& piece) {
            times += timer.elapsed();
            text += piece.text;
        });
        timer.start();
        QSignalSpy ended(m_worker.get(), &EngineWorker::generationFinished);
        m_worker->generate(asking("code"), {});
        QVERIFY(text.endsWith("format only what you show.\n"));
        const qint64 frames = timer.elapsed() / 33;
        QVERIFY(times.size() > 3);
        QVERIFY2(times.size() <= frames + 3,
                 qPrintable(QString("%1 signals in %2 frames").arg(times.size()).arg(frames)));
        QVERIFY(!endOf(ended).failure);
        QCOMPARE(endOf(ended).run, 7U);
    }

    void theFirstWordIsShownAtOnce() {
        m_worker->load({.path = "/x.gguf"}, {});
        std::stop_source stop;
        int tokens = 0;
        connect(m_worker.get(), &EngineWorker::textProduced, this, [&](const GeneratedText& text) {
            tokens = text.tokens;
            stop.request_stop();
        });
        m_worker->generate(asking("forever"), stop.get_token());
        QCOMPARE(tokens, 1);
    }

    void errorsBecomeValues() {
        m_worker->load({.path = "/x.gguf"}, {});
        QSignalSpy ended(m_worker.get(), &EngineWorker::generationFinished);
        m_worker->generate(asking("fail"), {});
        QCOMPARE(endOf(ended).failure->kind, engine::ErrorKind::Numeric);
        m_worker->generate(asking("out of memory"), {});
        QCOMPARE(endOf(ended).failure->kind, engine::ErrorKind::OutOfMemory);
        m_worker->generate(asking(std::string(40'000, 'x')), {});
        QCOMPARE(endOf(ended).failure->kind, engine::ErrorKind::PromptTooLong);
        QCOMPARE(endOf(ended).failure->contextTokens, 8192);
        QVERIFY(endOf(ended).failure->neededTokens > 10'000);
        m_worker->unload();
        m_worker->generate(asking("hello"), {});
        QCOMPARE(endOf(ended).failure->kind, engine::ErrorKind::BadArgument);
    }

    void aRequestedStopEndsAtOnce() {
        m_worker->load({.path = "/x.gguf"}, {});
        std::stop_source stop;
        stop.request_stop();
        QSignalSpy ended(m_worker.get(), &EngineWorker::generationFinished);
        QSignalSpy text(m_worker.get(), &EngineWorker::textProduced);
        m_worker->generate(asking("forever"), stop.get_token());
        QCOMPARE(endOf(ended).figures.reason, engine::StopReason::User);
        QCOMPARE(text.count(), 0);
    }

    void aStopIsNoticedBeforeTheNextToken() {
        m_worker->load({.path = "/x.gguf"}, {});
        std::stop_source stop;
        int tokens = 0;
        connect(m_worker.get(), &EngineWorker::textProduced, this, [&](const GeneratedText& text) {
            tokens = text.tokens;
            stop.request_stop();
        });
        QSignalSpy ended(m_worker.get(), &EngineWorker::generationFinished);
        m_worker->generate(asking("forever"), stop.get_token());
        QCOMPARE(endOf(ended).figures.generated_tokens, tokens);
        QVERIFY(tokens > 0);
    }

    void aLoadThatEndedTheProgramIsNotRepeatedByItself() {
        QFile file(marker());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("/crashes.gguf");
        file.close();
        QSignalSpy ended(m_worker.get(), &EngineWorker::loadFinished);
        m_worker->load({.path = "/crashes.gguf", .automatic = true}, {});
        QVERIFY(ended.last().first().value<LoadEnd>().skippedAfterCrash);
        m_worker->load({.path = "/crashes.gguf", .automatic = true}, {});
        QVERIFY2(ended.last().first().value<LoadEnd>().model, "once told, it is tried again");
        QVERIFY(!QFile::exists(marker()));
    }

    void theMarkerIsThereWhileLoadingAndGoneAfterwards() {
        bool seen = false;
        connect(m_worker.get(), &EngineWorker::loadProgressed, this, [&] { seen = seen || QFile::exists(marker()); });
        m_worker->load({.path = "/broken.gguf"}, {});
        QVERIFY(seen);
        QVERIFY(!QFile::exists(marker()));
    }

private:
    QString marker() const { return m_folder->filePath("loading.marker"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<EngineWorker> m_worker;
};

QTEST_GUILESS_MAIN(EngineWorkerTest)
#include "engine_worker_test.moc"
