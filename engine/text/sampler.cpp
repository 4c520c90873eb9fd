// Penalties, temperature, top-k, top-p, min-p, then one draw. Orders no more of the vocabulary than the filters need.
#include "engine/text/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "engine/error.h"
#include "engine/text/exponential.h"

namespace altiplano::engine {

namespace {

constexpr std::size_t kFirstOrdered = 64;  // top-p of a sure model needs fewer
constexpr std::ptrdiff_t kFewOfMany = 32;
constexpr int kUsualList = 256;  // the tokens that make up nine tenths are hardly ever more
constexpr int kLongestList = 1000;
constexpr double kLeastExponent = -50;  // e^-50 times any vocabulary is nothing beside the likeliest token's 1

/// A range with an open or closed lower end.
struct Range {
    double lowest;
    double highest;
    bool open_below = false;
};

std::string number(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

void check_range(const char* name, double value, const Range& range) {
    const bool above = range.open_below ? value > range.lowest : value >= range.lowest;
    if (!above || !(value <= range.highest)) {
        throw Error(ErrorKind::BadArgument, std::string(name) + " is " + number(value) + ", expected " +
                                                (range.open_below ? "above " : "") + number(range.lowest) + " to " +
                                                number(range.highest));
    }
}

/// The highest logit. Throws where one is no number, or none is finite.
float highest_of(std::span<const float> logits) {
    float highest = -std::numeric_limits<float>::infinity();
    for (std::size_t id = 0; id < logits.size(); ++id) {
        if (std::isnan(logits[id]) || logits[id] > std::numeric_limits<float>::max()) {
            throw Error(ErrorKind::Numeric, "the model gave " + std::to_string(logits[id]) + " for token " +
                                                std::to_string(id) + ": its weights are damaged");
        }
        highest = std::max(highest, logits[id]);
    }
    if (std::isinf(highest)) {
        throw Error(ErrorKind::Numeric, "the model gave no finite value for any token: its weights are damaged");
    }
    return highest;
}

double exponent_of(float logit, float highest, double inverse_temperature) {
    return (static_cast<double>(logit) - static_cast<double>(highest)) * inverse_temperature;
}

}  // namespace

void check(const SamplingParameters& parameters) {
    constexpr double kMostTokens = std::numeric_limits<int>::max();
    check_range("temperature", parameters.temperature, {0, 10});
    check_range("top_k", parameters.top_k, {0, kMostTokens});
    check_range("top_p", parameters.top_p, {0, 1, true});
    check_range("min_p", parameters.min_p, {0, 1});
    check_range("repetition_penalty", parameters.repetition_penalty, {0.1, 10});
    check_range("frequency_penalty", parameters.frequency_penalty, {-2, 2});
    check_range("presence_penalty", parameters.presence_penalty, {-2, 2});
    check_range("penalty_window", parameters.penalty_window, {0, kMostTokens});
}

Sampler::Sampler(const SamplingParameters& parameters, int vocab_size)
    : parameters_(parameters), vocab_size_(static_cast<std::size_t>(vocab_size)), random_(parameters.seed) {
    check(parameters);
    counts_.assign(vocab_size_, 0);
}

int Sampler::sample(std::span<const float> logits, std::span<const int> recent) {
    if (logits.size() != vocab_size_) {
        throw Error(ErrorKind::BadArgument, "the sampler got " + std::to_string(logits.size()) + " logits, expected " +
                                                std::to_string(vocab_size_));
    }
    highest_of(logits);
    adjusted_.assign(logits.begin(), logits.end());
    penalise(recent);
    const float highest = highest_of(adjusted_);
    if (parameters_.temperature == 0.0F) {
        return static_cast<int>(std::max_element(adjusted_.begin(), adjusted_.end()) - adjusted_.begin());
    }
    weigh(highest);
    keep_top_k();
    keep_top_p();
    keep_min_p();
    return draw();
}

std::optional<int> Sampler::sample(const ShortList& list, std::span<const int> recent) {
    if (list.ids.empty() || (has_penalties() && !recent.empty())) {
        return std::nullopt;
    }
    if (parameters_.temperature == 0.0F) {
        return list.ids.front();
    }
    weigh(list);
    if (candidates_.size() < list.ids.size() || list.ids.size() == vocab_size_) {
        order_by_id();  // all that count are there
        keep_top_k();
        keep_top_p();
        keep_min_p();
    } else if (!keep_of_likeliest(list)) {
        return std::nullopt;
    }
    return draw();
}

int Sampler::list_length() const {
    if (has_penalties() || parameters_.top_k > kLongestList) {
        return 0;
    }
    if (parameters_.temperature == 0.0F) {
        return 1;
    }
    if (parameters_.top_k > 0) {
        return parameters_.top_k + 1;  // one more, so that it is certain that top-k leaves some out
    }
    return parameters_.top_p < 1.0F || parameters_.min_p > 0.0F ? kUsualList : 0;
}

void Sampler::match(const Sampler& other) {
    parameters_ = other.parameters_;
    random_ = other.random_;
}

bool Sampler::has_penalties() const {
    return parameters_.penalty_window > 0 &&
           (parameters_.repetition_penalty != 1.0F || parameters_.frequency_penalty != 0.0F ||
            parameters_.presence_penalty != 0.0F);
}

void Sampler::penalise(std::span<const int> recent) {
    const auto window = recent.last(std::min(recent.size(), static_cast<std::size_t>(parameters_.penalty_window)));
    const auto count = [this](int id) -> int& { return counts_.at(static_cast<std::size_t>(id)); };
    for (const int id : window) {
        ++count(id);
    }
    for (const int id : window) {
        if (count(id) == 0) {
            continue;  // done at an earlier place of the window
        }
        float& logit = adjusted_[static_cast<std::size_t>(id)];
        logit = logit > 0 ? logit / parameters_.repetition_penalty : logit * parameters_.repetition_penalty;
        logit -= static_cast<float>(count(id)) * parameters_.frequency_penalty + parameters_.presence_penalty;
        count(id) = 0;
    }
}

void Sampler::weigh(float highest) {
    candidates_.clear();
    const double inverse = 1.0 / static_cast<double>(parameters_.temperature);
    for (std::size_t id = 0; id < adjusted_.size(); ++id) {
        const double exponent = exponent_of(adjusted_[id], highest, inverse);
        if (exponent > kLeastExponent) {
            candidates_.push_back({static_cast<int>(id), adjusted_[id], exponential(exponent)});
        }
    }
}

void Sampler::weigh(const ShortList& list) {
    candidates_.clear();
    const double inverse = 1.0 / static_cast<double>(parameters_.temperature);
    for (std::size_t i = 0; i < list.ids.size(); ++i) {
        const double exponent = exponent_of(list.logits[i], list.logits.front(), inverse);
        if (exponent > kLeastExponent) {
            candidates_.push_back({list.ids[i], list.logits[i], exponential(exponent)});
        }
    }
}

void Sampler::order_by_id() {
    std::sort(candidates_.begin(), candidates_.end(),
              [](const Candidate& a, const Candidate& b) { return a.id < b.id; });
}

bool Sampler::keep_of_likeliest(const ShortList& list) {
    if (parameters_.top_k > 0) {
        // With one more than k it is certain that top-k orders them.
        if (static_cast<std::size_t>(parameters_.top_k) >= candidates_.size()) {
            return false;
        }
        candidates_.resize(static_cast<std::size_t>(parameters_.top_k));
        keep_top_p();
        keep_min_p();
        return true;
    }
    if (parameters_.top_p < 1.0F) {
        const bool is_certain = keep_top_p_of(list);
        keep_min_p();
        return is_certain;
    }
    const bool is_certain = candidates_.back().weight < static_cast<double>(parameters_.min_p);
    keep_min_p();
    order_by_id();
    return is_certain;
}

bool Sampler::keep_top_p_of(const ShortList& list) {
    if (list.temperature != parameters_.temperature) {
        return false;
    }
    const double target = static_cast<double>(parameters_.top_p) * list.total;
    const double unsure = target * list.total_error;
    double sum = 0;
    std::size_t kept = 0;
    while (kept < candidates_.size() && sum < target - unsure) {
        sum += candidates_[kept++].weight;
    }
    candidates_.resize(kept);
    return sum > target + unsure;
}

void Sampler::order(std::size_t ordered, std::size_t count) {
    const auto likelier = [](const Candidate& a, const Candidate& b) {
        return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
    };
    const auto rest = candidates_.begin() + static_cast<std::ptrdiff_t>(ordered);
    const auto front = candidates_.begin() + static_cast<std::ptrdiff_t>(count);
    if (candidates_.end() - rest > kFewOfMany * (front - rest)) {
        std::partial_sort(rest, front, candidates_.end(), likelier);  // a few: the others cost a comparison each
    } else {
        std::nth_element(rest, front, candidates_.end(), likelier);
        std::sort(rest, front, likelier);
    }
}

void Sampler::keep_top_k() {
    const auto k = static_cast<std::size_t>(parameters_.top_k);
    if (k > 0 && k < candidates_.size()) {
        order(0, k);
        candidates_.resize(k);
    }
}

double Sampler::total_weight() const {
    return std::accumulate(candidates_.begin(), candidates_.end(), 0.0,
                           [](double sum, const Candidate& candidate) { return sum + candidate.weight; });
}

void Sampler::keep_top_p() {
    const double p = static_cast<double>(parameters_.top_p);
    if (p >= 1.0) {
        return;
    }
    const double total = total_weight();
    // Together, those below this weight are less than the share that is dropped: never order them.
    const double least = (1.0 - p) * total / static_cast<double>(candidates_.size());
    std::erase_if(candidates_, [least](const Candidate& candidate) { return candidate.weight < least; });
    std::size_t ordered = 0;
    std::size_t kept = 0;
    double sum = 0;
    for (std::size_t i = 0; i < candidates_.size() && sum < p * total; ++i) {
        if (i == ordered) {
            const std::size_t more = std::min(candidates_.size(), ordered == 0 ? kFirstOrdered : ordered * 8);
            order(ordered, more);
            ordered = more;
        }
        sum += candidates_[i].weight;
        kept = i + 1;
    }
    candidates_.resize(kept);
}

void Sampler::keep_min_p() {
    const double least = static_cast<double>(parameters_.min_p);  // the likeliest has the weight 1
    std::erase_if(candidates_, [least](const Candidate& candidate) { return candidate.weight < least; });
}

int Sampler::draw() {
    constexpr double kStep = 0x1.0p-53;  // the upper 53 bits of a random number as a fraction
    const double target = static_cast<double>(random_() >> 11) * kStep * total_weight();
    double sum = 0;
    for (const Candidate& candidate : candidates_) {
        sum += candidate.weight;
        if (sum > target) {
            return candidate.id;
        }
    }
    return candidates_.back().id;  // rounding may leave the sum just below the target
}

}  // namespace altiplano::engine
