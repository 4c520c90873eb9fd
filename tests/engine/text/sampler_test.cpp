// The sampler: each filter exactly, the distribution by a chi-square test, what it refuses.
#include "engine/text/sampler.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <set>

#include "engine/error.h"
#include "engine/text/exponential.h"

namespace altiplano::engine {

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// Everything off, so that a test turns on what it is about.
SamplingParameters plain() {
    SamplingParameters parameters;
    parameters.temperature = 1.0F;
    parameters.top_p = 1.0F;
    parameters.seed = 42;
    return parameters;
}

std::vector<float> logits_of(const std::vector<double>& probabilities) {
    std::vector<float> logits;
    for (const double p : probabilities) {
        logits.push_back(static_cast<float>(std::log(p)));
    }
    return logits;
}

std::map<int, int> draw(const SamplingParameters& parameters, const std::vector<float>& logits, int times,
                        const std::vector<int>& recent = {}) {
    Sampler sampler(parameters, static_cast<int>(logits.size()));
    std::map<int, int> counts;
    for (int i = 0; i < times; ++i) {
        ++counts[sampler.sample(logits, recent)];
    }
    return counts;
}

std::set<int> kept(const SamplingParameters& parameters, const std::vector<float>& logits,
                   const std::vector<int>& recent = {}) {
    std::set<int> ids;
    for (const auto& [id, count] : draw(parameters, logits, 3000, recent)) {
        ids.insert(id);
    }
    return ids;
}

/// Sum of (observed - expected)^2 / expected; probabilities are of the ids from 0 on.
double chi_square(const std::map<int, int>& counts, const std::vector<double>& probabilities, int times) {
    double sum = 0;
    for (std::size_t id = 0; id < probabilities.size(); ++id) {
        const double expected = probabilities[id] * times;
        const auto found = counts.find(static_cast<int>(id));
        const double observed = found == counts.end() ? 0 : found->second;
        if (expected == 0) {
            EXPECT_EQ(observed, 0);
            continue;
        }
        sum += (observed - expected) * (observed - expected) / expected;
    }
    return sum;
}

std::string refusal(const SamplingParameters& parameters) {
    try {
        Sampler sampler(parameters, 4);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::BadArgument);
        return error.what();
    }
    return "accepted";
}

// The 99.9 % quantile of chi-square with 7 degrees of freedom; fixed seeds make the test repeatable.
constexpr double kChiSquare7 = 24.3;

TEST(Sampler, drawsTheSoftmaxDistribution) {
    const std::vector<double> p = {0.3, 0.2, 0.15, 0.1, 0.1, 0.08, 0.05, 0.02};
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
        SamplingParameters parameters = plain();
        parameters.seed = seed;
        EXPECT_LT(chi_square(draw(parameters, logits_of(p), 100'000), p, 100'000), kChiSquare7) << "seed " << seed;
    }
}

TEST(Sampler, temperatureRaisesProbabilitiesToItsInverse) {
    const std::vector<double> p = {0.4, 0.3, 0.15, 0.15};
    SamplingParameters parameters = plain();
    parameters.temperature = 0.5F;
    std::vector<double> expected;
    for (const double value : p) {
        expected.push_back(value * value / (0.16 + 0.09 + 2 * 0.0225));
    }
    EXPECT_LT(chi_square(draw(parameters, logits_of(p), 100'000), expected, 100'000), 16.3);  // 3 degrees, 99.9 %
}

TEST(Sampler, topPRenormalisesWhatItKeeps) {
    const std::vector<double> p = {0.1, 0.4, 0.2, 0.3};
    SamplingParameters parameters = plain();
    parameters.top_p = 0.65F;
    EXPECT_LT(chi_square(draw(parameters, logits_of(p), 100'000), {0, 4.0 / 7, 0, 3.0 / 7}, 100'000), 10.9);
}

TEST(Sampler, topPKeepsTheTokenThatReachesIt) {
    SamplingParameters parameters = plain();
    const std::vector<float> logits = logits_of({0.5, 0.25, 0.125, 0.125});
    parameters.top_p = 0.5F;
    EXPECT_EQ(kept(parameters, logits), (std::set<int>{0}));
    parameters.top_p = 0.51F;
    EXPECT_EQ(kept(parameters, logits), (std::set<int>{0, 1}));
    parameters.top_p = 0.80F;
    EXPECT_EQ(kept(parameters, logits), (std::set<int>{0, 1, 2}));  // of equals the lower id
    parameters.top_p = 1e-6F;
    EXPECT_EQ(kept(parameters, logits), (std::set<int>{0}));
}

TEST(Sampler, topPOfAFlatDistributionKeepsItsShare) {
    SamplingParameters parameters = plain();
    parameters.top_p = 0.25F;
    const std::vector<float> flat(4096, 1.5F);
    const std::set<int> ids = kept(parameters, flat);
    EXPECT_LT(*ids.rbegin(), 1024);
    EXPECT_GT(ids.size(), 900U);
}

TEST(Sampler, topKKeepsTheLikeliest) {
    SamplingParameters parameters = plain();
    parameters.top_k = 2;
    EXPECT_EQ(kept(parameters, {1, 3, 2, 3}), (std::set<int>{1, 3}));
    parameters.top_k = 1;
    EXPECT_EQ(kept(parameters, {1, 3, 2, 3}), (std::set<int>{1}));
    parameters.top_k = 9;
    EXPECT_EQ(kept(parameters, {1, 3, 2, 3}).size(), 4U);
}

TEST(Sampler, topPCountsWhatTopKHasLeft) {
    SamplingParameters parameters = plain();
    parameters.top_k = 2;
    parameters.top_p = 0.55F;  // of 0.4 and 0.3 the first is 0.571
    EXPECT_EQ(kept(parameters, logits_of({0.4, 0.3, 0.2, 0.1})), (std::set<int>{0}));
}

TEST(Sampler, minPDropsWhatIsBelowItsShareOfTheLikeliest) {
    SamplingParameters parameters = plain();
    parameters.min_p = 0.3F;
    EXPECT_EQ(kept(parameters, logits_of({0.5, 0.2, 0.16, 0.14})), (std::set<int>{0, 1, 2}));
    parameters.min_p = 1.0F;
    EXPECT_EQ(kept(parameters, logits_of({0.5, 0.2, 0.16, 0.14})), (std::set<int>{0}));
}

TEST(Sampler, temperatureZeroTakesTheLikeliestAndOfEqualsTheFirst) {
    SamplingParameters parameters = plain();
    parameters.temperature = 0.0F;
    EXPECT_EQ(kept(parameters, {1, 7, 7, -2}), (std::set<int>{1}));
    EXPECT_EQ(kept(parameters, {-kInfinity, -5, -3, -4}), (std::set<int>{2}));
}

TEST(Sampler, penaltiesChangeTheLogitsOfTheWindow) {
    SamplingParameters parameters = plain();
    parameters.temperature = 0.0F;
    const auto best = [&parameters](const std::vector<float>& logits, const std::vector<int>& recent) {
        return *kept(parameters, logits, recent).begin();
    };
    parameters.repetition_penalty = 2.0F;
    EXPECT_EQ(best({4.0F, 2.5F}, {0}), 1);     // 2 against 2.5
    EXPECT_EQ(best({-1.5F, -2.5F}, {0}), 1);   // -3 against -2.5
    EXPECT_EQ(best({4.0F, 1.5F}, {0, 0}), 0);  // once, however often it occurs
    parameters.repetition_penalty = 1.0F;
    parameters.frequency_penalty = 0.5F;
    EXPECT_EQ(best({2.0F, 0.7F}, {0, 0}), 0);     // 1.0
    EXPECT_EQ(best({2.0F, 0.7F}, {0, 0, 0}), 1);  // 0.5
    parameters.frequency_penalty = 0.0F;
    parameters.presence_penalty = 1.0F;
    EXPECT_EQ(best({2.0F, 1.2F}, {0}), 1);
    EXPECT_EQ(best({2.0F, 0.9F}, {0, 0, 0}), 0);
    parameters.penalty_window = 2;
    EXPECT_EQ(best({2.0F, 1.2F}, {0, 1, 1}), 0);  // token 0 has left the window
    parameters.penalty_window = 0;
    EXPECT_EQ(best({2.0F, 1.2F}, {0}), 0);
}

TEST(Sampler, repeatsItselfForASeedAndDiffersForAnother) {
    const std::vector<float> logits(1000, 0.0F);
    const auto series = [&logits](std::uint64_t seed) {
        SamplingParameters parameters = plain();
        parameters.seed = seed;
        Sampler sampler(parameters, 1000);
        std::vector<int> ids;
        for (int i = 0; i < 50; ++i) {
            ids.push_back(sampler.sample(logits, {}));
        }
        return ids;
    };
    EXPECT_EQ(series(7), series(7));
    EXPECT_NE(series(7), series(8));
}

// The expected ids come from a Python program with its own Mersenne Twister.
TEST(Sampler, drawsTheSameOnEveryMachine) {
    SamplingParameters parameters;  // the defaults
    parameters.seed = 1234;
    Sampler sampler(parameters, 512);
    std::vector<float> logits;
    for (int id = 0; id < 512; ++id) {
        logits.push_back(static_cast<float>((id * 7919) % 512) / 64.0F);
    }
    std::vector<int> ids;
    for (int i = 0; i < 8; ++i) {
        ids.push_back(sampler.sample(logits, ids));
    }
    EXPECT_EQ(ids, (std::vector<int>{426, 482, 321, 426, 392, 411, 109, 426}));
}

TEST(Sampler, refusesLogitsThatAreNoNumbers) {
    Sampler sampler(plain(), 3);
    const auto kind = [&sampler](const std::vector<float>& logits) {
        try {
            sampler.sample(logits, {});
        } catch (const Error& error) {
            return error.kind();
        }
        return ErrorKind::Io;
    };
    EXPECT_EQ(kind({1, NAN, 2}), ErrorKind::Numeric);
    EXPECT_EQ(kind({1, kInfinity, 2}), ErrorKind::Numeric);
    EXPECT_EQ(kind({-kInfinity, -kInfinity, -kInfinity}), ErrorKind::Numeric);
    EXPECT_EQ(kind({1, 2}), ErrorKind::BadArgument);
    EXPECT_GE(sampler.sample(std::vector<float>{-kInfinity, 1, 2}, {}), 1);
}

TEST(Sampler, namesTheParameterThatIsOutOfItsRange) {
    const auto with = [](auto member, auto value) {
        SamplingParameters parameters;
        parameters.*member = value;
        return refusal(parameters);
    };
    EXPECT_EQ(with(&SamplingParameters::temperature, -0.5F), "temperature is -0.5, expected 0 to 10");
    EXPECT_EQ(with(&SamplingParameters::temperature, NAN), "temperature is nan, expected 0 to 10");
    EXPECT_EQ(with(&SamplingParameters::top_k, -1), "top_k is -1, expected 0 to 2147483647");
    EXPECT_EQ(with(&SamplingParameters::top_p, 0.0F), "top_p is 0, expected above 0 to 1");
    EXPECT_EQ(with(&SamplingParameters::top_p, 1.5F), "top_p is 1.5, expected above 0 to 1");
    EXPECT_EQ(with(&SamplingParameters::min_p, 2.0F), "min_p is 2, expected 0 to 1");
    EXPECT_EQ(with(&SamplingParameters::repetition_penalty, 0.0F), "repetition_penalty is 0, expected 0.1 to 10");
    EXPECT_EQ(with(&SamplingParameters::frequency_penalty, 3.0F), "frequency_penalty is 3, expected -2 to 2");
    EXPECT_EQ(with(&SamplingParameters::presence_penalty, -3.0F), "presence_penalty is -3, expected -2 to 2");
    EXPECT_EQ(with(&SamplingParameters::penalty_window, -1), "penalty_window is -1, expected 0 to 2147483647");
    EXPECT_EQ(refusal(SamplingParameters()), "accepted");
}

TEST(Exponential, isExactToTheLastBits) {
    for (double x = 0; x > -700; x -= 0.37) {
        EXPECT_NEAR(exponential(x) / std::exp(x), 1.0, 1e-15) << x;
    }
    EXPECT_EQ(exponential(0), 1.0);
    EXPECT_EQ(exponential(-1e9), 0.0);
}

}  // namespace

}  // namespace altiplano::engine
