#include "app/answer_recorder.h"

namespace altiplano {

namespace {
constexpr int kStoreMs = 250;  // at most four commits a second
constexpr int kFirstRetryMs = 1000;
constexpr int kLastRetryMs = 10'000;
}  // namespace

AnswerRecorder::AnswerRecorder(qint64 answerId, QObject* parent) : QObject(parent), m_answerId(answerId) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &AnswerRecorder::store);
}

void AnswerRecorder::append(const QString& text) {
    m_unsaved += text;
    if (!m_timer.isActive())
        store();
}

void AnswerRecorder::finish(const QString& wholeText, const storage::Outcome& outcome) {
    m_wholeText = wholeText;
    m_outcome = outcome;
    if (m_retryMs == 0)
        store();
}

void AnswerRecorder::store() {
    if (m_waiting)
        return;
    if (!m_unsaved.isEmpty()) {
        m_underway = std::exchange(m_unsaved, {});
        m_waiting = true;
        m_timer.start(kStoreMs);
        emit appendRequested(m_answerId, m_underway);
    } else if (m_outcome) {
        m_waiting = true;
        emit finishRequested(m_answerId, *m_outcome);
    }
}

void AnswerRecorder::onStored() {
    m_waiting = false;
    m_retryMs = 0;
    m_underway.clear();
    if (m_outcome || (!m_unsaved.isEmpty() && !m_timer.isActive()))
        store();
}

void AnswerRecorder::onFailed() {
    m_waiting = false;
    m_unsaved.prepend(std::exchange(m_underway, {}));
    m_retryMs = m_retryMs == 0 ? kFirstRetryMs : std::min(2 * m_retryMs, kLastRetryMs);
    m_timer.start(m_retryMs);
}

void AnswerRecorder::flush() {
    m_timer.stop();
    store();
}

}  // namespace altiplano
