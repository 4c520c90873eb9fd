#include "app/plan_report.h"

#include <algorithm>

namespace altiplano {

namespace {

engine::PlacementRequest requestFor(const PlanChoices& choices) {
    engine::PlacementRequest request;
    request.context = choices.context;
    request.kv_type = choices.cacheType;
    request.split = choices.split;
    return request;
}

/// Changes that this program can make; the sizes are the engine's.
std::vector<engine::PlacementChange> possibleChanges(std::vector<engine::PlacementChange> changes) {
    std::erase_if(changes, [](const engine::PlacementChange& change) { return change.weights.has_value(); });
    return changes;
}

}  // namespace

std::vector<engine::DeviceInfo> chosenDevices(const ComputeDevices& devices, const PlanChoices& choices) {
    std::vector<engine::DeviceInfo> chosen;
    for (const ComputeDevice& card : devices.cards)
        if (card.whyNot.isEmpty() && !choices.leftOut.contains(card.info.index))
            chosen.push_back(card.info);
    if (chosen.empty() || choices.besideCpu)
        chosen.push_back(devices.memory.info);
    return chosen;
}

PlanReport makePlan(const engine::WeightTable& weights, const ComputeDevices& devices, const PlanChoices& choices) {
    PlanReport report;
    report.choices = choices;
    report.devices = devices;
    report.modelContext = weights.config().context_length;
    report.layers = weights.config().layers;
    report.choices.context =
        choices.context > 0 ? std::min(choices.context, report.modelContext) : automaticContext(report.modelContext);
    const std::vector<engine::DeviceInfo> chosen = chosenDevices(devices, choices);
    if (chosen.front().kind == engine::DeviceKind::Cpu && choices.cacheType == engine::DType::F8_E4M3)
        report.choices.cacheType = engine::DType::Q8_0;  // the cards it was chosen for are not there
    const engine::PlacementRequest request = requestFor(report.choices);
    report.plan = engine::plan_placement(weights, chosen, request);
    if (!report.plan->fits())
        report.changes = possibleChanges(engine::changes_that_fit(weights, chosen, request));
    return report;
}

}  // namespace altiplano
