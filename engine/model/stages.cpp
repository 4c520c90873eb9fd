#include "engine/model/stages.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "engine/device/cpu_device.h"
#include "engine/device/cuda_module.h"
#include "engine/device/host_collective.h"
#include "engine/error.h"
#include "engine/model/read_vector.h"

namespace altiplano::engine {
namespace {

std::unique_ptr<Device> make_device(const DeviceInfo& info, int threads, const CudaModule* cuda) {
    if (info.kind == DeviceKind::Cpu) {
        return std::make_unique<CpuDevice>(threads, best_cpu_kernels());
    }
    if (cuda == nullptr) {
        throw Error(ErrorKind::Device, "there is no GPU engine at hand for " + info.label());
    }
    return cuda->device(info.index);
}

std::unique_ptr<Collective> make_collective(const std::vector<RankParts>& ranks, const CudaModule* cuda,
                                            const CardCollectiveOptions& sums) {
    if (ranks.size() == 1) {
        return nullptr;
    }
    if (ranks.front().device->kind() == DeviceKind::Cpu) {
        return std::make_unique<HostCollective>(static_cast<int>(ranks.size()));
    }
    std::vector<Device*> devices;
    for (const RankParts& rank : ranks) {
        devices.push_back(rank.device.get());
    }
    return cuda->collective(devices, sums);
}

// Half of it where stop is requested: a card may take a second to start.
StageParts make_stage(const Sharding& sharding, const Stage& stage, int threads, const CudaModule* cuda,
                      const CardCollectiveOptions& sums, const std::stop_token& stop) {
    StageParts parts = {stage.part, sharding, {}, nullptr, nullptr};
    const int share = std::max(threads / sharding.ranks(), 1);
    for (const RankPlacement& rank : stage.ranks) {
        if (stop.stop_requested()) {
            return parts;
        }
        parts.ranks.push_back({make_device(rank.device, share, cuda), {}, {}});
    }
    parts.collective = make_collective(parts.ranks, cuda, sums);
    parts.team = std::make_unique<RankTeam>(sharding.ranks(), [collective = parts.collective.get()] {
        if (collective != nullptr) {
            collective->abort();
        }
    });
    return parts;
}

/// Every matrix once, with its parts on all devices, in the order of the first rank that has it.
class LoadList {
public:
    explicit LoadList(const WeightSource& source) : source_(source) {}

    void add(const PlacedSlice& matrix, Device& device) {
        const bool in_parts = matrix.held.column_parts > 1;
        const auto part = in_parts ? part_of(matrix.held, matrix.slice) : std::nullopt;
        const auto [found, is_new] =
            index_.try_emplace({matrix.id.layer, static_cast<int>(matrix.id.weight), part.value_or(0)}, items_.size());
        const Extent columns = column_part(matrix.held, part.value_or(0));
        if (is_new) {
            WeightInfo placed = matrix.held;
            placed.cols = columns.count;
            placed.column_parts = 1;
            items_.push_back({matrix.id, part, in_parts ? placed : source_.find(matrix.id).value(), placed, {}});
        }
        LoadTarget target = {&device, matrix};
        target.part.slice.cols.first -= columns.first;
        items_[found->second].targets.push_back(target);
    }
    std::span<const LoadItem> items() const noexcept { return items_; }

private:
    const WeightSource& source_;
    std::map<std::array<int, 3>, std::size_t> index_;  ///< by layer, weight and part
    std::vector<LoadItem> items_;
};

/// Every rank has all norms of its layers: each is read once.
class Norms {
public:
    explicit Norms(const WeightSource& source) : source_(source) {}

    void write(const PlacedVector& norm, Device& device) {
        const auto [found, is_new] = read_.try_emplace({norm.id.layer, static_cast<int>(norm.id.weight)});
        if (is_new) {
            found->second = read_vector(source_, norm.id);
        }
        device.write(norm.target, std::as_bytes(std::span(found->second)));
    }

private:
    const WeightSource& source_;
    std::map<std::pair<int, int>, std::vector<float>> read_;  ///< by layer and weight
};

}  // namespace

PlacementPlan cpu_plan(const ModelConfig& config) {
    PlacementPlan plan;
    plan.stages.push_back({{0, config.layers, true, true}, {{{.kind = DeviceKind::Cpu}, {}}}});
    return plan;
}

std::vector<StageParts> make_stages(const WeightTable& table, const PlacementPlan& plan, int threads,
                                    const CudaModule* cuda, const CardCollectiveOptions& sums,
                                    const std::stop_token& stop) {
    std::vector<StageParts> stages;
    for (const Stage& stage : plan.stages) {
        const Sharding sharding(table.config(), column_blocks(table), static_cast<int>(stage.ranks.size()));
        stages.push_back(make_stage(sharding, stage, threads, cuda, sums, stop));
        if (stop.stop_requested()) {
            return {};
        }
    }
    return stages;
}

bool fill_stages(std::vector<StageParts>& stages, const WeightSource& source, const WeightTable& table, int threads,
                 const LoadProgress& progress, std::stop_token stop) {
    const std::string what = source.summary().path.string() + ": the model";
    LoadList list(source);
    Norms norms(source);
    for (StageParts& stage : stages) {
        for (int rank = 0; rank < stage.sharding.ranks(); ++rank) {
            RankParts& parts = stage.ranks[static_cast<std::size_t>(rank)];
            const auto lay_out = [&](std::byte* memory) {
                return lay_out_weights(table, stage.part, stage.sharding, rank, *parts.device, memory);
            };
            parts.memory = parts.device->reserve(lay_out(nullptr).bytes, what);
            WeightLayout layout = lay_out(parts.memory.data());
            for (const PlacedSlice& matrix : layout.matrices) {
                list.add(matrix, *parts.device);
            }
            for (const PlacedVector& norm : layout.norms) {
                if (stop.stop_requested()) {
                    return false;
                }
                norms.write(norm, *parts.device);
            }
            parts.weights = std::move(layout.weights);
        }
    }
    return load_weights(source, list.items(), threads, progress, std::move(stop));
}

}  // namespace altiplano::engine
