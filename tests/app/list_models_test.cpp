// The message list on its own: branches replace each other row by row, and sentences follow the state.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "tests/app/headless_program.h"

using namespace altiplano;
using namespace altiplano::tests;

namespace {

storage::Message question(qint64 id, const std::string& text) {
    storage::Message message;
    message.id = id;
    message.text = text;
    return message;
}

storage::Message answer(qint64 id, const std::string& text, storage::AnswerState state) {
    storage::Message message = question(id, text);
    message.role = storage::Role::Assistant;
    message.answer.emplace();
    message.answer->outcome.state = state;
    return message;
}

}  // namespace

class ListModelsTest : public QObject {
    Q_OBJECT

private slots:
    void aBranchReplacesAnotherFromTheFirstDifference() {
        MessageListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        using storage::AnswerState;
        model.reset({question(1, "q"), answer(2, "a", AnswerState::Complete), question(3, "r"),
                     answer(4, "b", AnswerState::Complete)});
        QSignalSpy removed(&model, &MessageListModel::rowsRemoved);
        QSignalSpy resets(&model, &MessageListModel::modelReset);
        model.setBranch({question(1, "q"), answer(2, "a", AnswerState::Complete), question(5, "s")});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(removed.last().at(1).toInt(), 2);
        QCOMPARE(resets.count(), 0);
        QVERIFY(roleValue(model, 2, "last").toBool());
        model.setBranch({});
        QCOMPARE(model.rowCount(), 0);
    }

    void textOfOthersIsIgnored() {
        MessageListModel model;
        model.reset({question(1, "q"), answer(2, "a", storage::AnswerState::Streaming)});
        model.appendText(99, "late");
        model.finish(99, {});
        model.appendText(2, "b");
        QCOMPARE(roleValue(model, 1, "text").toString(), "ab");
    }

    void aSiblingNumberMayChangeAlone() {
        MessageListModel model;
        const storage::Message first = answer(2, "a", storage::AnswerState::Complete);
        model.reset({question(1, "q"), first});
        storage::Message again = first;
        again.sibling_count = 2;
        QSignalSpy changed(&model, &MessageListModel::dataChanged);
        model.setBranch({question(1, "q"), again});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(roleValue(model, 1, "siblingCount").toInt(), 2);
    }

    void everyStateHasItsWords_data() {
        using storage::AnswerState;
        using storage::StopReason;
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("reason");
        QTest::addColumn<QString>("note");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<bool>("hasError");
        const auto row = [](const char* name, AnswerState state, StopReason reason, const char* note, bool goesOn) {
            QTest::newRow(name) << static_cast<int>(state) << static_cast<int>(reason) << QString(note) << goesOn
                                << (QString(note) == "the sentence");
        };
        row("complete", AnswerState::Complete, StopReason::EndOfTurn, "", false);
        row("stopped", AnswerState::Stopped, StopReason::User, "Stopped", true);
        row("interrupted", AnswerState::Interrupted, StopReason::None, "Interrupted when the program ended", true);
        row("interrupted for a reason", AnswerState::Interrupted, StopReason::None, "the sentence", true);
        row("failed", AnswerState::Failed, StopReason::None, "the sentence", true);
        row("length", AnswerState::Complete, StopReason::Length, "The answer reached its longest allowed length.",
            true);
    }
    void everyStateHasItsWords() {
        QFETCH(int, state);
        QFETCH(int, reason);
        QFETCH(QString, note);
        QFETCH(bool, goesOn);
        QFETCH(bool, hasError);
        storage::Message message = answer(2, "text", static_cast<storage::AnswerState>(state));
        message.answer->outcome.stop_reason = static_cast<storage::StopReason>(reason);
        if (hasError)
            message.answer->outcome.error_text = "the sentence";
        MessageListModel model;
        model.reset({question(1, "q"), message});
        QCOMPARE(roleValue(model, 1, "note").toString(), note);
        QCOMPARE(roleValue(model, 1, "canContinue").toBool(), goesOn);
    }

    void aLargerContextLetsAFullOneGoOn() {
        storage::Message message = answer(2, "text", storage::AnswerState::Complete);
        message.answer->outcome.stop_reason = storage::StopReason::ContextFull;
        message.answer->outcome.prompt_tokens = 4000;
        message.answer->outcome.generated_tokens = 96;
        MessageListModel model;
        model.reset({question(1, "q"), message});
        model.setContextSize(4096);
        QVERIFY(!roleValue(model, 1, "canContinue").toBool());
        model.setContextSize(8192);
        QVERIFY(roleValue(model, 1, "canContinue").toBool());
    }

    void blocksAreMadeWhenLookedAt() {
        MessageListModel model;
        model.reset({question(1, "*as typed*"), answer(2, "*a*", storage::AnswerState::Streaming)});
        auto* typed = roleValue(model, 0, "blocks").value<BlockListModel*>();
        QCOMPARE(roleValue(*typed, 0, "html").toString(), "*as typed*");
        auto* blocks = roleValue(model, 1, "blocks").value<BlockListModel*>();
        QCOMPARE(roleValue(*blocks, 0, "html").toString(), "<i>a</i>");
        model.appendText(2, " and\n\n# b");
        QCOMPARE(blocks->count(), 2);
        QCOMPARE(roleValue(*blocks, 1, "level").toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(ListModelsTest)
#include "list_models_test.moc"
