// Looks at folders and at the headers of model files, on a thread of its own so that a running answer delays nothing.
#pragma once

#include <QObject>
#include <QStringList>

#include "app/model_file.h"

namespace altiplano {

/// Lives on the inspection thread.
class InspectionWorker : public QObject {
    Q_OBJECT

public slots:
    /// Files of the folder that may be models, sorted; the folder is made where it is missing.
    void scan(quint64 ticket, const QString& folder);
    void inspect(const QString& path);

signals:
    void scanned(quint64 ticket, const QStringList& paths);
    void inspected(const altiplano::ModelFile& file);
};

}  // namespace altiplano
