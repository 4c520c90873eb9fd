// Turns that storage was asked to begin and has not answered yet, with the words that must not be lost meanwhile.
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace altiplano {

/// GUI thread. At most one belongs to the conversation on show; those of others go on without anybody waiting.
class PendingTurns {
public:
    /// text: what the user typed; empty where an answer is made again.
    void ask(quint64 ticket, const QString& text) { m_shown = Turn{ticket, text}; }
    bool waiting() const { return m_shown.has_value(); }
    /// Another conversation is shown.
    void leave();
    /// Storage has begun the turn. True where it belongs to what is on show.
    bool begun(quint64 ticket);
    /// Storage could not begin the turn: its words.
    QString failed(quint64 ticket);

private:
    struct Turn {
        quint64 ticket = 0;
        QString text;
    };
    bool isShown(quint64 ticket) const { return m_shown && m_shown->ticket == ticket; }

    std::optional<Turn> m_shown;
    std::vector<Turn> m_left;
};

}  // namespace altiplano
