// The rotary frequencies of a model, with Llama 3.1's scaling.
#pragma once

#include <span>
#include <vector>

#include "engine/model/config.h"

namespace altiplano::engine {

/// Radians a position for each of the head_dim / 2 pairs. divisors: what a file's rope factors say, [head_dim / 2], or
/// empty where only the config's scaling counts.
std::vector<double> rope_frequencies(const ModelConfig& config, std::span<const float> divisors);

/// Cosines, then sines of one position's angles: out[head_dim].
void rope_angles(std::span<const double> frequencies, int position, std::span<float> out);

}  // namespace altiplano::engine
