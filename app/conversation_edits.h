// What the user writes and sets in the conversation on show and is not stored yet: draft, system prompt, parameters.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include "app/chat_requests.h"
#include "app/parameter_list_model.h"

namespace altiplano {

/// GUI thread. Asks for everything to be stored half a second after the last change.
class ConversationEdits : public QObject {
    Q_OBJECT

public:
    ConversationEdits(ParameterListModel& parameters, QObject* parent);

    const QString& draft() const { return m_draft; }
    void setDraft(const QString& text);
    const QString& systemPrompt() const { return m_systemPrompt; }
    void setSystemPrompt(const QString& text);

    /// The draft of the conversation that is not stored yet, while another is on show.
    const QString& newDraft() const { return m_newDraft; }
    /// As it was kept from the last time.
    void setNewDraft(const QString& text);

    /// Another conversation is on show: what of the last one is not asked to be stored is forgotten.
    void show(const storage::Conversation& conversation);
    /// The conversation on show is stored now, under this number; its draft is what it was.
    void setConversation(qint64 id);
    /// Asks for all that is not stored to be stored now.
    void flush();
    /// The conversation is gone: nothing of it is to be stored.
    void forget();

    /// The draft is sent: storing its turn clears the stored one.
    void takeDraft();
    /// Another turn is stored, which clears the stored draft although it is still here.
    void keepDraft() { m_draftDirty = !m_draft.isEmpty(); }
    /// The turn that creates the conversation takes what is set along.
    void fill(TurnRequest& request);

signals:
    void draftChanged();
    void systemPromptChanged();
    void newDraftChanged(const QString& text);
    void draftRequested(qint64 conversationId, const QString& text);
    void parametersRequested(qint64 conversationId, const QString& systemPrompt, const QString& parametersJson);

private:
    ParameterListModel& m_parameters;
    qint64 m_conversation = 0;
    QString m_draft;
    QString m_newDraft;
    QString m_systemPrompt;
    bool m_draftDirty = false;
    bool m_parametersDirty = false;
    QTimer m_saveTimer;
};

}  // namespace altiplano
