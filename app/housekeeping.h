// What the storage thread does when nobody asks anything of it: empties the trash, makes the daily copy.
#pragma once

#include <QObject>
#include <QTimer>

#include "storage/conversation_store.h"

namespace altiplano {

/// Storage thread, like the store, which must outlive it. Works in short steps, and only after some seconds of rest.
class Housekeeping : public QObject {
    Q_OBJECT

public:
    explicit Housekeeping(storage::ConversationStore& store);

    /// Others have work: housekeeping waits until there has been none for a while.
    void postpone();
    /// What due() asks for. Throws storage::Error; that task is over for this time then and the next one follows.
    void step();

signals:
    void due();

private:
    enum class Task { EmptyTrash, Backup, Rest };
    void goOn(Task next, int afterMs);

    storage::ConversationStore& m_store;
    Task m_task = Task::EmptyTrash;
    QTimer m_timer;
};

}  // namespace altiplano
