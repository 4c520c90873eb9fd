// What models and sessions take of emulated cards: every byte as it was planned, and none once a session is ready.
#include <algorithm>
#include <cstdlib>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <numeric>

#include "engine/device/cuda_module.h"
#include "engine/device/rank_sum_sizes.h"
#include "engine/error.h"
#include "engine/model/session.h"
#include "engine/model/state_files.h"
#include "tests/engine/session/states.h"
#include "tests/engine/session/wide_model.h"

namespace altiplano::engine {
namespace {

constexpr int kContext = 128;
constexpr int kChunk = 32;

const std::shared_ptr<const CudaModule>& module() {
    setenv("ALTIPLANO_EMULATED_CARDS", "4x512", 1);
    static const auto loaded = std::make_shared<const CudaModule>(ALTIPLANO_EMULATED_MODULE);
    return loaded;
}

template <typename Function>
Function of_module(const char* name) {
    void* const library = ::dlopen(ALTIPLANO_EMULATED_MODULE, RTLD_NOW | RTLD_NOLOAD);
    return reinterpret_cast<Function>(::dlsym(library, name));
}

/// How often memory of a card was asked for.
long reservations() {
    return of_module<long (*)()>("altiplano_emulated_reservations")();
}

/// What a card has given; kernels and the like not counted.
std::int64_t bytes_in_use(const DeviceInfo& card) {
    return of_module<long (*)(int)>("altiplano_emulated_bytes")(card.index);
}

/// How a model lies on cards.
struct Lying {
    int cards = 1;
    Split split = Split::Tensor;
    bool with_cpu = false;  ///< which gets what does not fit a card that is made out to be small
    DType kv_type = DType::F16;
    std::optional<DType> converted = {};
};

PlacementPlan plan_of(const WideModel& file, const Lying& lying) {
    const WeightTable stored(*open_weights(file.path()));
    const WeightTable weights = lying.converted ? stored.converted(*lying.converted) : stored;
    std::vector<DeviceInfo> devices;
    for (const CudaCard& card : module()->cards()) {
        devices.push_back(card.info);
    }
    devices.resize(static_cast<std::size_t>(lying.cards));
    const PlacementRequest request = {
        .context = kContext, .kv_type = lying.kv_type, .prefill_chunk = kChunk, .split = lying.split};
    for (DeviceInfo& card : devices) {
        card.total_bytes = std::int64_t{8} << 30;  // whatever the libraries are said to take
    }
    if (lying.split == Split::Layers || lying.with_cpu) {
        const MemoryNeeds needs = plan_placement(weights, std::span(devices).first(1), request).needs();
        for (DeviceInfo& card : devices) {
            card.total_bytes = needs.total() - (needs.weights + needs.kv_cache) / 3;
        }
    }
    if (lying.with_cpu) {
        devices.push_back({.kind = DeviceKind::Cpu, .total_bytes = std::int64_t{8} << 30});
    }
    return plan_placement(weights, devices, request);
}

std::shared_ptr<const Model> load(const WideModel& file, const Lying& lying, const PlacementPlan& plan) {
    return Model::load(file.path(), {.threads = 2, .plan = plan, .cuda = module(), .convert_to = lying.converted}, {},
                       {});
}

Session session_of(const std::shared_ptr<const Model>& model, const Lying& lying) {
    return Session(model, {.context = kContext, .kv_type = lying.kv_type});
}

/// Of all the plan's cards, in order.
template <typename Value>
std::vector<std::int64_t> of_cards(const PlacementPlan& plan, const Value& value) {
    std::vector<std::int64_t> values;
    for (const Stage& stage : plan.stages) {
        for (const RankPlacement& rank : stage.ranks) {
            if (rank.device.kind == DeviceKind::Gpu) {
                values.push_back(value(stage, rank));
            }
        }
    }
    return values;
}

class CardMemoryTest : public testing::TestWithParam<Lying> {};

INSTANTIATE_TEST_SUITE_P(Plans, CardMemoryTest,
                         testing::Values(Lying{}, Lying{.cards = 2}, Lying{.cards = 4, .kv_type = DType::Q8_0},
                                         Lying{.cards = 2, .split = Split::Layers, .kv_type = DType::F8_E4M3},
                                         Lying{.with_cpu = true}, Lying{.cards = 2, .converted = DType::F8_E4M3},
                                         Lying{.converted = DType::Q8_0}));

TEST_P(CardMemoryTest, isWhatWasPlanned) {
    const WideModel file(GetParam().converted ? DType::BF16 : DType::Q4_K);
    const PlacementPlan plan = plan_of(file, GetParam());
    ASSERT_EQ(plan.stages.back().ranks.front().device.kind == DeviceKind::Cpu, GetParam().with_cpu);
    ASSERT_EQ(plan.stages.size() > 1, GetParam().split == Split::Layers || GetParam().with_cpu);
    const auto in_use = [&] {
        return of_cards(plan, [](const Stage&, const RankPlacement& rank) { return bytes_in_use(rank.device); });
    };
    const auto before = in_use();
    EXPECT_EQ(*std::max_element(before.begin(), before.end()), 0);
    {
        const auto model = load(file, GetParam(), plan);
        EXPECT_EQ(in_use(), of_cards(plan, [](const Stage& stage, const RankPlacement& rank) {
                      return rank.needs.weights + rank_sum_bytes(static_cast<int>(stage.ranks.size()));
                  }));
        const Session session = session_of(model, GetParam());
        EXPECT_EQ(in_use(), of_cards(plan, [](const Stage&, const RankPlacement& rank) {
                      return rank.needs.weights + rank.needs.kv_cache + rank.needs.scratch;
                  }));
    }
    EXPECT_EQ(in_use(), before);
}

/// Writes the session's tokens to the folder and reads them back once they are forgotten.
void go_by_disk(Session& session, const std::filesystem::path& folder) {
    const PackedSegment packed = pack_segment(session.sequence(), session.model().state_identity(), 0);
    write_whole_file(folder / "segment", packed.file);
    session.clear();
    const StoredSegment stored = {folder / "segment", packed.segment};
    EXPECT_FALSE(session.restore(std::span(&stored, 1), {}));
}

TEST_P(CardMemoryTest, isNotAskedForOnceASessionIsReady) {
    const WideModel file(GetParam().converted ? DType::BF16 : DType::Q4_K);
    const TemporaryFolder folder;
    Session session = session_of(load(file, GetParam(), plan_of(file, GetParam())), GetParam());
    const long before = reservations();
    ASSERT_GT(before, 0);
    session.forward(some_tokens(40, 37, WideModel::kVocab));
    Sampler greedy({.temperature = 0}, WideModel::kVocab), random({}, WideModel::kVocab);
    for (int i = 0; i < 2; ++i) {
        session.choose_next(i, greedy);
        session.choose_next(i, random);
    }
    const int guess[] = {5, 6, 7};
    session.forward_guess(4, guess);
    session.follow_guess();
    std::vector<float> logits(std::size_t{20} * WideModel::kVocab);
    session.forward_all(some_tokens(20, 11, WideModel::kVocab), logits);
    ASSERT_EQ(session.tokens().size(), 66U);
    Sequence kept = session.exchange(session.another_sequence());
    session.forward(some_tokens(20, 13, WideModel::kVocab));
    session.exchange(std::move(kept));
    go_by_disk(session, folder.path());
    EXPECT_EQ(session.tokens().size(), 66U);
    session.rewind(64);
    session.forward(some_tokens(kContext - 64, 3, WideModel::kVocab));
    EXPECT_EQ(reservations(), before);
}

// A load that is broken off, or that does not fit, leaves nothing behind.
TEST(CardMemory, isGivenBackByALoadThatEndsEarly) {
    const WideModel file(DType::BF16);
    const Lying lying = {.cards = 2};
    PlacementPlan plan = plan_of(file, lying);
    std::stop_source stop;
    const auto at_once = [&](std::int64_t, std::int64_t) { stop.request_stop(); };
    Model::load(file.path(), {.threads = 2, .plan = plan, .cuda = module()}, at_once, stop.get_token());
    EXPECT_EQ(bytes_in_use({.index = 0}), 0);
    EXPECT_EQ(bytes_in_use({.index = 1}), 0);
    // The second card has no room: nothing is read, and the first one's part goes too.
    const auto taken = module()->device(1)->reserve(std::int64_t{494} << 20, "something else");
    bool has_read = false;
    const auto reading = [&](std::int64_t, std::int64_t) { has_read = true; };
    try {
        Model::load(file.path(), {.threads = 2, .plan = plan, .cuda = module()}, reading, {});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::OutOfMemory);
        EXPECT_NE(std::string(error.what()).find("of the memory of GPU 1, but only"), std::string::npos)
            << error.what();
    }
    EXPECT_FALSE(has_read);
    EXPECT_EQ(bytes_in_use({.index = 0}), 0);
    EXPECT_EQ(bytes_in_use({.index = 1}), taken.size());
}

// A card may take a second to start: a stop is seen before that.
TEST(CardMemory, isNotTouchedWhereTheLoadIsStoppedAtOnce) {
    const WideModel file(DType::BF16);
    PlacementPlan plan = plan_of(file, {});
    plan.stages[0].ranks[0].device.index = 9;  // is not there
    EXPECT_THROW(load(file, {}, plan), Error);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(Model::load(file.path(), {.threads = 2, .plan = plan, .cuda = module()}, {}, stop.get_token()), nullptr);
}

}  // namespace
}  // namespace altiplano::engine
