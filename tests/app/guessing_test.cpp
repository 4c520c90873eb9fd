// Guessing ahead: the switch, the draft model of a model, and what is said where it cannot be used.
#include <QSignalSpy>

#include "app/error_text.h"
#include "app/llama_engine.h"
#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

const QString kModel = QStringLiteral(ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf");
const QString kRelative = QStringLiteral(ALTIPLANO_TEST_DATA "/tiny-llama31-Q8_0.gguf");
const QString kStarter = QStringLiteral(ALTIPLANO_STARTER);

engine::Generation answer(LlamaEngine& engine, bool guessAhead, std::string& text) {
    GenerationRequest request;
    request.messages.push_back({engine::ChatRole::User, "again and again and again and again"});
    request.options.sampling.seed = 4;
    request.options.max_tokens = 60;
    request.guessAhead = guessAhead;
    text.clear();
    return engine.generate(request, {.onPrefill = {}, .onText = [&](std::string_view utf8, int) { text += utf8; }}, {});
}

}  // namespace

class GuessingTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theSwitchHoldsForTheNextAnswer() {
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        QSignalSpy requested(&program.generations(), &Generations::generationRequested);
        Settings& settings = *program.application().settings();
        for (const bool on : {true, false, true}) {
            settings.setGuessAhead(on);
            program.chat().send("list");
            QTRY_VERIFY(!requested.isEmpty());
            QCOMPARE(requested.takeFirst().first().value<GenerationRequest>().guessAhead, on);
            QTRY_VERIFY(program.ready());
        }
    }

    void theSwitchSurvivesARestart() {
        {
            HeadlessProgram program(m_folder->path());
            QVERIFY(program.application().settings()->guessAhead());
            program.application().settings()->setGuessAhead(false);
        }
        QVERIFY(!Settings(m_folder->path(), nullptr).guessAhead());
    }

    void aDraftModelIsKeptForItsModel() {
        {
            HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "/large.gguf");
            EngineController& engine = *program.application().engine();
            QTRY_COMPARE(engine.state(), EngineController::Ready);
            QCOMPARE(engine.draftModel(), QString());
            const QString before = engine.memoryText();
            QSignalSpy requested(&engine, &EngineController::loadRequested);
            engine.chooseDraftModel(QUrl::fromLocalFile("/models/small.gguf"));
            QCOMPARE(requested.takeFirst().first().value<LoadRequest>().draftPath, "/models/small.gguf");
            QTRY_COMPARE(engine.state(), EngineController::Ready);
            QCOMPARE(engine.draftModel(), "small.gguf");
            QCOMPARE(engine.draftError(), QString());
            QVERIFY(engine.memoryText() != before);  // its weights count
        }
        HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "/large.gguf");
        EngineController& engine = *program.application().engine();
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QCOMPARE(engine.draftModel(), "small.gguf");
        engine.load("/other.gguf");
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QCOMPARE(engine.draftModel(), QString());
        engine.load("/large.gguf");
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QCOMPARE(engine.draftModel(), "small.gguf");
        engine.chooseDraftModel(QUrl());
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QCOMPARE(engine.draftModel(), QString());
    }

    void aDraftModelThatCannotBeUsedLeavesTheModel() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "/large.gguf");
        EngineController& engine = *program.application().engine();
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        engine.chooseDraftModel(QUrl::fromLocalFile("/models/foreign.gguf"));
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QVERIFY2(engine.draftError().startsWith("The draft model has another vocabulary"),
                 qPrintable(engine.draftError()));
        QCOMPARE(engine.error(), QString());
        engine.chooseDraftModel(QUrl::fromLocalFile("/models/broken.gguf"));
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QVERIFY2(engine.draftError().startsWith("The draft model is not used. This is no model file."),
                 qPrintable(engine.draftError()));
        program.chat().send("list");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        QVERIFY(!program.lastText().isEmpty());
        engine.chooseDraftModel(QUrl());
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QCOMPARE(engine.draftError(), QString());
    }

    void theRealEngineWritesTheSameText() {
        LlamaEngine engine;
        QVERIFY(engine.load({.path = kModel}, {}, {}));
        std::string plain, guessed;
        QCOMPARE(answer(engine, false, plain).guessed_tokens, 0);
        answer(engine, true, guessed);
        QCOMPARE(guessed, plain);
        QVERIFY(engine.loadDraft(kRelative, {}) > 0);
        answer(engine, true, guessed);
        QCOMPARE(guessed, plain);
    }

    void theRealEngineRefusesAnotherVocabulary() {
        LlamaEngine engine;
        QVERIFY(engine.load({.path = kModel}, {}, {}));
        try {
            engine.loadDraft(kStarter, {});
            QFAIL("no error");
        } catch (const engine::Error& error) {
            const QString sentence =
                draftErrorText({.kind = error.kind(), .message = QString::fromUtf8(error.what())}, kStarter);
            QVERIFY2(sentence.startsWith("The draft model has another vocabulary"), qPrintable(sentence));
        }
        std::string text;
        answer(engine, true, text);  // goes on without
        QVERIFY(!text.empty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(GuessingTest)
#include "guessing_test.moc"
