#include "app/message_list_model.h"

#include <algorithm>

namespace altiplano {

namespace {

MessageListModel::AnswerState answerState(const storage::Message& message) {
    if (!message.answer)
        return MessageListModel::NoAnswer;
    switch (message.answer->outcome.state) {
        case storage::AnswerState::Streaming:
            return MessageListModel::Streaming;
        case storage::AnswerState::Complete:
            return MessageListModel::Complete;
        case storage::AnswerState::Stopped:
            return MessageListModel::Stopped;
        case storage::AnswerState::Interrupted:
            return MessageListModel::Interrupted;
        case storage::AnswerState::Failed:
            return MessageListModel::Failed;
    }
    return MessageListModel::NoAnswer;
}

}  // namespace

MessageListModel::MessageListModel(QObject* parent) : QAbstractListModel(parent) {}

MessageListModel::~MessageListModel() = default;

int MessageListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant MessageListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    MessageItem& item = *m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
        case MessageIdRole:
            return static_cast<double>(item.message().id);
        case FromUserRole:
            return item.fromUser();
        case TextRole:
            return item.text();
        case BlocksRole:
            return QVariant::fromValue(item.blocks());
        case AnswerStateRole:
            return static_cast<int>(answerState(item.message()));
        case NoteRole:
            return item.note();
        case SiblingNumberRole:
            return item.message().sibling_index + 1;
        case SiblingCountRole:
            return item.message().sibling_count;
        case StatisticsRole:
            return item.statistics();
        case ProvenanceRole:
            return item.provenance();
        case LastRole:
            return index.row() == rowCount() - 1;
        case CanContinueRole:
            return index.row() == rowCount() - 1 && item.canContinue(m_contextSize);
        default:
            return {};
    }
}

QHash<int, QByteArray> MessageListModel::roleNames() const {
    return {{MessageIdRole, "messageId"},
            {FromUserRole, "fromUser"},
            {TextRole, "text"},
            {BlocksRole, "blocks"},
            {AnswerStateRole, "answerState"},
            {NoteRole, "note"},
            {SiblingNumberRole, "siblingNumber"},
            {SiblingCountRole, "siblingCount"},
            {StatisticsRole, "statistics"},
            {ProvenanceRole, "provenance"},
            {LastRole, "last"},
            {CanContinueRole, "canContinue"}};
}

void MessageListModel::setBranch(const std::vector<storage::Message>& branch) {
    std::size_t same = 0;
    for (; same < branch.size() && same < m_items.size(); ++same) {
        MessageItem& item = *m_items[same];
        if (item.message().id != branch[same].id)
            break;
        if (item.shows(branch[same]))
            continue;
        item.update(branch[same]);
        changed(static_cast<int>(same), {});
    }
    removeTail(static_cast<int>(same));
    insertTail(branch, static_cast<int>(same));
}

void MessageListModel::reset(const std::vector<storage::Message>& branch) {
    beginResetModel();
    m_items.clear();
    for (const storage::Message& message : branch)
        m_items.push_back(std::make_unique<MessageItem>(message));
    endResetModel();
}

void MessageListModel::insertTail(const std::vector<storage::Message>& branch, int first) {
    const int count = static_cast<int>(branch.size());
    if (first >= count)
        return;
    beginInsertRows({}, first, count - 1);
    for (int row = first; row < count; ++row)
        m_items.push_back(std::make_unique<MessageItem>(branch[static_cast<std::size_t>(row)]));
    endInsertRows();
    if (first > 0)
        changed(first - 1, {LastRole, CanContinueRole});
}

void MessageListModel::removeTail(int first) {
    if (first >= rowCount())
        return;
    beginRemoveRows({}, first, rowCount() - 1);
    m_items.resize(static_cast<std::size_t>(first));
    endRemoveRows();
    if (first > 0)
        changed(first - 1, {LastRole, CanContinueRole});
}

void MessageListModel::appendText(qint64 messageId, const QString& text) {
    if (const int row = rowOf(messageId); row >= 0)
        m_items[static_cast<std::size_t>(row)]->append(text);
}

void MessageListModel::finish(qint64 messageId, const storage::Outcome& outcome) {
    const int row = rowOf(messageId);
    if (row < 0)
        return;
    m_items[static_cast<std::size_t>(row)]->finish(outcome);
    changed(row, {TextRole, AnswerStateRole, NoteRole, StatisticsRole, ProvenanceRole, CanContinueRole});
}

void MessageListModel::setProvenance(qint64 messageId, const storage::Provenance& provenance) {
    const int row = rowOf(messageId);
    if (row < 0 || !m_items[static_cast<std::size_t>(row)]->message().answer)
        return;
    m_items[static_cast<std::size_t>(row)]->message().answer->provenance = provenance;
    changed(row, {ProvenanceRole});
}

void MessageListModel::setContextSize(int positions) {
    if (positions == m_contextSize)
        return;
    m_contextSize = positions;
    if (rowCount() > 0)
        changed(rowCount() - 1, {CanContinueRole});
}

void MessageListModel::retranslate() {
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1), {NoteRole, StatisticsRole, ProvenanceRole});
}

const storage::Message* MessageListModel::find(qint64 messageId) const {
    const int row = rowOf(messageId);
    return row < 0 ? nullptr : &m_items[static_cast<std::size_t>(row)]->message();
}

const storage::Message* MessageListModel::last() const {
    return m_items.empty() ? nullptr : &m_items.back()->message();
}

QString MessageListModel::text(qint64 messageId) const {
    const int row = rowOf(messageId);
    return row < 0 ? QString() : m_items[static_cast<std::size_t>(row)]->text();
}

const storage::Outcome* MessageListModel::lastOutcome() const {
    for (auto item = m_items.rbegin(); item != m_items.rend(); ++item)
        if (const auto& answer = (*item)->message().answer; answer && answer->outcome.prompt_tokens > 0)
            return &answer->outcome;
    return nullptr;
}

int MessageListModel::rowOf(qint64 messageId) const {
    const auto found = std::find_if(m_items.rbegin(), m_items.rend(),
                                    [=](const auto& item) { return item->message().id == messageId; });
    return found == m_items.rend() ? -1 : static_cast<int>(m_items.rend() - found) - 1;
}

void MessageListModel::changed(int row, const QList<int>& roles) {
    emit dataChanged(index(row), index(row), roles);
}

}  // namespace altiplano
