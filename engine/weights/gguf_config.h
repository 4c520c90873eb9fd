// From GGUF metadata to the shape of a Llama model.
#pragma once

#include "engine/model/config.h"
#include "engine/weights/gguf_metadata.h"

namespace altiplano::engine {

/// Throws Error(Unsupported) for another architecture or a variant that this program does not compute, and
/// Error(BadFile) where a value is missing or impossible.
ModelConfig read_gguf_config(const GgufMetadata& metadata);

/// "Q4_K_M" from general.file_type; empty where the file does not say or the number is unknown.
std::string gguf_type_label(const GgufMetadata& metadata);

}  // namespace altiplano::engine
