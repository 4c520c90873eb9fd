// Settings survive a restart, keep to their ranges, and the language changes at once.
#include <QSignalSpy>

#include "app/llama_engine.h"
#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

class SettingsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theySurviveARestart() {
        {
            HeadlessProgram program(m_folder->path());
            Settings& settings = *program.application().settings();
            settings.setTheme(Settings::Dark);
            settings.setTextScale(1.5);
            settings.setWindowWidth(999);
            settings.setSendWithEnter(false);
            settings.setContextLength(4096);
            QVERIFY(settings.dark());
        }
        HeadlessProgram program(m_folder->path());
        Settings& settings = *program.application().settings();
        QCOMPARE(settings.theme(), Settings::Dark);
        QCOMPARE(settings.textScale(), 1.5);
        QCOMPARE(settings.windowWidth(), 999);
        QVERIFY(!settings.sendWithEnter());
        QCOMPARE(settings.contextLength(), 4096);
    }

    void thereIsOneVersion() {
        HeadlessProgram program(m_folder->path());
        QCOMPARE(program.application().version(),
                 QString::fromLatin1(engine::kEngineVersion.data(), engine::kEngineVersion.size()));
    }

    void anUnsentNewMessageSurvivesARestart() {
        {
            HeadlessProgram program(m_folder->path());
            program.chat().setDraft("half a thought");
        }
        HeadlessProgram program(m_folder->path());
        QTRY_VERIFY(program.ready());
        QCOMPARE(program.chat().draft(), "half a thought");
        program.chat().send("half a thought");
        QTRY_VERIFY(program.idle() && program.count() == 2);
        program.chat().newConversation();
        QCOMPARE(program.chat().draft(), QString());
    }

    void aBrokenFileGivesTheDefaults() {
        QFile file(m_folder->filePath("settings.ini"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("theme=99\ncacheType=5\ntextScale=abc\n[[[\n\0\xff threads=-7\nwindowWidth=\n");
        file.close();
        const Settings settings(m_folder->path(), nullptr);
        QCOMPARE(settings.theme(), Settings::Dark);  // the nearest there is
        QCOMPARE(settings.textScale(), 0.8);
        QCOMPARE(settings.threads(), 0);
        QCOMPARE(settings.cacheType(), Settings::EightBits);
    }

    void thePrecisionOfTheContextHoldsFromTheNextLoad() {
        HeadlessProgram program(m_folder->path(), HeadlessProgram::quick(), "/large.gguf");
        EngineController& engine = *program.application().engine();
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QSignalSpy requested(&engine, &EngineController::loadRequested);
        program.application().settings()->setCacheType(Settings::EightBits);
        QVERIFY(requested.isEmpty());
        engine.load("/large.gguf");
        QCOMPARE(requested.takeFirst().first().value<LoadRequest>().choices.cacheType, engine::DType::Q8_0);
    }

    void eightBitsNeedHalfTheMemory() {
        LlamaEngine engine;
        LoadRequest request{
            .path = ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf", .choices = {.context = 4096}, .threads = 2};
        const qint64 sixteenBits = engine.load(request, [](qint64, qint64) {}, {})->cacheBytes;
        request.choices.cacheType = engine::DType::Q8_0;
        QCOMPARE(engine.load(request, [](qint64, qint64) {}, {})->cacheBytes, sixteenBits * 34 / 64);
    }

    void theTextScaleHasLimits() {
        Settings settings(m_folder->path(), nullptr);
        for (int i = 0; i < 50; ++i)
            settings.enlargeText();
        QCOMPARE(settings.textScale(), 3.0);
        for (int i = 0; i < 50; ++i)
            settings.shrinkText();
        QCOMPARE(settings.textScale(), 0.8);
        settings.resetTextScale();
        QCOMPARE(settings.textScale(), 1.0);
    }

    void darkFollowsTheDesktopUnlessChosen() {
        Settings settings(m_folder->path(), nullptr);
        QSignalSpy changed(&settings, &Settings::themeChanged);
        settings.setSystemDark(true);
        QVERIFY(settings.dark());
        settings.setTheme(Settings::Light);
        QVERIFY(!settings.dark());
        settings.setTheme(Settings::Light);
        QCOMPARE(changed.count(), 2);
    }

    void theLanguageChangesAtOnce() {
        HeadlessProgram program(m_folder->path());
        QSignalSpy retranslated(&program.application(), &Application::retranslated);
        program.application().settings()->setLanguage("de");
        QCOMPARE(retranslated.count(), 1);
        QCOMPARE(QLocale().language(), QLocale::German);
        program.application().settings()->setLanguage("en");
        LanguageListModel& languages = *program.application().settings()->languages();
        QCOMPARE(languages.rowCount(), 9);
        QCOMPARE(roleValue(languages, languages.indexOf("de"), "name").toString(), "Deutsch");
        QCOMPARE(languages.indexOf("xx"), 0);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"
