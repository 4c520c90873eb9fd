#include "app/inspection_worker.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
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
    if (const QStringList watched = m_watcher.directories() + m_watcher.files(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    m_watcher.addPath(folder);  // before it is read, so that nothing falls between
    QStringList paths;
    for (const QFileInfo& entry : directory.entryInfoList({"*.gguf"}, QDir::Files | QDir::Readable, QDir::Name))
        paths += entry.absoluteFilePath();
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
    emit scanned(ticket, paths);
}

void InspectionWorker::inspect(const QString& path) {
    emit inspected(read(path));
}

}  // namespace altiplano
