// The likeliest tokens as the CUDA kernels find them: those that sorting everything finds, and their total.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

#include "engine/kernels/cuda/short_list.h"
#include "engine/text/sampler.h"
#include "tests/engine/cuda/device_array.h"

namespace altiplano::engine::cuda {
namespace {

struct Found {
    ShortListHeader header;
    std::vector<float> logits;
    std::vector<int> ids;
};

Found find(const std::vector<float>& all, int k, double temperature) {
    const DeviceArray<float> logits(all);
    const auto vocab_size = static_cast<int>(all.size());
    const std::vector<std::byte> scrap(static_cast<std::size_t>(short_list_bytes(k)), std::byte{0xA5});
    const DeviceArray<std::byte> list(scrap);
    const DeviceArray<std::byte> scratch(
        std::vector<std::byte>(static_cast<std::size_t>(short_list_scratch_bytes(vocab_size)), std::byte{0xA5}));
    launch_short_list({logits.get(), vocab_size, k, temperature, list.get(), scratch.get()}, nullptr);
    const std::vector<std::byte> bytes = list.values();
    Found found;
    std::memcpy(&found.header, bytes.data(), sizeof found.header);
    const auto count = static_cast<std::size_t>(found.header.count);
    const auto* logits_found = reinterpret_cast<const float*>(bytes.data() + sizeof found.header);
    const auto* ids_found = reinterpret_cast<const int*>(logits_found + k);
    found.logits.assign(logits_found, logits_found + count);
    found.ids.assign(ids_found, ids_found + count);
    return found;
}

std::vector<int> likeliest(const std::vector<float>& all, std::size_t k) {
    std::vector<int> ids(all.size());
    std::iota(ids.begin(), ids.end(), 0);
    std::stable_sort(ids.begin(), ids.end(), [&all](int a, int b) {
        return all[static_cast<std::size_t>(a)] > all[static_cast<std::size_t>(b)];
    });
    ids.resize(std::min(k, ids.size()));
    return ids;
}

/// As a model gives them: around their mean, some far above.
std::vector<float> logits_of(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(-1.0F, 2.5F);
    std::vector<float> logits(count);
    for (float& logit : logits) {
        logit = normal(random) + (random() % 500 == 0 ? 12.0F : 0.0F);
    }
    return logits;
}

TEST(CudaShortList, holdsTheLikeliestInOrder) {
    for (const std::size_t vocabulary : {1, 40, 1024, 5000, 128256}) {
        std::vector<float> logits = logits_of(vocabulary, static_cast<unsigned>(vocabulary));
        if (vocabulary > 1000) {
            std::fill(logits.begin() + 300, logits.begin() + 400, logits[7]);
            std::fill(logits.begin() + 500, logits.begin() + 600, -3e38F);
            logits[700] = 0.0F, logits[701] = -0.0F, logits[702] = 0.0F;
        }
        for (const int k : {1, 256, 1024}) {
            const Found found = find(logits, k, 1.0);
            EXPECT_EQ(found.ids, likeliest(logits, static_cast<std::size_t>(k))) << k << " of " << vocabulary;
            for (std::size_t i = 0; i < found.ids.size(); ++i) {
                EXPECT_EQ(found.logits[i], logits[static_cast<std::size_t>(found.ids[i])]);
            }
        }
    }
}

TEST(CudaShortList, addsUpTheWeightsOfAll) {
    const std::vector<float> logits = logits_of(70000, 1);
    for (const double temperature : {0.1, 0.6, 1.0, 5.0}) {
        const auto highest = static_cast<long double>(*std::max_element(logits.begin(), logits.end()));
        long double total = 0;
        for (const float logit : logits) {
            total += std::exp((static_cast<long double>(logit) - highest) / static_cast<long double>(temperature));
        }
        const Found found = find(logits, 16, temperature);
        EXPECT_NEAR(found.header.total / static_cast<double>(total), 1.0, kShortListError / 10) << temperature;
        EXPECT_EQ(find(logits, 16, temperature).header.total, found.header.total);
    }
}

TEST(CudaShortList, leavesToTheHostWhatIsBrokenOrTooMuchAlike) {
    const std::vector<float> sound = logits_of(3000, 2);
    for (const float broken : {NAN, INFINITY, -INFINITY}) {
        for (const std::size_t at : {0U, 1500U, 2999U}) {
            std::vector<float> logits = sound;
            logits[at] = broken;
            EXPECT_EQ(find(logits, 64, 1.0).header.count, 0) << broken << " at " << at;
        }
    }
    EXPECT_EQ(find(std::vector<float>(3000, 1.0F), 64, 1.0).header.count, 0) << "more alike than can be sorted";
    EXPECT_EQ(find(std::vector<float>(2000, 1.0F), 64, 1.0).header.count, 64);
}

/// What the whole is for: the host draws the same tokens from the list as from all logits.
TEST(CudaShortList, givesTheSamplerWhatItNeeds) {
    constexpr int kVocabulary = 20000;
    SamplingParameters parameters;
    parameters.seed = 5;
    Sampler whole(parameters, kVocabulary), brief(parameters, kVocabulary);
    for (unsigned turn = 0; turn < 20; ++turn) {
        const std::vector<float> logits = logits_of(kVocabulary, turn);
        const Found found = find(logits, 256, static_cast<double>(parameters.temperature));
        const ShortList list = {found.ids, found.logits, found.header.total, kShortListError, parameters.temperature};
        const std::optional<int> token = brief.sample(list, {});
        ASSERT_TRUE(token.has_value()) << turn;
        EXPECT_EQ(*token, whole.sample(logits, {})) << turn;
    }
}

}  // namespace
}  // namespace altiplano::engine::cuda
