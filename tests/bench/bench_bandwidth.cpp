// Measures how fast this machine reads memory with the engine's own threads: the limit of decoding.
//   altiplano-bench-bandwidth [threads]     prints one JSON line
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <vector>

#include "engine/device/host_memory.h"
#include "engine/device/thread_pool.h"

namespace {

using namespace altiplano::engine;  // a program of one file

constexpr std::int64_t kBytes = std::int64_t{1} << 30;  // far beyond every cache
constexpr int kTasks = 256;
constexpr int kRepeats = 8;

/// Sums a part so that every cache line is read; eight sums keep loads in flight.
std::uint64_t read_part(std::span<const std::uint64_t> part) {
    std::uint64_t sums[8] = {};
    for (std::size_t i = 0; i + 8 <= part.size(); i += 8) {
        for (std::size_t lane = 0; lane < 8; ++lane) {
            sums[lane] += part[i + lane];
        }
    }
    std::uint64_t total = 0;
    for (const std::uint64_t sum : sums) {
        total += sum;
    }
    return total;
}

double read_once(ThreadPool& pool, std::span<const std::uint64_t> words, std::vector<std::uint64_t>& sums) {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t part = words.size() / kTasks;
    pool.run(kTasks, [&](int task, int) {
        sums[static_cast<std::size_t>(task)] = read_part(words.subspan(static_cast<std::size_t>(task) * part, part));
    });
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    return static_cast<double>(kBytes) / elapsed.count() / 1e9;
}

}  // namespace

int main(int argc, char** argv) {
    const int threads = argc > 1 ? std::max(std::atoi(argv[1]), 1) : usable_cores();
    ThreadPool pool(threads);
    const HostBuffer memory(kBytes, "the bandwidth measurement");
    const std::span words(reinterpret_cast<std::uint64_t*>(memory.data()), static_cast<std::size_t>(kBytes / 8));
    pool.run(kTasks, [&](int task, int) {
        const std::size_t part = words.size() / kTasks;
        std::ranges::fill(words.subspan(static_cast<std::size_t>(task) * part, part), 1);
    });
    std::vector<std::uint64_t> sums(kTasks);
    std::vector<double> rates;
    for (int i = 0; i < kRepeats; ++i) {
        rates.push_back(read_once(pool, words, sums));
    }
    std::sort(rates.begin(), rates.end());
    std::printf("{\"threads\": %d, \"best_gb_per_s\": %.1f, \"median_gb_per_s\": %.1f}\n", threads, rates.back(),
                rates[kRepeats / 2]);
    return sums[0] == 0 ? 1 : 0;
}
