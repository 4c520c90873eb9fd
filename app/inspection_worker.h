// Looks at folders and at the headers of model files, on a thread of its own so that a running answer delays nothing.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include "app/model_file.h"

namespace altiplano {

/// Lives on the inspection thread.
class InspectionWorker : public QObject {
    Q_OBJECT

public:
    InspectionWorker();

public slots:
    /// Files of the folder that may be models, sorted; the folder is made where it is missing, and watched from now on.
    void scan(quint64 ticket, const QString& folder);
    void inspect(const QString& path);

signals:
    void scanned(quint64 ticket, const QStringList& paths);
    void inspected(const altiplano::ModelFile& file);
    /// The folder scanned last, or a file in it, has changed and is at rest again.
    void folderChanged();

private:
    QFileSystemWatcher m_watcher{this};
    QTimer m_settled{this};
};

}  // namespace altiplano
