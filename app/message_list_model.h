// The messages of the branch on show, first to last.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>
#include <memory>
#include <vector>

#include "app/block_list_model.h"
#include "app/message_item.h"
#include "storage/records.h"

namespace altiplano {

/// GUI thread. Filled by ChatController; rows that stay the same keep their blocks.
class MessageListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ChatController")

public:
    enum AnswerState { NoAnswer, Streaming, Complete, Stopped, Interrupted, Failed };
    Q_ENUM(AnswerState)
    enum Role {
        MessageIdRole = Qt::UserRole,
        FromUserRole,
        TextRole,         ///< as typed or generated; while streaming it is announced at the end only
        BlocksRole,       ///< BlockListModel*, owned by this model
        AnswerStateRole,  ///< AnswerState
        NoteRole,         ///< translated: why an answer is not complete
        SiblingNumberRole,
        SiblingCountRole,
        StatisticsRole,  ///< translated: speed and length
        ProvenanceRole,  ///< several lines: model, seed, parameters
        LastRole,        ///< the last message of the branch
        CanContinueRole,
    };

    explicit MessageListModel(QObject* parent = nullptr);
    ~MessageListModel() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Another branch of the same conversation: rows with the same id in front stay.
    void setBranch(const std::vector<storage::Message>& branch);
    /// Another conversation.
    void reset(const std::vector<storage::Message>& branch);
    /// More of the streaming answer; ignored where the message is not on show.
    void appendText(qint64 messageId, const QString& text);
    void finish(qint64 messageId, const storage::Outcome& outcome);
    void setProvenance(qint64 messageId, const storage::Provenance& provenance);
    /// Positions of the loaded model: decides whether an answer cut by a full context can go on. 0 = no model.
    void setContextSize(int positions);
    /// Sentences are translated when they are read: say that they changed.
    void retranslate();

    const storage::Message* find(qint64 messageId) const;
    const storage::Message* last() const;
    QString text(qint64 messageId) const;
    /// Of the last answer that has figures; null where there is none.
    const storage::Outcome* lastOutcome() const;

private:
    int rowOf(qint64 messageId) const;
    void insertTail(const std::vector<storage::Message>& branch, int first);
    void removeTail(int first);
    void changed(int row, const QList<int>& roles);

    std::vector<std::unique_ptr<MessageItem>> m_items;
    int m_contextSize = 0;
};

}  // namespace altiplano
