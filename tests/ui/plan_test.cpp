// The plan before the load, clicked through: bars, choices, advice, and the load.
#include <QDir>
#include <QTemporaryDir>

#include "tests/app/fake_machine.h"
#include "tests/ui/program.h"

using namespace altiplano;
using namespace altiplano::tests;

class PlanTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;

    PlanController& plan() { return *m_program->application().plan(); }
    /// The window with these models in its folder, on its models page.
    void start(const ComputeDevices& devices, const QStringList& models) {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const QString& model : models) {
            const QString source = QStringLiteral(ALTIPLANO_TEST_DATA "/") + model;
            const QString place = m_folder->filePath("models/" + QFileInfo(model).fileName());
            QVERIFY(QDir().mkpath(QFileInfo(source).isDir() ? place : QFileInfo(place).path()));
            if (QFileInfo(source).isDir())
                QVERIFY(QFile::copy(source + "/config.json", place + "/config.json"));
            else
                QVERIFY(QFile::copy(source, place));
        }
        m_program = std::make_unique<Program>(
            m_folder->path(), [] { return std::make_unique<ScriptedEngine>(Program::quick()); }, "/scripted.gguf",
            [devices] { return devices; });
        QVERIFY(m_program->ready());
        m_program->press(Qt::Key_M, Qt::ControlModifier);
        QTRY_VERIFY(m_program->application().models()->rowCount() > models.size());
    }
    /// Clicks on what may be below the window's edge.
    void clickFarDown(const QString& name, QAccessible::Role role = QAccessible::Button) {
        QTRY_VERIFY2(m_program->find(name, role), qPrintable(name));
        QQuickItem* item = m_program->find(name, role);
        item->forceActiveFocus(Qt::TabFocusReason);  // which scrolls there
        m_program->window().grabWindow();
        QVERIFY(m_program->clickOn(name, role));
    }
    /// Of the small real model in the folder, once its headers were read.
    QString tiny(ModelListModel::Role role) {
        const ModelListModel& models = *m_program->application().models();
        QModelIndex found;
        const auto isRead = [&] {
            for (int row = 0; row < models.rowCount(); ++row)
                if (const QModelIndex one = models.index(row); one.data(ModelListModel::TypeLabelRole) == "Q4_K_M")
                    found = one;
            return found.isValid();
        };
        return QTest::qWaitFor(isRead, kPatienceMs) ? found.data(role).toString() : QString();
    }
    QString outside() {
        for (const QAccessible::Role role : {QAccessible::Button, QAccessible::ComboBox, QAccessible::CheckBox,
                                             QAccessible::Indicator, QAccessible::StaticText})
            for (QQuickItem* item : m_program->all(role)) {
                const QRectF place = item->mapRectToScene({0, 0, item->width(), item->height()});
                if (place.left() < 0 || place.right() > m_program->window().width())
                    return Program::nameOf(item);
            }
        return {};
    }
    QStringList namesOf(QAccessible::Role role) {
        QStringList names;
        for (QQuickItem* item : m_program->all(role))
            names += Program::nameOf(item);
        return names;
    }

private slots:
    void cleanup() {
        m_program.reset();
        m_folder.reset();
    }

    void thePlanOpensAndClosesInItsCard() {
        start(machine({}), {"tiny-llama31-Q4_K_M.gguf"});
        QVERIFY(m_program->clickOn("Memory plan of " + tiny(ModelListModel::NameRole)));
        QTRY_VERIFY(m_program->find("Context length", QAccessible::ComboBox));
        QCOMPARE(namesOf(QAccessible::Indicator).size(), 1);
        QVERIFY2(namesOf(QAccessible::Indicator).first().startsWith("Memory of this computer: "),
                 qPrintable(namesOf(QAccessible::Indicator).first()));
        QVERIFY(m_program->clickOn("Hide the memory plan"));
        QTRY_VERIFY(!m_program->find("Context length", QAccessible::ComboBox));
    }

    void aCardIsLeftOutWithItsBox() {
        start(machine({80, 80}), {"configs/llama-3.1-70b"});
        QVERIFY(m_program->clickOn("Memory plan of llama-3.1-70b"));
        QTRY_COMPARE(m_program->all(QAccessible::CheckBox).size(), 3);
        QTRY_VERIFY(plan().fits());
        QVERIFY(m_program->find("Split over the cards", QAccessible::ComboBox));
        clickFarDown("GPU 1", QAccessible::CheckBox);
        QTRY_VERIFY(!plan().fits());
        QTRY_VERIFY(!m_program->find("Split over the cards", QAccessible::ComboBox));
        QTRY_VERIFY2(m_program->find(plan().verdict()), qPrintable(plan().verdict()));
    }

    void anAdviceIsOneClick() {
        start(machine({24}), {"configs/llama-3.1-8b"});
        QVERIFY(m_program->clickOn("Memory plan of llama-3.1-8b"));
        QTRY_VERIFY(plan().fits());
        plan().setContextIndex(static_cast<int>(plan().contexts().size()) - 1);
        QTRY_VERIFY(!plan().fits() && !plan().working());
        const QString advice = plan().changes().value(0);
        clickFarDown(advice);
        QTRY_VERIFY(plan().fits());
        QTRY_VERIFY(!m_program->find(advice, QAccessible::Button));
    }

    void theWeightsAreChosenWhereTheyCanBeConverted() {
        start(machine({24}), {"configs/llama-3.1-8b", "tiny-llama31-Q4_K_M.gguf"});
        plan().open(tiny(ModelListModel::PathRole));
        QTRY_VERIFY(m_program->find("Context length", QAccessible::ComboBox));
        QVERIFY(!m_program->find("Weights", QAccessible::ComboBox));
        QVERIFY(m_program->clickOn("Memory plan of llama-3.1-8b"));
        QTRY_VERIFY(m_program->find("Weights", QAccessible::ComboBox));
        m_program->find("Weights", QAccessible::ComboBox)->forceActiveFocus(Qt::TabFocusReason);
        m_program->press(Qt::Key_Down);
        QTRY_COMPARE(plan().weightTypeIndex(), 1);
        QTRY_VERIFY(m_program->find(plan().conversionCost()));
    }

    void loadLoadsWhatFitsAndShowsWhatDoesNot() {
        start(machine({}), {"tiny-llama31-Q4_K_M.gguf"});
        EngineController& engine = *m_program->application().engine();
        QVERIFY(m_program->clickOn("Load " + tiny(ModelListModel::NameRole)));
        QTRY_COMPARE(engine.modelPath(), tiny(ModelListModel::PathRole));
        QTRY_COMPARE(engine.state(), EngineController::Ready);
        QCOMPARE(plan().path(), QString());
    }

    void theKeyboardReachesEverything() {
        start(machine({80, 80}), {"configs/llama-3.1-70b"});
        QVERIFY(m_program->clickOn("Memory plan of llama-3.1-70b"));
        QTRY_VERIFY(plan().fits());
        QStringList reached;
        for (int i = 0; i < 40; ++i) {
            m_program->press(Qt::Key_Tab);
            if (m_program->focused())
                reached += Program::nameOf(m_program->focused());
        }
        for (const char* name :
             {"GPU 0", "GPU 1", "Context length", "Precision of the context", "Weights", "Split over the cards"})
            QVERIFY2(reached.contains(name), name);
        QVERIFY(!reached.filter("GPU 0: ").isEmpty());  // the bar, for whoever reads it with a screen reader
    }

    void nothingLeavesASmallWindow_data() {
        QTest::addColumn<double>("scale");
        QTest::addColumn<QString>("language");
        for (const double scale : {1.0, 2.0, 3.0})
            for (const char* language : {"en", "de"})
                QTest::addRow("%s at %.0f %%", language, scale * 100) << scale << language;
    }
    void nothingLeavesASmallWindow() {
        QFETCH(double, scale);
        QFETCH(QString, language);
        start(machine({80, 24}), {"configs/llama-3.1-405b-fp8"});
        plan().open(m_folder->filePath("models/llama-3.1-405b-fp8"));
        QTRY_VERIFY(plan().known());
        m_program->application().settings()->setLanguage(language);
        m_program->application().settings()->setTextScale(scale);
        m_program->window().resize(560, 480);
        QTRY_COMPARE(m_program->window().width(), 560);
        m_program->window().grabWindow();
        QTRY_COMPARE(outside(), QString());
    }

    void aLostCardOffersANewStart() {
        start(machine({}), {});
        m_program->press(Qt::Key_Escape);
        m_program->ask("lose the card");
        QTRY_VERIFY(m_program->application().restartOffered());
        bool asked = false;
        connect(&m_program->application(), &Application::restartRequested, this, [&] { asked = true; });
        QVERIFY(m_program->clickOn("Start again"));
        QVERIFY(asked);
    }
};

QTEST_MAIN(PlanTest)
#include "plan_test.moc"
