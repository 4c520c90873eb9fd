#include "app/chat_controller.h"

#include <QDate>
#include <QLocale>

#include "app/conversation_list_model.h"
#include "app/error_text.h"

namespace altiplano {

namespace {

constexpr int kReadingVisibleMs = 300;

/// The date that stands in the prompt of a conversation for ever, "23 Nov 2026".
std::string dateHeader() {
    return QLocale::c().toString(QDate::currentDate(), "dd MMM yyyy").toStdString();
}

}  // namespace

ChatController::ChatController(Generations& generations, ParameterListModel& parameters, QObject* parent)
    : QObject(parent),
      m_generations(generations),
      m_parameters(parameters),
      m_messages(this),
      m_edits(parameters, this) {
    connect(&m_edits, &ConversationEdits::draftChanged, this, &ChatController::draftChanged);
    connect(&m_edits, &ConversationEdits::systemPromptChanged, this, &ChatController::systemPromptChanged);
    connect(&m_edits, &ConversationEdits::newDraftChanged, this, &ChatController::newDraftChanged);
    connect(&m_edits, &ConversationEdits::draftRequested, this, &ChatController::draftRequested);
    connect(&m_edits, &ConversationEdits::parametersRequested, this, &ChatController::parametersRequested);
    m_readingTimer.setSingleShot(true);
    m_readingTimer.setInterval(kReadingVisibleMs);
    connect(&m_readingTimer, &QTimer::timeout, this, &ChatController::progressChanged);
    connect(&m_generations, &Generations::runChanged, this, &ChatController::onRunChanged);
    connect(&m_generations, &Generations::textArrived, &m_messages, &MessageListModel::appendText);
    connect(&m_generations, &Generations::provenanceChanged, &m_messages, &MessageListModel::setProvenance);
    connect(&m_generations, &Generations::answerStored, this, [this](qint64 answerId) {
        if (answerId != m_continueWhenStored)
            return;
        continueAnswer(static_cast<double>(answerId));
        emit stateChanged();
    });
    connect(&m_generations, &Generations::notSaved, this, &ChatController::dropContinuation);
    connect(&m_generations, &Generations::runFinished, &m_messages,
            [this](const FinishedRun& finished) { m_messages.finish(finished.answerId, finished.outcome); });
}

QString ChatController::title() const {
    return ConversationListModel::shownTitle(m_conversation);
}

ChatController::State ChatController::state() const {
    if (m_turns.waiting() || m_continueWhenStored != 0)
        return Storing;
    const Run* running = run();
    if (!running)
        return Idle;
    switch (running->phase) {
        case Run::Phase::Queued:
            return Waiting;
        case Run::Phase::Reading:
            return Reading;
        case Run::Phase::Answering:
            return Answering;
        case Run::Phase::Stopping:
            return Stopping;
    }
    return Idle;
}

bool ChatController::canSend() const {
    return !busy() && m_storageWritable && m_engineReason.isEmpty();
}

QString ChatController::blockedReason() const {
    return m_storageWritable ? m_engineReason : m_storageReason;
}

int ChatController::readTokens() const {
    return run() ? run()->readDone : 0;
}

int ChatController::readTotal() const {
    return run() ? run()->readTotal : 0;
}

bool ChatController::readingVisible() const {
    return state() == Reading && !m_readingTimer.isActive();
}

int ChatController::contextUsed() const {
    if (run() && run()->contextUsed > 0)
        return run()->contextUsed;
    const storage::Outcome* outcome = m_messages.lastOutcome();
    return outcome ? outcome->prompt_tokens + outcome->generated_tokens : 0;
}

double ChatController::tokensPerSecond() const {
    if (run())
        return run()->tokensPerSecond;
    const storage::Outcome* outcome = m_messages.lastOutcome();
    if (!outcome || outcome->generate_ms <= 0)
        return 0;
    return 1000.0 * outcome->generated_tokens / static_cast<double>(outcome->generate_ms);
}

// What happens around it

void ChatController::setStorageWritable(bool writable, const QString& reason) {
    m_storageWritable = writable;
    m_storageReason = reason;
    emit stateChanged();
}

void ChatController::setEngineBlocked(const QString& reason) {
    m_engineReason = reason;
    m_messages.setContextSize(m_generations.contextSize());
    emit stateChanged();
    emit progressChanged();
}

void ChatController::retranslate() {
    m_messages.retranslate();
    emit titleChanged();
    emit stateChanged();
}

// Turns

void ChatController::send(const QString& text) {
    if (!canSend() || text.trimmed().isEmpty())
        return;
    TurnRequest request;
    request.kind = TurnRequest::Kind::Question;
    request.conversationId = m_conversation.id;
    if (const storage::Message* last = m_messages.last())
        request.parent = last->id;
    request.question = text.toStdString();
    m_edits.takeDraft();
    requestTurn(std::move(request), text);
    emit sent();
}

void ChatController::editMessage(double messageId, const QString& text) {
    const storage::Message* message = m_messages.find(static_cast<qint64>(messageId));
    if (!message || message->role != storage::Role::User || !canSend() || text.trimmed().isEmpty())
        return;
    TurnRequest request;
    request.kind = TurnRequest::Kind::Question;
    request.conversationId = m_conversation.id;
    request.parent = message->parent_id;
    request.question = text.toStdString();
    requestTurn(std::move(request), text);
    m_edits.keepDraft();
    emit sent();
}

void ChatController::regenerate(double messageId) {
    const storage::Message* message = m_messages.find(static_cast<qint64>(messageId));
    if (!message || !message->answer || !canSend())
        return;
    TurnRequest request;
    request.kind = TurnRequest::Kind::Regenerate;
    request.conversationId = m_conversation.id;
    request.answerId = message->id;
    requestTurn(std::move(request), {});
}

void ChatController::continueAnswer(double messageId) {
    const storage::Message* last = m_messages.last();
    const auto id = static_cast<qint64>(messageId);
    m_continueWhenStored = 0;
    if (!last || last->id != id || !last->answer || !canSend())
        return;
    if (m_generations.unstored(id)) {
        if (m_generations.storing(id))
            m_continueWhenStored = id;
        emit stateChanged();
        return;
    }
    TurnRequest request;
    request.kind = TurnRequest::Kind::Continue;
    request.conversationId = m_conversation.id;
    request.answerId = id;
    requestTurn(std::move(request), {});
}

void ChatController::requestTurn(TurnRequest request, const QString& text) {
    flush();
    m_continueWhenStored = 0;
    const ChatParameters& parameters = m_parameters.parameters();
    const quint64 seed = parameters.chooseSeed();
    request.ticket = ++m_lastTicket;
    request.provenance = m_generations.provenance(parameters.toExactJson(seed), seed);
    if (request.conversationId == 0) {
        request.dateHeader = dateHeader();
        m_edits.fill(request);
    }
    m_turns.ask(request.ticket, text);
    emit turnRequested(request);
    emit stateChanged();
}

void ChatController::onTurnBegun(const TurnBegun& begun) {
    TurnBegun turn = begun;
    m_generations.complete(turn.branch);
    const bool asked = m_turns.begun(turn.ticket);
    if (asked || turn.conversation.id == m_conversation.id) {
        const bool isNew = m_conversation.id != turn.conversation.id;
        m_conversation = turn.conversation;
        m_messages.setBranch(turn.branch);
        m_edits.setConversation(m_conversation.id);
        if (isNew)
            emit conversationChanged();
        emit titleChanged();
    }
    m_generations.start(turn);
    emit stateChanged();
}

void ChatController::onTurnFailed(quint64 ticket, const StorageFailure& failure) {
    const QString text = m_turns.failed(ticket);
    if (!text.isEmpty())
        setDraft(draft().isEmpty() ? text : text + '\n' + draft());
    emit noticeRaised(storageErrorText(failure));
    emit stateChanged();
}

void ChatController::dropContinuation() {
    if (std::exchange(m_continueWhenStored, 0) != 0)
        emit stateChanged();
}

void ChatController::stop() {
    dropContinuation();
    m_generations.stop(m_conversation.id);
}

void ChatController::onRunChanged(qint64 conversationId) {
    if (conversationId != m_conversation.id)
        return;
    const Run* running = run();
    if (running && running->phase == Run::Phase::Reading && running->id != m_readingRun) {
        m_readingRun = running->id;
        m_readingTimer.start();
    }
    if (const State now = state(); now != m_announcedState) {
        m_announcedState = now;
        emit stateChanged();
    }
    emit progressChanged();
}

// Which conversation is on show

void ChatController::newConversation() {
    flush();
    m_openTicket = 0;
    storage::Conversation empty;
    empty.draft = m_edits.newDraft().toStdString();
    show(empty, {});
}

void ChatController::open(double conversationId) {
    const auto id = static_cast<qint64>(conversationId);
    if (id == 0 || (id == m_conversation.id && m_openTicket == 0))
        return;
    flush();
    m_openTicket = ++m_lastTicket;
    emit conversationRequested(m_openTicket, id);
}

void ChatController::selectSibling(double messageId, int step) {
    const storage::Message* message = m_messages.find(static_cast<qint64>(messageId));
    if (!message || m_turns.waiting() || m_openTicket != 0)
        return;
    const int target = message->sibling_index + step;
    if (target < 0 || target >= message->sibling_count)
        return;
    m_openTicket = ++m_lastTicket;
    emit siblingRequested(m_openTicket, message->id, step);
}

void ChatController::onConversationRead(const ConversationRead& read) {
    if (read.ticket == 0 || read.ticket != m_openTicket)
        return;
    m_openTicket = 0;
    std::vector<storage::Message> branch = read.branch;
    m_generations.complete(branch);
    if (read.conversation.id != m_conversation.id) {
        flush();
        show(read.conversation, branch);
        return;
    }
    m_messages.setBranch(branch);
    emit progressChanged();
}

void ChatController::onReadFailed(quint64 ticket, const StorageFailure& failure) {
    if (ticket != m_openTicket)
        return;
    m_openTicket = 0;
    emit noticeRaised(storageErrorText(failure));
}

void ChatController::show(const storage::Conversation& conversation, const std::vector<storage::Message>& branch) {
    m_turns.leave();
    m_continueWhenStored = 0;
    m_conversation = conversation;
    m_messages.reset(branch);
    m_edits.show(conversation);
    emit conversationChanged();
    emit titleChanged();
    emit stateChanged();
    emit progressChanged();
    emit opened();
}

void ChatController::copyMessage(double messageId) {
    emit copyRequested(m_messages.text(static_cast<qint64>(messageId)));
}

void ChatController::regenerateLast() {
    if (const storage::Message* last = m_messages.last())
        regenerate(static_cast<double>(last->id));
}

void ChatController::copyLast() {
    if (const storage::Message* last = m_messages.last())
        copyMessage(static_cast<double>(last->id));
}

void ChatController::rename(const QString& title) {
    if (m_conversation.id != 0)
        emit renameRequested(m_conversation.id, title.simplified());
}

void ChatController::onConversationStored(const storage::Conversation& conversation) {
    if (conversation.id != m_conversation.id)
        return;
    m_conversation.title = conversation.title;
    m_conversation.first_question = conversation.first_question;
    emit titleChanged();
}

void ChatController::onConversationRemoved(qint64 conversationId) {
    m_generations.stop(conversationId);
    if (conversationId != m_conversation.id)
        return;
    m_edits.forget();
    newConversation();
}

}  // namespace altiplano
