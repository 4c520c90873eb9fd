// The emulated CUDA module as a program loads the real one: by its file.
#include <cstdlib>
#include <gtest/gtest.h>

#include "engine/device/cpu_device.h"
#include "engine/device/cuda_module.h"
#include "engine/error.h"
#include "tests/engine/cuda_module/test_layer.h"

namespace altiplano::engine {
namespace {

const CudaModule& module() {
    setenv("ALTIPLANO_EMULATED_CARDS", "2x64", 1);
    static const CudaModule loaded(ALTIPLANO_EMULATED_MODULE);
    return loaded;
}

TEST(LoadedModule, DescribesItsCards) {
    ASSERT_EQ(module().why_not(), "");
    const std::vector<CudaCard> cards = module().cards();
    ASSERT_EQ(cards.size(), 2U);
    EXPECT_EQ(cards[1].info.label(), "GPU 1");
    EXPECT_EQ(cards[1].info.total_bytes, std::int64_t{64} << 20);
    EXPECT_EQ(cards[1].peers, std::vector<int>{0});
    EXPECT_FALSE(cards[1].name.empty());
    EXPECT_FALSE(cards[1].pci_bus_id.empty());
    EXPECT_NE(cards[0].pci_bus_id, cards[1].pci_bus_id);
}

TEST(LoadedModule, ComputesOnEachCard) {
    CpuDevice cpu(1, best_cpu_kernels());
    TestLayer expected(cpu, {.type = DType::Q8_0});
    const std::vector<float> logits = expected.compute({3, 4}, 0).logits;
    for (const int card : {0, 1}) {
        const auto gpu = module().device(card);
        TestLayer actual(*gpu, {.type = DType::Q8_0});
        EXPECT_LT(relative_error(actual.compute({3, 4}, 0).logits, logits), 2e-3) << card;
    }
}

TEST(LoadedModule, ItsErrorsAreTheEngines) {
    const auto gpu = module().device(1);
    try {
        gpu->reserve(std::int64_t{1} << 30, "a model");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::OutOfMemory);
        EXPECT_NE(std::string(error.what())
                      .find("a model needs 1.00 GiB of the memory of GPU 1, but only 0.06 GiB of "
                            "0.06 GiB are free"),
                  std::string::npos)
            << error.what();
    }
    EXPECT_THROW(module().device(2), Error);
}

TEST(LoadedModule, RanksAddUp) {
    std::vector<std::unique_ptr<Device>> devices;
    devices.push_back(module().device(0));
    devices.push_back(module().device(1));
    Device* const ranks[] = {devices[0].get(), devices[1].get()};
    const auto collective = module().collective(ranks, {});
    EXPECT_EQ(collective->ranks(), 2);
}

}  // namespace
}  // namespace altiplano::engine
