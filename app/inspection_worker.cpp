#include "app/inspection_worker.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <new>

namespace altiplano {

namespace {

/// Bytes that the KV cache takes for one position: keys and values of every layer, 16 bits each.
qint64 cacheBytesPerPosition(const engine::ModelConfig& config) {
    return 2LL * config.layers * config.kv_heads * config.head_dim * 2;
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
        file.cacheBytesPerPosition = cacheBytesPerPosition(source->config());
        file.chatFormatNote = QString::fromStdString(summary.chat_format_note);
    } catch (const engine::Error& error) {
        file.failure = EngineFailure{.kind = error.kind(), .message = QString::fromUtf8(error.what())};
    } catch (const std::bad_alloc&) {
        file.failure = EngineFailure{.kind = engine::ErrorKind::OutOfMemory, .message = "out of memory"};
    }
    return file;
}

}  // namespace

void InspectionWorker::scan(quint64 ticket, const QString& folder) {
    QDir directory(folder);
    directory.mkpath(".");
    QStringList paths;
    for (const QFileInfo& entry : directory.entryInfoList({"*.gguf"}, QDir::Files | QDir::Readable, QDir::Name))
        paths += entry.absoluteFilePath();
    emit scanned(ticket, paths);
}

void InspectionWorker::inspect(const QString& path) {
    emit inspected(read(path));
}

}  // namespace altiplano
