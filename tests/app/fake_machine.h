// Machines that are not there, for plans.
#pragma once

#include "app/compute_devices.h"

namespace altiplano::tests {

constexpr qint64 kGiB = qint64{1} << 30;

/// Cards of these sizes in GiB, each with half a GiB in use by others, and the computer's memory.
inline ComputeDevices machine(const std::vector<int>& cards, int memory = 64) {
    ComputeDevices devices;
    for (const int size : cards) {
        const auto index = static_cast<int>(devices.cards.size());
        devices.cards.push_back({.info = {engine::DeviceKind::Gpu, index, size * kGiB, kGiB / 2},
                                 .name = QStringLiteral("NVIDIA Test %1").arg(size)});
    }
    devices.memory = {.info = {engine::DeviceKind::Cpu, 0, memory * kGiB, 4 * kGiB}};
    if (cards.empty())
        devices.whyNoCards = QStringLiteral(
            "the NVIDIA driver 470.10 is too old: it serves CUDA 11.4, but CUDA 13.0 is needed; install driver 580 or "
            "newer");
    return devices;
}

}  // namespace altiplano::tests
