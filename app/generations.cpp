#include "app/generations.h"

#include <algorithm>
#include <cmath>

#include "app/chat_parameters.h"
#include "app/error_text.h"

namespace altiplano {

namespace {

engine::ChatRole roleOf(storage::Role role) {
    switch (role) {
        case storage::Role::Assistant:
            return engine::ChatRole::Assistant;
        case storage::Role::Tool:
            return engine::ChatRole::Ipython;
        case storage::Role::User:
            break;
    }
    return engine::ChatRole::User;
}

/// What the engine is asked: the system prompt and the branch. An answer without text is left out; a last answer with
/// text goes on.
GenerationRequest requestFor(const TurnBegun& turn) {
    GenerationRequest request;
    request.conversationId = turn.conversation.id;
    request.options = ChatParameters::optionsFromExactJson(turn.branch.back().answer->provenance.parameters_json);
    request.options.header.date = turn.conversation.date_header;
    if (!turn.conversation.system_prompt.empty())
        request.messages.push_back({engine::ChatRole::System, turn.conversation.system_prompt});
    for (const storage::Message& message : turn.branch)
        if (!message.text.empty())
            request.messages.push_back({roleOf(message.role), message.text});
    request.options.end = turn.branch.back().text.empty() ? engine::ChatEnd::NewAnswer : engine::ChatEnd::ContinueLast;
    return request;
}

std::int64_t milliseconds(double seconds) {
    return std::llround(seconds * 1000.0);
}

storage::Outcome outcomeOf(const engine::Generation& figures) {
    storage::Outcome outcome;
    outcome.state = storage::AnswerState::Complete;
    switch (figures.reason) {
        case engine::StopReason::EndOfTurn:
            outcome.stop_reason = storage::StopReason::EndOfTurn;
            break;
        case engine::StopReason::StopString:
            outcome.stop_reason = storage::StopReason::StopString;
            break;
        case engine::StopReason::Length:
            outcome.stop_reason = figures.context_full ? storage::StopReason::ContextFull : storage::StopReason::Length;
            break;
        case engine::StopReason::User:
            outcome.state = storage::AnswerState::Stopped;
            outcome.stop_reason = storage::StopReason::User;
            break;
    }
    outcome.prompt_tokens = figures.prompt_tokens;
    outcome.reused_tokens = figures.reused_tokens;
    outcome.generated_tokens = figures.generated_tokens;
    outcome.prefill_ms = milliseconds(figures.prefill_s);
    outcome.first_token_ms = milliseconds(figures.first_token_s);
    outcome.generate_ms = milliseconds(figures.generate_s);
    return outcome;
}

storage::Outcome failedOutcome(const QString& sentence) {
    storage::Outcome outcome;
    outcome.state = storage::AnswerState::Failed;
    outcome.error_text = sentence.toStdString();
    return outcome;
}

storage::Outcome stoppedOutcome() {
    storage::Outcome outcome;
    outcome.state = storage::AnswerState::Stopped;
    outcome.stop_reason = storage::StopReason::User;
    return outcome;
}

}  // namespace

Generations::Generations(QObject* parent) : QObject(parent) {}

Generations::~Generations() = default;

storage::Provenance Generations::provenance(const std::string& parametersJson, quint64 seed) const {
    storage::Provenance provenance;
    provenance.engine_version = engine::kEngineVersion;
    provenance.parameters_json = parametersJson;
    provenance.seed = seed;
    if (m_model) {
        provenance.model_name = m_model->name.toStdString();
        provenance.model_fingerprint = m_model->fingerprint.toStdString();
        provenance.device_placement = m_model->placement.toStdString();
    }
    return provenance;
}

void Generations::start(const TurnBegun& turn) {
    const storage::Message& answer = turn.branch.back();
    auto run = std::make_unique<Run>();
    run->id = ++m_lastRun;
    run->conversationId = turn.conversation.id;
    run->answerId = answer.id;
    run->request = requestFor(turn);
    run->request.run = run->id;
    run->provenance = answer.answer->provenance;
    run->text = QString::fromStdString(answer.text);
    m_runs.push_back(std::move(run));
    emit runChanged(turn.conversation.id);
    if (m_ending)
        finish(std::prev(m_runs.end()), stoppedOutcome());
    else
        dispatchNext();
}

void Generations::dispatchNext() {
    Run* next = first(false);
    if (!next || first(true) || m_ending)
        return;
    if (!m_model) {
        if (!m_modelComing)
            finish(find(next->id), failedOutcome(m_whyNoModel));
        return;
    }
    next->dispatched = true;
    next->phase = Run::Phase::Reading;
    storage::Provenance actual = provenance(next->provenance.parameters_json, next->provenance.seed);
    if (actual.model_fingerprint != next->provenance.model_fingerprint ||
        actual.device_placement != next->provenance.device_placement) {
        next->provenance = actual;
        emit provenanceRequested(next->answerId, actual);
        emit provenanceChanged(next->answerId, actual);
    }
    next->request.guessAhead = m_guessAhead;
    emit generationRequested(next->request, next->stop.get_token());
    emit runChanged(next->conversationId);
}

void Generations::stop(qint64 conversationId) {
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [=](const auto& run) { return run->conversationId == conversationId; });
    if (found == m_runs.end())
        return;
    Run& run = **found;
    run.stop.request_stop();
    if (!run.dispatched) {
        finish(found, stoppedOutcome());
        return;
    }
    run.phase = Run::Phase::Stopping;
    emit runChanged(conversationId);
}

void Generations::stopAll() {
    m_ending = true;
    std::vector<qint64> conversations;
    for (const auto& run : m_runs)
        conversations.push_back(run->conversationId);
    for (auto id = conversations.rbegin(); id != conversations.rend(); ++id)
        stop(*id);
}

void Generations::abandonRuns() {
    while (!m_runs.empty())
        finish(m_runs.begin(), stoppedOutcome());
    for (const auto& [answerId, recorder] : m_recorders)
        recorder->flush();
}

const Run* Generations::runOf(qint64 conversationId) const {
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [=](const auto& run) { return run->conversationId == conversationId; });
    return found == m_runs.end() ? nullptr : found->get();
}

const Run* Generations::runOfAnswer(qint64 answerId) const {
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [=](const auto& run) { return run->answerId == answerId; });
    return found == m_runs.end() ? nullptr : found->get();
}

bool Generations::unstored(qint64 answerId) const {
    const auto found = m_recorders.find(answerId);
    return found != m_recorders.end() && found->second->outcome();
}

bool Generations::storing(qint64 answerId) const {
    return unstored(answerId) && !m_recorders.at(answerId)->failing();
}

void Generations::complete(std::vector<storage::Message>& branch) const {
    for (storage::Message& message : branch) {
        if (!message.answer)
            continue;
        if (const Run* run = runOfAnswer(message.id)) {
            message.text = run->text.toStdString();
        } else if (unstored(message.id)) {
            const AnswerRecorder& recorder = *m_recorders.at(message.id);
            message.text = recorder.wholeText().toStdString();
            message.answer->outcome = *recorder.outcome();
        }
    }
}

void Generations::setModel(const std::optional<LoadedModel>& model) {
    m_model = model;
    dispatchNext();
}

void Generations::setModelComing(bool coming, const QString& whyNot) {
    m_modelComing = coming;
    m_whyNoModel = whyNot;
    while (!m_model && !m_modelComing && first(false) && !first(true))
        dispatchNext();
}

void Generations::onPrefillProgressed(quint64 run, int done, int total) {
    const auto found = find(run);
    if (found == m_runs.end())
        return;
    (*found)->readDone = done;
    (*found)->readTotal = total;
    emit runChanged((*found)->conversationId);
}

void Generations::onTextProduced(const GeneratedText& text) {
    const auto found = find(text.run);
    if (found == m_runs.end())
        return;
    Run& run = **found;
    if (run.phase == Run::Phase::Reading)
        run.phase = Run::Phase::Answering;
    run.text += text.text;
    run.contextUsed = text.contextUsed;
    if (text.seconds > 0)
        run.tokensPerSecond = text.tokens / text.seconds;
    recorder(run.answerId).append(text.text);
    emit textArrived(run.answerId, text.text);
    emit runChanged(run.conversationId);
}

void Generations::onGenerationFinished(const GenerationEnd& end) {
    const auto found = find(end.run);
    if (found == m_runs.end())
        return;
    if (!end.failure)
        return finish(found, outcomeOf(end.figures));
    const bool isLost = end.failure->kind == engine::ErrorKind::DeviceLost;
    if (isLost)
        emit deviceLost(*end.failure);  // first, so that no other answer is begun
    storage::Outcome outcome = failedOutcome(answerErrorText(*end.failure));
    if (isLost)
        outcome.state = storage::AnswerState::Interrupted;  // it can be continued after a restart
    finish(find(end.run), outcome);
}

void Generations::finish(Runs::iterator run, const storage::Outcome& outcome) {
    const FinishedRun finished{(*run)->conversationId, (*run)->answerId, outcome};
    const QString text = (*run)->text;
    m_runs.erase(run);
    recorder(finished.answerId).finish(text, outcome);
    emit runFinished(finished);
    emit runChanged(finished.conversationId);
    dispatchNext();
}

Generations::Runs::iterator Generations::find(quint64 id) {
    return std::find_if(m_runs.begin(), m_runs.end(), [=](const auto& run) { return run->id == id; });
}

Run* Generations::first(bool dispatched) {
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [=](const auto& run) { return run->dispatched == dispatched; });
    return found == m_runs.end() ? nullptr : found->get();
}

AnswerRecorder& Generations::recorder(qint64 answerId) {
    std::unique_ptr<AnswerRecorder>& recorder = m_recorders[answerId];
    if (recorder)
        return *recorder;
    recorder = std::make_unique<AnswerRecorder>(answerId);
    connect(recorder.get(), &AnswerRecorder::appendRequested, this, &Generations::appendRequested);
    connect(recorder.get(), &AnswerRecorder::finishRequested, this, &Generations::finishRequested);
    return *recorder;
}

void Generations::onAnswerAppended(qint64 answerId) {
    if (const auto found = m_recorders.find(answerId); found != m_recorders.end())
        found->second->onStored();
    emit savedAgain();
}

void Generations::onAnswerFinished(qint64 answerId) {
    m_recorders.erase(answerId);
    emit savedAgain();
    emit answerStored(answerId);
}

void Generations::onAnswerFailed(qint64 answerId, const StorageFailure& failure) {
    const auto found = m_recorders.find(answerId);
    if (found == m_recorders.end())
        return;
    if (failure.kind == storage::ErrorKind::NotFound)
        m_recorders.erase(found);  // erased for good meanwhile: there is nothing to add to
    else
        found->second->onFailed();
    emit notSaved(failure);
}

}  // namespace altiplano
