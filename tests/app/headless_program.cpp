#include "tests/app/headless_program.h"

namespace altiplano::tests {

namespace {

ApplicationOptions optionsFor(const QString& dataFolder, const QString& model, const DeviceFinder& findDevices) {
    ApplicationOptions options;
    options.dataFolder = dataFolder;
    options.modelPath = model;
    options.language = QStringLiteral("en");
    options.findDevices = findDevices;
    return options;
}

}  // namespace

HeadlessProgram::HeadlessProgram(const QString& dataFolder, ScriptedEngine::Options options, const QString& model)
    : HeadlessProgram(
          dataFolder, [=] { return std::make_unique<ScriptedEngine>(options); }, model) {}

HeadlessProgram::HeadlessProgram(const QString& dataFolder, const ChatEngineFactory& makeEngine, const QString& model,
                                 const DeviceFinder& findDevices)
    : HeadlessProgram(optionsFor(dataFolder, model, findDevices), makeEngine) {}

HeadlessProgram::HeadlessProgram(const ApplicationOptions& options, const ChatEngineFactory& makeEngine) {
    m_application = std::make_unique<Application>(options, makeEngine);
    const QList<QAbstractItemModel*> models{m_application->conversations(), m_application->models(),
                                            m_application->parameters(), m_application->chat()->messages(),
                                            m_application->settings()->languages()};
    for (QAbstractItemModel* one : models)
        m_testers.push_back(
            std::make_unique<QAbstractItemModelTester>(one, QAbstractItemModelTester::FailureReportingMode::Fatal));
    m_application->start();
}

QVariant HeadlessProgram::message(int row, const char* role) {
    return roleValue(messages(), row, role);
}

MessageListModel::AnswerState HeadlessProgram::stateAt(int row) {
    return static_cast<MessageListModel::AnswerState>(message(row, "answerState").toInt());
}

QString HeadlessProgram::shownText(int row) {
    const auto* blocks = message(row, "blocks").value<BlockListModel*>();
    QStringList texts;
    for (int block = 0; blocks && block < blocks->count(); ++block)
        texts += roleValue(*blocks, block, "text").toString();
    return texts.join('\n');
}

QVariant roleValue(const QAbstractItemModel& model, int row, const char* role) {
    return model.data(model.index(row, 0), model.roleNames().key(role, -1));
}

}  // namespace altiplano::tests
