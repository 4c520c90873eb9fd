// Makes plans on the inspection thread: headers are read and drivers asked there, so that the window waits for neither.
#pragma once

#include <QDateTime>
#include <QObject>
#include <optional>

#include "app/plan_report.h"

namespace altiplano {

/// Lives on the inspection thread.
class PlanWorker : public QObject {
    Q_OBJECT

public:
    explicit PlanWorker(DeviceFinder findDevices);

public slots:
    void findDevices();
    void plan(const altiplano::PlanRequest& request);

signals:
    void devicesFound(const altiplano::ComputeDevices& devices);
    void planned(const altiplano::PlanReport& report);

private:
    /// The outline of the model asked for last is kept: a choice changes, the file does not. Throws engine::Error.
    const engine::ModelOutline& outlineOf(const QString& path);

    DeviceFinder m_findDevices;
    QString m_path;
    QDateTime m_modified;
    std::optional<engine::ModelOutline> m_outline;
};

}  // namespace altiplano
