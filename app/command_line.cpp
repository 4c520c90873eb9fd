#include "app/command_line.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <cstdio>
#include <cstdlib>

namespace altiplano {

namespace {

constexpr char kStarterFile[] = "altiplano-starter-q8_0.gguf";

[[noreturn]] void refuse(const QString& sentence) {
    std::fprintf(stderr, "altiplano: %s\n", qPrintable(sentence));
    std::exit(EXIT_FAILURE);  // NOLINT(concurrency-mt-unsafe): no thread runs yet
}

QSize sizeFrom(const QString& text) {
    const QStringList parts = text.split('x');
    const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
    if (parts.size() != 2 || size.isEmpty())
        refuse(QStringLiteral("--geometry %1 is no size, expected for example 1280x800").arg(text));
    return size;
}

}  // namespace

CommandLine parseCommandLine(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Altiplano, a desktop chat program for Llama 3.1");
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption dataDir("data-dir", "Keeps conversations and settings in DIR.", "DIR");
    const QCommandLineOption model("model", "Loads the model file PATH.", "PATH");
    const QCommandLineOption language("language", "Shows the window in the language CODE, e.g. de.", "CODE");
    const QCommandLineOption screenshot("screenshot", "Writes a picture of the window to FILE.png and ends.", "FILE");
    const QCommandLineOption conversation("conversation", "Shows the conversation NUMBER first.", "NUMBER");
    const QCommandLineOption geometry("geometry", "Size of the window, e.g. 1280x800.", "WxH");
    QCommandLineOption after("after", "Begins when the process NUMBER has ended.", "NUMBER");
    after.setFlags(QCommandLineOption::HiddenFromHelp);  // for the program itself
    parser.addOptions({dataDir, model, language, conversation, screenshot, geometry, after});
    parser.process(arguments);
    if (!parser.positionalArguments().isEmpty())
        refuse(QStringLiteral("'%1' is not understood; a model is named with --model PATH")
                   .arg(parser.positionalArguments().constFirst()));

    CommandLine line;
    line.application.dataFolder = QDir::cleanPath(QDir::current().absoluteFilePath(
        parser.isSet(dataDir) ? parser.value(dataDir)
                              : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)));
    line.application.modelPath = parser.value(model);
    line.application.language = parser.value(language);
    line.application.conversationId = parser.value(conversation).toLongLong();
    line.application.starterPath = findStarterModel();
    line.screenshot = parser.value(screenshot);
    line.after = parser.value(after).toLongLong();
    if (parser.isSet(geometry))
        line.geometry = sizeFrom(parser.value(geometry));
    return line;
}

QString findStarterModel() {
    const QDir program(QCoreApplication::applicationDirPath());
    const QStringList places{program.filePath(QStringLiteral("../share/altiplano/") + kStarterFile),
                             QStringLiteral(ALTIPLANO_SOURCE_STARTER)};
    for (const QString& place : places)
        if (const QFileInfo file(place); file.isFile())
            return file.canonicalFilePath();
    return {};
}

}  // namespace altiplano
