// The storage thread's only object: it has the one connection to the database, and turns what storage throws into
// values.
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <optional>

#include "app/chat_requests.h"
#include "app/housekeeping.h"
#include "storage/conversation_store.h"

namespace altiplano {

/// Lives on the storage thread.
class StorageWorker : public QObject {
    Q_OBJECT

public:
    explicit StorageWorker(QString databaseFile);
    ~StorageWorker() override;

public slots:
    void open();
    /// The thread ends: nothing is asked any more.
    void close();
    void readPage(int limit, int offset);
    void readConversation(quint64 ticket, qint64 conversationId);
    void beginTurn(const altiplano::TurnRequest& request);
    void setProvenance(qint64 answerId, const altiplano::storage::Provenance& provenance);
    void appendAnswer(qint64 answerId, const QString& text);
    void finishAnswer(qint64 answerId, const altiplano::storage::Outcome& outcome);
    void selectSibling(quint64 ticket, qint64 messageId, int step);
    void rename(qint64 conversationId, const QString& title);
    void setPinned(qint64 conversationId, bool pinned);
    void setDraft(qint64 conversationId, const QString& draft);
    void setParameters(qint64 conversationId, const QString& systemPrompt, const QString& parametersJson);
    void trash(qint64 conversationId);
    void restore(qint64 conversationId);
    void search(quint64 ticket, const QString& words);
    /// Which of them are in the trash, or gone for good?
    void findRemoved(const QList<qint64>& conversationIds);
    /// Copies the settings' file: here, so that the GUI thread waits for no disk.
    void writeSettings(const QString& file, const QVariantMap& values);

signals:
    void opened(const altiplano::StorageOpened& report);
    void openFailed(const altiplano::StorageFailure& failure);
    void pageRead(const altiplano::ConversationPage& page);
    void conversationRead(const altiplano::ConversationRead& read);
    void readFailed(quint64 ticket, const altiplano::StorageFailure& failure);
    void turnBegun(const altiplano::TurnBegun& turn);
    void turnFailed(quint64 ticket, const altiplano::StorageFailure& failure);
    void answerAppended(qint64 answerId);
    void answerFinished(qint64 answerId);
    void answerFailed(qint64 answerId, const altiplano::StorageFailure& failure);
    void conversationStored(const altiplano::storage::Conversation& conversation);
    void conversationRemoved(qint64 conversationId);
    void searched(const altiplano::SearchResult& result);
    void removedFound(const QList<qint64>& conversationIds);
    void settingsWritten();
    void settingsFailed(const altiplano::StorageFailure& failure);
    /// A change that the user asked for was not stored.
    void failed(const altiplano::StorageFailure& failure);

private:
    storage::ConversationStore& store();
    storage::ConversationStore::Turn storeTurn(const TurnRequest& request, qint64 conversationId);
    void keepHouse();
    /// Runs the work; where storage throws, calls onFailure with the value.
    static void attempt(const std::function<void()>& work, const std::function<void(const StorageFailure&)>& onFailure);
    /// The same for work that was asked for: housekeeping waits.
    void guarded(const std::function<void()>& work, const std::function<void(const StorageFailure&)>& onFailure);

    QString m_databaseFile;
    std::optional<storage::ConversationStore> m_store;
    std::unique_ptr<Housekeeping> m_housekeeping;  ///< where the store is writable
};

}  // namespace altiplano
