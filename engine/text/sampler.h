// Chooses the next token from logits. Deterministic: the same parameters, seed and logits give the same tokens, on any
// machine.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <vector>

namespace altiplano::engine {

/// Defaults as Meta recommends for Llama 3.1; every other filter is off. Applied in this order: the three penalties,
/// temperature, top-k, top-p, min-p; each sees only what the ones before it have left.
struct SamplingParameters {
    float temperature = 0.6F;         ///< 0 to 10; 0 = always the likeliest token, the lowest id of equals
    int top_k = 0;                    ///< keep the k likeliest; 0 = all
    float top_p = 0.9F;               ///< above 0, to 1: keep the likeliest that add up to this; 1 = all
    float min_p = 0.0F;               ///< 0 to 1: drop what is below this share of the likeliest; 0 = none
    float repetition_penalty = 1.0F;  ///< 0.1 to 10: divides positive logits in the window, multiplies negative
    float frequency_penalty = 0.0F;   ///< -2 to 2: subtracted from the logit per occurrence in the window
    float presence_penalty = 0.0F;    ///< -2 to 2: subtracted once when in the window
    int penalty_window = 256;         ///< tokens looked back at by the three penalties
    std::uint64_t seed = 0;
};

/// Throws Error(BadArgument), naming the parameter and its range, where one is out of its range.
void check(const SamplingParameters& parameters);

/// The likeliest tokens and what must be known of all others, as a GPU finds them (kernels/short_list.h).
struct ShortList {
    std::span<const int> ids;       ///< by falling logit, of equals by rising id; empty where there is no such list
    std::span<const float> logits;  ///< theirs
    double total = 0;               ///< of all tokens: the sum of e^((logit - highest) / temperature)
    double total_error = 0;         ///< the part of it that it may be off by
    float temperature = 0;          ///< that total is for
};

class Sampler {
public:
    /// Throws Error(BadArgument) as check does.
    Sampler(const SamplingParameters& parameters, int vocab_size);

    /// logits[vocab_size] are left unchanged; recent: the tokens so far, the last penalty_window are looked at.
    /// Throws Error(Numeric) where a logit is not a number or positive infinity, or none is finite.
    int sample(std::span<const float> logits, std::span<const int> recent);

    /// The token that sample() would choose from all logits, where those of the list say it for certain. Otherwise
    /// nothing, and nothing is drawn: sample() then chooses. Certain are the likeliest token, top-k and top-p within
    /// the list and whatever leaves only tokens of the list, but nothing with penalties.
    std::optional<int> sample(const ShortList& list, std::span<const int> recent);

    /// How long a list should be to decide most tokens; 0 where none would.
    int list_length() const;
    float temperature() const noexcept { return parameters_.temperature; }

    /// From here on chooses as other would: by its parameters and with the random numbers that it will draw next.
    void match(const Sampler& other);

private:
    struct Candidate {
        int id;
        float logit;
        double weight;  ///< exp((logit - highest logit) / temperature)
    };

    bool has_penalties() const;
    void penalise(std::span<const int> recent);
    /// Fills candidates_, in the order of their ids, with every token whose weight counts.
    void weigh(float highest);
    /// Fills candidates_, in the order of the list, with its tokens whose weight counts.
    void weigh(const ShortList& list);
    /// Puts the count likeliest candidates in order, at the front, where the first ordered of them are already.
    void order(std::size_t ordered, std::size_t count);
    double total_weight() const;
    void order_by_id();
    /// Reduces the candidates, the likeliest of all in order, to what the filters leave of all; false where that cannot
    /// be told.
    bool keep_of_likeliest(const ShortList& list);
    /// The same by top-p alone.
    bool keep_top_p_of(const ShortList& list);
    void keep_top_k();
    void keep_top_p();
    void keep_min_p();
    int draw();

    SamplingParameters parameters_;
    std::size_t vocab_size_;
    std::mt19937_64 random_;
    std::vector<Candidate> candidates_;
    std::vector<float> adjusted_;  ///< logits after the penalties
    std::vector<int> counts_;      ///< occurrences in the window; zero between calls
};

}  // namespace altiplano::engine
