// The message tree: regenerate and edit make siblings, and every branch can be shown again.
#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

class BranchesTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<HeadlessProgram>(m_folder->path());
        QTRY_VERIFY(m_program->ready());
        ask("first question");
        QCOMPARE(m_program->count(), 2);
    }
    void cleanup() { m_program.reset(); }

    void regenerateMakesASibling() {
        const double before = m_program->idAt(1);
        m_program->chat().regenerate(before);
        QTRY_VERIFY(m_program->idle() && m_program->idAt(1) != before);
        QCOMPARE(m_program->count(), 2);
        QCOMPARE(m_program->message(1, "siblingNumber").toInt(), 2);
        QCOMPARE(m_program->message(1, "siblingCount").toInt(), 2);
        m_program->chat().selectSibling(m_program->idAt(1), -1);
        QTRY_COMPARE(m_program->idAt(1), before);
        QCOMPARE(m_program->message(1, "siblingNumber").toInt(), 1);
        QCOMPARE(m_program->message(1, "siblingCount").toInt(), 2);
    }

    void editMakesASiblingQuestionAndKeepsTheOldBranch() {
        ask("second question");
        QCOMPARE(m_program->count(), 4);
        const double edited = m_program->idAt(0);
        m_program->chat().editMessage(edited, "another first question");
        QTRY_VERIFY(m_program->idle() && m_program->textAt(0) == "another first question");
        QTRY_COMPARE(m_program->lastState(), MessageListModel::Complete);
        QCOMPARE(m_program->count(), 2);
        QCOMPARE(m_program->message(0, "siblingCount").toInt(), 2);
        m_program->chat().selectSibling(m_program->idAt(0), -1);
        QTRY_COMPARE(m_program->count(), 4);
        QCOMPARE(m_program->textAt(2), "second question");
        m_program->chat().selectSibling(m_program->idAt(0), 1);
        QTRY_COMPARE(m_program->count(), 2);
    }

    void rowsThatStayKeepTheirBlocks() {
        ask("second question");
        auto* blocks = m_program->message(1, "blocks").value<BlockListModel*>();
        m_program->chat().regenerate(m_program->idAt(3));
        QTRY_VERIFY(m_program->idle() && m_program->message(3, "siblingCount").toInt() == 2);
        QCOMPARE(m_program->message(1, "blocks").value<BlockListModel*>(), blocks);
    }

    void thereIsNoSiblingBeyondTheEnds() {
        m_program->chat().selectSibling(m_program->idAt(1), 1);
        m_program->chat().selectSibling(m_program->idAt(1), -1);
        m_program->chat().selectSibling(12345, 1);
        ask("goes on");
        QCOMPARE(m_program->count(), 4);
        QCOMPARE(m_program->application().notice(), QString());
    }

    void aDraftSurvivesAnEdit() {
        m_program->chat().setDraft("half a thought");
        m_program->chat().editMessage(m_program->idAt(0), "edited");
        QTRY_VERIFY(m_program->idle() && m_program->textAt(0) == "edited");
        QCOMPARE(m_program->chat().draft(), "half a thought");
        const double id = m_program->chat().conversationId();
        m_program->chat().newConversation();
        m_program->chat().open(id);
        QTRY_COMPARE(m_program->chat().draft(), "half a thought");
    }

private:
    void ask(const QString& question) {
        const int before = m_program->count();
        m_program->chat().send(question);
        QTRY_VERIFY(m_program->idle() && m_program->count() == before + 2);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HeadlessProgram> m_program;
};

QTEST_MAIN(BranchesTest)
#include "branches_test.moc"
