// How the words of an answer get to disk: not too often, not too late, each exactly once whatever storage does.
#include "app/answer_recorder.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include "tests/app/patience.h"

using namespace altiplano;

class AnswerRecorderTest : public QObject {
    Q_OBJECT

private slots:
    void textIsStoredFourTimesASecondAndNeverLate() {
        constexpr int kPieces = 150;
        constexpr int kPieceMs = 13;
        AnswerRecorder recorder(1);
        QElapsedTimer clock;
        clock.start();
        QList<qint64> stored;
        qint64 unsavedSince = -1;
        qint64 longestLag = 0;
        connect(&recorder, &AnswerRecorder::appendRequested, this, [&] {
            stored += clock.elapsed();
            if (unsavedSince >= 0)
                longestLag = std::max(longestLag, clock.elapsed() - unsavedSince);
            unsavedSince = -1;
            QMetaObject::invokeMethod(&recorder, &AnswerRecorder::onStored, Qt::QueuedConnection);
        });
        qint64 lastBeat = 0;
        qint64 longestPause = 0;  // of this busy machine: no timer fires meanwhile
        int pieces = 0;
        QTimer writer;
        writer.setTimerType(Qt::PreciseTimer);
        connect(&writer, &QTimer::timeout, this, [&] {
            longestPause = std::max(longestPause, clock.elapsed() - lastBeat);
            lastBeat = clock.elapsed();
            if (unsavedSince < 0)
                unsavedSince = clock.elapsed();
            recorder.append("word ");
            if (++pieces == kPieces)
                writer.stop();
        });
        writer.start(kPieceMs);
        QTRY_COMPARE(pieces, kPieces);
        QVERIFY(stored.size() >= 3);
        for (qsizetype i = 1; i < stored.size(); ++i)
            QVERIFY2(stored[i] - stored[i - 1] >= 249, qPrintable(QString::number(stored[i] - stored[i - 1])));
        qInfo("longest lag %lld ms, longest pause of the event loop %lld ms", longestLag, longestPause);
        QVERIFY(longestLag <= 250 + longestPause);
    }

    void everyWordIsStoredOnceAndTheEndComesLast() {
        AnswerRecorder recorder(1);
        QSignalSpy appended(&recorder, &AnswerRecorder::appendRequested);
        QSignalSpy finished(&recorder, &AnswerRecorder::finishRequested);
        recorder.append("a");
        recorder.append("b");
        recorder.append("c");
        recorder.finish("abc", {});
        QCOMPARE(appended.count(), 1);  // storage has not answered yet
        recorder.onStored();
        QCOMPARE(appended.count(), 2);
        QCOMPARE(appended[0][1].toString() + appended[1][1].toString(), "abc");
        QCOMPARE(finished.count(), 0);
        recorder.onStored();
        QCOMPARE(finished.count(), 1);
    }

    void whatFailsIsTriedAgainInItsOrder() {
        AnswerRecorder recorder(1);
        QSignalSpy appended(&recorder, &AnswerRecorder::appendRequested);
        QSignalSpy finished(&recorder, &AnswerRecorder::finishRequested);
        recorder.append("a");
        recorder.append("b");
        recorder.onFailed();
        recorder.append("c");
        recorder.finish("abc", {});
        QCOMPARE(appended.count(), 1);  // not at once: storage has just failed
        QTRY_COMPARE(appended.count(), 2);
        QCOMPARE(appended[1][1].toString(), "abc");
        recorder.onFailed();
        recorder.flush();  // the program ends
        QCOMPARE(appended.count(), 3);
        QCOMPARE(appended[2][1].toString(), "abc");
        recorder.onStored();
        QCOMPARE(finished.count(), 1);
    }

    void anEndThatFailsIsTriedAgain() {
        AnswerRecorder recorder(1);
        QSignalSpy finished(&recorder, &AnswerRecorder::finishRequested);
        recorder.finish("", {});
        QCOMPARE(finished.count(), 1);
        recorder.onFailed();
        QTRY_COMPARE(finished.count(), 2);
    }
};

QTEST_GUILESS_MAIN(AnswerRecorderTest)
#include "answer_recorder_test.moc"
