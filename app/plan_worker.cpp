#include "app/plan_worker.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <new>

namespace altiplano {

namespace {

/// What the model in memory holds counts as free; of the computer's memory that is done already.
void giveBack(const std::vector<DeviceUse>& own, ComputeDevices& devices) {
    for (const DeviceUse& use : own)
        for (ComputeDevice& card : devices.cards)
            if (use.kind == engine::DeviceKind::Gpu && use.index == card.info.index)
                card.info.in_use_bytes = std::max<qint64>(0, card.info.in_use_bytes - use.total());
}

}  // namespace

PlanWorker::PlanWorker(DeviceFinder findDevices) : m_findDevices(std::move(findDevices)) {}

void PlanWorker::findDevices() {
    emit devicesFound(m_findDevices());
}

void PlanWorker::plan(const PlanRequest& request) {
    PlanReport report;
    ComputeDevices devices = m_findDevices();
    giveBack(request.own, devices);
    try {
        report = makePlan(outlineOf(request.path).weights, devices, request.choices);
    } catch (const engine::Error& error) {
        report.failure = EngineFailure{.kind = error.kind(), .message = QString::fromUtf8(error.what())};
    } catch (const std::bad_alloc&) {
        report.failure = EngineFailure{.kind = engine::ErrorKind::OutOfMemory, .message = "out of memory"};
    }
    report.ticket = request.ticket;
    report.path = request.path;
    report.devices = devices;
    emit planned(report);
}

const engine::ModelOutline& PlanWorker::outlineOf(const QString& path) {
    const QDateTime modified = QFileInfo(path).lastModified();
    if (!m_outline || path != m_path || modified != m_modified) {
        m_outline.reset();
        m_outline.emplace(engine::read_outline(QFile::encodeName(path).toStdString()));
        m_path = path;
        m_modified = modified;
    }
    return *m_outline;
}

}  // namespace altiplano
