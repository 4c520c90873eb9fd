// From "--device" to the list that a plan takes.
#include "engine/model/device_choice.h"

#include <gtest/gtest.h>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

std::string refusal(const std::string& text) {
    try {
        parse_device_choice(text);
        return "";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(DeviceChoice, wordsAndListsAreRead) {
    EXPECT_EQ(parse_device_choice("auto"), (DeviceChoice{true, false, {}}));
    EXPECT_EQ(parse_device_choice("cpu"), (DeviceChoice{false, false, {}}));
    EXPECT_EQ(parse_device_choice("cuda"), (DeviceChoice{true, true, {}}));
    EXPECT_EQ(parse_device_choice("cuda:3"), (DeviceChoice{true, true, {3}}));
    EXPECT_EQ(parse_device_choice("cuda:2,0,11"), (DeviceChoice{true, true, {2, 0, 11}}));
}

TEST(DeviceChoice, anythingElseIsRefusedWithWhatIsExpected) {
    for (const char* text :
         {"", "gpu", "cuda:", "cuda:0,", "cuda:,1", "cuda:-1", "cuda:0,0", "cuda:x", "cuda:1 ", "CPU"}) {
        EXPECT_EQ(refusal(text),
                  "there is no device \"" + std::string(text) + "\", expected auto, cpu, cuda, cuda:0 or cuda:0,1");
    }
}

TEST(DeviceChoice, withoutGpusTheProcessorComputesUnlessTheyAreAskedFor) {
    const CudaModule none("/nowhere/libaltiplano_cuda.so");
    const auto devices = chosen_devices(parse_device_choice("auto"), none);
    ASSERT_EQ(devices.size(), 1U);
    EXPECT_EQ(devices.front().kind, DeviceKind::Cpu);
    EXPECT_GT(devices.front().total_bytes, 0);
    for (const char* text : {"cuda", "cuda:0"}) {
        try {
            chosen_devices(parse_device_choice(text), none);
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::Device);
            EXPECT_EQ(error.what(), "no GPU can be used: " + none.why_not());
        }
    }
}

TEST(DeviceChoice, aPlanThatDoesNotFitSaysWhatIsMissing) {
    PlacementPlan plan;
    plan.stages.push_back({{},
                           {{{.index = 1, .total_bytes = std::int64_t{3} << 30, .in_use_bytes = 1 << 30},
                             {.weights = std::int64_t{5} << 29}}}});
    try {
        require_fit(plan);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::OutOfMemory);
        EXPECT_STREQ(error.what(), "GPU 1 has 2.00 GiB free, but its part of the model needs 2.50 GiB");
    }
}

}  // namespace
}  // namespace altiplano::engine
