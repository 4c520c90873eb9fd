#include "app/state_writer.h"

#include <QFile>

#include "engine/engine.h"

namespace altiplano {

StateWritten writeState(const StateWrite& request) {
    try {
        engine::write_whole_file(QFile::encodeName(request.path).toStdString(), *request.file);
    } catch (const engine::Error& error) {
        return {request.path, QString::fromUtf8(error.what())};
    }
    return {request.path, {}};
}

void StateWriter::write(const StateWrite& request) {
    emit written(writeState(request));
}

}  // namespace altiplano
