#include "app/message_item.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QQmlEngine>

namespace altiplano {

namespace {

QString completeNote(storage::StopReason reason) {
    switch (reason) {
        case storage::StopReason::ContextFull:
            return MessageItem::tr(
                "The context is full: the answer ends here. Start a new chat, or load the model with a larger "
                "context in Settings and continue.");
        case storage::StopReason::Length:
            return MessageItem::tr("The answer reached its longest allowed length.");
        default:
            return {};
    }
}

/// The stored parameters as a person reads them: "temperature 0.6, top_k 0"; the seed has a line of its own.
std::string readable(const std::string& parametersJson) {
    const QJsonObject parameters = QJsonDocument::fromJson(QByteArray::fromStdString(parametersJson)).object();
    QStringList words;
    for (auto entry = parameters.begin(); entry != parameters.end(); ++entry) {
        if (entry.key() == "seed" || (entry->isArray() && entry->toArray().isEmpty()))
            continue;
        const QString value = entry->isArray() ? QString(QJsonDocument(entry->toArray()).toJson(QJsonDocument::Compact))
                                               : entry->toVariant().toString();
        words += entry.key() + ' ' + value;
    }
    return words.join(", ").toStdString();
}

}  // namespace

MessageItem::MessageItem(storage::Message message)
    : m_message(std::move(message)), m_text(QString::fromStdString(m_message.text)) {
    m_message.text.clear();  // one copy is enough
}

bool MessageItem::streaming() const {
    return m_message.answer && m_message.answer->outcome.state == storage::AnswerState::Streaming;
}

BlockListModel* MessageItem::blocks() {
    if (m_blocks)
        return m_blocks.get();
    m_blocks.reset(new BlockListModel);
    QQmlEngine::setObjectOwnership(m_blocks.get(), QQmlEngine::CppOwnership);
    if (fromUser())
        m_blocks->setPlain(m_text);
    else if (streaming())
        m_blocks->appendMarkdown(m_text);
    else
        m_blocks->setMarkdown(m_text);
    return m_blocks.get();
}

void MessageItem::append(const QString& text) {
    m_text += text;
    if (m_blocks)
        m_blocks->appendMarkdown(text);
}

void MessageItem::update(storage::Message message) {
    const bool wasStreaming = streaming();
    const QString text = QString::fromStdString(message.text);
    m_message = std::move(message);
    m_message.text.clear();
    if (streaming() && !wasStreaming) {
        m_text = text;
        if (m_blocks)
            m_blocks->reopenMarkdown(m_text);
    } else if (!streaming() && text != m_text) {
        m_text = text;
        if (m_blocks)
            m_blocks->setMarkdown(m_text);
    }
}

void MessageItem::finish(const storage::Outcome& outcome) {
    if (m_message.answer)
        m_message.answer->outcome = outcome;
    if (m_blocks)
        m_blocks->finishMarkdown();
}

bool MessageItem::shows(const storage::Message& other) const {
    if (m_message.id != other.id || m_message.sibling_index != other.sibling_index ||
        m_message.sibling_count != other.sibling_count || m_message.answer.has_value() != other.answer.has_value())
        return false;
    if (other.answer && other.answer->outcome.state != m_message.answer->outcome.state)
        return false;
    return streaming() || m_text == QString::fromStdString(other.text);
}

QString MessageItem::note() const {
    if (!m_message.answer)
        return {};
    const storage::Outcome& outcome = m_message.answer->outcome;
    switch (outcome.state) {
        case storage::AnswerState::Stopped:
            return tr("Stopped");
        case storage::AnswerState::Interrupted:
            return outcome.error_text.empty() ? tr("Interrupted when the program ended")
                                              : QString::fromStdString(outcome.error_text);
        case storage::AnswerState::Failed:
            return QString::fromStdString(outcome.error_text);
        case storage::AnswerState::Complete:
            return completeNote(outcome.stop_reason);
        case storage::AnswerState::Streaming:
            break;
    }
    return {};
}

QString MessageItem::statistics() const {
    if (!m_message.answer || m_message.answer->outcome.generated_tokens <= 0)
        return {};
    const storage::Outcome& outcome = m_message.answer->outcome;
    QString tokens =
        QCoreApplication::translate("altiplano::MessageItem", "%n token(s)", nullptr, outcome.generated_tokens);
    if (outcome.generate_ms <= 0)
        return tokens;
    const double speed = 1000.0 * outcome.generated_tokens / static_cast<double>(outcome.generate_ms);
    return tr("%1 tokens/s").arg(QLocale().toString(speed, 'f', 1)) + QStringLiteral(" · ") + tokens;
}

QString MessageItem::provenance() const {
    if (!m_message.answer)
        return {};
    const storage::Provenance& provenance = m_message.answer->provenance;
    QStringList lines;
    const auto add = [&](const QString& label, const std::string& value) {
        if (!value.empty())
            lines += label.arg(QString::fromStdString(value));
    };
    add(tr("Model: %1"), provenance.model_name);
    add(tr("Fingerprint: %1"), provenance.model_fingerprint);
    add(tr("Engine: %1"), provenance.engine_version);
    add(tr("Computed on: %1"), provenance.device_placement);
    lines += tr("Seed: %1").arg(provenance.seed);
    add(tr("Parameters: %1"), readable(provenance.parameters_json));
    const storage::Outcome& outcome = m_message.answer->outcome;
    if (outcome.prompt_tokens > 0)
        lines += tr("Prompt: %1 tokens, of which %2 were known").arg(outcome.prompt_tokens).arg(outcome.reused_tokens);
    return lines.join('\n');
}

bool MessageItem::canContinue(int contextSize) const {
    if (!m_message.answer)
        return false;
    const storage::Outcome& outcome = m_message.answer->outcome;
    switch (outcome.state) {
        case storage::AnswerState::Stopped:
        case storage::AnswerState::Interrupted:
            return true;
        case storage::AnswerState::Failed:
            return !m_text.isEmpty();
        case storage::AnswerState::Complete:
            if (outcome.stop_reason == storage::StopReason::ContextFull)
                return contextSize > outcome.prompt_tokens + outcome.generated_tokens;
            return outcome.stop_reason == storage::StopReason::Length;
        case storage::AnswerState::Streaming:
            break;
    }
    return false;
}

}  // namespace altiplano
