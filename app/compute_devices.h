// What this machine can compute on: its cards, or why there are none, and its memory.
#pragma once

#include <QString>
#include <functional>
#include <memory>
#include <vector>

#include "engine/engine.h"

namespace altiplano {

struct ComputeDevice {
    engine::DeviceInfo info;
    QString name{};    ///< "NVIDIA H200"; empty for the memory of the computer
    QString whyNot{};  ///< English, from the engine; empty where it can be computed on
};

struct ComputeDevices {
    std::vector<ComputeDevice> cards;
    ComputeDevice memory{};  ///< of the computer; what this program holds itself does not count as in use
    QString whyNoCards{};    ///< English, from the engine; empty where there are cards
};

/// Asks the system and the driver, which may take seconds. Any thread but the GUI's.
ComputeDevices findComputeDevices();

/// The engine's way to the cards, loaded at the first call, which may take seconds. Any thread but the GUI's.
std::shared_ptr<const engine::CudaModule> cudaModule();

using DeviceFinder = std::function<ComputeDevices()>;

}  // namespace altiplano
