// Chooses the next token from logits. Deterministic: the same parameters, seed and logits give the same tokens.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace altiplano::engine {

/// Defaults as Meta recommends for Llama 3.1; every other filter is off.
struct SamplingParameters {
    float temperature = 0.6F;         ///< 0 = always the likeliest token
    int top_k = 0;                    ///< keep the k likeliest; 0 = all
    float top_p = 0.9F;               ///< keep the likeliest that add up to this; 1 = all
    float min_p = 0.0F;               ///< drop what is below this share of the likeliest; 0 = none
    float repetition_penalty = 1.0F;  ///< divides the logits of tokens seen in the window; 1 = off
    float frequency_penalty = 0.0F;   ///< subtracted per occurrence in the window
    float presence_penalty = 0.0F;    ///< subtracted once when in the window
    int penalty_window = 256;         ///< tokens looked back at by the three penalties
    std::uint64_t seed = 0;
};

class Sampler {
public:
    /// Throws Error(BadArgument) where a parameter is out of its range.
    Sampler(const SamplingParameters& parameters, int vocab_size);

    /// logits[vocab_size] are left unchanged; recent: the tokens so far, the last penalty_window are looked at.
    /// Throws Error(Numeric) where a logit is not a number or none is finite.
    int sample(std::span<const float> logits, std::span<const int> recent);

private:
    SamplingParameters parameters_;
    std::mt19937_64 random_;
    struct Candidate {
        int id;
        float logit;
    };
    std::vector<Candidate> candidates_;
    std::vector<float> adjusted_;
};

}  // namespace altiplano::engine
