// The engine thread's only object: loads models and writes answers, and turns what they throw into values.
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>
#include <memory>

#include "app/chat_engine.h"

namespace altiplano {

/// Lives on the engine thread. A slot may run for minutes: it looks at its stop token.
class EngineWorker : public QObject {
    Q_OBJECT

public:
    /// marker: a file that exists while a model loads, so that a load that ends the program is noticed.
    EngineWorker(std::unique_ptr<ChatEngine> engine, QString marker);

public slots:
    void load(const altiplano::LoadRequest& request, std::stop_token stop);
    void unload();
    void generate(const altiplano::GenerationRequest& request, std::stop_token stop);

    void setThreads(int threads);
    void setStateLimits(const altiplano::StateLimits& limits);
    /// The state that stateWriteRequested() asked for is on disk, or is not.
    void onStateWritten(const altiplano::StateWritten& written);
    void forgetConversations(const QList<qint64>& conversationIds);
    /// The thread ends: what there is still time for is written here.
    void finish();

signals:
    void loadProgressed(quint64 ticket, qint64 done, qint64 total);
    void loadFinished(const altiplano::LoadEnd& end);
    void prefillProgressed(quint64 run, int done, int total);
    void textProduced(const altiplano::GeneratedText& text);
    void generationFinished(const altiplano::GenerationEnd& end);
    /// Where and with how many threads the model in memory computes from now on.
    void placementChanged(const QString& placement);
    void stateWriteRequested(const altiplano::StateWrite& write);
    /// Conversations that have states on disk: are they all still there?
    void statesFound(const QList<qint64>& conversationIds);

private:
    bool frameIsOver();
    void noteLoss(const std::optional<EngineFailure>& failure);
    void keepNextState();

    std::unique_ptr<ChatEngine> m_engine;
    QString m_marker;
    QElapsedTimer m_sinceSignal;
    bool m_deviceLost = false;  ///< nothing of the engine may be used again in this process
    QTimer m_rest;              ///< nobody waits for an answer: time to keep what was computed
};

}  // namespace altiplano
