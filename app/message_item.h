// One row of MessageListModel: a message, its text as it grows and its blocks once they are looked at.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <memory>

#include "app/block_list_model.h"
#include "storage/records.h"

namespace altiplano {

/// A delegate may still look at the blocks in the event that removes its row.
struct DeleteLater {
    void operator()(QObject* object) const { object->deleteLater(); }
};

/// GUI thread.
class MessageItem {
    Q_DECLARE_TR_FUNCTIONS(altiplano::MessageItem)

public:
    explicit MessageItem(storage::Message message);

    const storage::Message& message() const { return m_message; }
    storage::Message& message() { return m_message; }
    const QString& text() const { return m_text; }
    bool fromUser() const { return m_message.role == storage::Role::User; }
    bool streaming() const;

    /// Parses at the first call, so that a long conversation costs only what is looked at.
    BlockListModel* blocks();
    void append(const QString& text);
    /// The same message as storage has it now: an answer that goes on, or has a new sibling.
    void update(storage::Message message);
    void finish(const storage::Outcome& outcome);
    /// Whether nothing that is shown differs; the text of a streaming answer is not compared.
    bool shows(const storage::Message& other) const;

    QString note() const;
    QString statistics() const;
    QString provenance() const;
    bool canContinue(int contextSize) const;

private:
    storage::Message m_message;
    QString m_text;
    std::unique_ptr<BlockListModel, DeleteLater> m_blocks;
};

}  // namespace altiplano
