// One buffer on each card; each pair and direction writes its own pattern, and the card that owns the memory counts.
#include "engine/device/cuda/peer_test.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/cuda/handles.h"
#include "engine/kernels/cuda/peer_pattern.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::int64_t kCounterBytes = 256;  // before the pattern
constexpr std::array<std::int64_t, 3> kSizes = {4 << 10, 64 << 10, 1 << 20};

/// One card's part in the test.
struct Tested {
    explicit Tested(int index) : card(index), memory(reserve_on_card(index, kCounterBytes + kSizes.back(), "a test")) {
        use_card(card);
        stream = make_stream();
    }
    unsigned* wrong() const { return reinterpret_cast<unsigned*>(memory.data()); }
    std::uint32_t* pattern() const { return reinterpret_cast<std::uint32_t*>(memory.data() + kCounterBytes); }
    void wait() const { check(cudaStreamSynchronize(stream.get()), "testing the ways between GPUs"); }

    int card;
    DeviceMemory memory;
    Stream stream;
};

std::string way(int from, int to) {
    return "GPU " + std::to_string(from) + " to GPU " + std::to_string(to);
}

// Empty where the card may now write to the other's memory.
std::string open_way(int from, int to) {
    int can = 0;
    check(cudaDeviceCanAccessPeer(&can, from, to), "asking for the ways between GPUs");
    if (can == 0) {
        return "there is no direct way from " + way(from, to);
    }
    use_card(from);
    const cudaError_t status = cudaDeviceEnablePeerAccess(to, 0);
    if (status == cudaSuccess || status == cudaErrorPeerAccessAlreadyEnabled) {
        cudaGetLastError();
        return "";
    }
    if (is_sticky(status)) {
        check(status, "opening the way from " + way(from, to));
    }
    cudaGetLastError();
    return "the direct way from " + way(from, to) + " cannot be opened: " + words(status);
}

// How many of the numbers that from wrote to the other card's memory are not there.
unsigned count_wrong(const Tested& from, const Tested& to, std::int64_t bytes, std::uint32_t seed) {
    const std::int64_t count = bytes / static_cast<std::int64_t>(sizeof(std::uint32_t));
    use_card(to.card);
    check(cudaMemsetAsync(to.memory.data(), 0, static_cast<std::size_t>(to.memory.size()), to.stream.get()),
          "testing the ways between GPUs");
    to.wait();
    use_card(from.card);
    launch_write_pattern(to.pattern(), count, seed, from.stream.get());
    from.wait();
    use_card(to.card);
    launch_count_wrong(to.pattern(), count, seed, to.wrong(), to.stream.get());
    unsigned wrong = 0;
    check(cudaMemcpyAsync(&wrong, to.wrong(), sizeof(wrong), cudaMemcpyDeviceToHost, to.stream.get()),
          "testing the ways between GPUs");
    to.wait();
    return wrong;
}

std::string test_way(const Tested& from, const Tested& to) {
    std::string failure = open_way(from.card, to.card);
    for (std::size_t i = 0; i < kSizes.size() && failure.empty(); ++i) {
        const auto seed = static_cast<std::uint32_t>((from.card * 64 + to.card) * 16) + static_cast<std::uint32_t>(i);
        if (const unsigned wrong = count_wrong(from, to, kSizes[i], seed); wrong != 0) {
            failure = "what goes the direct way from " + way(from.card, to.card) +
                      " does not arrive: " + std::to_string(wrong) + " of " + std::to_string(kSizes[i] / 4) +
                      " numbers were wrong";
        }
    }
    return failure;
}

PeerResult test(const std::set<int>& cards) {
    std::vector<Tested> tested;
    for (const int card : cards) {
        tested.emplace_back(card);
    }
    PeerResult result;
    for (const Tested& from : tested) {
        for (const Tested& to : tested) {
            if (std::string failure; from.card != to.card && !(failure = test_way(from, to)).empty()) {
                result.failures.push_back(std::move(failure));
            }
        }
    }
    return result;
}

std::string bus_ids(const std::set<int>& cards) {
    std::string ids;
    for (const int card : cards) {
        std::array<char, 32> id = {};
        check(cudaDeviceGetPCIBusId(id.data(), static_cast<int>(id.size()), card), "asking for a GPU's place");
        ids += std::string(id.data()) + ' ';
    }
    return ids;
}

}  // namespace

PeerResult test_peers(std::span<const int> cards) {
    static std::mutex mutex;
    static std::map<std::string, PeerResult> known;
    const std::set<int> distinct(cards.begin(), cards.end());
    const std::lock_guard lock(mutex);
    const std::string key = bus_ids(distinct);
    const auto found = known.find(key);
    return found != known.end() ? found->second : known.emplace(key, test(distinct)).first->second;
}

}  // namespace altiplano::engine::cuda
