// What of a model goes to which device, and whether it fits. Pure arithmetic: sizes in, plan out, no device is asked.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/device/device_info.h"
#include "engine/model/memory_needs.h"
#include "engine/model/weight_table.h"

namespace altiplano::engine {

enum class Split {
    Auto,    ///< one card for a small model, tensor parallel on equal cards, stages on mixed ones, the rest on the CPU
    Tensor,  ///< every layer on all ranks of one group
    Layers   ///< every card its own layers
};

struct PlacementRequest {
    int context = 8192;
    DType kv_type = DType::F16;  ///< F16, F8_E4M3, Q8_0 or F32; the CPU engine keeps no F8_E4M3
    int prefill_chunk = 2048;    ///< tokens of a prompt computed at once
    Split split = Split::Auto;
};

struct RankPlacement {
    DeviceInfo device;
    MemoryNeeds needs;

    /// What stays free; negative: what is missing.
    std::int64_t free_bytes() const noexcept { return device.available_bytes() - needs.total(); }
};

/// Consecutive layers on one or more ranks; more than one compute each layer together (Sharding).
struct Stage {
    StagePart part;
    std::vector<RankPlacement> ranks;
};

struct PlacementPlan {
    std::vector<Stage> stages;       ///< in the order of the layers; the CPU, if it has any, comes last
    std::vector<DeviceInfo> unused;  ///< GPUs that are left out
    PlacementRequest request;        ///< prefill_chunk: what comes of it, at most kCpuChunk where the CPU has a part
    std::string note;  ///< why GPUs are left out or the split is another one than wished for; empty otherwise

    bool fits() const noexcept;
    /// Of all devices together.
    MemoryNeeds needs() const noexcept;
    /// The least that stays free on a GPU (negative: the most that is missing), on the CPU where there is none.
    std::int64_t tightest_bytes() const noexcept;
};

/// The rules:
///   - Weights of less than 1 GiB: the card with the most room alone, where it has enough.
///   - Equal cards (the same total): the largest power of two of them that divides the model's heads and blocks
///     computes every layer together; several such groups are stages. Where that does not fit, smaller groups that use
///     more cards.
///   - Mixed cards: one stage each, layers by memory: the fullest is as empty as can be.
///   - Where the cards hold not all of it: as many layers as fit, the remaining ones, the embedding and the output on
///     the CPU, if the list has one.
/// The first stage has the embedding and the last one the output. A plan that does not fit shows what is missing.
/// Throws Error(BadArgument) for no device, a context that the model does not have, or an impossible type.
PlacementPlan plan_placement(const WeightTable& weights, std::span<const DeviceInfo> devices,
                             const PlacementRequest& request);

}  // namespace altiplano::engine
