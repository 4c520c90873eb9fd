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

bool isOffered(const std::vector<WeightType>& types, const std::optional<engine::DType>& type) {
    return std::any_of(types.begin(), types.end(), [&](const WeightType& one) { return one.convertTo == type; });
}

/// What was chosen for cards that are not there, or for another file of this name, becomes the next best.
void makeEffective(PlanReport& report, bool anyCard) {
    PlanChoices& choices = report.choices;
    if (!anyCard && choices.cacheType == engine::DType::F8_E4M3)
        choices.cacheType = engine::DType::Q8_0;
    if (!anyCard && choices.weights == engine::DType::F8_E4M3)
        choices.weights = engine::DType::Q8_0;
    if (!isOffered(report.weightTypes, choices.weights))
        choices.weights.reset();
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

std::vector<WeightType> weightTypesOf(const engine::WeightTable& weights, bool anyCard) {
    std::vector<WeightType> types{{.bytes = weights.stored_bytes()}};
    for (const engine::DType type : {engine::DType::BF16, engine::DType::Q8_0, engine::DType::F8_E4M3})
        if ((anyCard || type != engine::DType::F8_E4M3) && weights.can_shrink(type))
            types.push_back({.convertTo = type, .bytes = weights.converted(type).stored_bytes()});
    return types;
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
    const bool anyCard = chosen.front().kind == engine::DeviceKind::Gpu;
    report.weightTypes = weightTypesOf(weights, anyCard);
    makeEffective(report, anyCard);
    const std::optional<engine::DType> convertTo = report.choices.weights;
    const engine::PlacementRequest request = requestFor(report.choices);
    report.plan = engine::plan_placement(convertTo ? weights.converted(*convertTo) : weights, chosen, request);
    if (!report.plan->fits())
        report.changes = engine::changes_that_fit(weights, chosen, request, convertTo);
    return report;
}

}  // namespace altiplano
