// A GGUF file as a source of weights.
#pragma once

#include <memory>

#include "engine/weights/model_file.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

/// Takes a file that starts with "GGUF" and checks its whole header. Throws Error(Io, BadFile, Unsupported).
std::unique_ptr<WeightSource> open_gguf(ModelFile file);

}  // namespace altiplano::engine
