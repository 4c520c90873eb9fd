// The emulated runtime: memory, streams, graphs, several cards, and calls that fail.
#include <cuda_runtime_api.h>
#include <gtest/gtest.h>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "engine/error.h"
#include "tests/engine/cuda/device_array.h"
#include "tests/engine/cuda/host_cuda_kernels.h"
#include "tests/engine/host_cuda/host_cuda.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::size_t kMebibyte = 1 << 20;

class HostCudaRuntime : public testing::Test {
protected:
    HostCudaRuntime() { host_cuda::reset(); }
};

class Stream {
public:
    explicit Stream(unsigned flags = cudaStreamNonBlocking) { cudaStreamCreateWithFlags(&stream_, flags); }
    ~Stream() { cudaStreamDestroy(stream_); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    operator cudaStream_t() const { return stream_; }

private:
    cudaStream_t stream_ = nullptr;
};

std::vector<float> counting(int count) {
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 1.0F);
    return values;
}

TEST_F(HostCudaRuntime, cardsHaveTheMemoryTheyWereGiven) {
    host_cuda::set_devices({{.memory_bytes = 8 * kMebibyte, .others_bytes = kMebibyte}});
    void* first = nullptr;
    void* second = nullptr;
    EXPECT_EQ(cudaMalloc(&first, 5 * kMebibyte), cudaSuccess);
    std::size_t free = 0, total = 0;
    cudaMemGetInfo(&free, &total);
    EXPECT_EQ(free, 2 * kMebibyte);
    EXPECT_EQ(total, 8 * kMebibyte);
    EXPECT_EQ(cudaMalloc(&second, 2 * kMebibyte + 1), cudaErrorMemoryAllocation);
    EXPECT_EQ(second, nullptr);
    EXPECT_EQ(cudaGetLastError(), cudaErrorMemoryAllocation);
    EXPECT_EQ(cudaGetLastError(), cudaSuccess);
    EXPECT_EQ(cudaFree(first), cudaSuccess);
    EXPECT_EQ(cudaFree(first), cudaErrorInvalidValue);
    EXPECT_EQ(host_cuda::bytes_in_use(0), 0U);
}

TEST_F(HostCudaRuntime, copiesOutsideAnAllocationAreRefused) {
    const DeviceArray<float> card(10);
    std::vector<float> host(20);
    EXPECT_EQ(cudaMemcpy(card.get(), host.data(), 44, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
    EXPECT_EQ(cudaMemcpy(host.data(), card.get() + 5, 24, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
    EXPECT_EQ(cudaMemcpy(host.data(), host.data() + 10, 4, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
    EXPECT_EQ(cudaMemset(card.get(), 0, 41), cudaErrorInvalidValue);
    EXPECT_EQ(cudaMemcpy2D(host.data(), 8, card.get(), 4, 4, 10, cudaMemcpyDeviceToHost), cudaSuccess);
    EXPECT_EQ(cudaMemcpy2D(host.data(), 8, card.get(), 4, 4, 11, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
}

TEST_F(HostCudaRuntime, memoryThatWasFreedStopsTheProgram) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_DEATH(
        {
            float* memory = nullptr;
            cudaMalloc(&memory, 4096);
            cudaFree(memory);
            *const_cast<volatile float*>(memory) = 1;
        },
        "");
}

TEST_F(HostCudaRuntime, pointersOfTheHostStopAKernel) {
    std::vector<float> host(256);
    const DeviceArray<float> sums(1);
    EXPECT_THROW(launch_block_sums(host.data(), sums.get(), 1, nullptr), Error);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaErrorIllegalAddress);  // and so is everything after it
    EXPECT_EQ(cudaGetLastError(), cudaErrorIllegalAddress);
    EXPECT_EQ(cudaGetLastError(), cudaErrorIllegalAddress);
    cudaDeviceReset();
    EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
}

TEST_F(HostCudaRuntime, recordedWorkIsDoneAtEveryLaunchOfTheGraph) {
    const DeviceArray<float> x(counting(256)), sums(std::vector<float>{0});
    const Stream stream;
    ASSERT_EQ(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal), cudaSuccess);
    launch_block_sums(x.get(), sums.get(), 1, stream);
    cudaGraph_t graph = nullptr;
    ASSERT_EQ(cudaStreamEndCapture(stream, &graph), cudaSuccess);
    EXPECT_EQ(host_cuda::launches(), 0);
    cudaGraphExec_t executable = nullptr;
    ASSERT_EQ(cudaGraphInstantiate(&executable, graph), cudaSuccess);
    EXPECT_EQ(cudaGraphDestroy(graph), cudaSuccess);
    EXPECT_EQ(sums.values()[0], 0);
    for (const int add : {0, 1}) {
        std::vector<float> values = counting(256);
        values[0] += static_cast<float>(add);
        cudaMemcpy(x.get(), values.data(), values.size() * sizeof(float), cudaMemcpyHostToDevice);
        EXPECT_EQ(cudaGraphLaunch(executable, stream), cudaSuccess);
        EXPECT_EQ(sums.values()[0], 256 * 257 / 2 + add);
    }
    EXPECT_EQ(cudaGraphExecDestroy(executable), cudaSuccess);
    EXPECT_EQ(cudaGraphLaunch(executable, stream), cudaErrorInvalidValue);
}

TEST_F(HostCudaRuntime, whatWaitsOrAllocatesSpoilsARecording) {
    const Stream stream;
    void* memory = nullptr;
    cudaGraph_t graph = nullptr;
    cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal);
    EXPECT_EQ(cudaMalloc(&memory, 16), cudaErrorStreamCaptureUnsupported);
    EXPECT_EQ(cudaStreamEndCapture(stream, &graph), cudaErrorStreamCaptureInvalidated);
    cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal);
    EXPECT_EQ(cudaStreamSynchronize(stream), cudaErrorStreamCaptureUnsupported);
    EXPECT_EQ(cudaStreamEndCapture(stream, &graph), cudaErrorStreamCaptureInvalidated);
    EXPECT_EQ(graph, nullptr);
    // What another thread does concerns a recording of the global mode only.
    const auto elsewhere = [&] {
        cudaError_t status = cudaSuccess;
        std::thread([&] { status = cudaMalloc(&memory, 16); }).join();
        return status;
    };
    cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal);
    EXPECT_EQ(elsewhere(), cudaSuccess);
    EXPECT_EQ(cudaStreamEndCapture(stream, &graph), cudaSuccess);
    cudaGraphDestroy(graph);
    cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal);
    EXPECT_EQ(elsewhere(), cudaErrorStreamCaptureUnsupported);
    EXPECT_EQ(cudaStreamEndCapture(stream, &graph), cudaErrorStreamCaptureInvalidated);
    cudaFree(memory);
}

TEST_F(HostCudaRuntime, streamsThatAreDrawnIntoARecordingMustComeBack) {
    const Stream first, second;
    cudaEvent_t forked = nullptr, joined = nullptr;
    cudaEventCreateWithFlags(&forked, cudaEventDisableTiming);
    cudaEventCreateWithFlags(&joined, cudaEventDisableTiming);
    const DeviceArray<float> x(counting(256)), sums(2);
    for (const bool comes_back : {true, false}) {
        cudaGraph_t graph = nullptr;
        cudaStreamBeginCapture(first, cudaStreamCaptureModeThreadLocal);
        cudaEventRecord(forked, first);
        cudaStreamWaitEvent(second, forked);
        launch_block_sums(x.get(), sums.get(), 1, second);
        if (comes_back) {
            cudaEventRecord(joined, second);
            cudaStreamWaitEvent(first, joined);
        }
        EXPECT_EQ(cudaStreamEndCapture(first, &graph), comes_back ? cudaSuccess : cudaErrorStreamCaptureUnjoined);
        std::size_t nodes = 0;
        if (comes_back) {
            cudaGraphGetNodes(graph, nullptr, &nodes);
            EXPECT_EQ(nodes, 1U);
            cudaGraphDestroy(graph);
        }
    }
    EXPECT_EQ(host_cuda::launches(), 0);
    cudaEventDestroy(forked);
    cudaEventDestroy(joined);
}

TEST_F(HostCudaRuntime, lateWorkIsDoneWhenSomebodyWaits) {
    host_cuda::set_late(true);
    const DeviceArray<float> card(1);
    float* pinned = nullptr;
    ASSERT_EQ(cudaMallocHost(&pinned, sizeof(float)), cudaSuccess);
    const Stream stream;
    *pinned = 1;
    cudaMemcpyAsync(card.get(), pinned, sizeof(float), cudaMemcpyHostToDevice, stream);
    *pinned = 2;  // too early: the copy has not been waited for
    cudaStreamSynchronize(stream);
    EXPECT_EQ(card.values()[0], 2);
    float pageable = 3;
    cudaMemcpyAsync(card.get(), &pageable, sizeof(float), cudaMemcpyHostToDevice, stream);
    pageable = 4;  // no better: CUDA may have read memory that is not pinned, or may not
    cudaStreamSynchronize(stream);
    EXPECT_EQ(card.values()[0], 4);
    cudaFreeHost(pinned);
}

TEST_F(HostCudaRuntime, aStreamWaitsForAnotherOnesEvent) {
    host_cuda::set_late(true);
    const DeviceArray<float> x(counting(256)), sums(1), copy(1);
    const Stream first, second;
    cudaEvent_t done = nullptr;
    cudaEventCreateWithFlags(&done, cudaEventDisableTiming);
    launch_block_sums(x.get(), sums.get(), 1, first);
    cudaEventRecord(done, first);
    cudaStreamWaitEvent(second, done);
    cudaMemcpyAsync(copy.get(), sums.get(), sizeof(float), cudaMemcpyDeviceToDevice, second);
    EXPECT_EQ(host_cuda::launches(), 0);
    cudaStreamSynchronize(second);
    EXPECT_EQ(host_cuda::launches(), 1);
    EXPECT_EQ(copy.values()[0], 256 * 257 / 2);
    cudaEventDestroy(done);
}

TEST_F(HostCudaRuntime, cardsReachEachOthersMemoryOnlyWhereAllowed) {
    host_cuda::set_devices({{}, {}, {.peer_access = false}});
    const DeviceArray<float> x(counting(256));
    int can = -1;
    cudaDeviceCanAccessPeer(&can, 1, 0);
    EXPECT_EQ(can, 1);
    cudaDeviceCanAccessPeer(&can, 2, 0);
    EXPECT_EQ(can, 0);
    cudaSetDevice(2);
    EXPECT_EQ(cudaDeviceEnablePeerAccess(0, 0), cudaErrorPeerAccessUnsupported);
    cudaSetDevice(1);
    const DeviceArray<float> sums(1);
    EXPECT_EQ(cudaDeviceEnablePeerAccess(0, 0), cudaSuccess);
    EXPECT_EQ(cudaDeviceEnablePeerAccess(0, 0), cudaErrorPeerAccessAlreadyEnabled);
    launch_block_sums(x.get(), sums.get(), 1, nullptr);
    EXPECT_EQ(sums.values()[0], 256 * 257 / 2);
    EXPECT_EQ(cudaDeviceDisablePeerAccess(0), cudaSuccess);
    EXPECT_THROW(launch_block_sums(x.get(), sums.get(), 1, nullptr), Error);
}

TEST_F(HostCudaRuntime, copiesBetweenCardsArriveUnlessTheMachineLies) {
    host_cuda::set_devices({{}, {}});
    const DeviceArray<float> source(counting(100));
    cudaSetDevice(1);
    cudaDeviceEnablePeerAccess(0, 0);
    const DeviceArray<float> target(100);
    EXPECT_EQ(cudaMemcpyPeerAsync(target.get(), 0, source.get(), 0, 400), cudaErrorInvalidValue);
    EXPECT_EQ(cudaMemcpyPeerAsync(target.get(), 1, source.get(), 0, 400), cudaSuccess);
    EXPECT_EQ(target.values(), counting(100));
    host_cuda::set_peer_copies_lie(true);
    EXPECT_EQ(cudaMemcpyPeerAsync(target.get(), 1, source.get(), 0, 400), cudaSuccess);
    EXPECT_NE(target.values(), counting(100));
}

TEST_F(HostCudaRuntime, cardsWaitForEachOtherOnTheirOwnThreads) {
    host_cuda::set_devices(std::vector<host_cuda::CardOptions>(3));
    std::uint32_t* counter = nullptr;  // in memory of the host that all cards reach
    ASSERT_EQ(cudaMallocHost(&counter, sizeof(std::uint32_t)), cudaSuccess);
    for (int rank = 0; rank < 3; ++rank) {  // alone, so that the kernel is loaded before any waits
        cudaSetDevice(rank);
        launch_card_meets(counter, 0, DeviceArray<int>(1).get(), nullptr);
    }
    *counter = 0;
    std::vector<int> come(3);
    std::vector<std::thread> ranks;
    for (int rank = 0; rank < 3; ++rank) {
        ranks.emplace_back([&, rank] {
            cudaSetDevice(rank);
            const DeviceArray<int> out(1);
            launch_card_meets(counter, 3, out.get(), nullptr);
            come[rank] = out.values()[0];
        });
    }
    for (std::thread& rank : ranks) {
        rank.join();
    }
    EXPECT_EQ(come, std::vector<int>(3, 3));
    cudaFreeHost(counter);
}

TEST_F(HostCudaRuntime, anyCallCanBeToldToFail) {
    const auto work = [] {
        void* memory = nullptr;
        cudaError_t status = cudaMalloc(&memory, 100);
        status = status == cudaSuccess ? cudaMemset(memory, 0, 100) : status;
        cudaFree(memory);
        return status;
    };
    host_cuda::fail_call(2, cudaErrorInvalidValue);
    EXPECT_EQ(work(), cudaErrorInvalidValue);
    EXPECT_EQ(host_cuda::failed_call(), "cudaMemset");
    EXPECT_EQ(work(), cudaSuccess);
    host_cuda::fail_call(1, cudaErrorLaunchFailure);
    EXPECT_EQ(work(), cudaErrorLaunchFailure);
    EXPECT_EQ(work(), cudaErrorLaunchFailure);  // the card is lost
    EXPECT_EQ(host_cuda::live_handles(), 0);
    cudaDeviceReset();
    EXPECT_EQ(work(), cudaSuccess);
}

/// What launch() allows a kernel does not shrink below what a graph or another thread counts on.
TEST_F(HostCudaRuntime, aSmallerLaunchLeavesALargerOneItsSharedMemory) {
    const DeviceArray<float> x(counting(256)), out(256);
    const Stream stream;
    cudaGraph_t graph = nullptr;
    cudaGraphExec_t executable = nullptr;
    cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed);
    launch_through_much_shared(x.get(), out.get(), stream, 180'000);
    ASSERT_EQ(cudaStreamEndCapture(stream, &graph), cudaSuccess);
    ASSERT_EQ(cudaGraphInstantiate(&executable, graph, 0), cudaSuccess);
    launch_through_much_shared(x.get(), out.get(), stream, 100'000);
    EXPECT_EQ(cudaGraphLaunch(executable, stream), cudaSuccess);
    EXPECT_EQ(cudaStreamSynchronize(stream), cudaSuccess);
    cudaGraphExecDestroy(executable);
    cudaGraphDestroy(graph);
}

/// Whether the card takes a launch with overlap, and one with 100,000 bytes of shared memory.
std::pair<bool, bool> takes(const host_cuda::CardOptions& card, int blocks) {
    host_cuda::set_devices({card});
    const DeviceArray<float> x(counting(256)), out(256);
    const auto works = [&](const auto& launch) {
        try {
            launch();
            return true;
        } catch (const Error&) {
            return false;
        }
    };
    return {works([&] { launch_block_sums(x.get(), out.get(), blocks, nullptr); }),
            works([&] { launch_through_much_shared(x.get(), out.get(), nullptr); })};
}

TEST_F(HostCudaRuntime, launchesThatNoCardTakesAreRefused) {
    EXPECT_EQ(takes({}, 1), std::pair(true, true));
    EXPECT_EQ(takes({.major = 8}, 1), std::pair(true, true));  // launch() asks for no overlap of an old card
    EXPECT_EQ(takes({}, 0), std::pair(false, true));
    EXPECT_EQ(takes({.most_shared_bytes = 64 * 1024}, 1), std::pair(true, false));
}

}  // namespace
}  // namespace altiplano::engine::cuda
