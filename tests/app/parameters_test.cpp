// Parameters: ranges, JSON, and that they belong to their conversation.
#include <QSignalSpy>

#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

class ParametersTest : public QObject {
    Q_OBJECT

private slots:
    void defaultsAreWhatMetaRecommends() {
        const engine::GenerateOptions options = ChatParameters().toOptions(1);
        const engine::SamplingParameters defaults;
        QCOMPARE(options.sampling.temperature, 0.6F);
        QCOMPARE(options.sampling.top_p, 0.9F);
        QCOMPARE(options.sampling.top_k, defaults.top_k);
        QCOMPARE(options.sampling.penalty_window, defaults.penalty_window);
        QCOMPARE(ChatParameters().toJson(), std::string());
    }

    void valuesOutOfRangeAreClamped() {
        ChatParameters parameters;
        parameters.setValue(ParameterKey::Temperature, 99);
        QCOMPARE(parameters.value(ParameterKey::Temperature), 2.0);
        parameters.setValue(ParameterKey::Temperature, std::nan(""));
        QCOMPARE(parameters.value(ParameterKey::Temperature), 2.0);
        parameters.setValue(ParameterKey::TopK, 3.7);
        QCOMPARE(parameters.value(ParameterKey::TopK), 4.0);
    }

    void jsonBringsEverythingBack() {
        ChatParameters parameters;
        for (const ParameterFacts& fact : parameterFacts())
            parameters.setValue(fact.key, fact.maximum);
        parameters.setStopStrings("END\n\u00fcber");
        QVERIFY(ChatParameters::fromJson(parameters.toJson()) == parameters);
        const engine::GenerateOptions exact = ChatParameters::optionsFromExactJson(parameters.toExactJson(77));
        QCOMPARE(exact.sampling.seed, 77U);
        QCOMPARE(exact.stop_strings, std::vector<std::string>({"END", "\u00fcber"}));
        QCOMPARE(exact.sampling.temperature, 2.0F);
    }

    void brokenJsonGivesTheDefaults() {
        for (const char* json : {"", "{", "[]", "null", "7", "{\"temperature\":\"hot\"}", "{\"stop_strings\":[1,{}]}",
                                 "{\"unknown\":1}", "\xff\xfe"})
            QVERIFY(ChatParameters::fromJson(json) == ChatParameters());
    }

    void theListTellsWhatChanged() {
        ParameterListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy edited(&model, &ParameterListModel::edited);
        QCOMPARE(roleValue(model, 0, "origin").toString(), "0.00 – 2.00 · Default 0.60");
        model.setValue("temperature", 0);
        QCOMPARE(edited.count(), 1);
        QVERIFY(roleValue(model, 0, "changed").toBool());
        QCOMPARE(roleValue(model, 0, "origin").toString(), "0.00 – 2.00 · Default 0.60 · This chat");
        QCOMPARE(roleValue(model, 0, "special").toString(), "always the likeliest word");
        model.setValue("temperature", 0);
        QCOMPARE(edited.count(), 1);
        model.setValue("no such thing", 1);
        model.reset("temperature");
        QVERIFY(!model.anyChanged());
        model.setStopStrings("END");
        QVERIFY(model.anyChanged());
        model.resetAll();
        QVERIFY(!model.anyChanged() && model.stopStrings().isEmpty());
        for (int row = 0; row < model.rowCount(); ++row)
            QVERIFY(!roleValue(model, row, "explanation").toString().isEmpty());
    }

    void eachConversationHasItsOwn() {
        const QTemporaryDir folder;
        double first = 0;
        {
            HeadlessProgram program(folder.path());
            QTRY_VERIFY(program.ready());
            ParameterListModel& parameters = *program.application().parameters();
            parameters.setValue("temperature", 1.5);
            program.chat().setSystemPrompt("Be brief.");
            program.chat().send("hello");
            QTRY_VERIFY(program.idle() && program.count() == 2);
            first = program.chat().conversationId();
            program.chat().newConversation();
            QVERIFY(!parameters.anyChanged());
            QCOMPARE(program.chat().systemPrompt(), QString());
            program.chat().open(first);
            QTRY_VERIFY(parameters.anyChanged());
            parameters.setValue("top_k", 40);
        }
        HeadlessProgram program(folder.path());
        QTRY_COMPARE(program.conversations().rowCount(), 1);
        program.chat().open(first);
        QTRY_COMPARE(program.application().parameters()->parameters().value(ParameterKey::TopK), 40.0);
        QCOMPARE(program.application().parameters()->parameters().value(ParameterKey::Temperature), 1.5);
        QCOMPARE(program.chat().systemPrompt(), "Be brief.");
    }
};

QTEST_MAIN(ParametersTest)
#include "parameters_test.moc"
