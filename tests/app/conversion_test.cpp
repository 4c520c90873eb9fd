// Weights that are converted while a model is loaded: offered where that saves memory, kept, heeded, and told.
#include <QSignalSpy>

#include "app/error_text.h"
#include "app/llama_engine.h"
#include "app/plan_text.h"
#include "tests/app/fake_machine.h"
#include "tests/app/headless_program.h"
#include "tests/engine/session/wide_model.h"

using namespace altiplano;
using namespace altiplano::tests;
using engine::DType;

namespace {

const QString k8B = QStringLiteral(ALTIPLANO_TEST_DATA "/configs/llama-3.1-8b");
const QString kTiny = QStringLiteral(ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf");
const QList<int> kNoCards{0, 1, 2, 3, 4, 5, 6, 7};

/// As if cards had something to say about each load.
class NotedEngine : public ScriptedEngine {
public:
    NotedEngine() : ScriptedEngine(HeadlessProgram::quick()) {}
    std::optional<LoadedModel> load(const LoadRequest& request, const LoadProgress& progress,
                                    std::stop_token stop) override {
        std::optional<LoadedModel> loaded = ScriptedEngine::load(request, progress, stop);
        if (loaded)
            loaded->notes = {"large sums go in pieces, which makes long prompts slower: NCCL is lame"};
        return loaded;
    }
};

QString pathOf(const engine::WideModel& model) {
    return QString::fromStdString(model.path().string());
}

}  // namespace

class ConversionTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_program.reset(); }

    void plainWeightsCanBeHadInEightBits() {
        start(machine({24}));
        open(k8B);
        QCOMPARE(plan().weightTypes(), (QStringList{"As they are, 15.0\u202fGiB", "8 bits (Q8_0), 7.9\u202fGiB",
                                                    "8 bits (FP8), 8.5\u202fGiB"}));
        QCOMPARE(plan().weightTypeIndex(), 0);
        QCOMPARE(plan().partSizes().value(0), "15.0\u202fGiB");
        choose(1);
        QCOMPARE(plan().weightTypeIndex(), 1);
        QCOMPARE(plan().partSizes().value(0), "7.9\u202fGiB");
        const QVariantList parts = roleValue(*plan().devices(), 0, "parts").toList();
        QVERIFY(qAbs(parts[0].toDouble() * 24 - 7.95) < 0.02);  // 8.03e9 weights of 34 bytes for 32
        QVERIFY(plan().conversionCost().contains("FP8 more than Q8_0"));
    }

    void quantisedWeightsStayAsTheyAre() {
        start(machine({24}));
        open(kTiny);
        QCOMPARE(plan().weightTypes().size(), 1);
        QCOMPARE(plan().weightTypeIndex(), 0);
        plan().setWeightTypeIndex(1);
        QVERIFY(!program().settings()->choicesOf(kTiny).weights);
    }

    void withoutCardsThereIsNoFP8() {
        const engine::ModelOutline outline = engine::read_outline(k8B.toStdString());
        const PlanChoices choices{.weights = DType::F8_E4M3};
        QCOMPARE(makePlan(outline.weights, machine({24}), choices).choices.weights, std::optional(DType::F8_E4M3));
        const PlanReport report = makePlan(outline.weights, machine({}), choices);
        QCOMPARE(report.choices.weights, std::optional(DType::Q8_0));
        QCOMPARE(report.weightTypes.size(), std::size_t{2});
        QCOMPARE(report.plan->needs().weights,
                 makePlan(outline.weights, machine({}), {.weights = DType::Q8_0}).plan->needs().weights);
        QVERIFY(report.plan->needs().weights < report.weightTypes[0].bytes * 35 / 64);
        start(machine({}, 32));
        open(k8B);
        QVERIFY(!plan().conversionCost().contains("FP8"));
    }

    void whatWasChosenForAnotherFileOfThisNameDoesNothing() {
        const engine::ModelOutline outline = engine::read_outline(kTiny.toStdString());
        const PlanReport report = makePlan(outline.weights, machine({24}), {.weights = DType::Q8_0});
        QVERIFY(!report.choices.weights);
        QCOMPARE(report.plan->needs().weights, makePlan(outline.weights, machine({24}), {}).plan->needs().weights);
    }

    void theChoiceIsKeptAndHeeded() {
        start(machine({24}));
        open(k8B);
        choose(2);
        m_program.reset();
        start(machine({24}));
        QSignalSpy requested(program().engine(), &EngineController::loadRequested);
        plan().loadIfItFits(k8B);
        QTRY_COMPARE(requested.count(), 1);
        QCOMPARE(requested.first().first().value<LoadRequest>().choices.weights, std::optional(DType::F8_E4M3));
        QTRY_VERIFY(plan().loaded());
        open(k8B);
        choose(0);
        QVERIFY(!plan().loaded());
        QVERIFY(!program().settings()->choicesOf(k8B).weights);
    }

    void wordsOfOtherVersionsChangeNothing() {
        const PlanChoices q8{.weights = DType::Q8_0};
        QCOMPARE(fromVariant(toVariant(q8), {}).weights, std::optional(DType::Q8_0));
        QCOMPARE(fromVariant(toVariant({}), q8).weights, std::nullopt);
        QCOMPARE(fromVariant({{"weights", "Q3_XXS"}}, {}).weights, std::nullopt);
        QCOMPARE(fromVariant({}, q8).weights, std::optional(DType::Q8_0));
    }

    void theAdviceConvertsTheWeights() {
        start(machine({12}));
        open(k8B);
        QVERIFY(!plan().fits());
        const QString advice = "Convert the weights to FP8 while loading";
        QVERIFY2(plan().changes().contains(advice), qPrintable(plan().changes().join('|')));
        plan().applyChange(static_cast<int>(plan().changes().indexOf(advice)));
        settle();
        QVERIFY2(plan().fits(), qPrintable(plan().verdict()));
        QCOMPARE(plan().weightTypeIndex(), 2);
    }

    void theModelsPageCountsConvertedWeights() {
        const engine::WideModel model(DType::BF16);
        start(machine({24}));
        ModelListModel& models = *program().models();
        models.addFile(QUrl::fromLocalFile(pathOf(model)));
        const auto need = [&] { return roleValue(models, models.rowCount() - 1, "memoryText").toString(); };
        QTRY_VERIFY(!need().isEmpty());
        const QString before = need();
        program().settings()->setChoicesOf(pathOf(model), {.weights = DType::Q8_0});
        QVERIFY2(need() != before, qPrintable(need()));
    }

    void theEngineConvertsAndSaysSo() {
        const engine::WideModel model(DType::BF16);
        LlamaEngine engine;
        LoadRequest request{.path = pathOf(model), .choices = {.context = 128, .leftOut = kNoCards}, .threads = 1};
        const std::optional<LoadedModel> stored = engine.load(request, [](qint64, qint64) {}, {});
        QCOMPARE(stored->convertedTo, QString());
        request.choices.weights = DType::F8_E4M3;  // without a card that is Q8_0
        const std::optional<LoadedModel> converted = engine.load(request, [](qint64, qint64) {}, {});
        QCOMPARE(converted->convertedTo, "Q8_0");
        QCOMPARE(converted->placement, stored->placement + ", weights as Q8_0");
        QCOMPARE(engine.setThreads(1), converted->placement);
        const engine::WeightTable table = engine::read_outline(model.path()).weights;
        QCOMPARE(converted->weightBytes, makePlan(table, machine({}), request.choices).plan->needs().weights);
        QVERIFY(converted->weightBytes < stored->weightBytes * 34 / 64 + 100'000);
    }

    void whatTheEngineNotesStandsBesideThePlanOfItsModel() {
        m_program = std::make_unique<HeadlessProgram>(
            m_folder->path(), [] { return std::make_unique<NotedEngine>(); }, "/scripted.gguf",
            [] { return machine({24}); });
        QTRY_COMPARE(program().engine()->state(), EngineController::Ready);
        open(k8B);
        QCOMPARE(plan().note(), QString());
        plan().load();
        QTRY_VERIFY(plan().loaded());
        QCOMPARE(plan().note(),
                 "The cards add up large results in pieces, which makes long prompts slower: NCCL is lame.");
        choose(1);
        QCOMPARE(plan().note(), QString());
    }

    void notesAreInTheWordsOfTheWindow() {
        start(machine({}));  // with it come the plurals
        const QString ways = "the GPUs do not write to each other's memory, which makes answers slower: ";
        QCOMPARE(loadNoteText(ways + "there is no direct way from GPU 0 to GPU 1 (and 5 ways more)"),
                 "The cards do not write to each other's memory, which makes answers slower: there is no direct way "
                 "from GPU 0 to GPU 1 (and 5 ways more).");
        QCOMPARE(loadNoteText(ways + "it is dark"),
                 "The cards do not write to each other's memory, which makes answers slower: it is dark.");
        QCOMPARE(loadNoteText("something new"), "Something new.");
    }

    void aWeightThatCannotBeConvertedIsNoDamagedFile() {
        const EngineFailure failure{.kind = engine::ErrorKind::BadFile,
                                    .message =
                                        "/m.gguf: row 3 of a matrix of layer 1 has a number that is not finite, "
                                        "or too large, so it cannot be converted to Q8_0"};
        QCOMPARE(modelErrorText(failure, "/m.gguf"),
                 "A weight is too large for Q8_0, or no number at all. Load the model with its weights as they are.");
    }

private:
    void start(const ComputeDevices& devices) {
        m_program = std::make_unique<HeadlessProgram>(
            m_folder->path(), [] { return std::make_unique<ScriptedEngine>(HeadlessProgram::quick()); },
            "/scripted.gguf", [devices] { return devices; });
        QTRY_COMPARE(program().engine()->state(), EngineController::Ready);
    }
    void open(const QString& path) {
        plan().open(path);
        settle();
    }
    void choose(int weightType) {
        plan().setWeightTypeIndex(weightType);
        settle();
    }
    /// Waits until the plan on show is of the choices made last.
    void settle() { QTRY_VERIFY(!plan().working()); }
    Application& program() { return m_program->application(); }
    PlanController& plan() { return *program().plan(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HeadlessProgram> m_program;
};

QTEST_MAIN(ConversionTest)
#include "conversion_test.moc"
