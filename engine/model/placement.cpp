// Groupings of the cards are tried in order of preference; each is filled with layers in order.
#include "engine/model/placement.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "engine/error.h"
#include "engine/model/layer_filling.h"

namespace altiplano::engine {
namespace {

// Reading so few bytes takes a card of 1 TB/s a millisecond: two sums over the cards in each layer take about as long.
constexpr std::int64_t kLeastShared = std::int64_t{1} << 30;

CardGroups grouped(std::span<const DeviceInfo> gpus, std::size_t ranks) {
    CardGroups candidate;
    const std::size_t used = gpus.size() / ranks * ranks;
    for (std::size_t i = 0; i < used; i += ranks) {
        const auto group = gpus.subspan(i, ranks);
        candidate.groups.emplace_back(group.begin(), group.end());
    }
    candidate.unused.assign(gpus.begin() + static_cast<std::ptrdiff_t>(used), gpus.end());
    if (!candidate.unused.empty()) {
        candidate.note = std::to_string(candidate.unused.size()) + " of " + std::to_string(gpus.size()) +
                         " GPUs are left out: a layer can be shared by 2, 4 or 8 of them, not by " +
                         std::to_string(gpus.size());
    }
    return candidate;
}

// From the most ranks to one.
std::vector<std::size_t> possible_ranks(const WeightTable& weights, std::size_t gpus) {
    std::vector<std::size_t> ranks;
    const ColumnBlocks blocks = column_blocks(weights);
    for (std::size_t count = 1; count <= gpus; count *= 2) {
        if (Sharding::why_indivisible(weights.config(), blocks, static_cast<int>(count)).empty()) {
            ranks.insert(ranks.begin(), count);
        }
    }
    return ranks;
}

bool are_equal(std::span<const DeviceInfo> gpus) {
    return std::all_of(gpus.begin(), gpus.end(),
                       [&gpus](const DeviceInfo& gpu) { return gpu.total_bytes == gpus.front().total_bytes; });
}

bool is_small(const WeightTable& weights) {
    const StagePart all = {0, weights.config().layers, true, true};
    return rank_needs(weights, Sharding(weights.config()), 0, all, DeviceKind::Gpu, {}).weights < kLeastShared;
}

// On the card with the most room.
CardGroups one_alone(std::span<const DeviceInfo> gpus) {
    const auto roomiest = std::max_element(gpus.begin(), gpus.end(), [](const DeviceInfo& a, const DeviceInfo& b) {
        return a.available_bytes() < b.available_bytes();
    });
    CardGroups alone = {{{*roomiest}}, {gpus.begin(), roomiest}, "so small a model is computed sooner by one GPU"};
    alone.unused.insert(alone.unused.end(), roomiest + 1, gpus.end());
    return alone;
}

std::vector<CardGroups> candidates(const WeightTable& weights, std::span<const DeviceInfo> gpus, Split split) {
    std::vector<CardGroups> list;
    const bool is_mixed = !are_equal(gpus);
    if (split != Split::Layers && (!is_mixed || split == Split::Tensor)) {
        for (const std::size_t ranks : possible_ranks(weights, gpus.size())) {
            list.push_back(grouped(gpus, ranks));
        }
        list.resize(split == Split::Tensor ? 1 : list.size());
    } else {
        list.push_back(grouped(gpus, 1));
    }
    if (is_mixed && split == Split::Auto) {
        list.front().note = "the GPUs differ in memory, so each has its own layers";
    }
    if (split == Split::Auto && gpus.size() > 1 && is_small(weights)) {
        list.insert(list.begin(), one_alone(gpus));
    }
    return list;
}

void check(const WeightTable& weights, std::span<const DeviceInfo> devices, const PlacementRequest& request) {
    if (devices.empty()) {
        throw Error(ErrorKind::BadArgument, "there is no device to put the model on");
    }
    const int most = weights.config().context_length;
    if (request.context < 1 || request.context > most) {
        throw Error(ErrorKind::BadArgument, "a context of " + std::to_string(request.context) +
                                                " tokens is impossible, the model's is " + std::to_string(most));
    }
    if (request.prefill_chunk < 1) {
        throw Error(ErrorKind::BadArgument,
                    "a prompt cannot be computed " + std::to_string(request.prefill_chunk) + " tokens at once");
    }
    const DType type = request.kv_type;
    if (type != DType::F16 && type != DType::F8_E4M3 && type != DType::Q8_0 && type != DType::F32) {
        throw Error(ErrorKind::BadArgument, "the KV cache cannot be of type " + std::string(name(type)) +
                                                ", expected F16, F8_E4M3, Q8_0 or F32");
    }
}

int layers_on_gpus(const std::vector<int>& counts) {
    int sum = 0;
    for (const int count : counts) {
        sum += count;
    }
    return sum;
}

PlacementPlan on_cpu_alone(const WeightTable& weights, const DeviceInfo& cpu, const PlacementRequest& request) {
    const StagePart part = {0, weights.config().layers, true, true};
    const CacheOptions cache = {request.context, request.kv_type, request.prefill_chunk};
    PlacementPlan plan;
    plan.stages.push_back(
        {part, {{cpu, rank_needs(weights, Sharding(weights.config()), 0, part, DeviceKind::Cpu, cache)}}});
    return plan;
}

PlacementPlan beside_cpu(const WeightTable& weights, const std::vector<CardGroups>& list, const DeviceInfo& cpu,
                         PlacementRequest request) {
    request.prefill_chunk = std::min(request.prefill_chunk, kCpuChunk);
    std::optional<PlacementPlan> best;
    int most = -1;
    for (const CardGroups& candidate : list) {
        const LayerFilling filling(weights, request, candidate);
        const std::vector<int> counts = filling.fill_beside_cpu();
        if (layers_on_gpus(counts) > most) {
            most = layers_on_gpus(counts);
            best = filling.plan(counts, &cpu);
        }
    }
    return *best;
}

PlacementPlan choose(const WeightTable& weights, std::span<const DeviceInfo> gpus, const DeviceInfo* cpu,
                     const PlacementRequest& request) {
    if (gpus.empty()) {
        return on_cpu_alone(weights, *cpu, request);
    }
    const std::vector<CardGroups> list = candidates(weights, gpus, request.split);
    std::optional<PlacementPlan> best;
    for (const CardGroups& candidate : list) {
        const LayerFilling filling(weights, request, candidate);
        PlacementPlan plan = filling.plan(filling.balance(), nullptr);
        if (plan.fits()) {
            return plan;
        }
        // Of those that do not fit, the one that is short of the least is shown.
        if (!best || plan.tightest_bytes() > best->tightest_bytes()) {
            best = std::move(plan);
        }
    }
    return cpu == nullptr ? *best : beside_cpu(weights, list, *cpu, request);
}

}  // namespace

bool PlacementPlan::fits() const noexcept {
    return std::all_of(stages.begin(), stages.end(), [](const Stage& stage) {
        return std::all_of(stage.ranks.begin(), stage.ranks.end(),
                           [](const RankPlacement& rank) { return rank.free_bytes() >= 0; });
    });
}

MemoryNeeds PlacementPlan::needs() const noexcept {
    MemoryNeeds sum;
    for (const Stage& stage : stages) {
        for (const RankPlacement& rank : stage.ranks) {
            sum.weights += rank.needs.weights;
            sum.kv_cache += rank.needs.kv_cache;
            sum.scratch += rank.needs.scratch;
            sum.libraries += rank.needs.libraries;
        }
    }
    return sum;
}

std::int64_t PlacementPlan::tightest_bytes() const noexcept {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    const bool has_gpu = stages.front().ranks.front().device.kind == DeviceKind::Gpu;
    for (const Stage& stage : stages) {
        for (const RankPlacement& rank : stage.ranks) {
            const bool counts = !has_gpu || rank.device.kind == DeviceKind::Gpu;
            least = counts ? std::min(least, rank.free_bytes()) : least;
        }
    }
    return least;
}

PlacementPlan plan_placement(const WeightTable& weights, std::span<const DeviceInfo> devices,
                             const PlacementRequest& request) {
    check(weights, devices, request);
    std::vector<DeviceInfo> gpus;
    const DeviceInfo* cpu = nullptr;
    for (const DeviceInfo& device : devices) {
        if (device.kind == DeviceKind::Gpu) {
            gpus.push_back(device);
        } else if (request.kv_type != DType::F8_E4M3) {
            cpu = &device;
        }
    }
    if (gpus.empty() && cpu == nullptr) {
        throw Error(ErrorKind::BadArgument,
                    "the CPU engine keeps no KV cache of type F8_E4M3, expected F16, Q8_0 or F32");
    }
    PlacementPlan plan = choose(weights, gpus, cpu, request);
    plan.request = request;
    if (plan.stages.back().ranks.front().device.kind == DeviceKind::Cpu) {
        plan.request.prefill_chunk = std::min(request.prefill_chunk, kCpuChunk);
    }
    if (!plan.fits() && cpu == nullptr && gpus.size() < devices.size()) {
        plan.note = "the CPU gets no layers, because it keeps no KV cache of type F8_E4M3";
    }
    return plan;
}

}  // namespace altiplano::engine
