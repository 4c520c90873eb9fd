// What the engine has computed of a conversation is kept and comes back: in memory, on disk, after a restart, never
// wrong.
#include "app/conversation_states.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/llama_engine.h"
#include "app/state_writer.h"

using namespace altiplano;

namespace {

constexpr qint64 kPlenty = qint64{1} << 30;

/// Longer than a segment, so that several files are written.
std::string longText(const std::string& seed) {
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += seed + " " + std::to_string(i) + " goes on. ";
    return text;
}

struct Answer {
    engine::Generation figures;
    std::string text;
};

}  // namespace

class ConversationStatesTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = newEngine();
    }

    void aConversationThatIsReturnedToIsNotReadAgain() {
        const auto first = question("Hello"), second = question("Something else");
        const Answer one = ask(*m_engine, 1, first);
        ask(*m_engine, 2, second);
        const auto next = after(first, one.text);
        const Answer back = ask(*m_engine, 1, next);
        QVERIFY2(back.figures.reused_tokens >= one.figures.prompt_tokens, qPrintable(told(back)));
        QCOMPARE(back.text, textOfOneWhoStayed(first, next));
    }

    void manyConversationsInTurnsWriteWhatTheyWriteAlone() {
        std::vector<std::vector<engine::ChatMessage>> all;
        for (int i = 0; i < 5; ++i)
            all.push_back(question("Conversation number " + std::to_string(i)));
        for (int turn = 0; turn < 3; ++turn) {
            for (std::size_t i = 0; i < all.size(); ++i) {
                const Answer answer = ask(*m_engine, static_cast<qint64>(i) + 1, all[i]);
                QCOMPARE(answer.text, ask(*newEngine(0, 0, "elsewhere"), 1, all[i]).text);
                QVERIFY(turn == 0 || answer.figures.reused_tokens > answer.figures.prompt_tokens / 2);
                all[i] = after(all[i], "It is " + std::to_string(turn) + ".");
            }
        }
    }

    void afterARestartTheConversationGoesOnFromDisk() {
        const auto messages = question(longText("The story"));
        const Answer first = ask(*m_engine, 1, messages);
        writeAll(*m_engine);
        QVERIFY(files().size() > 1);
        m_engine = newEngine();
        const auto next = after(messages, first.text);
        const Answer back = ask(*m_engine, 1, next);
        QVERIFY2(back.figures.reused_tokens >= first.figures.prompt_tokens, qPrintable(told(back)));
        QCOMPARE(back.text, textOfOneWhoStayed(messages, next));
    }

    void whatIsOnDiskIsNotWrittenAgain() {
        const auto messages = question(longText("The story"));
        const Answer first = ask(*m_engine, 1, messages);
        writeAll(*m_engine);
        QVERIFY(!m_engine->nextStateWrite());
        const QStringList before = files();
        ask(*m_engine, 1, after(messages, first.text));
        QVERIFY2(writeAll(*m_engine) < before.size(), "only the end is new");
        int kept = 0;
        for (const QString& file : files())
            kept += before.contains(file) ? 1 : 0;
        QCOMPARE(kept, before.size() - 1);  // the end that was not full is superseded
    }

    void aBranchThatWasLeftComesBackFromDisk() {
        const auto root = question(longText("The story"));
        const Answer first = ask(*m_engine, 1, root);
        const auto one = after(root, first.text, longText("And then"));
        const Answer inOne = ask(*m_engine, 1, one);
        writeAll(*m_engine);
        ask(*m_engine, 1, after(root, first.text, longText("But no")));
        writeAll(*m_engine);
        const Answer back = ask(*m_engine, 1, one);
        QCOMPARE(back.figures.reused_tokens, back.figures.prompt_tokens - 1);
        QCOMPARE(back.text, inOne.text);
    }

    void aDamagedFileIsComputedAgain_data() {
        QTest::addColumn<int>("offset");  // from the end where negative
        QTest::newRow("magic") << 0;
        QTest::newRow("version") << 8;
        QTest::newRow("tokens") << 200;
        QTest::newRow("keys and values") << -1000;
    }
    void aDamagedFileIsComputedAgain() {
        QFETCH(int, offset);
        const auto messages = question(longText("The story"));
        const Answer first = ask(*m_engine, 1, messages);
        writeAll(*m_engine);
        for (const QString& path : files()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(offset < 0 ? file.size() + offset : offset);
            char byte = 0;
            QVERIFY(file.peek(&byte, 1) == 1);
            byte = static_cast<char>(byte ^ 0x55);
            file.write(&byte, 1);
        }
        m_engine = newEngine();
        const Answer again = ask(*m_engine, 1, messages);
        QCOMPARE(again.text, first.text);
        QCOMPARE(again.figures.reused_tokens, 0);
        writeAll(*m_engine);
        m_engine = newEngine();
        QCOMPARE(ask(*m_engine, 1, messages).figures.reused_tokens, first.figures.prompt_tokens - 1);
    }

    void filesOfAnotherModelAreNotTouched() {
        const auto messages = question(longText("The story"));
        ask(*m_engine, 1, messages);
        writeAll(*m_engine);
        const QStringList before = files();
        m_engine = newEngine(kPlenty, kPlenty, {}, "tiny-llama31-Q8_0.gguf");
        const Answer other = ask(*m_engine, 1, messages);
        QCOMPARE(other.figures.reused_tokens, 0);
        for (const QString& file : before)
            QVERIFY(QFile::exists(file));
    }

    void aForgottenConversationLeavesNothing() {
        const auto messages = question(longText("The story"));
        ask(*m_engine, 1, messages);
        ask(*m_engine, 2, messages);
        writeAll(*m_engine);
        QCOMPARE(m_engine->conversationsOnDisk().size(), 2U);
        m_engine->forgetConversation(1);
        m_engine->forgetConversation(2);
        QVERIFY(files().isEmpty());
        QVERIFY(QDir(statesFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
        QVERIFY(!m_engine->nextStateWrite());
        QCOMPARE(ask(*m_engine, 1, messages).figures.reused_tokens, 0);
        QCOMPARE(ask(*m_engine, 2, messages).figures.reused_tokens, 0);
    }

    void aConversationForgottenWhileItIsWrittenLeavesNothing() {
        ask(*m_engine, 1, question(longText("The story")));
        const auto write = m_engine->nextStateWrite();
        QVERIFY(write);
        m_engine->forgetConversation(1);
        m_engine->onStateWritten(writeState(*write));
        QVERIFY(files().isEmpty());
    }

    void whatIsReadAgainInNoTimeIsNotWritten() {
        LlamaEngine engine;
        load(engine, kPlenty, kPlenty, {}, "tiny-llama31-Q4_K_M.gguf");
        ask(engine, 1, question("Hello"));
        QVERIFY(!engine.nextStateWrite());
    }

    void withoutAnyLimitNothingIsKept() {
        m_engine = newEngine(0, 0);
        const auto messages = question(longText("The story"));
        ask(*m_engine, 1, messages);
        QVERIFY(!m_engine->nextStateWrite());
        ask(*m_engine, 2, messages);
        QCOMPARE(ask(*m_engine, 1, messages).figures.reused_tokens, 0);
        QVERIFY(files().isEmpty());
    }

    void aSmallerLimitOnDiskRemovesFilesAtOnce() {
        ask(*m_engine, 1, question(longText("The story")));
        writeAll(*m_engine);
        QVERIFY(!files().isEmpty());
        m_engine->setStateLimits({.folder = statesFolder(), .memoryBytes = kPlenty, .diskBytes = 0});
        QVERIFY(files().isEmpty());
        QVERIFY(!m_engine->nextStateWrite());
    }

    void theConversationLeftLongestAgoMakesRoom() {
        const auto messages = question(longText("The story"));
        ask(*m_engine, 1, messages);
        writeAll(*m_engine);
        const qint64 one = bytesOnDisk();
        m_engine->setStateLimits({.folder = statesFolder(), .memoryBytes = kPlenty, .diskBytes = one * 5 / 2});
        for (const qint64 id : {2, 1, 3}) {
            ask(*m_engine, id, after(messages, "Yes " + std::to_string(id)));
            writeAll(*m_engine);
            QVERIFY(bytesOnDisk() <= one * 5 / 2);
        }
        const std::vector<qint64> left = m_engine->conversationsOnDisk();
        QVERIFY(std::find(left.begin(), left.end(), 3) != left.end());
        QVERIFY(std::find(left.begin(), left.end(), 2) == left.end());
        QCOMPARE(writeAll(*m_engine), 0);
    }

    void aFolderThatCannotBeWrittenIsNoTrouble() {
        QFile blocking(m_folder->filePath("blocked"));
        QVERIFY(blocking.open(QIODevice::WriteOnly));
        m_engine = newEngine(kPlenty, kPlenty, "blocked");
        const auto messages = question(longText("The story"));
        const Answer first = ask(*m_engine, 1, messages);
        writeAll(*m_engine);
        QVERIFY(!m_engine->nextStateWrite());
        QCOMPARE(ask(*m_engine, 1, messages).text, first.text);
    }

    void theFolderTellsBackupProgramsToLeaveItOut() {
        QFile tag(statesFolder() + "/CACHEDIR.TAG");
        QVERIFY(tag.open(QIODevice::ReadOnly));
        QVERIFY(tag.readAll().startsWith("Signature: 8a477f597d28d172789f06886806bc55"));
        QVERIFY(!(QFile::permissions(statesFolder()) & (QFile::ReadGroup | QFile::ReadOther)));
    }

private:
    QString statesFolder(const QString& within = {}) const {
        return m_folder->filePath((within.isEmpty() ? "" : within + "/") + QStringLiteral("cache/states"));
    }

    void load(LlamaEngine& engine, qint64 memory, qint64 disk, const QString& within, const QString& model) const {
        engine.setStateLimits({.folder = statesFolder(within), .memoryBytes = memory, .diskBytes = disk});
        const LoadRequest request{
            .path = QStringLiteral(ALTIPLANO_TEST_DATA "/") + model, .choices = {.context = 4096}, .threads = 2};
        QVERIFY(engine.load(request, [](qint64, qint64) {}, {}));
    }

    std::unique_ptr<LlamaEngine> newEngine(qint64 memory = kPlenty, qint64 disk = kPlenty, const QString& within = {},
                                           const QString& model = "tiny-llama31-Q4_K_M.gguf") const {
        auto engine = std::make_unique<LlamaEngine>();
        engine->keepShortStatesToo();
        load(*engine, memory, disk, within, model);
        return engine;
    }

    static std::vector<engine::ChatMessage> question(const std::string& text) {
        return {{engine::ChatRole::User, text}};
    }
    static std::vector<engine::ChatMessage> after(std::vector<engine::ChatMessage> messages, const std::string& answer,
                                                  const std::string& next = "And what then?") {
        messages.push_back({engine::ChatRole::Assistant, answer});
        messages.push_back({engine::ChatRole::User, next});
        return messages;
    }

    static Answer ask(LlamaEngine& engine, qint64 conversation, const std::vector<engine::ChatMessage>& messages) {
        GenerationRequest request;
        request.conversationId = conversation;
        request.messages = messages;
        request.options.sampling.temperature = 0;
        request.options.max_tokens = 12;
        Answer answer;
        ChatEngine::Callbacks callbacks;
        callbacks.onPrefill = [](int, int) {};
        callbacks.onText = [&](std::string_view text, int) { answer.text += text; };
        answer.figures = engine.generate(request, callbacks, {});
        return answer;
    }

    /// The second answer of an engine that never left the conversation, nor kept anything.
    std::string textOfOneWhoStayed(const std::vector<engine::ChatMessage>& first,
                                   const std::vector<engine::ChatMessage>& second) const {
        const auto engine = newEngine(0, 0, "elsewhere");
        ask(*engine, 1, first);
        return ask(*engine, 1, second).text;
    }

    /// How many files were written.
    static int writeAll(LlamaEngine& engine) {
        int count = 0;
        for (; const auto write = engine.nextStateWrite(); ++count)
            engine.onStateWritten(writeState(*write));
        return count;
    }

    QStringList files() const {
        QStringList list;
        for (QDirIterator at(statesFolder(), {"*.kv*"}, QDir::Files, QDirIterator::Subdirectories); at.hasNext();)
            list += at.next();
        return list;
    }
    qint64 bytesOnDisk() const {
        qint64 bytes = 0;
        for (const QString& file : files())
            bytes += QFile(file).size();
        return bytes;
    }
    static QString told(const Answer& answer) {
        return QStringLiteral("%1 of %2 tokens").arg(answer.figures.reused_tokens).arg(answer.figures.prompt_tokens);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LlamaEngine> m_engine;
};

QTEST_GUILESS_MAIN(ConversationStatesTest)
#include "conversation_states_test.moc"
