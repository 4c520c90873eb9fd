// The conversations at the left, newest first, or what a search found.
#pragma once

#include <QAbstractListModel>
#include <QTimer>
#include <QtQml/qqmlregistration.h>
#include <set>
#include <vector>

#include "app/chat_requests.h"

namespace altiplano {

/// GUI thread. Reads pages from storage as the view asks for more.
class ConversationListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Application")
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged FINAL)
    Q_PROPERTY(bool searching READ searching NOTIFY searchChanged FINAL)

public:
    enum Role {
        ConversationIdRole = Qt::UserRole,
        TitleRole,  ///< given, or the first question, or "New chat"
        GroupRole,  ///< translated heading for sections: Pinned, Today, ...
        PinnedRole,
        GeneratingRole,  ///< an answer runs or waits
        CurrentRole,     ///< on show in the middle
        SnippetRole,     ///< around the hit; empty unless searching
    };

    explicit ConversationListModel(QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    QString search() const { return m_search; }
    void setSearch(const QString& words);
    bool searching() const { return !m_search.trimmed().isEmpty(); }

    Q_INVOKABLE void rename(double conversationId, const QString& title);
    Q_INVOKABLE void setPinned(double conversationId, bool pinned);
    /// Into the trash; Application offers to undo it.
    Q_INVOKABLE void remove(double conversationId);

    void setCurrent(qint64 conversationId);
    void setGenerating(qint64 conversationId, bool generating);
    void retranslate();
    /// Reads the first page: the database is open.
    void reload();
    /// The conversation, where it is among the rows read so far.
    const storage::Conversation* find(qint64 conversationId) const;

    /// The title shown for a conversation, in the list and above the messages.
    static QString shownTitle(const storage::Conversation& conversation);

public slots:
    void onPageRead(const altiplano::ConversationPage& page);
    void onConversationStored(const altiplano::storage::Conversation& conversation);
    void onConversationRemoved(qint64 conversationId);
    void onSearched(const altiplano::SearchResult& result);

signals:
    void searchChanged();
    void pageRequested(int limit, int offset);
    void searchRequested(quint64 ticket, const QString& words);
    void renameRequested(qint64 conversationId, const QString& title);
    void pinRequested(qint64 conversationId, bool pinned);
    void removeRequested(qint64 conversationId);

private:
    const std::vector<storage::Conversation>& rows() const { return m_showsHits ? m_hits : m_conversations; }
    int rowOf(qint64 conversationId) const;
    void startSearch();
    void leaveSearch();
    void insertSorted(const storage::Conversation& conversation);
    void changed(qint64 conversationId, const QList<int>& roles);
    void regroup();

    std::vector<storage::Conversation> m_conversations;  ///< the first of the store's order, no gaps
    std::vector<storage::Conversation> m_hits;
    std::vector<QString> m_snippets;  ///< one per hit
    std::set<qint64> m_generating;
    qint64 m_current = 0;
    int m_total = 0;
    bool m_fetching = false;
    QString m_search;
    bool m_showsHits = false;
    quint64 m_ticket = 0;
    QTimer m_searchTimer;
    QTimer m_midnightTimer;
};

}  // namespace altiplano
