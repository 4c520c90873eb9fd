// The model in memory, as the window sees it: load, progress, cancel, unload.
#pragma once

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>
#include <optional>
#include <stop_token>

#include "app/engine_types.h"
#include "app/state_requests.h"

namespace altiplano {

class Settings;

/// GUI thread. The work is EngineWorker's.
class EngineController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Application")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString modelPath READ modelPath NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString modelName READ modelName NOTIFY stateChanged FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool starter READ starter NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString draftModel READ draftModel NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString draftError READ draftError NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString memoryText READ memoryText NOTIFY stateChanged FINAL)

public:
    enum State { Empty, Loading, Ready, Failed };
    Q_ENUM(State)

    EngineController(Settings& settings, QString starterPath, QObject* parent);

    State state() const { return m_state; }
    /// Of the model in memory, or of the one that loads or failed to.
    QString modelPath() const { return m_path; }
    QString modelName() const;
    double progress() const;
    QString progressText() const;
    QString error() const { return m_error; }
    bool starter() const { return m_model && m_model->path == m_starterPath; }
    /// The file name of the model that guesses for the one in memory, or shall; empty: there is none.
    QString draftModel() const;
    /// One sentence where it cannot.
    QString draftError() const { return m_draftError; }
    QString memoryText() const;
    const std::optional<LoadedModel>& model() const { return m_model; }
    /// Of the load asked for last.
    const PlanChoices& choices() const { return m_choices; }
    /// Why that failed; null where it did not.
    const EngineFailure* failure() const {
        return m_failedEnd && m_failedEnd->failure ? &*m_failedEnd->failure : nullptr;
    }

    /// A load in progress is cancelled for the new one; a running answer is finished first.
    Q_INVOKABLE void load(const QString& path);
    Q_INVOKABLE void loadUrl(const QUrl& url);
    Q_INVOKABLE void cancelLoad();
    /// Loads the model in memory again, with another one to guess for it; an empty url: with none.
    Q_INVOKABLE void chooseDraftModel(const QUrl& url);
    Q_INVOKABLE void unload();

    /// Tells the engine the settings that hold without a load; again whenever they change.
    void configure();
    /// At the start of the program: not repeated where the last load ended the program.
    void loadAutomatically(const QString& path);
    void retranslate();

public slots:
    void onLoadProgressed(quint64 ticket, qint64 done, qint64 total);
    void onLoadFinished(const altiplano::LoadEnd& end);
    void onPlacementChanged(const QString& placement);
    /// An answer ended with a device that is lost: this process can compute on it no more.
    void onDeviceLost(const altiplano::EngineFailure& failure);

signals:
    void stateChanged();
    void progressChanged();
    /// Only a restart of the program helps.
    void deviceLost();
    void loadRequested(const altiplano::LoadRequest& request, std::stop_token stop);
    void unloadRequested();
    void threadsRequested(int threads);
    void stateLimitsChanged(const altiplano::StateLimits& limits);

private:
    void begin(const QString& path, bool automatic);

    Settings& m_settings;
    QString m_starterPath;
    State m_state = Empty;
    QString m_path;
    PlanChoices m_choices;
    std::optional<LoadedModel> m_model;
    std::optional<LoadEnd> m_failedEnd;
    QString m_error;
    std::optional<EngineFailure> m_draftFailure;
    QString m_draftError;
    qint64 m_done = 0;
    qint64 m_total = 0;
    quint64 m_ticket = 0;
    std::stop_source m_stop;
};

}  // namespace altiplano
