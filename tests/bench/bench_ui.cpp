// Measures the window: what one piece of a streaming answer costs at several lengths, and opening a conversation.
// Usage: altiplano-bench-ui [--json] [--messages N]
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTextStream>
#include <algorithm>
#include <numeric>
#include <vector>

#include "tests/ui/program.h"

using altiplano::MessageListModel;
using altiplano::tests::Program;

namespace {

/// Two lines of text in pieces as they come at 40 tokens/s, then a blank line.
constexpr int kPiece = 8;
constexpr int kPiecesPerParagraph = 30;
/// Updates measured at each length.
constexpr int kSamples = 60;

QString piece(int number) {
    return number % kPiecesPerParagraph == kPiecesPerParagraph - 1 ? QStringLiteral("\n\n")
                                                                   : QStringLiteral("a *word* ");
}

bool waitFor(const std::function<bool()>& condition) {
    return QTest::qWaitFor(condition, 60000);
}

/// Milliseconds from a piece's arrival in the model to its picture, on the GUI thread.
double updateOnce(Program& program, qint64 messageId, int number) {
    QElapsedTimer timer;
    timer.start();
    program.chat().messages()->appendText(messageId, piece(number));
    program.window().grabWindow();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

QJsonObject summary(std::vector<double> samples) {
    std::sort(samples.begin(), samples.end());
    const double sum = std::accumulate(samples.begin(), samples.end(), 0.0);
    return {{"mean_ms", sum / static_cast<double>(samples.size())},
            {"p95_ms", samples[samples.size() * 95 / 100]},
            {"worst_ms", samples.back()}};
}

/// One answer that grows: the cost of an update at 1, 8 and 32 thousand characters.
QJsonObject measureStreaming(Program& program) {
    QJsonObject result;
    program.ask(QStringLiteral("forever"));
    waitFor([&] { return program.lastState() == MessageListModel::Streaming; });
    const auto id = program.lastMessage("messageId").toLongLong();
    int characters = 0;
    int number = 0;
    for (const int length : {1'000, 8'000, 32'000}) {
        while (characters < length) {
            const QString text = piece(number++);
            program.chat().messages()->appendText(id, text);
            characters += static_cast<int>(text.size());
        }
        QTest::qWait(50);
        std::vector<double> samples;
        for (int sample = 0; sample < kSamples; ++sample)
            samples.push_back(updateOnce(program, id, number++));
        characters += kSamples * kPiece;
        result.insert(QString::number(length), summary(samples));
    }
    program.chat().stop();
    waitFor([&] { return !program.chat().busy(); });
    return result;
}

/// Milliseconds from open() to the picture of a conversation of so many messages.
double measureOpening(Program& program, int messages) {
    program.chat().newConversation();
    for (int turn = 0; turn < messages / 2; ++turn) {
        program.chat().send(QStringLiteral("list %1").arg(turn));
        waitFor([&] { return program.messageCount() == 2 * (turn + 1) && program.chat().canSend(); });
    }
    const double id = program.chat().conversationId();
    program.chat().newConversation();
    QTest::qWait(100);
    QElapsedTimer timer;
    timer.start();
    program.chat().open(id);
    waitFor([&] { return program.messageCount() == messages; });
    program.window().grabWindow();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{"json", "Print JSON."}, {"messages", "Messages of the conversation to open.", "N", "200"}});
    parser.process(application);

    const QTemporaryDir folder;
    QJsonObject result;
    {
        // Almost nothing comes from the engine: the pieces are this program's own.
        Program program(folder.path(), {.tokensPerSecond = 30, .prefillSteps = 1, .context = 1 << 30});
        waitFor([&] { return program.ready(); });
        result.insert("update", measureStreaming(program));
    }
    Program program(folder.path(), {.tokensPerSecond = 0, .prefillSteps = 1, .context = 1 << 30});
    waitFor([&] { return program.ready(); });
    const int messages = parser.value("messages").toInt();
    result.insert("open_messages", messages);
    result.insert("open_ms", measureOpening(program, messages));
    const auto format = parser.isSet("json") ? QJsonDocument::Compact : QJsonDocument::Indented;
    QTextStream(stdout) << QJsonDocument(result).toJson(format) << Qt::endl;
    return 0;
}
