// Brings one streaming answer to disk: at most four times a second, never more than a quarter of a second behind.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>

#include "app/chat_requests.h"

namespace altiplano {

/// GUI thread. Keeps every word until storage has confirmed it; where storing fails it tries again, ever more slowly.
class AnswerRecorder : public QObject {
    Q_OBJECT

public:
    explicit AnswerRecorder(qint64 answerId, QObject* parent = nullptr);

    void append(const QString& text);
    /// Nothing follows but what is still to be stored and this outcome. wholeText is what the window shows of the
    /// answer while it is not on disk.
    void finish(const QString& wholeText, const storage::Outcome& outcome);
    const QString& wholeText() const { return m_wholeText; }
    const std::optional<storage::Outcome>& outcome() const { return m_outcome; }
    /// Storage has appended what it was given. After the outcome is stored nobody needs this object any more.
    void onStored();
    void onFailed();
    /// Storing failed and is tried again from time to time.
    bool failing() const { return m_retryMs > 0; }
    /// Tries at once, without waiting for the timer: the program ends.
    void flush();

signals:
    void appendRequested(qint64 answerId, const QString& text);
    void finishRequested(qint64 answerId, const altiplano::storage::Outcome& outcome);

private:
    void store();

    qint64 m_answerId;
    QString m_unsaved;
    QString m_underway;  ///< given to storage, not yet confirmed
    QString m_wholeText;
    std::optional<storage::Outcome> m_outcome;
    QTimer m_timer;
    int m_retryMs = 0;
    bool m_waiting = false;  ///< for storage's word
};

}  // namespace altiplano
