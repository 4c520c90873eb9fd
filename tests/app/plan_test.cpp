// The plan before the load: what is shown of it, what can be chosen, and that the load heeds it.
#include <QScopeGuard>
#include <QSignalSpy>
#include <atomic>

#include "app/plan_text.h"
#include "app/scripted_engine.h"
#include "tests/app/fake_machine.h"
#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

const QString kConfigs = QStringLiteral(ALTIPLANO_TEST_DATA "/configs/");
const QString k8B = kConfigs + "llama-3.1-8b";
const QString k70B = kConfigs + "llama-3.1-70b";
const QString k405B = kConfigs + "llama-3.1-405b-fp8";
const QString kTiny = QStringLiteral(ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf");

double sumOf(const QVariant& list) {
    double sum = 0;
    for (const QVariant& part : list.toList())
        sum += part.toDouble();
    return sum;
}

}  // namespace

class PlanTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_program.reset(); }

    void eightCardsHold405BAndFourDoNot() {
        start(machine({80, 80, 80, 80, 80, 80, 80, 80}));
        open(k405B);
        choose("128K tokens");
        QVERIFY(plan().fits());
        QVERIFY2(plan().verdict().startsWith("Fits: at least "), qPrintable(plan().verdict()));
        QCOMPARE(rows().rowCount(), 9);
        QCOMPARE(row(0, "title").toString(), "GPU 0");
        QCOMPARE(row(0, "name").toString(), "NVIDIA Test 80");
        QCOMPARE(row(7, "share").toString(), "part 8 of 8 of each layer");
        QCOMPARE(row(8, "share").toString(), "not used");

        for (const int card : {4, 5, 6, 7})
            plan().chooseDevice(card, false);
        settle();
        QVERIFY(!plan().fits());
        QVERIFY(plan().verdict().startsWith("Does not fit: "));
        QVERIFY2(plan().wishes().startsWith("8 GPU"), qPrintable(plan().wishes()));
        QCOMPARE(row(7, "share").toString(), "not used");
        QVERIFY(row(0, "overfull").toBool());
        QVERIFY(row(0, "limit").toDouble() < 1);
        QVERIFY(qAbs(sumOf(row(0, "parts")) - 1) < 1e-9);
    }

    void aBarShowsEveryPartOfTheMemory() {
        start(machine({24}));
        open(k8B);
        QVERIFY(plan().fits());
        const QVariantList parts = row(0, "parts").toList();
        QCOMPARE(parts.size(), 5);
        QVERIFY(qAbs(parts[0].toDouble() * 24 - 14.96) < 0.02);  // 8.03e9 weights of two bytes
        QVERIFY(qAbs(parts[1].toDouble() * 24 - 1.0) < 1e-6);    // 8,192 tokens of 128 KiB
        QVERIFY(qAbs(parts[4].toDouble() * 24 - 0.5) < 1e-6);
        QVERIFY(sumOf(row(0, "parts")) < 1);
        QCOMPARE(row(0, "limit").toDouble(), 1.0);
        QVERIFY(row(0, "details").toString().contains("context 1.0\u202fGiB"));
        QCOMPARE(plan().partSizes().value(1), "1.0\u202fGiB");
        QCOMPARE(plan().partSizes().size(), 6);
    }

    void mixedCardsComputeLayersOfTheirOwn() {
        start(machine({24, 12}));
        open(k8B);
        QVERIFY(plan().fits());
        QVERIFY(plan().splittable());
        QVERIFY2(row(0, "share").toString().startsWith("layers 1 to "), qPrintable(row(0, "share").toString()));
        QVERIFY(row(1, "share").toString().endsWith(" to 32 of 32"));
        QVERIFY(plan().note().contains("differ in memory"));
        plan().chooseDevice(1, false);
        settle();
        QVERIFY(!plan().splittable());
        QCOMPARE(plan().note(), QString());
    }

    void aMachineWithoutCardsHasOneBarAndSaysWhy() {
        start(machine({}, 32));
        open(k8B);
        QCOMPARE(rows().rowCount(), 1);
        QVERIFY(!row(0, "choosable").toBool());
        QCOMPARE(plan().cacheTypes(), (QStringList{"16 bits", "8 bits"}));
        QVERIFY(plan().withoutCards());
        QVERIFY(plan().cards().contains("the NVIDIA driver 470.10 is too old"));
    }

    void whyThereAreNoCardsIsSaidInTheWindowsWords() {
        for (const char* reason :
             {"there is no NVIDIA driver on this machine", "the NVIDIA driver finds no GPU",
              "this build of the program has no GPU support (/x/libaltiplano_cuda.so is not there)",
              "GPUs need libnccl.so.2, which is not installed: install cuBLAS and NCCL of CUDA 13", "something new"}) {
            ComputeDevices devices;
            devices.whyNoCards = reason;
            const QString text = cardsText(devices);
            QVERIFY2(text.startsWith("No graphics card is used: ") && text.endsWith('.'), qPrintable(text));
            QVERIFY(!text.contains("/x/"));
        }
        // A changed sentence of the engine would come through in English.
        const engine::CudaModule none("/nowhere/libaltiplano_cuda.so");
        ComputeDevices devices;
        devices.whyNoCards = QString::fromStdString(none.why_not());
        QCOMPARE(cardsText(devices), "No graphics card is used: this build of the program has no GPU support.");
        devices.whyNoCards = QString::fromStdString(
            engine::why_not_usable({.driver_cuda = 12040, .needed_cuda = 13000, .cards = 1, .failure = {}}, "550.54"));
        QVERIFY2(cardsText(devices).contains("the NVIDIA driver 550.54 is too old, it serves CUDA 12.4 and"),
                 qPrintable(cardsText(devices)));
    }

    void aCardThatIsTooOldIsShownButNotUsed() {
        ComputeDevices devices = machine({24, 24});
        devices.cards[1].whyNot = "its compute capability is 7.5, 8.0 is needed";
        start(devices);
        open(k8B);
        QVERIFY(row(0, "choosable").toBool());
        QVERIFY(!row(1, "choosable").toBool());
        QCOMPARE(row(1, "share").toString(), devices.cards[1].whyNot);
        QVERIFY(!plan().splittable());
    }

    void withoutCardsThereIsNoFP8() {
        const PlanChoices choices{.cacheType = engine::DType::F8_E4M3, .leftOut = {0}};
        const engine::ModelOutline outline = engine::read_outline(k8B.toStdString());
        QCOMPARE(makePlan(outline.weights, machine({24}), choices).choices.cacheType, engine::DType::Q8_0);
        QCOMPARE(makePlan(outline.weights, machine({24}), {.cacheType = engine::DType::F8_E4M3}).choices.cacheType,
                 engine::DType::F8_E4M3);
    }

    void everyOfferedChangeFits() {
        start(machine({24}, 64));
        open(k8B);
        choose("128K tokens");
        QVERIFY(!plan().fits());
        const int count = static_cast<int>(plan().changes().size());
        QVERIFY2(count >= 2, qPrintable(plan().changes().join('|')));
        for (int i = 0; i < count; ++i) {
            plan().applyChange(i);
            settle();
            QVERIFY2(plan().fits(), qPrintable(plan().verdict()));
            program().settings()->setChoicesOf(k8B, {.context = 131'072});
            open(k8B);
            QVERIFY(!plan().fits());
        }
    }

    void aChangedContextIsAWholeNumberOfThousands() {
        engine::PlacementChange change;
        change.context = 65'792;
        QCOMPARE(changed({}, change).context, 65'536);
        PlanReport report;
        QCOMPARE(changeText(report, change), "Context of 64K tokens");
    }

    void theProcessorHelpsOnlyWhereItIsAsked() {
        start(machine({80}, 512));
        open(k70B);
        QVERIFY(!plan().fits());
        QVERIFY(!row(1, "chosen").toBool());
        plan().chooseDevice(1, true);
        settle();
        QVERIFY(plan().fits());
        QVERIFY2(plan().note().contains("much slower"), qPrintable(plan().note()));
    }

    void aSmallModelIsOnOneCardAndTheNoteSaysWhy() {
        start(machine({24, 24}));
        open(kTiny);
        QCOMPARE(plan().note(), "So small a model is computed sooner by one card.");
        plan().setSplitIndex(1);
        QTRY_COMPARE(plan().note(), "");
    }

    void choicesAreKeptForEachModelAndHeededByItsLoad() {
        start(machine({24, 24}));
        open(kTiny);
        plan().setCacheTypeIndex(1);
        plan().setSplitIndex(2);
        plan().chooseDevice(1, false);
        choose("2K tokens");
        m_program.reset();

        start(machine({24, 24}));
        open(k8B);
        QCOMPARE(plan().cacheTypeIndex(), 0);
        QSignalSpy requested(program().engine(), &EngineController::loadRequested);
        plan().loadIfItFits(kTiny);
        QTRY_COMPARE(requested.count(), 1);
        const PlanChoices choices = requested.first().first().value<LoadRequest>().choices;
        QCOMPARE(choices.context, 2048);
        QCOMPARE(choices.cacheType, engine::DType::Q8_0);
        QCOMPARE(choices.split, engine::Split::Layers);
        QCOMPARE(choices.leftOut, QList<int>{1});
    }

    void whatDoesNotFitIsNotLoadedButShown() {
        start(machine({}, 8));
        QSignalSpy requested(program().engine(), &EngineController::loadRequested);
        plan().loadIfItFits(k70B);
        QTRY_COMPARE(plan().path(), k70B);
        QVERIFY(!plan().fits());
        QCOMPARE(requested.count(), 0);
        plan().load();
        QCOMPARE(requested.count(), 1);
    }

    void whatCannotBePlannedIsTheEnginesToExplain() {
        start(machine({}));
        plan().loadIfItFits("/broken.gguf");
        QTRY_COMPARE(program().engine()->state(), EngineController::Failed);
        QCOMPARE(plan().path(), QString());
        open("/broken.gguf");
        QVERIFY(!plan().error().isEmpty());
        QVERIFY(!plan().known());
    }

    void aDriverThatHangsKeepsNobodyFromLoading() {
        const auto hangs = std::make_shared<std::atomic<bool>>(true);
        const auto release = qScopeGuard([hangs] {
            *hangs = false;
            hangs->notify_all();
        });
        m_program = std::make_unique<HeadlessProgram>(
            m_folder->path(), [] { return std::make_unique<ScriptedEngine>(HeadlessProgram::quick()); },
            "/scripted.gguf",
            [hangs] {
                hangs->wait(true);
                return machine({});
            });
        QTRY_COMPARE(program().engine()->state(), EngineController::Ready);
        plan().loadIfItFits("/other.gguf");
        QTRY_COMPARE(program().engine()->modelPath(), "/other.gguf");
    }

    void runningOutOfMemoryOpensThePlan() {
        start(machine({}));
        program().engine()->load("/huge.gguf");
        QTRY_COMPARE(program().engine()->state(), EngineController::Failed);
        QVERIFY2(program().engine()->error().contains("120.0\u202fGiB are needed, 5.5\u202fGiB are free"),
                 qPrintable(program().engine()->error()));
        QCOMPARE(plan().path(), "/huge.gguf");
        plan().close();
        program().engine()->retranslate();
        QCOMPARE(plan().path(), QString());
    }

    void whatIsInMemoryStandsBesideThePlan() {
        start(machine({}));
        open(kTiny);
        QCOMPARE(row(0, "use").toString(), QString());
        plan().load();
        QTRY_VERIFY(plan().loaded());
        QTRY_VERIFY2(row(0, "use").toString().startsWith("In memory now: weights 1.1\u202fGiB, context 64.0\u202fMiB"),
                     qPrintable(row(0, "use").toString()));
        QCOMPARE(row(0, "usedParts").toList().size(), 3);
        plan().setCacheTypeIndex(1);
        settle();
        QVERIFY(!plan().loaded());
        QCOMPARE(row(0, "use").toString(), QString());
    }

    void ofManyQuickChoicesTheLastHolds() {
        start(machine({80}));
        open(k8B);
        for (int i = 0; i < plan().contexts().size(); ++i)
            plan().setContextIndex(i);
        settle();
        QCOMPARE(plan().contexts().value(plan().contextIndex()), "128K tokens");
        QCOMPARE(program().settings()->choicesOf(k8B).context, 131'072);
    }

    void theCardsOwnModelCountsAsFree() {
        PlanWorker worker([] { return machine({24}); });
        QSignalSpy planned(&worker, &PlanWorker::planned);
        worker.plan({.path = k8B, .choices = {}, .own = {{.kind = engine::DeviceKind::Gpu, .weights = kGiB / 4}}});
        const auto report = planned.first().first().value<PlanReport>();
        QCOMPARE(report.devices.cards.front().info.in_use_bytes, kGiB / 4);
    }

    void aPlanIsMadeInNoTime() {
        const engine::ModelOutline outline = engine::read_outline(k405B.toStdString());
        QElapsedTimer timer;
        timer.start();
        makePlan(outline.weights, machine({80, 80, 80, 80}, 64), {.context = 131'072});
        qInfo("the plan and every change for 405B: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 5000);
    }

private:
    void start(const ComputeDevices& devices) {
        m_program = std::make_unique<HeadlessProgram>(
            m_folder->path(), [] { return std::make_unique<ScriptedEngine>(HeadlessProgram::quick()); },
            "/scripted.gguf", [devices] { return devices; });
        m_tester = std::make_unique<QAbstractItemModelTester>(&rows());
        QTRY_COMPARE(program().engine()->state(), EngineController::Ready);
    }
    void open(const QString& path) {
        plan().open(path);
        settle();
    }
    /// Waits until the plan on show is of the choices made last.
    void settle() { QTRY_VERIFY(!plan().working()); }
    void choose(const QString& context) {
        const auto index = static_cast<int>(plan().contexts().indexOf(context));
        QVERIFY2(index >= 0, qPrintable(plan().contexts().join('|')));
        plan().setContextIndex(index);
        settle();
    }
    Application& program() { return m_program->application(); }
    PlanController& plan() { return *program().plan(); }
    PlanDeviceListModel& rows() { return *plan().devices(); }
    QVariant row(int row, const char* role) { return roleValue(rows(), row, role); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HeadlessProgram> m_program;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(PlanTest)
#include "plan_test.moc"
