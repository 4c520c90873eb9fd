// From a plan to its devices: the stages of a model, without their weights, and the weights into them.
#pragma once

#include <vector>

#include "engine/device/cuda_interface.h"
#include "engine/model/model_parts.h"
#include "engine/model/weight_layout.h"
#include "engine/model/weight_loader.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

class CudaModule;

/// The plan that a model has where none is made: all of it on the processor.
PlacementPlan cpu_plan(const ModelConfig& config);

/// Stages with their devices and collectives; the processor's ranks share threads. The table is of the weights as they
/// are to be placed. cuda may be null where the plan has no GPU. sums: how GPUs add up. None where stop was requested.
/// Throws Error(Device, BadArgument).
std::vector<StageParts> make_stages(const WeightTable& table, const PlacementPlan& plan, int threads,
                                    const CudaModule* cuda, const CardCollectiveOptions& sums = {},
                                    const std::stop_token& stop = {});

/// Reserves the memory of every rank and reads its weights into it; those that the table has as another type are
/// converted on the way. False where stop was requested before the end. Throws Error.
bool fill_stages(std::vector<StageParts>& stages, const WeightSource& source, const WeightTable& table, int threads,
                 const LoadProgress& progress, std::stop_token stop);

}  // namespace altiplano::engine
