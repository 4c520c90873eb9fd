// The program behind the window: owns threads and workers, makes every connection between threads, shuts down.
#pragma once

#include <QObject>
#include <QStringList>
#include <QThread>
#include <QTimer>
#include <QtQml/qqmlregistration.h>
#include <memory>

#include "app/chat_controller.h"
#include "app/chat_engine.h"
#include "app/conversation_list_model.h"
#include "app/engine_controller.h"
#include "app/engine_worker.h"
#include "app/inspection_worker.h"
#include "app/model_list_model.h"
#include "app/parameter_list_model.h"
#include "app/plan_controller.h"
#include "app/plan_worker.h"
#include "app/settings.h"
#include "app/state_writer.h"
#include "app/storage_worker.h"

namespace altiplano {

class Translations;

struct ApplicationOptions {
    QString dataFolder;
    QString modelPath;          ///< from the command line; empty = the last one, or the starter model
    QString starterPath;        ///< empty where it is not installed
    QString language;           ///< from the command line; empty = the setting
    qint64 conversationId = 0;  ///< shown first; 0 = a new one
    DeviceFinder findDevices = findComputeDevices;
};

/// GUI thread. start() begins; the destructor ends generations, brings what is left to disk and joins the threads,
/// however long that takes.
class Application : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by main")
    Q_PROPERTY(altiplano::ConversationListModel* conversations READ conversations CONSTANT FINAL)
    Q_PROPERTY(altiplano::ChatController* chat READ chat CONSTANT FINAL)
    Q_PROPERTY(altiplano::ModelListModel* models READ models CONSTANT FINAL)
    Q_PROPERTY(altiplano::EngineController* engine READ engine CONSTANT FINAL)
    Q_PROPERTY(altiplano::PlanController* plan READ plan CONSTANT FINAL)
    Q_PROPERTY(altiplano::ParameterListModel* parameters READ parameters CONSTANT FINAL)
    Q_PROPERTY(altiplano::Settings* settings READ settings CONSTANT FINAL)
    Q_PROPERTY(QString version READ version CONSTANT FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)
    Q_PROPERTY(NoticeKind noticeKind READ noticeKind NOTIFY noticeChanged FINAL)
    Q_PROPERTY(bool restartOffered READ restartOffered NOTIFY noticeChanged FINAL)
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoChanged FINAL)
    Q_PROPERTY(QStringList examplePrompts READ examplePrompts NOTIFY examplePromptsChanged FINAL)

public:
    enum NoticeKind { NoNotice, Info, Caution, Failure };
    Q_ENUM(NoticeKind)

    Application(const ApplicationOptions& options, const ChatEngineFactory& makeEngine, QObject* parent = nullptr);
    ~Application() override;

    /// Starts the threads, opens the database, loads the model.
    void start();
    /// Hands everything unsaved to the storage thread: the session may end.
    void storeAll();
    /// Stops answers, stores what is left, joins the threads: at most two seconds. False where a thread still computes
    /// or reads what cannot be interrupted; all there was to store is stored then.
    bool shutDown();

    ConversationListModel* conversations() { return &m_conversations; }
    ChatController* chat() { return &m_chat; }
    ModelListModel* models() { return &m_models; }
    EngineController* engine() { return &m_engine; }
    PlanController* plan() { return &m_plan; }
    ParameterListModel* parameters() { return &m_parameters; }
    Settings* settings() { return &m_settings; }
    QString version() const;
    QString notice() const { return m_notice; }
    NoticeKind noticeKind() const { return m_noticeKind; }
    /// The notice tells of something that only a new start of the program mends.
    bool restartOffered() const { return m_restartOffered; }
    /// What a new start is called with to show the same conversation with the same model.
    QStringList restartArguments() const;
    QString undoText() const;
    QStringList examplePrompts() const;
    /// Whether the database is open (or has failed to open) and no model loads: a picture of the window is meaningful.
    bool settled() const;

    Q_INVOKABLE void dismissNotice();
    /// Ends the program and starts it again, into the conversation on show.
    Q_INVOKABLE void restart() { emit restartRequested(); }
    Q_INVOKABLE void undo();
    Q_INVOKABLE void dismissUndo();
    Q_INVOKABLE void copyText(const QString& text);
    /// Opens web and mail addresses only.
    Q_INVOKABLE void openLink(const QString& url);

signals:
    void noticeChanged();
    void undoChanged();
    void examplePromptsChanged();
    /// The language changed: texts in QML are to be read again.
    void retranslated();
    void restoreRequested(qint64 conversationId);
    void raiseRequested();
    void restartRequested();
    void settledChanged();

private:
    /// What the notice says is not on disk; it goes away by itself when that is.
    enum class Unsaved { Nothing, Settings, Answer };

    void connectStorage();
    void connectGenerations();
    void connectEngine();
    void connectStates();
    void connectInspection();
    void connectWithin();
    void loadFirstModel();
    void showNotice(const QString& sentence, NoticeKind kind);
    /// An answer that is not saved is told before settings that are not.
    void showUnsaved(const StorageFailure& failure, Unsaved what);
    void onSaved(Unsaved what);
    void onStorageOpened(const StorageOpened& report);
    void onStorageOpenFailed(const StorageFailure& failure);
    void onConversationRemoved(qint64 conversationId);
    void onEngineStateChanged();
    void onDeviceLost();
    void retranslate();

    ApplicationOptions m_options;
    Settings m_settings;
    std::unique_ptr<Translations> m_translations;
    ParameterListModel m_parameters;
    Generations m_generations;
    ChatController m_chat;
    ConversationListModel m_conversations;
    EngineController m_engine;
    PlanController m_plan;
    ModelListModel m_models;

    QThread m_engineThread;
    QThread m_storageThread;
    QThread m_inspectionThread;
    QThread m_stateThread;
    std::unique_ptr<EngineWorker> m_engineWorker;    ///< on m_engineThread while that runs
    std::unique_ptr<StorageWorker> m_storageWorker;  ///< on m_storageThread while that runs
    std::unique_ptr<InspectionWorker> m_inspectionWorker;
    std::unique_ptr<PlanWorker> m_planWorker;  ///< on m_inspectionThread, too
    std::unique_ptr<StateWriter> m_stateWriter;

    QString m_notice;
    NoticeKind m_noticeKind = NoNotice;
    Unsaved m_noticeOf = Unsaved::Nothing;
    bool m_restartOffered = false;
    qint64 m_removed = 0;  ///< the conversation that undo() brings back
    QTimer m_undoTimer;
    bool m_storageSettled = false;
    bool m_storageWritable = false;
    bool m_down = false;
};

}  // namespace altiplano
