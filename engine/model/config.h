// The shape of a Llama model, whatever file it came from.
#pragma once

#include <cstdint>

namespace altiplano::engine {

/// Llama 3.1's scaling of the rotary frequencies. Source: the Llama 3.1 release (factor 8, 8,192 positions).
struct RopeScaling {
    float factor = 8.0F;
    float low_freq_factor = 1.0F;
    float high_freq_factor = 4.0F;
    int original_context = 8192;
};

/// Sizes are counts of elements. Checked by the reader: all positive, heads a multiple of kv_heads, dim of heads.
struct ModelConfig {
    int layers = 0;
    int dim = 0;
    int heads = 0;
    int kv_heads = 0;
    int head_dim = 0;
    int ffn_dim = 0;
    int vocab_size = 0;
    int context_length = 0;
    float norm_eps = 1e-5F;
    float rope_theta = 500000.0F;
    bool has_rope_scaling = false;  ///< rope_scaling applies unless the file brings Weight::RopeFactors
    RopeScaling rope_scaling;
};

}  // namespace altiplano::engine
