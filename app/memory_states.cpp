#include "app/memory_states.h"

#include <algorithm>
#include <numeric>

namespace altiplano {

namespace {

constexpr qint64 kLeastAvailable = qint64{512} << 20;  // below that the machine needs its memory more than we do

}  // namespace

void MemoryStates::setBudget(qint64 bytes) {
    m_budget = bytes;
    keepBudget();
}

void MemoryStates::put(qint64 conversationId, engine::Sequence sequence) {
    take(conversationId);
    if (sequence.tokens().empty() || sequence.held_bytes() > m_budget)
        return;
    sequence.trim();
    m_kept.push_front({conversationId, std::move(sequence)});
    keepBudget();
}

std::optional<engine::Sequence> MemoryStates::take(qint64 conversationId) {
    const auto found = std::find_if(m_kept.begin(), m_kept.end(),
                                    [=](const Kept& kept) { return kept.conversationId == conversationId; });
    if (found == m_kept.end())
        return std::nullopt;
    engine::Sequence sequence = std::move(found->sequence);
    m_kept.erase(found);
    return sequence;
}

bool MemoryStates::dropOldest() {
    if (m_kept.empty())
        return false;
    m_kept.pop_back();
    return true;
}

qint64 MemoryStates::bytes() const {
    return std::accumulate(m_kept.begin(), m_kept.end(), qint64{0},
                           [](qint64 sum, const Kept& kept) { return sum + kept.sequence.held_bytes(); });
}

void MemoryStates::keepBudget() {
    while (bytes() > m_budget && dropOldest()) {
    }
    while (!m_kept.empty() && engine::available_memory_bytes() < kLeastAvailable)
        dropOldest();
}

}  // namespace altiplano
