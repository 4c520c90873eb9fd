// Sampling from a short list of the likeliest tokens: the same tokens as from all logits, or none.
#include "engine/kernels/short_list.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <string>

#include "engine/text/sampler.h"

namespace altiplano::engine {
namespace {

constexpr double kError = 1e-9;

/// The k likeliest, as a device would find them; the total is off by so much of what it may be.
struct FoundList {
    FoundList(const std::vector<float>& all, std::size_t k, float temperature, double off) : of(temperature) {
        ids.resize(all.size());
        std::iota(ids.begin(), ids.end(), 0);
        const auto logit = [&all](int id) { return all[static_cast<std::size_t>(id)]; };
        std::stable_sort(ids.begin(), ids.end(), [&](int a, int b) { return logit(a) > logit(b); });
        long double sum = 0;
        for (const int id : ids) {
            sum += std::exp((static_cast<long double>(logit(id)) - static_cast<long double>(logit(ids[0]))) /
                            static_cast<long double>(temperature > 0 ? temperature : 1));
        }
        total = static_cast<double>(sum) * (1 + off * kError);
        ids.resize(std::min(k, ids.size()));
        for (const int id : ids) {
            logits.push_back(logit(id));
        }
    }
    ShortList view() const { return {ids, logits, total, kError, of}; }

    std::vector<int> ids;
    std::vector<float> logits;
    double total;
    float of;
};

constexpr int kVocabulary = 600, kDraws = 20;

using Shape = std::function<float(std::mt19937&)>;

/// Draws some tokens from all logits and, with the same seed, from lists where they decide; how many times they did.
int compare(const SamplingParameters& parameters, const Shape& shape, std::size_t k, const std::string& what) {
    Sampler whole(parameters, kVocabulary), brief(parameters, kVocabulary);
    std::mt19937 random(7);
    std::vector<int> recent;
    int decided = 0;
    for (int i = 0; i < kDraws; ++i) {
        std::vector<float> logits(kVocabulary);
        std::generate(logits.begin(), logits.end(), [&] { return shape(random); });
        const FoundList list(logits, k, parameters.temperature, i % 3 - 1.0);
        const int expected = whole.sample(logits, recent);
        std::optional<int> got = brief.sample(list.view(), recent);
        decided += got.has_value() ? 1 : 0;
        EXPECT_EQ(got ? *got : brief.sample(logits, recent), expected) << what << ", token " << i;
        recent.push_back(expected);
    }
    return decided;
}

float sure(std::mt19937& random) {
    std::normal_distribution<float> normal(0, 4);
    return normal(random);
}
float flat(std::mt19937& random) {
    std::uniform_real_distribution<float> uniform(0, 1);
    return uniform(random);
}
/// Many alike, so that the order of equals counts.
float coarse(std::mt19937& random) {
    return std::round(sure(random));
}
float mostly_excluded(std::mt19937& random) {
    return random() % 8 == 0 ? sure(random) : -INFINITY;
}

SamplingParameters with(float temperature, int top_k, float top_p, float min_p) {
    SamplingParameters parameters;
    parameters.temperature = temperature;
    parameters.top_k = top_k;
    parameters.top_p = top_p;
    parameters.min_p = min_p;
    parameters.seed = 11;
    return parameters;
}

TEST(ShortList, givesTheTokensThatAllLogitsGive) {
    const std::pair<Shape, const char*> shapes[] = {
        {sure, "sure"}, {flat, "flat"}, {coarse, "coarse"}, {mostly_excluded, "mostly excluded"}};
    for (const auto& [shape, name] : shapes) {
        for (const float temperature : {0.0F, 0.05F, 0.6F, 1.0F, 3.0F}) {
            for (const int top_k : {0, 1, 40, 127, 128, 150}) {
                for (const float top_p : {0.1F, 0.9F, 1.0F}) {
                    for (const float min_p : {0.0F, 0.05F, 1.0F}) {
                        compare(with(temperature, top_k, top_p, min_p), shape, 128,
                                std::string(name) + " " + std::to_string(temperature) + " " + std::to_string(top_k) +
                                    " " + std::to_string(top_p) + " " + std::to_string(min_p));
                    }
                }
            }
        }
    }
}

TEST(ShortList, decidesWheneverTheFiltersStayWithinIt) {
    EXPECT_EQ(compare(with(0.0F, 0, 0.9F, 0.0F), flat, 4, "likeliest"), kDraws);
    EXPECT_EQ(compare(with(0.6F, 0, 0.9F, 0.0F), sure, 128, "top-p"), kDraws);
    EXPECT_EQ(compare(with(1.0F, 40, 1.0F, 0.0F), flat, 41, "top-k"), kDraws);
    EXPECT_EQ(compare(with(1.0F, 0, 1.0F, 0.1F), sure, 128, "min-p"), kDraws);
    EXPECT_EQ(compare(with(0.05F, 0, 1.0F, 0.0F), sure, 128, "all that count"), kDraws);
    EXPECT_EQ(compare(with(1.0F, 0, 1.0F, 0.0F), flat, kVocabulary, "all"), kDraws);
}

TEST(ShortList, leavesToAllLogitsWhatItCannotTell) {
    EXPECT_EQ(compare(with(1.0F, 0, 0.9F, 0.0F), flat, 128, "top-p beyond the list"), 0);
    EXPECT_EQ(compare(with(1.0F, 40, 0.9F, 0.0F), flat, 40, "top-k as long as the list"), 0);
    EXPECT_EQ(compare(with(1.0F, 0, 1.0F, 0.0F), flat, 128, "no filter"), 0);
    EXPECT_EQ(compare(with(1.0F, 0, 1.0F, 0.5F), flat, 128, "min-p beyond the list"), 0);
    SamplingParameters penalties = with(1.0F, 40, 1.0F, 0.0F);
    penalties.presence_penalty = 1.0F;
    EXPECT_EQ(compare(penalties, flat, 128, "penalties"), 1) << "the first token has none before it";
}

/// Three of four alike are three quarters: whether the fourth belongs to that much hangs on the last bit.
TEST(ShortList, leavesToAllLogitsWhatHangsOnTheTotalsLastBits) {
    std::vector<float> logits(100, -INFINITY);
    for (const std::size_t id : {3U, 8U, 60U, 61U}) {
        logits[id] = 1.5F;
    }
    const FoundList list(logits, 4, 1.0F, 0);
    EXPECT_FALSE(Sampler(with(1.0F, 0, 0.75F, 0.0F), 100).sample(list.view(), {}).has_value());
    EXPECT_TRUE(Sampler(with(1.0F, 0, 0.74F, 0.0F), 100).sample(list.view(), {}).has_value());
}

TEST(ShortList, ofSeveralRanksIsThatOfAllTokens) {
    constexpr int kMost = 100;
    constexpr double kTemperature = 0.7;
    std::mt19937 random(3);
    std::vector<float> logits(500);
    std::generate(logits.begin(), logits.end(), [&random] { return coarse(random); });
    const auto found = [](std::span<const float> part, int first) {
        const FoundList list({part.begin(), part.end()}, kMost, static_cast<float>(kTemperature), 0);
        LikeliestTokens tokens = {list.ids, list.logits, list.total};
        std::for_each(tokens.ids.begin(), tokens.ids.end(), [first](int& id) { id += first; });
        return tokens;
    };
    const LikeliestTokens whole = found(logits, 0);
    const std::span<const float> all(logits);
    // The last rank has fewer tokens than are asked for.
    const LikeliestTokens ranks[] = {found(all.first(250), 0), found(all.subspan(250, 200), 250),
                                     found(all.subspan(450), 450)};
    const LikeliestTokens merged = merge_likeliest(ranks, kMost, kTemperature);
    EXPECT_EQ(merged.ids, whole.ids);
    EXPECT_EQ(merged.logits, whole.logits);
    EXPECT_NEAR(merged.total / whole.total, 1.0, 1e-7);  // the temperatures differ as a float from a double
    const LikeliestTokens broken[] = {ranks[0], {}};
    EXPECT_TRUE(merge_likeliest(broken, kMost, kTemperature).ids.empty());
}

TEST(ShortList, asLongAsTheFiltersWant) {
    const auto length = [](const SamplingParameters& parameters) { return Sampler(parameters, 600).list_length(); };
    EXPECT_EQ(length(with(0.0F, 0, 0.9F, 0.0F)), 1);
    EXPECT_EQ(length(with(1.0F, 40, 1.0F, 0.0F)), 41);
    EXPECT_GE(length(with(0.6F, 0, 0.9F, 0.0F)), 100);
    EXPECT_EQ(length(with(0.6F, 0, 1.0F, 0.0F)), 0) << "every token may be drawn";
    SamplingParameters penalties;
    penalties.repetition_penalty = 1.1F;
    EXPECT_EQ(length(penalties), 0);
}

TEST(ShortList, countsOnlyForTheTemperatureItsTotalIsOf) {
    std::mt19937 random(1);
    std::vector<float> logits(500);
    std::generate(logits.begin(), logits.end(), [&random] { return sure(random); });
    Sampler sampler(with(0.6F, 0, 0.9F, 0.0F), 500);
    EXPECT_FALSE(sampler.sample(FoundList(logits, 100, 0.7F, 0).view(), {}).has_value());
    EXPECT_TRUE(sampler.sample(FoundList(logits, 100, 0.6F, 0).view(), {}).has_value());
    EXPECT_FALSE(sampler.sample(ShortList(), {}).has_value());
}

}  // namespace
}  // namespace altiplano::engine
