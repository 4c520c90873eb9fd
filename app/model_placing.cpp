#include "app/model_placing.h"

#include <QFile>
#include <QStringList>

#include "app/plan_report.h"
#include "app/plan_text.h"

namespace altiplano {

namespace {

bool isOnCpuAlone(const engine::PlacementPlan& plan) {
    return plan.stages.size() == 1 && plan.stages.front().ranks.front().device.kind == engine::DeviceKind::Cpu;
}

}  // namespace

ModelPlacing placingFor(const LoadRequest& request) {
    ModelPlacing placing;
    placing.load.threads = request.threads;
    placing.session.context = request.choices.context;
    placing.session.kv_type = request.choices.cacheType;
    const ComputeDevices devices = findComputeDevices();
    const bool anyCard = chosenDevices(devices, request.choices).front().kind == engine::DeviceKind::Gpu;
    const bool asItIs = !request.choices.weights && request.choices.cacheType != engine::DType::F8_E4M3;
    if (!anyCard && asItIs)
        return placing;
    const engine::ModelOutline outline = engine::read_outline(QFile::encodeName(request.path).toStdString());
    const PlanReport report = makePlan(outline.weights, devices, request.choices);
    placing.load.convert_to = report.choices.weights;
    placing.session.context = report.choices.context;
    placing.session.kv_type = report.choices.cacheType;
    if (anyCard) {
        placing.load.plan = *report.plan;
        placing.load.cuda = cudaModule();
    }
    return placing;
}

QString placementText(const engine::Model& model, const std::optional<engine::DType>& convertedTo) {
    QStringList devices;
    bool hasCpu = false;
    for (const engine::Stage& stage : model.plan().stages)
        for (const engine::RankPlacement& rank : stage.ranks)
            if (rank.device.kind == engine::DeviceKind::Gpu)
                devices += QString::fromStdString(rank.device.label());
            else
                hasCpu = true;
    if (hasCpu)
        devices += QStringLiteral("cpu, %1 threads").arg(model.threads());
    if (convertedTo)
        devices += QStringLiteral("weights as %1").arg(typeName(*convertedTo));
    return devices.join(QStringLiteral(", "));
}

std::vector<DeviceUse> usesOf(const engine::Model& model, const engine::Session& session, QSet<int>& known) {
    if (isOnCpuAlone(model.plan()))
        return {{.weights = model.weight_bytes(), .cache = session.cache_bytes()}};
    const std::vector<std::int64_t> inUse = model.bytes_in_use();
    std::vector<DeviceUse> uses;
    for (const engine::Stage& stage : model.plan().stages)
        for (const engine::RankPlacement& rank : stage.ranks) {
            DeviceUse use{.kind = rank.device.kind,
                          .index = rank.device.index,
                          .weights = rank.needs.weights,
                          .cache = rank.needs.kv_cache};
            if (use.kind == engine::DeviceKind::Gpu) {
                const qint64 libraries = known.contains(use.index) ? rank.needs.libraries : 0;
                use.other = inUse.at(uses.size()) + libraries - use.weights - use.cache;
                known.insert(use.index);
            }
            uses.push_back(use);
        }
    return uses;
}

}  // namespace altiplano
