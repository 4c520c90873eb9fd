// Which devices a person wants a model on: from a word to a list that a plan takes.
#pragma once

#include <string_view>
#include <vector>

#include "engine/device/cuda_module.h"
#include "engine/device/device_info.h"
#include "engine/model/placement.h"

namespace altiplano::engine {

struct DeviceChoice {
    bool gpus = true;          ///< use them
    bool required = false;     ///< and fail where there are none; otherwise the processor computes
    std::vector<int> cards{};  ///< by index; empty: all that can be used

    bool operator==(const DeviceChoice&) const = default;
};

/// "auto" (GPUs where there are any), "cpu", "cuda" (all GPUs), "cuda:0" or "cuda:0,2". Throws Error(BadArgument).
DeviceChoice parse_device_choice(std::string_view text);

/// The cards, and last the processor for what they cannot hold. Throws Error(Device), saying why, where a card that is
/// asked for cannot be used.
std::vector<DeviceInfo> chosen_devices(const DeviceChoice& choice, const CudaModule& cuda);

/// Throws Error(OutOfMemory), naming the device, the needed and the free size, where the plan does not fit.
void require_fit(const PlacementPlan& plan);

}  // namespace altiplano::engine
