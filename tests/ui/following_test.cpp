// A long answer: the view follows its end only while the reader is there, and each new piece costs the same.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <cmath>

#include "app/block_list_model.h"
#include "tests/ui/program.h"

using altiplano::BlockListModel;
using altiplano::MessageListModel;
using altiplano::tests::kPatienceMs;
using altiplano::tests::Program;

class FollowingTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    QQuickItem* m_list = nullptr;

    double contentY() { return m_list->property("contentY").toDouble(); }
    double toEnd() {
        return m_list->property("originY").toDouble() + m_list->property("contentHeight").toDouble() -
               m_list->height() - contentY();
    }
    BlockListModel* blocks() { return m_program->lastMessage("blocks").value<BlockListModel*>(); }
    /// Two notches of the wheel, and their glide.
    [[nodiscard]] bool scrollUp() {
        const double goal = qMax(0.0, std::round(contentY() - 192));
        m_program->wheel(30, m_list);
        return QTest::qWaitFor([this, goal] { return qFuzzyCompare(contentY() + 1, goal + 1); }, kPatienceMs);
    }
    /// Asks, and waits until the answer, still streaming, is a good deal longer than the view.
    [[nodiscard]] bool startLongAnswer(const QString& question) {
        m_program->ask(question);
        return QTest::qWaitFor(
            [this] {
                QQuickItem* messages = m_program->find(QStringLiteral("Messages"), QAccessible::List);
                m_list = messages ? m_program->findClass("QQuickListView", messages) : nullptr;
                return m_list && m_list->property("contentHeight").toDouble() > m_list->height() + 400;
            },
            kPatienceMs);
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path());
        QVERIFY(m_program->ready());
    }
    void cleanup() { m_program.reset(); }

    void theEndStaysInViewWhileTheReaderIsThere() {
        QVERIFY(startLongAnswer(QStringLiteral("forever")));
        for (int look = 0; look < 20; ++look) {
            QTest::qWait(20);
            QVERIFY2(toEnd() < 1, qPrintable(QString::number(toEnd())));
        }
        QVERIFY(!m_program->find(QStringLiteral("To the new text")));
    }

    void aReaderWhoScrolledUpIsLeftAlone() {
        QVERIFY(startLongAnswer(QStringLiteral("forever")));
        QVERIFY(scrollUp());
        const double place = contentY();
        const double before = m_list->property("contentHeight").toDouble();
        QTRY_VERIFY(m_list->property("contentHeight").toDouble() > before + 200);
        QCOMPARE(contentY(), place);
        QVERIFY(m_program->clickOn(QStringLiteral("To the new text")));
        QTRY_VERIFY(toEnd() < 1);
        QTest::qWait(100);
        QVERIFY(toEnd() < 1);
    }

    void scrollingBackToTheEndFollowsAgain() {
        QVERIFY(startLongAnswer(QStringLiteral("forever")));
        QVERIFY(scrollUp());
        m_program->wheel(-9000, m_list);
        QTRY_VERIFY(toEnd() < 1);
        QTest::qWait(100);
        QVERIFY2(toEnd() < 1, qPrintable(QString::number(toEnd())));
    }

    void theViewDoesNotMoveWhenTheAnswerEnds() {
        QVERIFY(startLongAnswer(QStringLiteral("a long story")));
        QVERIFY(scrollUp());
        const double place = contentY();
        QTRY_VERIFY(m_program->answered());
        QTest::qWait(50);
        QCOMPARE(contentY(), place);
    }

    void theComposerCoversNothingWhenItGrows() {
        QVERIFY(startLongAnswer(QStringLiteral("a long story")));
        for (int line = 0; line < 12; ++line)
            m_program->press(Qt::Key_Return, Qt::ShiftModifier);
        QQuickItem* composer = m_program->focused();
        const double top = composer->mapToScene({0, 0}).y();
        QTRY_VERIFY(toEnd() < 1);
        QVERIFY(m_list->mapToScene({0, m_list->height()}).y() <= top);
        QVERIFY(m_list->height() >= m_program->window().height() * 0.4);
    }

    void closedBlocksAreNeverTouchedAgain() {
        QVERIFY(startLongAnswer(QStringLiteral("a long story")));
        const QList<QQuickItem*> paragraphs = m_program->all(QAccessible::Paragraph);
        QVERIFY(paragraphs.size() > 4);
        QQuickItem* closed = paragraphs.at(paragraphs.size() - 4);
        QSignalSpy rewritten(closed, SIGNAL(textChanged()));
        QSignalSpy destroyed(closed, SIGNAL(destroyed()));
        QSignalSpy changed(blocks(), &QAbstractItemModel::dataChanged);
        QSignalSpy removed(blocks(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(blocks(), &QAbstractItemModel::modelReset);
        int behind = 0;
        connect(blocks(), &QAbstractItemModel::dataChanged, this,
                [&](const QModelIndex& first) { behind = qMax(behind, blocks()->rowCount() - 1 - first.row()); });
        QTRY_VERIFY(m_program->answered());
        QCOMPARE(blocks()->rowCount(), 41);
        QVERIFY(changed.count() > 4);
        QVERIFY2(behind <= 1, qPrintable(QString::number(behind)));
        QCOMPARE(removed.count() + reset.count(), 0);
        QCOMPARE(rewritten.count() + destroyed.count(), 0);
    }

    void openingAnotherConversationShowsItsEnd() {
        QVERIFY(startLongAnswer(QStringLiteral("a long story")));
        QTRY_VERIFY(m_program->answered());
        m_program->press(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(m_program->messageCount(), 0);
        QVERIFY(m_program->clickOn(QStringLiteral("a long story"), QAccessible::ListItem));
        QTRY_COMPARE(m_program->messageCount(), 2);
        QTRY_VERIFY(toEnd() < 1);
    }
};

QTEST_MAIN(FollowingTest)
#include "following_test.moc"
