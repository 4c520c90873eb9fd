#include "app/conversation_list_model.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

namespace altiplano {

namespace {

constexpr int kPage = 100;
constexpr int kSearchDelayMs = 150;

/// The store's order: pinned first, then by the last change, the newer first.
bool comesBefore(const storage::Conversation& a, const storage::Conversation& b) {
    if (a.pinned != b.pinned)
        return a.pinned;
    return a.updated_ms != b.updated_ms ? a.updated_ms > b.updated_ms : a.id > b.id;
}

QString groupOf(const storage::Conversation& conversation) {
    if (conversation.pinned)
        return ConversationListModel::tr("Pinned");
    const QDate day = QDateTime::fromMSecsSinceEpoch(conversation.updated_ms).date();
    const QDate today = QDate::currentDate();
    const qint64 age = day.daysTo(today);
    if (age <= 0)
        return ConversationListModel::tr("Today");
    if (age == 1)
        return ConversationListModel::tr("Yesterday");
    if (age <= 7)
        return ConversationListModel::tr("Previous 7 days");
    if (age <= 30)
        return ConversationListModel::tr("Previous 30 days");
    const QLocale locale;
    const QString month = locale.standaloneMonthName(day.month());
    return day.year() == today.year() ? month : month + ' ' + QString::number(day.year());
}

}  // namespace

ConversationListModel::ConversationListModel(QObject* parent) : QAbstractListModel(parent) {
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(kSearchDelayMs);
    connect(&m_searchTimer, &QTimer::timeout, this, &ConversationListModel::startSearch);
    m_midnightTimer.setSingleShot(true);
    connect(&m_midnightTimer, &QTimer::timeout, this, &ConversationListModel::regroup);
    regroup();
}

int ConversationListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows().size());
}

QVariant ConversationListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const storage::Conversation& conversation = rows()[row];
    switch (role) {
        case ConversationIdRole:
            return static_cast<double>(conversation.id);
        case TitleRole:
            return shownTitle(conversation);
        case GroupRole:
            return m_showsHits ? tr("Found") : groupOf(conversation);
        case PinnedRole:
            return conversation.pinned;
        case GeneratingRole:
            return m_generating.contains(conversation.id);
        case CurrentRole:
            return conversation.id == m_current;
        case SnippetRole:
            return m_showsHits ? m_snippets[row] : QString();
        default:
            return {};
    }
}

QHash<int, QByteArray> ConversationListModel::roleNames() const {
    return {{ConversationIdRole, "conversationId"},
            {TitleRole, "title"},
            {GroupRole, "group"},
            {PinnedRole, "pinned"},
            {GeneratingRole, "generating"},
            {CurrentRole, "current"},
            {SnippetRole, "snippet"}};
}

QString ConversationListModel::shownTitle(const storage::Conversation& conversation) {
    const std::string& text = conversation.title.empty() ? conversation.first_question : conversation.title;
    const QString title = QString::fromStdString(text).left(200).simplified();
    return title.isEmpty() ? tr("New chat") : title;
}

bool ConversationListModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !m_showsHits && !m_fetching && static_cast<int>(m_conversations.size()) < m_total;
}

void ConversationListModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent))
        return;
    m_fetching = true;
    emit pageRequested(kPage, static_cast<int>(m_conversations.size()));
}

void ConversationListModel::reload() {
    m_fetching = true;
    emit pageRequested(kPage, 0);
}

void ConversationListModel::onPageRead(const ConversationPage& page) {
    m_total = page.total;
    for (const storage::Conversation& conversation : page.conversations)
        insertSorted(conversation);
    m_fetching = false;  // not before: who is told of a new row may ask for more at once
}

void ConversationListModel::onConversationStored(const storage::Conversation& conversation) {
    const auto& all = m_conversations;
    const bool known = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.id == conversation.id; });
    if (!known)
        m_total = std::max(m_total, static_cast<int>(all.size()) + 1);
    insertSorted(conversation);
}

void ConversationListModel::insertSorted(const storage::Conversation& conversation) {
    const auto old = std::find_if(m_conversations.begin(), m_conversations.end(),
                                  [&](const auto& one) { return one.id == conversation.id; });
    const auto place = [&] {
        return std::lower_bound(m_conversations.begin(), m_conversations.end(), conversation, comesBefore);
    };
    if (m_showsHits) {  // the rows on show are others
        if (old != m_conversations.end())
            m_conversations.erase(old);
        m_conversations.insert(place(), conversation);
        return;
    }
    if (old != m_conversations.end() && !comesBefore(*old, conversation) && !comesBefore(conversation, *old)) {
        *old = conversation;
        changed(conversation.id, {TitleRole});
        return;
    }
    if (old != m_conversations.end()) {
        const int from = static_cast<int>(old - m_conversations.begin());
        beginRemoveRows({}, from, from);
        m_conversations.erase(old);
        endRemoveRows();
    }
    const auto at = place();
    const int row = static_cast<int>(at - m_conversations.begin());
    beginInsertRows({}, row, row);
    m_conversations.insert(at, conversation);
    endInsertRows();
}

void ConversationListModel::onConversationRemoved(qint64 conversationId) {
    if (const int row = rowOf(conversationId); row >= 0) {
        beginRemoveRows({}, row, row);
        if (m_showsHits) {
            m_hits.erase(m_hits.begin() + row);
            m_snippets.erase(m_snippets.begin() + row);
        } else {
            m_conversations.erase(m_conversations.begin() + row);
        }
        endRemoveRows();
    }
    if (m_showsHits)
        std::erase_if(m_conversations, [=](const auto& one) { return one.id == conversationId; });
    m_total = std::max(0, m_total - 1);
}

void ConversationListModel::setSearch(const QString& words) {
    if (words == m_search)
        return;
    m_search = words;
    if (searching())
        m_searchTimer.start();
    else
        leaveSearch();
    emit searchChanged();
}

void ConversationListModel::startSearch() {
    emit searchRequested(++m_ticket, m_search.trimmed());
}

void ConversationListModel::leaveSearch() {
    m_searchTimer.stop();
    ++m_ticket;  // what is still being searched is not wanted
    if (!m_showsHits)
        return;
    beginResetModel();
    m_showsHits = false;
    m_hits.clear();
    m_snippets.clear();
    endResetModel();
}

void ConversationListModel::onSearched(const SearchResult& result) {
    if (result.ticket != m_ticket || !searching())
        return;
    beginResetModel();
    m_showsHits = true;
    m_hits.clear();
    m_snippets.clear();
    for (const storage::SearchHit& hit : result.hits) {
        if (rowOf(hit.conversation_id) >= 0)
            continue;  // the newest hit of a conversation stands for all
        storage::Conversation conversation;
        if (const storage::Conversation* known = find(hit.conversation_id))
            conversation = *known;
        conversation.id = hit.conversation_id;
        if (conversation.title.empty())
            conversation.title = hit.title;
        m_hits.push_back(std::move(conversation));
        m_snippets.push_back(QString::fromStdString(hit.snippet).simplified());
    }
    endResetModel();
}

void ConversationListModel::rename(double conversationId, const QString& title) {
    emit renameRequested(static_cast<qint64>(conversationId), title.simplified());
}

void ConversationListModel::setPinned(double conversationId, bool pinned) {
    emit pinRequested(static_cast<qint64>(conversationId), pinned);
}

void ConversationListModel::remove(double conversationId) {
    emit removeRequested(static_cast<qint64>(conversationId));
}

void ConversationListModel::setCurrent(qint64 conversationId) {
    if (conversationId == m_current)
        return;
    const qint64 before = std::exchange(m_current, conversationId);
    changed(before, {CurrentRole});
    changed(m_current, {CurrentRole});
}

void ConversationListModel::setGenerating(qint64 conversationId, bool generating) {
    const bool was = m_generating.contains(conversationId);
    if (was == generating)
        return;
    if (generating)
        m_generating.insert(conversationId);
    else
        m_generating.erase(conversationId);
    changed(conversationId, {GeneratingRole});
}

void ConversationListModel::retranslate() {
    if (const int rows = ConversationListModel::rowCount(); rows > 0)
        emit dataChanged(index(0), index(rows - 1), {TitleRole, GroupRole});
}

const storage::Conversation* ConversationListModel::find(qint64 conversationId) const {
    const auto found = std::find_if(m_conversations.begin(), m_conversations.end(),
                                    [=](const auto& one) { return one.id == conversationId; });
    return found == m_conversations.end() ? nullptr : &*found;
}

int ConversationListModel::rowOf(qint64 conversationId) const {
    const auto& all = rows();
    const auto found = std::find_if(all.begin(), all.end(), [=](const auto& one) { return one.id == conversationId; });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

void ConversationListModel::changed(qint64 conversationId, const QList<int>& roles) {
    if (const int row = rowOf(conversationId); row >= 0)
        emit dataChanged(index(row), index(row), roles);
}

void ConversationListModel::regroup() {
    retranslate();
    const QDateTime now = QDateTime::currentDateTime();
    const QDateTime midnight = now.date().addDays(1).startOfDay();
    m_midnightTimer.start(std::chrono::milliseconds(now.msecsTo(midnight) + 1000));
}

}  // namespace altiplano
