// What a loaded model holds, stage by stage and rank by rank; shared by the files of model/ that load and compute.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/device/collective.h"
#include "engine/device/device.h"
#include "engine/device/rank_team.h"
#include "engine/model/model.h"
#include "engine/model/placement.h"

namespace altiplano::engine {

/// In the device's memory.
struct RankWeights {
    PlacedMatrix embedding;   ///< [tokens of the rank, dim], where the stage embeds or has the tied output
    int first_token = 0;      ///< of the rank's rows of embedding and output
    ConstMatrix output_norm;  ///< where the stage has the output
    PlacedMatrix output;      ///< [tokens of the rank, dim]; the embedding where tied
    std::vector<LayerWeights> layers;
};

/// A device and its part of a stage.
struct RankParts {
    std::unique_ptr<Device> device;
    DeviceMemory memory;  ///< all its weights
    RankWeights weights;
};

/// Consecutive layers on one or more ranks that compute each of them together.
struct StageParts {
    StagePart part;
    Sharding sharding;
    std::vector<RankParts> ranks;
    std::unique_ptr<Collective> collective;  ///< null for a single rank
    std::unique_ptr<RankTeam> team;
};

struct ModelParts {
    ModelConfig config;
    ModelSummary summary;
    Tokenizer tokenizer;
    PlacementPlan plan;
    std::shared_ptr<const CudaModule> cuda;  ///< of the stages' GPUs, if any
    std::vector<StageParts> stages;
    std::int64_t weight_bytes = 0;
    std::vector<double> rope_frequencies;  ///< [head_dim / 2] radians a position, scaling included
    std::string state_identity;
};

}  // namespace altiplano::engine
