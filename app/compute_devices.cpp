#include "app/compute_devices.h"

#include <algorithm>

namespace altiplano {

namespace {

ComputeDevice memoryOfThisComputer() {
    ComputeDevice memory{.info = {.kind = engine::DeviceKind::Cpu}};
    memory.info.total_bytes = engine::total_memory_bytes();
    // A load gives back what the model before it held, so that counts as free.
    const qint64 available = engine::available_memory_bytes() + engine::own_memory_bytes();
    memory.info.in_use_bytes = std::max<qint64>(0, memory.info.total_bytes - available);
    return memory;
}

}  // namespace

std::shared_ptr<const engine::CudaModule> cudaModule() {
    static const auto module = std::make_shared<const engine::CudaModule>();
    return module;
}

ComputeDevices findComputeDevices() {
    ComputeDevices devices;
    devices.memory = memoryOfThisComputer();
    const std::shared_ptr<const engine::CudaModule> module = cudaModule();
    devices.whyNoCards = QString::fromStdString(module->why_not());
    for (const engine::CudaCard& card : module->cards())
        devices.cards.push_back({.info = card.info,
                                 .name = QString::fromStdString(card.name),
                                 .whyNot = QString::fromStdString(card.why_not)});
    return devices;
}

}  // namespace altiplano
