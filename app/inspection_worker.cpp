#include "app/inspection_worker.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <new>

namespace altiplano {

namespace {

/// Keys and values of every layer for one position.
qint64 cacheNumbersPerPosition(const engine::ModelConfig& config) {
    return 2LL * config.layers * config.kv_heads * config.head_dim;
}

ModelFile read(const QString& path) {
    ModelFile file;
    file.path = path;
    file.fileBytes = QFileInfo(path).size();
    try {
        const std::unique_ptr<engine::WeightSource> source =
            engine::open_weights(QFile::encodeName(path).toStdString());
        const engine::ModelSummary& summary = source->summary();
        file.name = QString::fromStdString(summary.name);
        file.typeLabel = QString::fromStdString(summary.type_label);
        file.fileBytes = summary.file_bytes;
        file.weightTypes = weightTypesOf(engine::WeightTable(*source), true);
        file.parameterCount = summary.parameter_count;
        file.contextLength = source->config().context_length;
        file.cacheNumbersPerPosition = cacheNumbersPerPosition(source->config());
        file.chatFormatNote = QString::fromStdString(summary.chat_format_note);
    } catch (const engine::Error& error) {
        file.failure = EngineFailure{.kind = error.kind(), .message = QString::fromUtf8(error.what())};
    } catch (const std::bad_alloc&) {
        file.failure = EngineFailure{.kind = engine::ErrorKind::OutOfMemory, .message = "out of memory"};
    }
    return file;
}

/// A later part of a model in several files ("-00002-of-00003.gguf") stands for nothing of its own where the first is.
bool isLaterPart(const QFileInfo& file) {
    static const QRegularExpression part(QStringLiteral("-(\\d{5})(-of-\\d{5}\\.gguf)$"));
    const QRegularExpressionMatch match = part.match(file.fileName());
    if (!match.hasMatch() || match.captured(1) == QLatin1String("00001"))
        return false;
    const QString first = file.fileName().left(match.capturedStart()) + QStringLiteral("-00001") + match.captured(2);
    return QFileInfo::exists(file.dir().filePath(first));
}

/// Whether a folder is a model, as Hugging Face or Meta delivers them.
bool isModelFolder(const QFileInfo& folder) {
    const QDir directory(folder.filePath());
    return directory.exists(QStringLiteral("config.json")) || directory.exists(QStringLiteral("params.json"));
}

/// A file that is being copied here changes all the time: it is looked at when that has ended.
constexpr std::chrono::milliseconds kSettled{500};

}  // namespace

InspectionWorker::InspectionWorker() {
    m_settled.setInterval(kSettled);
    m_settled.setSingleShot(true);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settled, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settled, qOverload<>(&QTimer::start));
    connect(&m_settled, &QTimer::timeout, this, &InspectionWorker::folderChanged);
}

void InspectionWorker::scan(quint64 ticket, const QString& folder) {
    QDir directory(folder);
    directory.mkpath(".");
    if (const QStringList before = m_watcher.directories() + m_watcher.files(); !before.isEmpty())
        m_watcher.removePaths(before);
    m_watcher.addPath(folder);  // before it is read, so that nothing falls between
    QStringList paths, watched;
    for (const QFileInfo& entry : directory.entryInfoList({"*.gguf"}, QDir::Files | QDir::Readable, QDir::Name)) {
        watched += entry.absoluteFilePath();
        if (!isLaterPart(entry))
            paths += entry.absoluteFilePath();
    }
    for (const QFileInfo& entry : directory.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        watched += entry.absoluteFilePath();
        if (isModelFolder(entry))
            paths += entry.absoluteFilePath();
    }
    if (!watched.isEmpty())
        m_watcher.addPaths(watched);
    emit scanned(ticket, paths);
}

void InspectionWorker::inspect(const QString& path) {
    emit inspected(read(path));
}

}  // namespace altiplano
