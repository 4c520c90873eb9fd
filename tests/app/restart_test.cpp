// After the program ended, well or badly, everything is found again.
#include <QtEndian>
#include <unistd.h>

#include "storage/conversation_store.h"
#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

/// While it lives nothing in the folder can be written; root, who may write everywhere, is somebody else meanwhile.
class ReadOnlyFolder {
public:
    explicit ReadOnlyFolder(const QString& path) : m_path(path) {
        constexpr uid_t kNobody = 65534;
        constexpr auto kReadable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
        constexpr auto kFolder = kReadable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
        for (const QFileInfo& file : QDir(path).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY(QFile::setPermissions(file.filePath(), file.isDir() ? kFolder : kReadable));
        QVERIFY(QFile::setPermissions(path, kFolder));
        if (m_wasRoot)
            QCOMPARE(::setresuid(kNobody, kNobody, 0), 0);
    }
    ~ReadOnlyFolder() {
        [[maybe_unused]] const int ignored = m_wasRoot ? ::setresuid(0, 0, 0) : 0;
        QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    ReadOnlyFolder(const ReadOnlyFolder&) = delete;
    ReadOnlyFolder& operator=(const ReadOnlyFolder&) = delete;

private:
    QString m_path;
    bool m_wasRoot = ::geteuid() == 0;
};

/// Writes the version of the schema into SQLite's header.
void setVersion(const QString& database, quint32 version) {
    constexpr qint64 kUserVersion = 60;
    QFile file(database);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(kUserVersion));
    const quint32 bigEndian = qToBigEndian(version);
    file.write(reinterpret_cast<const char*>(&bigEndian), sizeof bigEndian);
}

}  // namespace

class RestartTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyMessageIsFoundAgain() {
        QStringList texts;
        QString provenance;
        {
            HeadlessProgram program(m_folder->path());
            QTRY_VERIFY(program.ready());
            for (const char* question : {"code", "table", "list", "arabic"}) {
                const int before = program.count();
                program.chat().send(question);
                QTRY_VERIFY(program.idle() && program.count() == before + 2);
            }
            program.chat().regenerate(program.idAt(7));
            QTRY_VERIFY(program.idle() && program.message(7, "siblingCount").toInt() == 2);
            for (int row = 0; row < program.count(); ++row)
                texts += program.textAt(row);
            provenance = program.message(7, "provenance").toString();
        }
        HeadlessProgram program(m_folder->path());
        QTRY_COMPARE(program.conversations().rowCount(), 1);
        QCOMPARE(roleValue(program.conversations(), 0, "title").toString(), "code");
        program.chat().open(roleValue(program.conversations(), 0, "conversationId").toDouble());
        QTRY_COMPARE(program.count(), 8);
        for (int row = 0; row < program.count(); ++row)
            QCOMPARE(program.textAt(row), texts[row]);
        QCOMPARE(program.message(7, "provenance").toString(), provenance);
        QCOMPARE(program.message(7, "siblingNumber").toInt(), 2);
        QVERIFY(program.message(7, "statistics").toString().contains("tokens"));
        QCOMPARE(program.application().notice(), QString());
    }

    void anInterruptedAnswerOffersToGoOn() {
        {
            auto store = storage::ConversationStore::open((m_folder->path() + "/altiplano.db").toStdString(),
                                                          [] { return QDateTime::currentMSecsSinceEpoch(); });
            const auto conversation = store.create_conversation("1 Jan 2026", "", "");
            const auto turn = store.begin_turn(conversation.id, {}, "show me code", {});
            store.append_answer(turn.answer.id, "Add a `timedelta` to ");
        }  // and no end: a crash
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready() && program.conversations().rowCount() == 1);
        QVERIFY(program.application().notice().contains("interrupted"));
        QCOMPARE(program.application().noticeKind(), Application::Info);
        program.chat().open(roleValue(program.conversations(), 0, "conversationId").toDouble());
        QTRY_COMPARE(program.count(), 2);
        QCOMPARE(program.lastState(), MessageListModel::Interrupted);
        QVERIFY(program.message(1, "canContinue").toBool());
        program.chat().continueAnswer(program.idAt(1));
        QTRY_COMPARE(program.lastState(), MessageListModel::Complete);
        QVERIFY(program.lastText().startsWith("Add a `timedelta` to a `datetime`"));
    }

    void theLastModelIsLoadedAgain() {
        {
            HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "/chosen.gguf");
            QTRY_COMPARE(program.application().engine()->state(), EngineController::Ready);
        }
        HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "");
        QTRY_COMPARE(program.application().engine()->state(), EngineController::Ready);
        QCOMPARE(program.application().engine()->modelPath(), "/chosen.gguf");
    }

    void aModelWhoseLoadEndedTheProgramIsNotLoadedByItself() {
        {
            HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "/chosen.gguf");
            QTRY_COMPARE(program.application().engine()->state(), EngineController::Ready);
        }
        QFile marker(m_folder->filePath("loading.marker"));
        QVERIFY(marker.open(QIODevice::WriteOnly));
        marker.write("/chosen.gguf");
        marker.close();
        HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "");
        QTRY_COMPARE(program.application().engine()->state(), EngineController::Failed);
        QVERIFY(program.application().engine()->error().contains("ended while it loaded"));
    }

    void aReadOnlyFolderCanBeReadAndSaysWhy() {
        {
            HeadlessProgram program(m_folder->path());
            QTRY_VERIFY(program.ready());
            program.chat().send("code");
            QTRY_VERIFY(program.idle() && program.count() == 2);
        }
        const ReadOnlyFolder readOnly(m_folder->path());
        HeadlessProgram program(m_folder->path());
        QTRY_COMPARE(program.conversations().rowCount(), 1);
        QVERIFY(!program.chat().canSend());
        QVERIFY(program.chat().blockedReason().contains("can be read but not changed"));
        program.application().settings()->setTheme(Settings::Dark);
        program.application().storeAll();
        showsTheOnlyConversation(program);
        QVERIFY2(program.application().notice().contains("can be read but not changed"),
                 qPrintable(program.application().notice()));
        QCOMPARE(program.application().noticeKind(), Application::Caution);
    }

    void theConversationsOfANewerVersionCanBeRead() {
        {
            HeadlessProgram program(m_folder->path());
            QTRY_VERIFY(program.ready());
            program.chat().send("code");
            QTRY_VERIFY(program.idle() && program.count() == 2);
        }
        setVersion(m_folder->filePath("altiplano.db"), 9999);
        HeadlessProgram program(m_folder->path());
        QTRY_COMPARE(program.conversations().rowCount(), 1);
        QVERIFY2(program.application().notice().contains("newer version"), qPrintable(program.application().notice()));
        QVERIFY(!program.chat().canSend());
        QVERIFY(program.chat().blockedReason().contains("newer version"));
        showsTheOnlyConversation(program);
    }

    void aDamagedDatabaseIsKeptAside() {
        QFile file(m_folder->filePath("altiplano.db"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(20'000, 'x'));
        file.close();
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        QVERIFY2(program.application().notice().contains("damaged"), qPrintable(program.application().notice()));
        program.chat().send("code");
        QTRY_VERIFY(program.idle() && program.count() == 2);
    }

private:
    static void showsTheOnlyConversation(HeadlessProgram& program) {
        program.chat().open(roleValue(program.conversations(), 0, "conversationId").toDouble());
        QTRY_COMPARE(program.count(), 2);
        QCOMPARE(program.textAt(0), "code");
        QVERIFY(program.lastText().endsWith("format only what you show.\n"));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(RestartTest)
#include "restart_test.moc"
