#include "app/application.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QUrl>

#include "app/desktop_theme.h"
#include "app/error_text.h"
#include "app/markdown/inline_html.h"
#include "app/thread_priority.h"
#include "app/translations.h"

namespace altiplano {

namespace {

constexpr int kUndoMs = 10'000;
constexpr int kLastAnswersMs = 1200;  // for the engine to notice and storage to follow, of the two seconds in all
constexpr int kJoinMs = 700;
constexpr int kEventsMs = 20;

/// Lets the thread end after everything that was already asked of its worker.
void endAfterWork(QThread& thread, QObject* worker) {
    if (thread.isRunning())
        QMetaObject::invokeMethod(
            worker, [&thread] { thread.quit(); }, Qt::QueuedConnection);
}

}  // namespace

Application::Application(const ApplicationOptions& options, const ChatEngineFactory& makeEngine, QObject* parent)
    : QObject(parent),
      m_options(options),
      m_settings(options.dataFolder, this),
      m_translations(std::make_unique<Translations>()),
      m_parameters(this),
      m_generations(this),
      m_chat(m_generations, m_parameters, this),
      m_conversations(this),
      m_engine(m_settings, options.starterPath, this),
      m_plan(m_settings, m_engine, this),
      m_models(m_settings, m_engine, options.starterPath, this),
      m_engineWorker(std::make_unique<EngineWorker>(makeEngine(), options.dataFolder + "/loading.marker")),
      m_storageWorker(std::make_unique<StorageWorker>(options.dataFolder + "/altiplano.db")),
      m_inspectionWorker(std::make_unique<InspectionWorker>()),
      m_planWorker(std::make_unique<PlanWorker>(options.findDevices)),
      m_stateWriter(std::make_unique<StateWriter>()) {
    if (!options.language.isEmpty())
        m_settings.overrideLanguage(options.language);
    m_translations->use(m_settings.language());
    m_undoTimer.setSingleShot(true);
    m_undoTimer.setInterval(kUndoMs);
    m_engineThread.setObjectName("engine");
    m_storageThread.setObjectName("storage");
    m_inspectionThread.setObjectName("inspection");
    m_stateThread.setObjectName("states");
    m_engineWorker->moveToThread(&m_engineThread);
    m_storageWorker->moveToThread(&m_storageThread);
    m_inspectionWorker->moveToThread(&m_inspectionThread);
    m_planWorker->moveToThread(&m_inspectionThread);
    m_stateWriter->moveToThread(&m_stateThread);
    connectStorage();
    connectGenerations();
    connectEngine();
    connectStates();
    connectInspection();
    connectWithin();
}

Application::~Application() {
    shutDown();
    for (QThread* thread : {&m_storageThread, &m_engineThread, &m_inspectionThread, &m_stateThread})
        thread->wait();
}

void Application::start() {
    m_engineThread.start();
    m_storageThread.start();
    m_inspectionThread.start();
    m_stateThread.start(QThread::LowPriority);
    QMetaObject::invokeMethod(m_storageWorker.get(), &StorageWorker::open);
    m_engine.configure();
    m_chat.setNewDraft(m_settings.newDraft());
    loadFirstModel();
    m_models.rescan();
    QMetaObject::invokeMethod(m_planWorker.get(), &PlanWorker::findDevices);  // a driver may take seconds to answer
}

void Application::connectStorage() {
    StorageWorker* worker = m_storageWorker.get();
    connect(&m_storageThread, &QThread::finished, worker, &StorageWorker::close, Qt::DirectConnection);
    connect(worker, &StorageWorker::opened, this, &Application::onStorageOpened);
    connect(worker, &StorageWorker::openFailed, this, &Application::onStorageOpenFailed);
    connect(worker, &StorageWorker::failed, this,
            [this](const StorageFailure& failure) { showNotice(storageErrorText(failure), Failure); });

    connect(&m_conversations, &ConversationListModel::pageRequested, worker, &StorageWorker::readPage);
    connect(&m_conversations, &ConversationListModel::searchRequested, worker, &StorageWorker::search);
    connect(&m_conversations, &ConversationListModel::renameRequested, worker, &StorageWorker::rename);
    connect(&m_conversations, &ConversationListModel::pinRequested, worker, &StorageWorker::setPinned);
    connect(&m_conversations, &ConversationListModel::removeRequested, &m_chat, &ChatController::flush);
    connect(&m_conversations, &ConversationListModel::removeRequested, worker, &StorageWorker::trash);
    connect(worker, &StorageWorker::pageRead, &m_conversations, &ConversationListModel::onPageRead);
    connect(worker, &StorageWorker::searched, &m_conversations, &ConversationListModel::onSearched);
    connect(worker, &StorageWorker::conversationStored, &m_conversations, &ConversationListModel::onConversationStored);
    connect(worker, &StorageWorker::conversationRemoved, &m_conversations,
            &ConversationListModel::onConversationRemoved);

    connect(&m_chat, &ChatController::turnRequested, worker, &StorageWorker::beginTurn);
    connect(&m_chat, &ChatController::conversationRequested, worker, &StorageWorker::readConversation);
    connect(&m_chat, &ChatController::siblingRequested, worker, &StorageWorker::selectSibling);
    connect(&m_chat, &ChatController::draftRequested, worker, &StorageWorker::setDraft);
    connect(&m_chat, &ChatController::parametersRequested, worker, &StorageWorker::setParameters);
    connect(&m_chat, &ChatController::renameRequested, worker, &StorageWorker::rename);
    connect(worker, &StorageWorker::turnBegun, &m_chat, &ChatController::onTurnBegun);
    connect(worker, &StorageWorker::turnFailed, &m_chat, &ChatController::onTurnFailed);
    connect(worker, &StorageWorker::conversationRead, &m_chat, &ChatController::onConversationRead);
    connect(worker, &StorageWorker::readFailed, &m_chat, &ChatController::onReadFailed);
    connect(worker, &StorageWorker::conversationStored, &m_chat, &ChatController::onConversationStored);
    connect(worker, &StorageWorker::conversationRemoved, &m_chat, &ChatController::onConversationRemoved);
    connect(worker, &StorageWorker::conversationRemoved, this, &Application::onConversationRemoved);

    connect(this, &Application::restoreRequested, worker, &StorageWorker::restore);
    connect(&m_settings, &Settings::writeRequested, worker, &StorageWorker::writeSettings);
    connect(worker, &StorageWorker::settingsFailed, &m_settings, &Settings::onWriteFailed);
    connect(worker, &StorageWorker::settingsFailed, this, [this](const StorageFailure& failure) {
        if (m_storageWritable)  // or it was told already that nothing here is
            showUnsaved(failure, Unsaved::Settings);
    });
    connect(worker, &StorageWorker::settingsWritten, this, [this] { onSaved(Unsaved::Settings); });
}

void Application::connectGenerations() {
    StorageWorker* storage = m_storageWorker.get();
    EngineWorker* engine = m_engineWorker.get();
    connect(&m_generations, &Generations::appendRequested, storage, &StorageWorker::appendAnswer);
    connect(&m_generations, &Generations::finishRequested, storage, &StorageWorker::finishAnswer);
    connect(&m_generations, &Generations::provenanceRequested, storage, &StorageWorker::setProvenance);
    connect(storage, &StorageWorker::answerAppended, &m_generations, &Generations::onAnswerAppended);
    connect(storage, &StorageWorker::answerFinished, &m_generations, &Generations::onAnswerFinished);
    connect(storage, &StorageWorker::answerFailed, &m_generations, &Generations::onAnswerFailed);
    connect(&m_generations, &Generations::generationRequested, engine, &EngineWorker::generate);
    connect(&m_generations, &Generations::deviceLost, &m_engine, &EngineController::onDeviceLost);
    connect(&m_settings, &Settings::guessAheadChanged, &m_generations,
            [this] { m_generations.setGuessAhead(m_settings.guessAhead()); });
    m_generations.setGuessAhead(m_settings.guessAhead());
    connect(engine, &EngineWorker::prefillProgressed, &m_generations, &Generations::onPrefillProgressed);
    connect(engine, &EngineWorker::textProduced, &m_generations, &Generations::onTextProduced);
    connect(engine, &EngineWorker::generationFinished, &m_generations, &Generations::onGenerationFinished);
}

void Application::connectEngine() {
    EngineWorker* worker = m_engineWorker.get();
    connect(&m_engine, &EngineController::loadRequested, worker, &EngineWorker::load);
    connect(&m_engine, &EngineController::unloadRequested, worker, &EngineWorker::unload);
    connect(&m_engine, &EngineController::threadsRequested, worker, &EngineWorker::setThreads);
    connect(worker, &EngineWorker::placementChanged, &m_engine, &EngineController::onPlacementChanged);
    connect(worker, &EngineWorker::loadProgressed, &m_engine, &EngineController::onLoadProgressed);
    connect(worker, &EngineWorker::loadFinished, &m_engine, &EngineController::onLoadFinished);
    connect(&m_engine, &EngineController::stateChanged, this, &Application::onEngineStateChanged);
    connect(&m_engine, &EngineController::deviceLost, this, &Application::onDeviceLost);
}

void Application::connectStates() {
    EngineWorker* engine = m_engineWorker.get();
    StorageWorker* storage = m_storageWorker.get();
    connect(&m_engineThread, &QThread::started, engine, &giveWay, Qt::DirectConnection);
    connect(&m_engineThread, &QThread::finished, engine, &EngineWorker::finish, Qt::DirectConnection);
    connect(&m_engine, &EngineController::stateLimitsChanged, engine, &EngineWorker::setStateLimits);
    connect(engine, &EngineWorker::stateWriteRequested, m_stateWriter.get(), &StateWriter::write);
    connect(m_stateWriter.get(), &StateWriter::written, engine, &EngineWorker::onStateWritten);
    connect(storage, &StorageWorker::conversationRemoved, engine,
            [engine](qint64 conversationId) { engine->forgetConversations({conversationId}); });
    connect(engine, &EngineWorker::statesFound, storage, &StorageWorker::findRemoved);
    connect(storage, &StorageWorker::removedFound, engine, &EngineWorker::forgetConversations);
}

void Application::connectInspection() {
    InspectionWorker* worker = m_inspectionWorker.get();
    connect(&m_models, &ModelListModel::scanRequested, worker, &InspectionWorker::scan);
    connect(&m_models, &ModelListModel::inspectionRequested, worker, &InspectionWorker::inspect);
    connect(worker, &InspectionWorker::scanned, &m_models, &ModelListModel::onFolderScanned);
    connect(worker, &InspectionWorker::inspected, &m_models, &ModelListModel::onInspected);
    connect(worker, &InspectionWorker::folderChanged, &m_models, &ModelListModel::rescan);
    connect(&m_plan, &PlanController::planRequested, m_planWorker.get(), &PlanWorker::plan);
    connect(m_planWorker.get(), &PlanWorker::planned, &m_plan, &PlanController::onPlanned);
    connect(m_planWorker.get(), &PlanWorker::devicesFound, &m_plan, &PlanController::onDevicesFound);
}

void Application::connectWithin() {
    connect(&m_chat, &ChatController::noticeRaised, this, [this](const QString& text) { showNotice(text, Failure); });
    connect(&m_chat, &ChatController::copyRequested, this, &Application::copyText);
    connect(&m_chat, &ChatController::conversationChanged, this,
            [this] { m_conversations.setCurrent(static_cast<qint64>(m_chat.conversationId())); });
    connect(&m_chat, &ChatController::newDraftChanged, &m_settings, &Settings::setNewDraft);
    connect(&m_generations, &Generations::runChanged, this, [this](qint64 conversationId) {
        m_conversations.setGenerating(conversationId, m_generations.runOf(conversationId) != nullptr);
    });
    connect(&m_generations, &Generations::notSaved, this,
            [this](const StorageFailure& failure) { showUnsaved(failure, Unsaved::Answer); });
    connect(&m_generations, &Generations::savedAgain, this, [this] { onSaved(Unsaved::Answer); });
    connect(&m_models, &ModelListModel::openFolderRequested, this,
            [](const QString& folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    connect(&m_settings, &Settings::languageChanged, this, &Application::retranslate);
    connect(&m_undoTimer, &QTimer::timeout, this, &Application::dismissUndo);
    auto* theme = new DesktopTheme(this);
    connect(theme, &DesktopTheme::darkFound, &m_settings, &Settings::setSystemDark);
    theme->start();
}

void Application::loadFirstModel() {
    if (!m_options.modelPath.isEmpty())
        m_engine.load(QFileInfo(m_options.modelPath).absoluteFilePath());
    else if (!m_settings.lastModel().isEmpty())
        m_engine.loadAutomatically(m_settings.lastModel());
    else if (!m_options.starterPath.isEmpty())
        m_engine.loadAutomatically(m_options.starterPath);
    else
        onEngineStateChanged();
}

void Application::onEngineStateChanged() {
    QString reason;
    if (m_engine.state() == EngineController::Failed)
        reason = tr("No model is loaded. %1").arg(m_engine.error());
    else if (m_engine.state() == EngineController::Empty)
        reason = tr("No model is loaded. Choose one in Models.");
    m_generations.setModel(m_engine.model());
    m_generations.setModelComing(m_engine.state() == EngineController::Loading, reason);
    m_chat.setEngineBlocked(reason);
    emit examplePromptsChanged();
    emit settledChanged();
}

void Application::onDeviceLost() {
    showNotice(tr("The graphics card failed and this program can no longer use it. Start Altiplano again: it "
                  "comes back to this chat."),
               Failure);
    m_restartOffered = true;
    emit noticeChanged();
}

QStringList Application::restartArguments() const {
    QStringList arguments{"--data-dir", m_options.dataFolder};
    if (!m_engine.modelPath().isEmpty())
        arguments += {"--model", m_engine.modelPath()};
    if (!m_options.language.isEmpty())
        arguments += {"--language", m_options.language};
    if (const auto id = static_cast<qint64>(m_chat.conversationId()); id != 0)
        arguments += {"--conversation", QString::number(id)};
    arguments += {"--after", QString::number(QCoreApplication::applicationPid())};
    return arguments;
}

void Application::onStorageOpened(const StorageOpened& report) {
    m_storageSettled = true;
    m_storageWritable = report.writable;
    const QString text = storageOpenText(report);
    if (!text.isEmpty())
        showNotice(text, report.kind == StorageOpened::Kind::Ready ? Info : Caution);
    m_chat.setStorageWritable(report.writable, report.writable ? QString() : text);
    m_conversations.reload();
    m_chat.open(static_cast<double>(m_options.conversationId));
    emit settledChanged();
}

void Application::onStorageOpenFailed(const StorageFailure& failure) {
    m_storageSettled = true;
    const QString text = tr("The conversations could not be opened: %1").arg(failure.message);
    showNotice(text, Failure);
    m_chat.setStorageWritable(false, text);
    emit settledChanged();
}

void Application::onConversationRemoved(qint64 conversationId) {
    m_removed = conversationId;
    m_undoTimer.start();
    emit undoChanged();
}

void Application::retranslate() {
    m_translations->use(m_settings.language());
    m_conversations.retranslate();
    m_chat.retranslate();
    m_engine.retranslate();
    m_plan.retranslate();
    m_models.retranslate();
    m_parameters.retranslate();
    m_settings.languages()->retranslate();
    emit undoChanged();
    emit examplePromptsChanged();
    emit retranslated();
}

QString Application::version() const {
    return QStringLiteral(ALTIPLANO_VERSION);
}

QString Application::undoText() const {
    return m_removed == 0 ? QString() : tr("Chat deleted");
}

QStringList Application::examplePrompts() const {
    if (m_engine.starter())  // it knows English only
        return {"What can you do?", "How do I get a Llama 3.1 model?", "What does temperature do?"};
    return {tr("Explain how a sourdough starter works, in five sentences."),
            tr("Write a Python function that finds the longest word in a text."),
            tr("Help me to write a friendly reminder about an unpaid invoice.")};
}

bool Application::settled() const {
    return m_storageSettled && m_engine.state() != EngineController::Loading;
}

void Application::showNotice(const QString& sentence, NoticeKind kind) {
    m_noticeOf = Unsaved::Nothing;
    m_restartOffered = false;
    m_notice = sentence;
    m_noticeKind = kind;
    emit noticeChanged();
}

void Application::showUnsaved(const StorageFailure& failure, Unsaved what) {
    if (what < m_noticeOf)
        return;
    showNotice(storageErrorText(failure), Failure);
    m_noticeOf = what;
}

void Application::onSaved(Unsaved what) {
    if (what == m_noticeOf)
        dismissNotice();
}

void Application::dismissNotice() {
    showNotice({}, NoNotice);
}

void Application::undo() {
    if (m_removed == 0)
        return;
    const qint64 id = m_removed;
    dismissUndo();
    emit restoreRequested(id);
    m_chat.open(static_cast<double>(id));
}

void Application::dismissUndo() {
    m_undoTimer.stop();
    m_removed = 0;
    emit undoChanged();
}

void Application::copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

void Application::openLink(const QString& url) {
    if (isSafeLink(url))
        QDesktopServices::openUrl(QUrl(url));
}

void Application::storeAll() {
    m_chat.flush();
    m_settings.flush();
}

bool Application::shutDown() {
    if (std::exchange(m_down, true) || !m_engineThread.isRunning())
        return true;
    storeAll();
    m_engine.cancelLoad();
    m_generations.stopAll();
    const QDeadlineTimer deadline(kLastAnswersMs);
    while (!m_generations.idle() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents, kEventsMs);
    m_generations.abandonRuns();
    while (!m_generations.allStored() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents, kEventsMs);
    endAfterWork(m_storageThread, m_storageWorker.get());
    m_engineThread.quit();
    m_inspectionThread.quit();
    endAfterWork(m_stateThread, m_stateWriter.get());
    const QDeadlineTimer join(kJoinMs);
    return m_storageThread.wait(join) & m_engineThread.wait(join) & m_inspectionThread.wait(join) &
           m_stateThread.wait(join);
}

}  // namespace altiplano
