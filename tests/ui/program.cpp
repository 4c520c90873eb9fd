#include "tests/ui/program.h"

#include <QWheelEvent>
#include <QtQml/QQmlExtensionPlugin>
#include <algorithm>

Q_IMPORT_QML_PLUGIN(Altiplano_AppPlugin)
Q_IMPORT_QML_PLUGIN(Altiplano_UiPlugin)

namespace altiplano::tests {

Program::Program(const QString& dataFolder, ScriptedEngine::Options options)
    : Program(
          dataFolder, [=] { return std::make_unique<ScriptedEngine>(options); }, QStringLiteral("/scripted.gguf")) {}

Program::Program(const QString& dataFolder, const ChatEngineFactory& makeEngine, const QString& model,
                 const DeviceFinder& findDevices) {
    QAccessible::setActive(true);
    ApplicationOptions applicationOptions;
    applicationOptions.dataFolder = dataFolder;
    applicationOptions.modelPath = model;
    applicationOptions.language = QStringLiteral("en");
    applicationOptions.findDevices = findDevices;
    m_application = std::make_unique<Application>(applicationOptions, makeEngine);
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.setInitialProperties({{QStringLiteral("application"), QVariant::fromValue(m_application.get())}});
    QObject::connect(m_application.get(), &Application::retranslated, &m_engine, &QQmlEngine::retranslate);
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Altiplano/Ui/Main.qml")));
    m_window = qobject_cast<QQuickWindow*>(m_engine.rootObjects().value(0));
    if (!m_window)
        qFatal("the window cannot be made");
    m_window->resize(1180, 780);
    m_application->start();
    m_window->show();
    m_window->requestActivate();
}

bool Program::ready() {
    const auto all = [this] {
        return m_window->isActive() && chat().canSend() && application().engine()->state() == EngineController::Ready;
    };
    return QTest::qWaitFor(all, kPatienceMs);
}

void Program::visit(QQuickItem* item, const std::function<void(QQuickItem*)>& visitor) const {
    if (!item->isVisible())
        return;
    visitor(item);
    for (QQuickItem* child : item->childItems())
        visit(child, visitor);
}

QString Program::nameOf(QQuickItem* item) {
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(item);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QAccessible::Role Program::roleOf(QQuickItem* item) {
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(item);
    return interface ? interface->role() : QAccessible::NoRole;
}

QQuickItem* Program::find(const QString& name, QAccessible::Role role) const {
    QQuickItem* found = nullptr;
    visit(m_window->contentItem(), [&](QQuickItem* item) {
        if (nameOf(item) == name && (role == QAccessible::NoRole || roleOf(item) == role))
            found = item;
    });
    return found;
}

QList<QQuickItem*> Program::all(QAccessible::Role role) const {
    QList<QQuickItem*> found;
    visit(m_window->contentItem(), [&](QQuickItem* item) {
        if (roleOf(item) == role)
            found.append(item);
    });
    std::stable_sort(found.begin(), found.end(), [](QQuickItem* a, QQuickItem* b) {
        return a->mapToScene({0, 0}).y() < b->mapToScene({0, 0}).y();
    });
    return found;
}

QQuickItem* Program::findClass(const char* className, QQuickItem* within) const {
    QQuickItem* found = nullptr;
    visit(within, [&](QQuickItem* item) {
        if (!found && item->inherits(className))
            found = item;
    });
    return found;
}

void Program::type(const QString& text) {
    for (const QChar character : text)
        QTest::keyClick(m_window, character.toLatin1());
}

void Program::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(m_window, key, modifiers);
}

void Program::click(QQuickItem* item) {
    if (!item)
        return QTest::qFail("there is nothing to click", __FILE__, __LINE__);
    hover(item);
    const QPoint middle = item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
    QTest::mouseClick(m_window, Qt::LeftButton, Qt::NoModifier, middle);
}

bool Program::clickOn(const QString& name, QAccessible::Role role) {
    QQuickItem* item = nullptr;
    if (!QTest::qWaitFor([&] { return (item = find(name, role)) && item->isEnabled(); }, kPatienceMs)) {
        qWarning() << "not found, or not enabled:" << name;
        return false;
    }
    click(item);
    return true;
}

void Program::hover(QQuickItem* item) {
    if (!item)
        return QTest::qFail("there is nothing to point at", __FILE__, __LINE__);
    m_window->grabWindow();  // everything is laid out now
    QTest::mouseMove(m_window, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
}

void Program::wheel(int degrees, QQuickItem* over) {
    const QPointF at = over->mapToScene({over->width() / 2, over->height() / 2});
    QWheelEvent event(at, m_window->mapToGlobal(at), QPoint(), QPoint(0, degrees * 8), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_window, &event);
}

void Program::ask(const QString& question) {
    type(question);
    press(Qt::Key_Return);
}

bool Program::askAndWait(const QString& question) {
    const int before = messageCount();
    ask(question);
    return QTest::qWaitFor([&] { return messageCount() == before + 2 && answered(); }, kPatienceMs);
}

bool Program::answered() {
    return lastState() == MessageListModel::Complete && !chat().busy();
}

QVariant Program::message(int row, const char* role) {
    MessageListModel* messages = chat().messages();
    return messages->data(messages->index(row), messages->roleNames().key(role));
}

MessageListModel::AnswerState Program::lastState() {
    return messageCount() == 0 ? MessageListModel::NoAnswer
                               : lastMessage("answerState").value<MessageListModel::AnswerState>();
}

}  // namespace altiplano::tests
