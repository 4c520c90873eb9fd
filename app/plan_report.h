// The plan for one model before it is loaded, as it crosses from the inspection thread to the window: values only.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "app/compute_devices.h"
#include "app/engine_types.h"
#include "app/plan_choices.h"

namespace altiplano {

struct PlanRequest {
    quint64 ticket = 0;
    QString path;
    PlanChoices choices;
    std::vector<DeviceUse> own{};  ///< what the model in memory holds now and gives back at a load
};

/// What the weights can be while they are in memory.
struct WeightType {
    std::optional<engine::DType> convertTo{};  ///< none: as they are stored
    qint64 bytes = 0;                          ///< of all of them
};

struct PlanReport {
    quint64 ticket = 0;
    QString path;
    PlanChoices choices;  ///< as they take effect: the context in tokens, types that the devices and the weights know
    int modelContext = 0;
    int layers = 0;
    ComputeDevices devices;
    std::vector<WeightType> weightTypes{};         ///< as they are first, then each type that makes them smaller
    std::optional<engine::PlacementPlan> plan;     ///< none: failure says why
    std::vector<engine::PlacementChange> changes;  ///< that would make it fit; empty where it does
    std::optional<EngineFailure> failure;

    bool fits() const { return plan && plan->fits(); }
};

/// The cards that are not left out, and the computer's memory where there are none or it is to help.
std::vector<engine::DeviceInfo> chosenDevices(const ComputeDevices& devices, const PlanChoices& choices);

/// As they are first, then each type that makes them smaller; FP8 only for cards.
std::vector<WeightType> weightTypesOf(const engine::WeightTable& weights, bool anyCard);

/// Pure arithmetic, though a good deal of it: not for the GUI's thread. Ticket and path are the caller's to fill in.
/// Throws engine::Error.
PlanReport makePlan(const engine::WeightTable& weights, const ComputeDevices& devices, const PlanChoices& choices);

}  // namespace altiplano
