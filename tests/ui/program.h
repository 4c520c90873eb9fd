// The program of one test: the real window on the scripted engine and a data folder of its own.
#pragma once

#include <QAccessible>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <functional>
#include <memory>

#include "app/application.h"
#include "app/scripted_engine.h"

// Qt gives up after 5 s, which a busy machine with two processors needs now and then.
#undef QTRY_VERIFY
#undef QTRY_COMPARE
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, altiplano::tests::kPatienceMs)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, altiplano::tests::kPatienceMs)

namespace altiplano::tests {

constexpr int kPatienceMs = 30000;

/// Opens the window as main() does. Destroying it is what quitting is; another one on the same folder is a restart.
class Program {
public:
    explicit Program(const QString& dataFolder, ScriptedEngine::Options options = quick());
    /// On another engine, which loads this model.
    Program(const QString& dataFolder, const ChatEngineFactory& makeEngine, const QString& model,
            const DeviceFinder& findDevices = findComputeDevices);

    /// Fast enough for tests, slow enough to be seen at work.
    static ScriptedEngine::Options quick() { return {.tokensPerSecond = 400, .prefillSteps = 2, .context = 8192}; }

    Application& application() { return *m_application; }
    ChatController& chat() { return *m_application->chat(); }
    QQuickWindow& window() { return *m_window; }
    QQmlEngine& engine() { return m_engine; }
    /// Waits until the model is loaded, the database open and the window has the keyboard.
    [[nodiscard]] bool ready();

    /// The visible item with this accessible name (the whole of it), or null.
    QQuickItem* find(const QString& name, QAccessible::Role role = QAccessible::NoRole) const;
    /// The visible items with this accessible role, top to bottom.
    QList<QQuickItem*> all(QAccessible::Role role) const;
    static QString nameOf(QQuickItem* item);
    static QAccessible::Role roleOf(QQuickItem* item);
    /// The first visible item that is (or inherits) this class of Qt Quick's, e.g. "QQuickListView", within another.
    QQuickItem* findClass(const char* className, QQuickItem* within) const;
    /// The item with the keyboard.
    QQuickItem* focused() const { return m_window->activeFocusItem(); }

    void type(const QString& text);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// No item is a failure of the test, said where it is clicked.
    void click(QQuickItem* item);
    /// Waits for the button (or other item) of this name and clicks it.
    [[nodiscard]] bool clickOn(const QString& name, QAccessible::Role role = QAccessible::Button);
    void hover(QQuickItem* item);
    void wheel(int degrees, QQuickItem* over);
    /// Types into the composer and sends with Enter.
    void ask(const QString& question);
    /// The same, and waits until the answer is whole and the chat idle.
    [[nodiscard]] bool askAndWait(const QString& question);
    /// The last answer is whole and stored, and the next can be asked.
    bool answered();

    int messageCount() { return chat().messages()->rowCount(); }
    QVariant message(int row, const char* role);
    QVariant lastMessage(const char* role) { return message(messageCount() - 1, role); }
    QString lastText() { return lastMessage("text").toString(); }
    MessageListModel::AnswerState lastState();

private:
    void visit(QQuickItem* item, const std::function<void(QQuickItem*)>& visitor) const;

    std::unique_ptr<Application> m_application;
    QQmlApplicationEngine m_engine;
    QQuickWindow* m_window = nullptr;
};

}  // namespace altiplano::tests
