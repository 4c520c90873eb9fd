#include "app/pending_turns.h"

#include <algorithm>
#include <utility>

namespace altiplano {

void PendingTurns::leave() {
    if (m_shown)
        m_left.push_back(*std::exchange(m_shown, std::nullopt));
}

bool PendingTurns::begun(quint64 ticket) {
    if (isShown(ticket)) {
        m_shown.reset();
        return true;
    }
    std::erase_if(m_left, [=](const Turn& turn) { return turn.ticket == ticket; });
    return false;
}

QString PendingTurns::failed(quint64 ticket) {
    if (isShown(ticket))
        return std::exchange(m_shown, std::nullopt)->text;
    const auto left =
        std::find_if(m_left.begin(), m_left.end(), [=](const Turn& turn) { return turn.ticket == ticket; });
    if (left == m_left.end())
        return {};
    QString text = left->text;
    m_left.erase(left);
    return text;
}

}  // namespace altiplano
