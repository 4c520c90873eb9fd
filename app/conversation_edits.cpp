#include "app/conversation_edits.h"

#include <utility>

namespace altiplano {

namespace {
constexpr int kSaveDelayMs = 500;
}

ConversationEdits::ConversationEdits(ParameterListModel& parameters, QObject* parent)
    : QObject(parent), m_parameters(parameters) {
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(kSaveDelayMs);
    connect(&m_saveTimer, &QTimer::timeout, this, &ConversationEdits::flush);
    connect(&m_parameters, &ParameterListModel::edited, this, [this] {
        m_parametersDirty = true;
        m_saveTimer.start();
    });
}

void ConversationEdits::setDraft(const QString& text) {
    if (text == m_draft)
        return;
    m_draft = text;
    m_draftDirty = true;
    m_saveTimer.start();
    emit draftChanged();
}

void ConversationEdits::setSystemPrompt(const QString& text) {
    if (text == m_systemPrompt)
        return;
    m_systemPrompt = text;
    m_parametersDirty = true;
    m_saveTimer.start();
    emit systemPromptChanged();
}

void ConversationEdits::setNewDraft(const QString& text) {
    m_newDraft = text;
    if (m_conversation != 0 || !m_draft.isEmpty())
        return;
    m_draft = text;
    emit draftChanged();
}

void ConversationEdits::show(const storage::Conversation& conversation) {
    forget();
    m_conversation = conversation.id;
    m_draft = QString::fromStdString(conversation.draft);
    m_systemPrompt = QString::fromStdString(conversation.system_prompt);
    m_parameters.setParameters(ChatParameters::fromJson(conversation.parameters_json));
    emit draftChanged();
    emit systemPromptChanged();
}

void ConversationEdits::setConversation(qint64 id) {
    m_conversation = id;
    if (m_draftDirty)
        m_saveTimer.start();
}

void ConversationEdits::flush() {
    m_saveTimer.stop();
    if (std::exchange(m_draftDirty, false)) {
        if (m_conversation != 0)
            emit draftRequested(m_conversation, m_draft);
        else
            emit newDraftChanged(m_newDraft = m_draft);
    }
    if (m_conversation != 0 && std::exchange(m_parametersDirty, false))
        emit parametersRequested(m_conversation, m_systemPrompt,
                                 QString::fromStdString(m_parameters.parameters().toJson()));
}

void ConversationEdits::forget() {
    m_draftDirty = false;
    m_parametersDirty = false;
}

void ConversationEdits::takeDraft() {
    m_draft.clear();
    m_draftDirty = false;
    if (m_conversation == 0 && !std::exchange(m_newDraft, {}).isEmpty())
        emit newDraftChanged({});
    emit draftChanged();
}

void ConversationEdits::fill(TurnRequest& request) {
    request.systemPrompt = m_systemPrompt.toStdString();
    request.parametersJson = m_parameters.parameters().toJson();
    m_parametersDirty = false;
}

}  // namespace altiplano
