// The sequences of conversations that are not the engine's current one, in memory within a budget.
#pragma once

#include <QtGlobal>
#include <list>
#include <optional>

#include "engine/engine.h"

namespace altiplano {

/// Engine thread.
class MemoryStates {
public:
    /// At once: what is over it goes, the least recently used first.
    void setBudget(qint64 bytes);
    /// As the most recently used. One that is over the budget all by itself is not kept.
    void put(qint64 conversationId, engine::Sequence sequence);
    std::optional<engine::Sequence> take(qint64 conversationId);
    /// False where there was none to drop.
    bool dropOldest();
    void clear() { m_kept.clear(); }
    qint64 bytes() const;

    struct Kept {
        qint64 conversationId;
        engine::Sequence sequence;
    };
    /// The most recently used first.
    const std::list<Kept>& kept() const { return m_kept; }

private:
    void keepBudget();

    std::list<Kept> m_kept;
    qint64 m_budget = 0;
};

}  // namespace altiplano
