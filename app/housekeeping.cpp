#include "app/housekeeping.h"

namespace altiplano {

namespace {

constexpr std::int64_t kTrashAgeMs = 30LL * 24 * 60 * 60 * 1000;
constexpr int kRestMs = 3000;             // without a request before anything begins
constexpr int kBetweenStepsMs = 20;       // a request that comes meanwhile waits for one step at most
constexpr int kRoundMs = 60 * 60 * 1000;  // a program that runs for days notices the next day

}  // namespace

Housekeeping::Housekeeping(storage::ConversationStore& store) : m_store(store) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Housekeeping::due);
    m_timer.start(kRestMs);
}

void Housekeeping::postpone() {
    if (m_task != Task::Rest)
        m_timer.start(kRestMs);
}

void Housekeeping::step() {
    switch (m_task) {
        case Task::Rest:
            return goOn(Task::EmptyTrash, kRestMs);
        case Task::EmptyTrash:
            goOn(Task::Backup, kBetweenStepsMs);
            m_store.empty_trash(kTrashAgeMs);
            return;
        case Task::Backup:
            goOn(Task::Rest, kRoundMs);
            if (m_store.continue_backup())
                goOn(Task::Backup, kBetweenStepsMs);
            return;
    }
}

void Housekeeping::goOn(Task next, int afterMs) {
    m_task = next;
    m_timer.start(afterMs);
}

}  // namespace altiplano
