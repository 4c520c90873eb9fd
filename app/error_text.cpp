#include "app/error_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace altiplano {

namespace {

/// The context of these texts for translators.
struct ErrorText {
    Q_DECLARE_TR_FUNCTIONS(altiplano::ErrorText)
};

/// The engine's English text without the path in front, which the window shows anyway, and without a last full stop.
QString detailOf(const EngineFailure& failure, const QString& path) {
    QString detail = failure.message;
    if (!path.isEmpty() && detail.startsWith(path + ": "))
        detail.remove(0, path.size() + 2);
    while (detail.endsWith('.'))
        detail.chop(1);
    return detail;
}

QString badFileText(const QString& detail) {
    static const QRegularExpression kCutShort(
        QStringLiteral("offset (\\d+): needs (\\d+) bytes, but the file ends at (\\d+)"));
    static const QRegularExpression kNotConverted(QStringLiteral("so it cannot be converted to (\\w+)$"));
    if (const QRegularExpressionMatch match = kCutShort.match(detail); match.hasMatch()) {
        const qint64 least = match.captured(1).toLongLong() + match.captured(2).toLongLong();
        return ErrorText::tr("The file is cut short: %1 of at least %2 are there. Download it again.")
            .arg(fileSizeText(match.captured(3).toLongLong()), fileSizeText(least));
    }
    if (detail.contains(QLatin1String("but the file ends after")))
        return ErrorText::tr("The file is cut short: it ends within its own description (%1). Download it again.")
            .arg(detail);
    if (detail.contains(QLatin1String("no model file")))
        return ErrorText::tr("This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.");
    if (detail.startsWith(QLatin1String("has 0 safetensors files")))
        return ErrorText::tr(
            "Only the description of this model is there. Its weights belong into the same folder; what they would "
            "need is in the memory plan.");
    if (const QRegularExpressionMatch match = kNotConverted.match(detail); match.hasMatch())
        return ErrorText::tr(
                   "A weight is too large for %1, or no number at all. Load the model with its weights as they are.")
            .arg(match.captured(1));
    return ErrorText::tr("The file is damaged: %1. Download it again.").arg(detail);
}

QString outOfMemoryText(const QString& detail) {
    static const QRegularExpression kSizes(QStringLiteral("needs ([\\d.]+) GiB.* only ([\\d.]+) GiB"));
    const QRegularExpressionMatch match = kSizes.match(detail);
    const auto size = [&](int part) { return memorySizeText(qRound64(match.captured(part).toDouble() * (1LL << 30))); };
    const QString what = match.hasMatch()
                             ? ErrorText::tr("There is not enough memory for this model: %1 are needed, %2 are free.")
                                   .arg(size(1), size(2))
                             : ErrorText::tr("There is not enough memory for this model.");
    return what + QLatin1Char(' ') +
           ErrorText::tr("Close other programs, choose a smaller model, or see in Models what would make it fit.");
}

}  // namespace

QString modelErrorText(const EngineFailure& failure, const QString& path) {
    const QString detail = detailOf(failure, path);
    switch (failure.kind) {
        case engine::ErrorKind::BadFile:
            return badFileText(detail);
        case engine::ErrorKind::Unsupported:
            return ErrorText::tr("This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.").arg(detail);
        case engine::ErrorKind::OutOfMemory:
            return outOfMemoryText(detail);
        case engine::ErrorKind::Io:
            if (detail.contains(QLatin1String("the file changed while it was read")))
                return ErrorText::tr(
                    "The file changed while it was read. Wait until it is complete, then load it again.");
            return ErrorText::tr("The file could not be read: %1. Check that it is still there and may be read.")
                .arg(detail);
        case engine::ErrorKind::Device:
            return ErrorText::tr("The device failed: %1. Load the model again.").arg(detail);
        case engine::ErrorKind::DeviceLost:
            return ErrorText::tr("The graphics card failed: %1. Altiplano must be started again to use it.")
                .arg(detail);
        case engine::ErrorKind::BadArgument:
        case engine::ErrorKind::PromptTooLong:
        case engine::ErrorKind::Numeric:
            break;
    }
    return ErrorText::tr(
               "The model could not be loaded: %1. Change the context length in Settings or choose another model.")
        .arg(detail);
}

QString draftErrorText(const EngineFailure& failure, const QString& path) {
    if (failure.kind == engine::ErrorKind::Unsupported && failure.message.contains(QLatin1String("its vocabulary is")))
        return ErrorText::tr(
            "The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of "
            "the same family, such as Llama 3.2 1B.");
    return ErrorText::tr("The draft model is not used. %1").arg(modelErrorText(failure, path));
}

QString answerErrorText(const EngineFailure& failure) {
    const QLocale locale;
    const QString detail = detailOf(failure, {});
    switch (failure.kind) {
        case engine::ErrorKind::PromptTooLong:
            return ErrorText::
                tr("This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an "
                   "answer, there are %2. Send a shorter message, start a new chat, or set a larger context in "
                   "Settings and load the model again.")
                    .arg(locale.toString(failure.neededTokens), locale.toString(failure.contextTokens));
        case engine::ErrorKind::Numeric:
            return ErrorText::tr(
                       "The model computed values that are no numbers, so the answer ends here: %1. The model file may "
                       "be damaged; try again or load another one.")
                .arg(detail);
        case engine::ErrorKind::OutOfMemory:
            return ErrorText::tr(
                "There was not enough memory to go on. Close other programs or load the model with a smaller "
                "context, then regenerate the answer.");
        case engine::ErrorKind::DeviceLost:
            return ErrorText::tr("Interrupted, because the graphics card failed: %1. What was written is kept.")
                .arg(detail);
        case engine::ErrorKind::Unsupported:
            return ErrorText::tr("This model cannot answer: %1. Load another model.").arg(detail);
        default:
            return ErrorText::tr("The answer could not be computed: %1. Try again.").arg(detail);
    }
}

QString storageErrorText(const StorageFailure& failure) {
    switch (failure.kind) {
        case storage::ErrorKind::Full:
            return ErrorText::tr(
                "Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is "
                "open.");
        case storage::ErrorKind::Busy:
            return ErrorText::tr("Not saved: another program holds the conversations' file. Altiplano keeps trying.");
        case storage::ErrorKind::ReadOnly:
            return ErrorText::tr(
                "Not saved: the conversations' file cannot be written. Check the rights of the data folder.");
        case storage::ErrorKind::Corrupt:
            return ErrorText::tr(
                       "The conversations' file is damaged (%1). Start the program again to have it repaired; the "
                       "damaged file is kept.")
                .arg(failure.message);
        case storage::ErrorKind::NewerVersion:
            return ErrorText::tr(
                "The conversations were written by a newer version of Altiplano. Install that version to change "
                "them.");
        case storage::ErrorKind::NotFound:
            return ErrorText::tr("This conversation or message is no longer there.");
        case storage::ErrorKind::Io:
            break;
    }
    return ErrorText::tr("Not saved: %1.").arg(failure.message);
}

QString storageOpenText(const StorageOpened& report) {
    switch (report.kind) {
        case StorageOpened::Kind::ReadOnly:
            return ErrorText::tr(
                       "The conversations can be read but not changed: %1. Check the rights of the data folder and "
                       "start again.")
                .arg(report.message);
        case StorageOpened::Kind::NewerVersion:
            return ErrorText::tr(
                "The conversations were written by a newer version of Altiplano: they can be read, but not "
                "changed. Install that version to go on.");
        case StorageOpened::Kind::Recovered:
            return ErrorText::
                tr("The conversations' file was damaged. What could be read was recovered; the damaged file is kept "
                   "as %1.")
                    .arg(report.keptOriginal);
        case StorageOpened::Kind::Ready:
            break;
    }
    if (report.interruptedAnswers > 0)
        return QCoreApplication::translate(
            "altiplano::ErrorText",
            "%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes "
            "on from there.",
            nullptr, report.interruptedAnswers);
    return {};
}

QString fileSizeText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat).replace(' ', QChar(0x202f));
}

QString memorySizeText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat).replace(' ', QChar(0x202f));
}

}  // namespace altiplano
