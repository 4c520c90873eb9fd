// Sums through NCCL over two processes that share one GPU: each says that it is another machine (NCCL_HOSTID), and they
// talk over loopback sockets. Prints what it checked; exit status 0: all sums were right, 77: there is no GPU.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <vector>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/cuda/handles.h"
#include "engine/device/cuda/nccl_group.h"
#include "engine/device/cuda/record.h"
#include "engine/error.h"

extern char** environ;

namespace altiplano::engine::cuda {
namespace {

constexpr int kRanks = 2;
constexpr int kNoGpu = 77;
constexpr std::int64_t kMost = 9 << 20;  // numbers: more than two pieces
constexpr std::int64_t kCounts[] = {4, 4096, 131072, kMost};

// Whole numbers, so that the sum is exact in any order.
float partial_of(int rank, std::int64_t index) {
    return static_cast<float>((index * 7 % 1009) * (rank + 1));
}

struct Side {
    Side() : memory(reserve_on_card(0, 2 * 4 * kMost, "a test")), stream(make_stream()) {}
    float* partial() const { return reinterpret_cast<float*>(memory.data()); }
    float* sum() const { return partial() + kMost; }
    void copy(float* to, const float* from, std::int64_t count) const {
        check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(count) * 4, cudaMemcpyDefault, stream.get()),
              "a copy");
        check(cudaStreamSynchronize(stream.get()), "waiting for a copy");
    }

    DeviceMemory memory;
    Stream stream;
};

// How many of sum[count] are not times the sum over ranks of the partials.
std::int64_t wrong_sums(const Side& side, std::int64_t count, int times) {
    std::vector<float> found(static_cast<std::size_t>(count));
    side.copy(found.data(), side.sum(), count);
    std::int64_t wrong = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const float expected = static_cast<float>(times) * (partial_of(0, i) + partial_of(1, i));
        wrong += found[static_cast<std::size_t>(i)] != expected;
    }
    return wrong;
}

bool report(int rank, const std::string& what, std::int64_t wrong) {
    std::printf("rank %d, %s: %s\n", rank, what.c_str(),
                wrong == 0 ? "right" : (std::to_string(wrong) + " WRONG").c_str());
    return wrong == 0;
}

// Every size once as it comes, and three times from a recorded graph.
bool run_rank(int rank, const ncclUniqueId& id) {
    const Side side;
    const RankBoard board(kRanks);
    NcclGroup group(id, rank, kRanks, {0, side.stream.get()}, board, std::chrono::seconds(60));
    bool all_right = true;
    for (const std::int64_t count : kCounts) {
        std::vector<float> numbers(static_cast<std::size_t>(count));
        for (std::int64_t i = 0; i < count; ++i) {
            numbers[static_cast<std::size_t>(i)] = partial_of(rank, i);
        }
        side.copy(side.partial(), numbers.data(), count);
        check(cudaMemsetAsync(side.sum(), 0, static_cast<std::size_t>(count) * 4, side.stream.get()), "clearing");
        CudaRecord record(0);
        for (int times = 1; times <= 4; ++times) {
            record.run(1, 0, side.stream.get(), [&] { group.all_reduce_add(rank, side.partial(), side.sum(), count); });
            all_right = report(rank, std::to_string(count) + " numbers, time " + std::to_string(times),
                               wrong_sums(side, count, times)) &&
                        all_right;
        }
    }
    return all_right && report(rank, "NCCL's own state", group.failure().empty() ? 0 : 1);
}

std::string to_hex(const ncclUniqueId& id) {
    std::string text;
    char digits[3];
    for (const char byte : id.internal) {
        std::snprintf(digits, sizeof(digits), "%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
        text += digits;
    }
    return text;
}

ncclUniqueId from_hex(const std::string& text) {
    ncclUniqueId id = {};
    for (std::size_t i = 0; i < sizeof(id.internal) && 2 * i + 1 < text.size(); ++i) {
        id.internal[i] = static_cast<char>(std::stoi(text.substr(2 * i, 2), nullptr, 16));
    }
    return id;
}

// Before NCCL's first call: it reads them once.
void set_environment(int rank) {
    ::setenv("NCCL_HOSTID", ("altiplano-test-" + std::to_string(rank)).c_str(), 1);
    ::setenv("NCCL_SOCKET_IFNAME", "lo", 1);
    ::setenv("NCCL_IB_DISABLE", "1", 1);
}

pid_t start_other(const char* program, const std::string& id) {
    const std::string arguments[] = {program, id};
    char* const pointers[] = {const_cast<char*>(arguments[0].c_str()), const_cast<char*>(arguments[1].c_str()),
                              nullptr};
    pid_t other = 0;
    if (::posix_spawn(&other, "/proc/self/exe", nullptr, nullptr, pointers, environ) != 0) {
        throw Error(ErrorKind::Io, "the second process cannot be started");
    }
    return other;
}

// With an argument this is the second process, and the argument NCCL's name of the group.
int main_of(int argument_count, char** arguments) {
    const int rank = argument_count > 1 ? 1 : 0;
    set_environment(rank);
    int cards = 0;
    if (cudaGetDeviceCount(&cards) != cudaSuccess || cards == 0) {
        std::puts("there is no GPU");
        return kNoGpu;
    }
    use_card(0);
    if (rank == 1) {
        return run_rank(1, from_hex(arguments[1])) ? 0 : 1;
    }
    const ncclUniqueId id = NcclGroup::new_id();
    const pid_t other = start_other(arguments[0], to_hex(id));
    const bool is_right = run_rank(0, id);
    int status = 1;
    ::waitpid(other, &status, 0);
    return is_right && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace altiplano::engine::cuda

int main(int argument_count, char** arguments) {
    try {
        return altiplano::engine::cuda::main_of(argument_count, arguments);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
