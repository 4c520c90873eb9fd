// altiplano-cli plan as scripts and people see it.
#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/engine/tools/cli.h"

namespace {

const std::string kConfigs = ALTIPLANO_TEST_DATA "/configs/";
const std::string k405B = "plan " + kConfigs + "llama-3.1-405b-fp8";

nlohmann::json plan(const std::string& arguments) {
    const Outcome outcome = cli("plan " + arguments + " --json");
    EXPECT_EQ(outcome.status, 0) << outcome.error;
    return nlohmann::json::parse(outcome.out);
}

TEST(CliPlan, saysInBytesThat405BFitsEightCards) {
    const auto json = plan(kConfigs + "llama-3.1-405b-fp8 --gpus 8x80GiB --context 131072 --kv f16");
    EXPECT_EQ(json.at("fits"), true);
    EXPECT_EQ(json.at("split"), "tensor");
    EXPECT_EQ(json.at("parameters"), 405'853'388'800);
    ASSERT_EQ(json.at("devices").size(), 8U);
    for (const auto& device : json.at("devices")) {
        EXPECT_EQ(device.at("total_bytes"), 85'899'345'920);
        EXPECT_EQ(device.at("weights_bytes"), 60'926'312'448);
        EXPECT_EQ(device.at("kv_cache_bytes"), 8'455'716'864);
        const std::int64_t needed =
            device.at("weights_bytes").get<std::int64_t>() + device.at("kv_cache_bytes").get<std::int64_t>() +
            device.at("scratch_bytes").get<std::int64_t>() + device.at("libraries_bytes").get<std::int64_t>();
        EXPECT_EQ(device.at("needed_bytes"), needed);
        EXPECT_EQ(device.at("free_bytes"), 85'899'345'920 - needed);
    }
}

TEST(CliPlan, saysWhatToChangeWhereFourCardsAreNotEnough) {
    const auto json = plan(kConfigs + "llama-3.1-405b-fp8 --gpus 4x80GiB");
    EXPECT_EQ(json.at("fits"), false);
    EXPECT_EQ(json.at("context"), 131'072);
    EXPECT_EQ(json.at("largest_context"), 0);
    EXPECT_EQ(json.at("changes").at(0).at("gpus"), 8);
    const Outcome text = cli(k405B + " --gpus 4x80GiB");
    EXPECT_NE(text.out.find("does not fit"), std::string::npos);
    EXPECT_NE(text.out.find("8 GPUs of 80.00 GiB"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("layers on the CPU"), std::string::npos) << text.out;
}

TEST(CliPlan, drawsABarForEachGpu) {
    const Outcome text = cli(k405B + " --gpus 8x80GiB");
    ASSERT_EQ(text.status, 0) << text.error;
    EXPECT_NE(text.out.find("GPU 7, 80.00 GiB: layers 0 to 125, part 8 of 8\n  |WWWW"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("weights 56.74 GiB, KV cache 7.88 GiB"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find(": fits\n"), std::string::npos) << text.out;
}

TEST(CliPlan, takesMixedCardsWithWhatOthersUse) {
    const auto json = plan(kConfigs + "llama-3.1-8b --gpus 24GiB,16GiB --in-use 2GiB,512MiB --context 8192");
    EXPECT_EQ(json.at("fits"), true);
    EXPECT_EQ(json.at("split"), "layers");
    ASSERT_EQ(json.at("devices").size(), 2U);
    EXPECT_EQ(json.at("devices")[0].at("in_use_bytes"), std::int64_t{2} << 30);
    EXPECT_EQ(json.at("devices")[1].at("in_use_bytes"), std::int64_t{512} << 20);
}

TEST(CliPlan, convertsAndOffersTheSmallerCache) {
    const std::string model = kConfigs + "llama-3.1-70b --gpus 80GB ";
    EXPECT_EQ(plan(model + "--context 8192").at("fits"), false);
    const auto fp8 = plan(model + "--context 4096 --weights fp8 --prefill-chunk 512");
    EXPECT_EQ(fp8.at("converted_to"), "F8_E4M3");
    EXPECT_EQ(fp8.at("fits"), true);
    const auto small = plan(kConfigs + "llama-3.1-8b --gpus 24GiB --kv fp8");
    EXPECT_EQ(small.at("kv_type"), "F8_E4M3");
    EXPECT_EQ(small.at("fits"), true);
}

TEST(CliPlan, putsTheRestOnTheCpu) {
    const auto json = plan(kConfigs + "llama-3.1-70b --gpus 2x24GiB --cpu-memory 128GiB --context 8192");
    EXPECT_EQ(json.at("fits"), true);
    EXPECT_EQ(json.at("devices").back().at("kind"), "cpu");
    EXPECT_EQ(json.at("stages").back().at("embedding"), true);
}

TEST(CliPlan, plansAFileForThisMachine) {
    const auto json = plan(ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf");
    EXPECT_EQ(json.at("fits"), true);
    EXPECT_EQ(json.at("devices").at(0).at("kind"), "cpu");
}

TEST(CliPlan, refusesWhatItDoesNotUnderstand) {
    for (const char* sizes :
         {"8x", "x80GiB", "80XiB", "-1GiB", "0x80GiB", "80GiB,", "nan", "1e300GiB", "9999x1GiB", "8 x"}) {
        const Outcome outcome = cli(k405B + " --gpus='" + std::string(sizes) + "'");
        EXPECT_EQ(outcome.status, 1) << sizes << outcome.out;
        EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
    }
    EXPECT_EQ(cli(k405B + " --gpus 2x80GiB --in-use 1GiB").status, 1);
    EXPECT_EQ(cli(k405B + " --gpus 80GiB --kv q4_k").status, 2);
    EXPECT_EQ(cli(k405B + " --gpus 80GiB --weights q4_k").status, 2);
    EXPECT_EQ(cli(k405B + " --gpus 80GiB --context 200000").status, 1);
}

TEST(Plan, wordsAreTakenInAnyCase) {
    const std::string model = ALTIPLANO_TEST_DATA "/tiny-llama31-Q8_0.gguf";
    const Outcome capitals = cli("plan " + model + " --gpus 24GiB --kv FP8"),
                  small = cli("plan " + model + " --gpus 24GiB --kv fp8");
    EXPECT_NE(capitals.out.find("KV cache in F8_E4M3"), std::string::npos) << capitals.out << capitals.error;
    EXPECT_EQ(capitals.out, small.out);
}

}  // namespace
