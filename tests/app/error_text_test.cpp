// Sentences for errors: what, where and what to do; never a code alone.
#include "app/error_text.h"

#include <QTest>

using namespace altiplano;

class ErrorTextTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aFileCutShortIsMeasured() {
        const QString path = "/m/model.gguf";
        const EngineFailure failure{.kind = engine::ErrorKind::BadFile,
                                    .message = path +
                                               ": blk.3.attn_q.weight at offset 4000000000: needs 900000000 bytes, "
                                               "but the file ends at 1200000000; it is incomplete"};
        QCOMPARE(modelErrorText(failure, path),
                 QString("The file is cut short: 1.2\u202fGB of at least 4.9\u202fGB are there. Download it again."));
    }

    void aFileThatChangesMayBeADownload() {
        const EngineFailure failure{.kind = engine::ErrorKind::Io,
                                    .message = "/m/x: the file changed while it was read: it had 5 bytes and has 9"};
        QCOMPARE(modelErrorText(failure, "/m/x"),
                 QString("The file changed while it was read. Wait until it is complete, then load it again."));
    }

    void otherFilesAreNoModels() {
        const EngineFailure failure{.kind = engine::ErrorKind::BadFile,
                                    .message =
                                        "/m/a.txt: magic at offset 0: the file does not start with 'GGUF', so it "
                                        "is no model file that this program knows"};
        const QString text = modelErrorText(failure, "/m/a.txt");
        QVERIFY(text.startsWith("This is no model file."));
        QVERIFY(!text.contains("/m/a.txt"));
    }

    void everyEngineErrorSaysWhatToDo_data() {
        QTest::addColumn<int>("kind");
        for (int kind = 0; kind <= static_cast<int>(engine::ErrorKind::Numeric); ++kind)
            QTest::addRow("kind %d", kind) << kind;
    }
    void everyEngineErrorSaysWhatToDo() {
        QFETCH(int, kind);
        const EngineFailure failure{.kind = static_cast<engine::ErrorKind>(kind), .message = "/m/x: the reason 4711"};
        for (const QString& text : {modelErrorText(failure, "/m/x"), answerErrorText(failure)}) {
            QVERIFY(text.endsWith('.'));
            QVERIFY2(text.count('.') + text.count(',') >= 2 || text.contains(';'), qPrintable(text));
            QVERIFY(!text.contains(".."));
        }
    }

    void tooLongNamesNeededAndAvailableTokens() {
        const EngineFailure failure{
            .kind = engine::ErrorKind::PromptTooLong, .message = "x", .neededTokens = 9000, .contextTokens = 8192};
        const QString text = answerErrorText(failure);
        for (const char* part : {"9000", "8192", "shorter message", "new chat", "Settings"})
            QVERIFY2(text.contains(part), part);
    }

    void aFullDiskIsNeverCalledDamage() {
        const QString text = storageErrorText({.kind = storage::ErrorKind::Full, .message = "x"});
        QVERIFY(text.startsWith("Not saved: the disk is full"));
        QVERIFY(!text.contains("damage"));
    }

    void theStartTellsWhatIsUnusual() {
        QVERIFY(storageOpenText({}).isEmpty());
        QVERIFY(storageOpenText({.kind = StorageOpened::Kind::ReadOnly, .writable = false, .message = "m"})
                    .contains("not changed"));
        QVERIFY(storageOpenText({.kind = StorageOpened::Kind::NewerVersion}).contains("newer version"));
        QVERIFY(
            storageOpenText({.kind = StorageOpened::Kind::Recovered, .keptOriginal = "/d/kept"}).contains("/d/kept"));
        QVERIFY(storageOpenText({.interruptedAnswers = 2}).contains("interrupted"));
    }
};

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "error_text_test.moc"
