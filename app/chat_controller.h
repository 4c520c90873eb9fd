// The conversation in the middle of the window: what is on show, what can be done with it, what is stored of it.
#pragma once

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>
#include <vector>

#include "app/chat_requests.h"
#include "app/conversation_edits.h"
#include "app/generations.h"
#include "app/message_list_model.h"
#include "app/parameter_list_model.h"
#include "app/pending_turns.h"

namespace altiplano {

/// GUI thread. Asks storage by signals and is answered by the slots below; a generation belongs to Generations, so
/// showing another conversation stops nothing.
class ChatController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Application")
    Q_PROPERTY(double conversationId READ conversationId NOTIFY conversationChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged FINAL)
    Q_PROPERTY(altiplano::MessageListModel* messages READ messages CONSTANT FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool busy READ busy NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool canSend READ canSend NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString blockedReason READ blockedReason NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged FINAL)
    Q_PROPERTY(QString systemPrompt READ systemPrompt WRITE setSystemPrompt NOTIFY systemPromptChanged FINAL)
    Q_PROPERTY(int readTokens READ readTokens NOTIFY progressChanged FINAL)
    Q_PROPERTY(int readTotal READ readTotal NOTIFY progressChanged FINAL)
    Q_PROPERTY(bool readingVisible READ readingVisible NOTIFY progressChanged FINAL)
    Q_PROPERTY(int contextUsed READ contextUsed NOTIFY progressChanged FINAL)
    Q_PROPERTY(int contextSize READ contextSize NOTIFY progressChanged FINAL)
    Q_PROPERTY(double tokensPerSecond READ tokensPerSecond NOTIFY progressChanged FINAL)

public:
    /// Waiting: for the model to load or for another conversation's answer. Reading: the prompt is computed.
    enum State { Idle, Storing, Waiting, Reading, Answering, Stopping };
    Q_ENUM(State)

    ChatController(Generations& generations, ParameterListModel& parameters, QObject* parent);

    double conversationId() const { return static_cast<double>(m_conversation.id); }
    QString title() const;
    MessageListModel* messages() { return &m_messages; }
    State state() const;
    bool busy() const { return state() != Idle; }
    bool canSend() const;
    QString blockedReason() const;
    QString draft() const { return m_edits.draft(); }
    void setDraft(const QString& text) { m_edits.setDraft(text); }
    QString systemPrompt() const { return m_edits.systemPrompt(); }
    void setSystemPrompt(const QString& text) { m_edits.setSystemPrompt(text); }
    int readTokens() const;
    int readTotal() const;
    bool readingVisible() const;
    int contextUsed() const;
    int contextSize() const { return m_generations.contextSize(); }
    double tokensPerSecond() const;

    Q_INVOKABLE void newConversation();
    Q_INVOKABLE void open(double conversationId);
    Q_INVOKABLE void send(const QString& text);
    Q_INVOKABLE void stop();
    /// A new question beside the old one, and its answer. Ignored while busy.
    Q_INVOKABLE void editMessage(double messageId, const QString& text);
    Q_INVOKABLE void regenerate(double messageId);
    Q_INVOKABLE void continueAnswer(double messageId);
    Q_INVOKABLE void selectSibling(double messageId, int step);
    Q_INVOKABLE void copyMessage(double messageId);
    /// The last answer on show, for keys that act without a message in hand.
    Q_INVOKABLE void regenerateLast();
    Q_INVOKABLE void copyLast();
    Q_INVOKABLE void rename(const QString& title);

    /// Sends what is not stored yet: the draft and the parameters. Called before the program ends, too.
    void flush() { m_edits.flush(); }
    /// The unsent words of a new conversation, kept from the last time.
    void setNewDraft(const QString& text) { m_edits.setNewDraft(text); }
    void setStorageWritable(bool writable, const QString& reason);
    void setEngineBlocked(const QString& reason);
    void retranslate();

public slots:
    void onTurnBegun(const altiplano::TurnBegun& turn);
    void onTurnFailed(quint64 ticket, const altiplano::StorageFailure& failure);
    void onConversationRead(const altiplano::ConversationRead& read);
    void onReadFailed(quint64 ticket, const altiplano::StorageFailure& failure);
    void onConversationStored(const altiplano::storage::Conversation& conversation);
    void onConversationRemoved(qint64 conversationId);

signals:
    void sent();
    void opened();
    void conversationChanged();
    void titleChanged();
    void stateChanged();
    void draftChanged();
    void systemPromptChanged();
    void progressChanged();
    void copyRequested(const QString& text);
    void noticeRaised(const QString& sentence);

    void newDraftChanged(const QString& text);

    void turnRequested(const altiplano::TurnRequest& request);
    void conversationRequested(quint64 ticket, qint64 conversationId);
    void siblingRequested(quint64 ticket, qint64 messageId, int step);
    void draftRequested(qint64 conversationId, const QString& text);
    void parametersRequested(qint64 conversationId, const QString& systemPrompt, const QString& parametersJson);
    void renameRequested(qint64 conversationId, const QString& title);

private:
    /// Continue waits for the disk no longer: that fails, or the user has stopped it.
    void dropContinuation();
    /// text: goes back into the composer where storing fails.
    void requestTurn(TurnRequest request, const QString& text);
    void show(const storage::Conversation& conversation, const std::vector<storage::Message>& branch);
    const Run* run() const { return m_generations.runOf(m_conversation.id); }

    void onRunChanged(qint64 conversationId);

    Generations& m_generations;
    ParameterListModel& m_parameters;
    MessageListModel m_messages;
    storage::Conversation m_conversation;
    ConversationEdits m_edits;
    QTimer m_readingTimer;
    quint64 m_readingRun = 0;  ///< the run that m_readingTimer was started for
    quint64 m_lastTicket = 0;
    quint64 m_openTicket = 0;         ///< of the conversation that is being read; 0 = none
    qint64 m_continueWhenStored = 0;  ///< an answer whose last words are on their way to disk; 0 = none
    State m_announcedState = Idle;
    PendingTurns m_turns;
    bool m_storageWritable = false;
    QString m_storageReason;
    QString m_engineReason;
};

}  // namespace altiplano
