// The models page: files of the models folder, files picked elsewhere and the starter model.
#pragma once

#include <QAbstractListModel>
#include <QUrl>
#include <QtQml/qqmlregistration.h>
#include <vector>

#include "app/model_file.h"

namespace altiplano {

class EngineController;
class Settings;

/// GUI thread. Folders and headers are read by InspectionWorker.
class ModelListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Application")
    Q_PROPERTY(bool scanning READ scanning NOTIFY scanningChanged FINAL)

public:
    enum Role {
        PathRole = Qt::UserRole,
        NameRole,
        SizeTextRole,        ///< "4.9 GB"
        TypeLabelRole,       ///< "Q4_K_M"
        ParametersTextRole,  ///< "8.0 B"
        ContextTextRole,     ///< "128K"
        MemoryTextRole,      ///< "needs about 6 GiB"
        ErrorRole,           ///< one sentence; empty where the file can be used
        StarterRole,
        PickedRole,  ///< from elsewhere: can be taken from the list
        LoadedRole,
        LoadingRole,
        InspectingRole,  ///< only the path is known yet
    };

    ModelListModel(Settings& settings, EngineController& engine, QString starterPath, QObject* parent);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool scanning() const { return m_scanning; }

    Q_INVOKABLE void rescan();
    Q_INVOKABLE void addFile(const QUrl& url);
    /// A picked file leaves the list; the file stays where it is.
    Q_INVOKABLE void forget(const QString& path);
    Q_INVOKABLE void openFolder();
    void retranslate();

public slots:
    void onFolderScanned(quint64 ticket, const QStringList& paths);
    void onInspected(const altiplano::ModelFile& file);

signals:
    void scanningChanged();
    void scanRequested(quint64 ticket, const QString& folder);
    void inspectionRequested(const QString& path);
    void openFolderRequested(const QString& folder);

private:
    struct Row {
        ModelFile file;
        bool inspecting = true;
    };
    int rowOf(const QString& path) const;
    void add(const QString& path);
    QString memoryText(const ModelFile& file) const;
    void onEngineChanged();

    Settings& m_settings;
    EngineController& m_engine;
    QString m_starterPath;
    std::vector<Row> m_rows;
    bool m_scanning = false;
    quint64 m_ticket = 0;
};

}  // namespace altiplano
