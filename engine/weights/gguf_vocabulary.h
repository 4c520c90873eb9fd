// From GGUF metadata to the tokenizer's data.
#pragma once

#include <string>

#include "engine/text/tokenizer_data.h"
#include "engine/weights/gguf_metadata.h"

namespace altiplano::engine {

/// Throws Error(Unsupported) for another kind of tokenizer and Error(BadFile) where the lists contradict each other.
TokenizerData read_gguf_vocabulary(const GgufMetadata& metadata);

/// Why the Llama 3.1 chat format does not fit this vocabulary, or empty. Reads the token list once.
std::string gguf_chat_format_note(const GgufMetadata& metadata);

}  // namespace altiplano::engine
