#include "app/program.h"

#include <QDir>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QProcess>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSessionManager>
#include <cstdio>
#include <cstdlib>

#include "app/application.h"
#include "app/command_line.h"
#include "app/process_end.h"
#include "app/screenshot.h"
#include "app/single_instance.h"
#include "app/termination.h"

namespace altiplano {

namespace {

constexpr int kStartAgain = 42;  // ends the event loop; never the program's own status
constexpr int kOldEndsMs = 15'000;
constexpr char kWindow[] = "qrc:/qt/qml/Altiplano/Ui/Main.qml";

void nameProgram() {
    QCoreApplication::setApplicationName("altiplano");
    QCoreApplication::setApplicationVersion(ALTIPLANO_VERSION);
    QGuiApplication::setApplicationDisplayName("Altiplano");
    QGuiApplication::setDesktopFileName("org.altiplano.Altiplano");
    QGuiApplication::setWindowIcon(QIcon(":/qt/qml/Altiplano/Ui/icons/altiplano.svg"));
    QQuickStyle::setStyle("Basic");
}

void say(const char* sentence, const QString& value) {
    std::fprintf(stderr, sentence, qPrintable(value));
}

/// Shows the window; null where its QML does not load, which has been said then.
QQuickWindow* showWindow(QQmlApplicationEngine& qml, Application& application, const CommandLine& line) {
    qml.addImportPath("qrc:/qt/qml");
    qml.setInitialProperties({{"application", QVariant::fromValue(&application)}});
    QObject::connect(&application, &Application::retranslated, &qml, &QQmlApplicationEngine::retranslate);
    qml.load(QUrl(QString::fromLatin1(kWindow)));
    auto* window = qobject_cast<QQuickWindow*>(qml.rootObjects().value(0));
    if (!window)
        return nullptr;
    if (line.geometry.isValid())
        window->resize(line.geometry);
    QObject::connect(&application, &Application::raiseRequested, window, [window] {
        window->setWindowStates(window->windowStates() & ~Qt::WindowMinimized);
        window->setVisible(true);
        window->raise();
        window->requestActivate();
    });
    return window;
}

/// The one thing that helps where a card is lost: what it held goes with the process.
void startAgain(const QStringList& arguments, SingleInstance& instance) {
    instance.release();
    if (!QProcess::startDetached(QCoreApplication::applicationFilePath(), arguments))
        say("altiplano: %s could not be started again\n", QCoreApplication::applicationFilePath());
}

int runWindow(QGuiApplication& program, const CommandLine& line, const ChatEngineFactory& makeEngine,
              SingleInstance& instance) {
    Application application(line.application, makeEngine);
    QStringList again;
    QObject::connect(&application, &Application::restartRequested, &program, [&] {
        again = application.restartArguments();
        QCoreApplication::exit(kStartAgain);
    });
    {
        QQmlApplicationEngine qml;
        QQuickWindow* window = showWindow(qml, application, line);
        if (!window) {
            say("altiplano: the window could not be shown; a QML module may be missing (%s)\n", kWindow);
            return EXIT_FAILURE;
        }
        QObject::connect(&instance, &SingleInstance::raiseRequested, &application, &Application::raiseRequested);
        QObject::connect(&program, &QGuiApplication::commitDataRequest, &application, &Application::storeAll);
        std::unique_ptr<Screenshot> screenshot;
        if (!line.screenshot.isEmpty())
            screenshot = std::make_unique<Screenshot>(*window, application, line.screenshot);
        application.start();
        const int status = QGuiApplication::exec();
        if (status != EXIT_SUCCESS && status != kStartAgain)
            return status;
    }
    const bool ended = application.shutDown();
    if (!again.isEmpty())
        startAgain(again, instance);
    if (!ended || !again.isEmpty())
        std::_Exit(EXIT_SUCCESS);  // nobody waits for a computation whose result is not wanted, nor for a lost card
    return EXIT_SUCCESS;
}

}  // namespace

int runProgram(int argc, char** argv, const ChatEngineFactory& makeEngine) {
    nameProgram();
    QGuiApplication program(argc, argv);
    const CommandLine line = parseCommandLine(QCoreApplication::arguments());
    if (line.after > 0)
        waitForProcessEnd(line.after, kOldEndsMs);  // only then does the driver give back what a lost card held
    const Termination termination;
    QDir().mkpath(line.application.dataFolder);
    SingleInstance instance(line.application.dataFolder);
    switch (instance.start()) {
        case SingleInstance::Start::Second:
            return EXIT_SUCCESS;
        case SingleInstance::Start::Unanswered:
            say("altiplano: another Altiplano uses %s and does not answer\n", line.application.dataFolder);
            return EXIT_FAILURE;
        case SingleInstance::Start::First:
        case SingleInstance::Start::NoFolder:
            break;
    }
    return runWindow(program, line, makeEngine, instance);
}

}  // namespace altiplano
