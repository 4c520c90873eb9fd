// All answers that run or wait for their turn, whichever conversation is on show.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/answer_recorder.h"
#include "app/chat_requests.h"
#include "app/engine_types.h"

namespace altiplano {

/// One answer in the making.
struct Run {
    enum class Phase { Queued, Reading, Answering, Stopping };
    quint64 id = 0;
    qint64 conversationId = 0;
    qint64 answerId = 0;
    Phase phase = Phase::Queued;
    bool dispatched = false;  ///< the engine has it
    GenerationRequest request;
    storage::Provenance provenance;
    std::stop_source stop;
    QString text;  ///< the answer so far, with what a continued one began with
    int readDone = 0;
    int readTotal = 0;
    int contextUsed = 0;
    double tokensPerSecond = 0;
};

struct FinishedRun {
    qint64 conversationId = 0;
    qint64 answerId = 0;
    storage::Outcome outcome;
};

/// GUI thread. One run at a time is with the engine, the others wait here in order. What the engine says of a run that
/// is no longer known is dropped.
class Generations : public QObject {
    Q_OBJECT

public:
    explicit Generations(QObject* parent);
    ~Generations() override;

    /// The turn is stored: its answer is to be generated. turn.branch ends with the empty or unfinished answer.
    void start(const TurnBegun& turn);
    /// Keeps what is written. A run that waits ends at once, one with the engine when the engine has noticed.
    void stop(qint64 conversationId);
    /// The program ends: everything stops and nothing begins any more.
    void stopAll();
    /// The program ends and the engine does not answer: what is written is stored as stopped.
    void abandonRuns();

    const Run* runOf(qint64 conversationId) const;
    const Run* runOfAnswer(qint64 answerId) const;
    /// Whether the answer has ended and is not on disk yet.
    bool unstored(qint64 answerId) const;
    /// The same, and its last words are on their way there: storing has not failed.
    bool storing(qint64 answerId) const;
    /// Puts what is known here and not on disk yet into a branch that was read from there.
    void complete(std::vector<storage::Message>& branch) const;
    bool idle() const { return m_runs.empty(); }
    /// Whether every word of every answer has reached the storage thread and was stored.
    bool allStored() const { return m_recorders.empty(); }

    /// The model that answers from now on; empty: none.
    void setModel(const std::optional<LoadedModel>& model);
    const std::optional<LoadedModel>& model() const { return m_model; }
    int contextSize() const { return m_model ? m_model->context : 0; }
    /// Waiting runs go on waiting while a model loads; they fail with the sentence where none will come.
    void setModelComing(bool coming, const QString& whyNot);
    /// For the answers that begin from now on.
    void setGuessAhead(bool on) { m_guessAhead = on; }
    /// What provenance a turn gets that is stored now.
    storage::Provenance provenance(const std::string& parametersJson, quint64 seed) const;

public slots:
    void onPrefillProgressed(quint64 run, int done, int total);
    void onTextProduced(const altiplano::GeneratedText& text);
    void onGenerationFinished(const altiplano::GenerationEnd& end);
    void onAnswerAppended(qint64 answerId);
    void onAnswerFinished(qint64 answerId);
    void onAnswerFailed(qint64 answerId, const altiplano::StorageFailure& failure);

signals:
    /// Phase or figures of the conversation's run changed, or it has none any more.
    void runChanged(qint64 conversationId);
    void textArrived(qint64 answerId, const QString& text);
    void runFinished(const altiplano::FinishedRun& finished);
    /// The answer is computed with another model than the one named when its turn was stored.
    void provenanceChanged(qint64 answerId, const altiplano::storage::Provenance& provenance);
    void notSaved(const altiplano::StorageFailure& failure);
    void savedAgain();
    /// The card that answered is lost; what it wrote is kept.
    void deviceLost(const altiplano::EngineFailure& failure);
    /// An answer that has ended is on disk.
    void answerStored(qint64 answerId);

    void generationRequested(const altiplano::GenerationRequest& request, std::stop_token stop);
    void provenanceRequested(qint64 answerId, const altiplano::storage::Provenance& provenance);
    void appendRequested(qint64 answerId, const QString& text);
    void finishRequested(qint64 answerId, const altiplano::storage::Outcome& outcome);

private:
    using Runs = std::vector<std::unique_ptr<Run>>;
    Runs::iterator find(quint64 id);
    Run* first(bool dispatched);
    void dispatchNext();
    void finish(Runs::iterator run, const storage::Outcome& outcome);
    AnswerRecorder& recorder(qint64 answerId);

    Runs m_runs;  ///< in order of their turns
    std::map<qint64, std::unique_ptr<AnswerRecorder>> m_recorders;
    std::optional<LoadedModel> m_model;
    bool m_modelComing = true;
    bool m_guessAhead = true;
    QString m_whyNoModel;
    quint64 m_lastRun = 0;
    bool m_ending = false;
};

}  // namespace altiplano
