// The list at the left: order, groups, pages, search, names and the trash.
#include <QSignalSpy>

#include "storage/conversation_store.h"
#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

/// Conversations with one question each, the first the oldest, some hours apart.
void fill(const QString& folder, int count, std::int64_t stepMs) {
    std::int64_t now = QDateTime::currentMSecsSinceEpoch() - count * stepMs;
    auto store = storage::ConversationStore::open((folder + "/altiplano.db").toStdString(), [&] { return now; });
    for (int i = 0; i < count; ++i) {
        now += stepMs;
        const auto conversation = store.create_conversation("1 Jan 2026", "", "");
        const auto turn = store.begin_turn(conversation.id, {}, "question number " + std::to_string(i), {});
        store.append_answer(turn.answer.id, "answer with pelican" + std::to_string(i % 10));
        store.finish_answer(turn.answer.id, {});
    }
}

}  // namespace

class ConversationListTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theNewestComesFirstInPagesOfAHundred() {
        fill(m_folder->path(), 210, 60'000);
        HeadlessProgram program(m_folder->path());
        ConversationListModel& list = program.conversations();
        QList<QPair<int, int>> pages;
        connect(&list, &ConversationListModel::pageRequested, this, [&](int limit, int offset) {
            pages.append({limit, offset});
        });
        QTRY_VERIFY(list.rowCount() >= 100);
        list.fetchMore({});
        QTRY_VERIFY(list.rowCount() >= 200);
        list.fetchMore({});
        QTRY_COMPARE(list.rowCount(), 210);
        QVERIFY(!list.canFetchMore({}));
        QCOMPARE(pages, (QList<QPair<int, int>>{{100, 0}, {100, 100}, {100, 200}}));
        for (int row = 0; row < 210; ++row)
            QCOMPARE(roleValue(list, row, "title").toString(), QString("question number %1").arg(209 - row));
    }

    void pagesStayWholeWhenRowsMoveMeanwhile() {
        fill(m_folder->path(), 120, 60'000);
        StorageWorker worker(m_folder->filePath("altiplano.db"));
        ConversationListModel list;
        connect(&list, &ConversationListModel::pageRequested, &worker, &StorageWorker::readPage, Qt::QueuedConnection);
        connect(&list, &ConversationListModel::removeRequested, &worker, &StorageWorker::trash, Qt::QueuedConnection);
        connect(&worker, &StorageWorker::pageRead, &list, &ConversationListModel::onPageRead);
        connect(&worker, &StorageWorker::conversationStored, &list, &ConversationListModel::onConversationStored);
        connect(&worker, &StorageWorker::conversationRemoved, &list, &ConversationListModel::onConversationRemoved);
        worker.open();
        list.reload();
        QTRY_COMPARE(list.rowCount(), 100);
        QVERIFY(list.canFetchMore({}));
        list.remove(roleValue(list, 5, "conversationId").toDouble());
        QTRY_COMPARE(list.rowCount(), 99);
        TurnRequest request;
        request.question = "a new one";
        worker.beginTurn(request);
        QCOMPARE(list.rowCount(), 100);
        QCOMPARE(roleValue(list, 0, "title").toString(), "a new one");
        list.fetchMore({});
        QTRY_COMPARE(list.rowCount(), 120);
        QVERIFY(!list.canFetchMore({}));
        QSet<double> ids;
        for (int row = 0; row < 120; ++row)
            ids += roleValue(list, row, "conversationId").toDouble();
        QCOMPARE(ids.size(), 120);
    }

    void daysAreGroups() {
        fill(m_folder->path(), 5, kDayMs);  // the last one is of now
        HeadlessProgram program(m_folder->path());
        ConversationListModel& list = program.conversations();
        QTRY_COMPARE(list.rowCount(), 5);
        QCOMPARE(roleValue(list, 0, "group").toString(), "Today");
        QCOMPARE(roleValue(list, 1, "group").toString(), "Yesterday");
        QCOMPARE(roleValue(list, 2, "group").toString(), "Previous 7 days");
    }

    void aPinnedOneComesFirst() {
        fill(m_folder->path(), 3, 60'000);
        HeadlessProgram program(m_folder->path());
        ConversationListModel& list = program.conversations();
        QTRY_COMPARE(list.rowCount(), 3);
        list.setPinned(roleValue(list, 2, "conversationId").toDouble(), true);
        QTRY_COMPARE(roleValue(list, 0, "group").toString(), "Pinned");
        QCOMPARE(roleValue(list, 0, "title").toString(), "question number 0");
        list.setPinned(roleValue(list, 0, "conversationId").toDouble(), false);
        QTRY_COMPARE(roleValue(list, 2, "title").toString(), "question number 0");
    }

    void aNewNameIsShownInBothPlaces() {
        fill(m_folder->path(), 1, 60'000);
        HeadlessProgram program(m_folder->path());
        ConversationListModel& list = program.conversations();
        QTRY_COMPARE(list.rowCount(), 1);
        program.chat().open(roleValue(list, 0, "conversationId").toDouble());
        QTRY_COMPARE(program.count(), 2);
        QVERIFY(roleValue(list, 0, "current").toBool());
        list.rename(roleValue(list, 0, "conversationId").toDouble(), " Birds \n");
        QTRY_COMPARE(roleValue(list, 0, "title").toString(), "Birds");
        QCOMPARE(program.chat().title(), "Birds");
        program.chat().rename("More birds");
        QTRY_COMPARE(roleValue(list, 0, "title").toString(), "More birds");
    }

    void searchShowsHitsAndLeavesAgain() {
        fill(m_folder->path(), 30, 60'000);
        HeadlessProgram program(m_folder->path());
        ConversationListModel& list = program.conversations();
        QTRY_COMPARE(list.rowCount(), 30);
        list.setSearch("pelican7");
        QVERIFY(list.searching());
        QTRY_COMPARE(list.rowCount(), 3);
        QVERIFY(roleValue(list, 0, "snippet").toString().contains("pelican7"));
        list.setSearch("nothing like this");
        QTRY_COMPARE(list.rowCount(), 0);
        list.setSearch("");
        QTRY_COMPARE(list.rowCount(), 30);
        QVERIFY(roleValue(list, 0, "snippet").toString().isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(ConversationListTest)
#include "conversation_list_test.moc"
