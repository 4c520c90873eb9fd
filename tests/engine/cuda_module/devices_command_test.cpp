// altiplano-cli with the emulated module, and with none.
#include <cstdlib>
#include <gtest/gtest.h>

#include "tests/engine/tools/cli.h"

namespace {

class DevicesCommand : public testing::Test {
protected:
    ~DevicesCommand() override {
        unsetenv("ALTIPLANO_CUDA_MODULE");
        unsetenv("ALTIPLANO_EMULATED_CARDS");
    }
};

TEST_F(DevicesCommand, listsTheCards) {
    setenv("ALTIPLANO_CUDA_MODULE", ALTIPLANO_EMULATED_MODULE, 1);
    setenv("ALTIPLANO_EMULATED_CARDS", "2x512", 1);
    const Outcome outcome = cli("devices");
    EXPECT_EQ(outcome.status, 0) << outcome.error;
    EXPECT_NE(outcome.out.find("cuda:1  "), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("0.5 GiB memory"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("reaches 0 directly"), std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.out.find("No GPU can be used"), std::string::npos) << outcome.out;
}

TEST_F(DevicesCommand, checkFindsTheProcessorsNumbersOnACard) {
    setenv("ALTIPLANO_CUDA_MODULE", ALTIPLANO_EMULATED_MODULE, 1);
    setenv("ALTIPLANO_EMULATED_CARDS", "1x2048", 1);
    const Outcome outcome = cli("check " ALTIPLANO_STARTER " --device cuda:0");
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.error;
    EXPECT_NE(outcome.out.find("logits of the whole model"), std::string::npos) << outcome.out;
}

TEST_F(DevicesCommand, saysWhyThereAreNone) {
    setenv("ALTIPLANO_CUDA_MODULE", "/nowhere/module.so", 1);
    const Outcome outcome = cli("devices");
    EXPECT_EQ(outcome.status, 0) << outcome.error;
    EXPECT_NE(
        outcome.out.find("No GPU can be used: this build of the program has no GPU support (/nowhere/module.so is "
                         "not there).\n"),
        std::string::npos)
        << outcome.out;
}

}  // namespace
