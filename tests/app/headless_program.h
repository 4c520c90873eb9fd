// The whole program without its window: Application on the scripted engine and a data folder of the test's own.
#pragma once

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <memory>

#include "app/application.h"
#include "app/scripted_engine.h"
#include "tests/app/patience.h"

namespace altiplano::tests {

/// Every list model runs under QAbstractItemModelTester. Destroying it is what quitting is.
class HeadlessProgram {
public:
    explicit HeadlessProgram(const QString& dataFolder, ScriptedEngine::Options options = quick(),
                             const QString& model = "/scripted.gguf");
    HeadlessProgram(const QString& dataFolder, const ChatEngineFactory& makeEngine, const QString& model,
                    const DeviceFinder& findDevices = findComputeDevices);
    HeadlessProgram(const ApplicationOptions& options, const ChatEngineFactory& makeEngine);

    /// As fast as the machine: for what does not depend on time.
    static ScriptedEngine::Options quick() { return {.tokensPerSecond = 0, .prefillSteps = 2, .context = 8192}; }
    /// Slow enough to be met in the middle of an answer, on a busy machine, too.
    static ScriptedEngine::Options slow() { return {.tokensPerSecond = 60, .prefillSteps = 2, .context = 8192}; }

    Application& application() { return *m_application; }
    ChatController& chat() { return *m_application->chat(); }
    MessageListModel& messages() { return *chat().messages(); }
    ConversationListModel& conversations() { return *m_application->conversations(); }
    Generations& generations() { return *m_application->findChild<Generations*>(); }

    bool ready() { return chat().canSend(); }
    bool idle() { return chat().state() == ChatController::Idle; }
    /// An answer is being written and so much of it is on show.
    bool hasWritten(int characters) { return count() > 0 && lastText().size() >= characters; }
    int count() { return messages().rowCount(); }
    QVariant message(int row, const char* role);
    double idAt(int row) { return message(row, "messageId").toDouble(); }
    QString textAt(int row) { return message(row, "text").toString(); }
    MessageListModel::AnswerState stateAt(int row);
    MessageListModel::AnswerState lastState() { return stateAt(count() - 1); }
    QString lastText() { return textAt(count() - 1); }
    /// Plain texts of the blocks of a message, one per line.
    QString shownText(int row);

private:
    std::unique_ptr<Application> m_application;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;
};

/// The value of a role named as in QML.
QVariant roleValue(const QAbstractItemModel& model, int row, const char* role);

}  // namespace altiplano::tests
