// What the user chose for a load, as the engine takes it; and what of the model is where afterwards.
#pragma once

#include <QSet>
#include <QString>
#include <vector>

#include "app/compute_devices.h"
#include "app/engine_types.h"

namespace altiplano {

struct ModelPlacing {
    engine::LoadOptions load;  ///< convert_to: only where that changes something
    engine::SessionOptions session;
};

/// With cards that are to be used: the plan for them, made of what is free now. What was chosen for cards that are not
/// there, or for other weights, becomes the next best. Throws engine::Error.
ModelPlacing placingFor(const LoadRequest& request);

/// "cpu, 8 threads", "GPU 0, GPU 1", "GPU 0, cpu, 8 threads, weights as FP8"
QString placementText(const engine::Model& model, const std::optional<engine::DType>& convertedTo);

/// What each device holds of the model: weights and context as planned, which is exact, and what else the driver of a
/// card counts more than before the load. known: the cards whose libraries were there before, which join it.
std::vector<DeviceUse> usesOf(const engine::Model& model, const engine::Session& session, QSet<int>& known);

}  // namespace altiplano
