// What a loaded model holds; shared by model.cpp and session.cpp only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/device/device.h"
#include "engine/device/host_memory.h"
#include "engine/model/model.h"

namespace altiplano::engine {

struct ModelWeights {
    PlacedMatrix embedding;  ///< [vocab, dim]
    ConstMatrix output_norm;
    PlacedMatrix output;  ///< [vocab, dim]; the embedding where tied
    std::vector<LayerWeights> layers;
};

struct Model::Parts {
    ModelConfig config;
    ModelSummary summary;
    Tokenizer tokenizer;
    std::unique_ptr<Device> device;
    std::int64_t weight_bytes = 0;
    HostBuffer memory;  ///< all weights
    ModelWeights weights;
    std::vector<double> rope_frequencies;  ///< [head_dim / 2] radians a position, scaling included
    std::string state_identity;
};

}  // namespace altiplano::engine
