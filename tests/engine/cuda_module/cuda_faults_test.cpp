// What happens when the card says no: too little memory, calls that fail, cards that are lost or too old.
#include <gtest/gtest.h>

#include "engine/device/cuda/cards.h"
#include "engine/device/cuda/cuda_device.h"
#include "engine/error.h"
#include "tests/engine/cuda_module/test_layer.h"
#include "tests/engine/host_cuda/host_cuda.h"

namespace altiplano::engine::cuda {
namespace {

const std::vector<int> kFew = {5, 6}, kMany(20, 7);

// A load, some tokens of each kind, and the end: what must work or fail cleanly as a whole.
std::vector<float> use_a_card() {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q4_0, .dim = 64, .heads = 2, .kv_heads = 1, .ffn = 64, .vocab = 32});
    layer.compute(kMany, 0);
    for (int step = 0; step < 3; ++step) {
        layer.compute_recorded(kFew, 20 + 2 * step);
    }
    return layer.compute(kFew, 26).logits;
}

class CudaFaultsTest : public testing::Test {
protected:
    CudaFaultsTest() { host_cuda::reset(); }
};

TEST_F(CudaFaultsTest, tooLittleMemorySaysNeededAndFreeAndLeavesNothing) {
    use_a_card();
    int refused = 0;
    for (std::size_t room = std::size_t{1} << 16; room < std::size_t{64} << 20; room += room / 2) {
        host_cuda::set_devices({{.memory_bytes = room}});
        try {
            use_a_card();
        } catch (const Error& error) {
            ++refused;
            EXPECT_EQ(error.kind(), ErrorKind::OutOfMemory) << error.what();
            EXPECT_NE(std::string(error.what()).find(" needs "), std::string::npos) << error.what();
            EXPECT_NE(std::string(error.what()).find("are free"), std::string::npos) << error.what();
        }
        EXPECT_EQ(host_cuda::bytes_in_use(0), 0U) << room;
        EXPECT_EQ(host_cuda::live_handles(), 0) << room;
    }
    EXPECT_GT(refused, 3);
}

// What such a call does not give back stays.
bool gives_back(const std::string& call) {
    return call.find("Free") != std::string::npos || call.find("Destroy") != std::string::npos;
}

void fail_every_call(cudaError_t error, ErrorKind kind) {
    host_cuda::reset();
    const std::vector<float> expected = use_a_card();
    const std::int64_t calls = host_cuda::calls();
    int failures = 0;
    for (std::int64_t k = 1; k <= calls; ++k) {
        host_cuda::reset();
        host_cuda::fail_call(k, error);
        try {
            EXPECT_EQ(use_a_card(), expected) << "call " << k << ", " << host_cuda::failed_call();
        } catch (const Error& failure) {
            ++failures;
            EXPECT_EQ(failure.kind(), kind)
                << "call " << k << ", " << host_cuda::failed_call() << ": " << failure.what();
        }
        if (!gives_back(host_cuda::failed_call())) {
            EXPECT_EQ(host_cuda::bytes_in_use(0), 0U) << "call " << k << ", " << host_cuda::failed_call();
            EXPECT_EQ(host_cuda::live_handles(), 0) << "call " << k << ", " << host_cuda::failed_call();
        }
    }
    EXPECT_GT(failures, calls / 2);
}

TEST_F(CudaFaultsTest, anyCallThatFailsIsAnErrorAndLeavesNothing) {
    fail_every_call(cudaErrorInvalidValue, ErrorKind::Device);
}

TEST_F(CudaFaultsTest, aCardThatIsLostAtAnyCallIsToldSo) {
    fail_every_call(cudaErrorIllegalAddress, ErrorKind::DeviceLost);
}

TEST_F(CudaFaultsTest, aCardThatIsLostIsNamedSo) {
    CudaDevice gpu(0);
    TestLayer layer(gpu, {.type = DType::Q4_0, .dim = 64, .heads = 2, .kv_heads = 1, .ffn = 64, .vocab = 32});
    layer.compute(kFew, 0);
    host_cuda::lose_card(0, cudaErrorIllegalAddress);
    for (int attempt = 0; attempt < 2; ++attempt) {
        try {
            layer.compute(kFew, 2);
            FAIL();
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::DeviceLost) << error.what();
            EXPECT_TRUE(std::string(error.what()).starts_with("GPU 0: ")) << error.what();
            EXPECT_NE(std::string(error.what()).find("cudaErrorIllegalAddress"), std::string::npos) << error.what();
        }
    }
}

TEST_F(CudaFaultsTest, oldCardsAreListedAndRefused) {
    host_cuda::set_devices({{.name = "Old card", .major = 7, .minor = 5}, {.name = "New card", .major = 8}});
    const std::vector<CudaCard> found = cards();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].why_not, "Old card has compute capability 7.5, 8.0 or newer is needed");
    EXPECT_EQ(found[1].why_not, "");
    EXPECT_EQ(found[1].peers, std::vector<int>{0});
    EXPECT_THROW(CudaDevice(0), Error);
    EXPECT_NO_THROW(CudaDevice(1));
}

TEST_F(CudaFaultsTest, cardsThatAreNotThereAreRefused) {
    try {
        CudaDevice gpu(3);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Device);
        EXPECT_EQ(std::string(error.what()), "there is no GPU 3: 1 are there");
    }
}

TEST_F(CudaFaultsTest, aDriverThatDoesNotStartIsToldWithWhatHelps) {
    host_cuda::fail_call(1, cudaErrorSystemNotReady);
    EXPECT_TRUE(probe().failure.ends_with("need the service nvidia-fabricmanager"));
    host_cuda::fail_call(1, cudaErrorSystemDriverMismatch);
    EXPECT_TRUE(probe().failure.ends_with("the machine must be started anew"));
}

TEST_F(CudaFaultsTest, driversThatAreTooOldAreProbed) {
    host_cuda::set_driver_version(12040);
    const CudaProbe found = probe();
    EXPECT_EQ(found.driver_cuda, 12040);
    EXPECT_EQ(found.needed_cuda, 13000);
    EXPECT_EQ(found.cards, 0);
    EXPECT_FALSE(found.failure.empty());
}

}  // namespace
}  // namespace altiplano::engine::cuda
