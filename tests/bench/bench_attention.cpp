// Measures attention by itself against what limits it: decoding against the memory read, prefill against the
// multiply-adds of the processor. The limits are measured in turn with it.
//   altiplano-bench-attention [threads [decode|prefill]]     prints a JSON line for each measurement
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/device/cpu_device.h"
#include "tests/bench/fma_peak.h"

namespace {

using namespace altiplano::engine;  // a program of one file

// Llama 3.1 8B: four query heads share a key-value head.
constexpr int kHeads = 32, kKvHeads = 8, kHeadDim = 128;
constexpr std::int64_t kDecodeBytes = std::int64_t{1} << 30;  // far beyond every cache
constexpr int kPrefillChunk = 256;
constexpr std::size_t kPairs = 64;

/// Seconds that the processor worked for each thread, so that other programs on it count as little as can be.
double seconds(int threads, const auto& work) {
    const auto now = [] {
        timespec time = {};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    };
    const double start = now();
    work();
    return (now() - start) / threads;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::vector<float> random_values(std::int64_t count) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> values(static_cast<std::size_t>(count));
    std::ranges::generate(values, [&] { return normal(random); });
    return values;
}

ConstMatrix rows_of(const std::vector<float>& values, int rows, int width) {
    return {reinterpret_cast<const std::byte*>(values.data()), DType::F32, rows, width};
}
Matrix rows_of(std::vector<float>& values, int rows, int width) {
    return {reinterpret_cast<std::byte*>(values.data()), DType::F32, rows, width};
}

/// The caches of so many layers, all with the same random contents.
class Layers {
public:
    Layers(CpuDevice& device, DType type, int positions, std::int64_t least_bytes) {
        const std::int64_t half = kKvHeads * kv_head_bytes(type, kHeadDim, positions);
        const std::int64_t count = std::max<std::int64_t>(least_bytes / (2 * half), 1);
        memory_ = HostBuffer(count * 2 * half, "the caches");
        for (std::int64_t i = 0; i < count; ++i) {
            std::byte* const start = memory_.data() + i * 2 * half;
            layers_.push_back({start, start + half, type, kKvHeads, kHeadDim, positions});
            if (i > 0) {
                std::memcpy(start, memory_.data(), static_cast<std::size_t>(2 * half));
                continue;
            }
            const std::vector<float> rows = random_values(std::int64_t{kKvBlock} * kKvHeads * kHeadDim);
            for (int first = 0; first < positions; first += kKvBlock) {
                const ConstMatrix block = rows_of(rows, kKvBlock, kKvHeads * kHeadDim);
                device.append(layers_[0], block, block, first);
            }
        }
    }

    std::span<const KvCache> all() const { return layers_; }
    std::span<const std::byte> memory() const { return {memory_.data(), static_cast<std::size_t>(memory_.size())}; }

private:
    HostBuffer memory_;
    std::vector<KvCache> layers_;
};

/// Reads every cache line once; returns something that depends on it.
std::uint64_t read_all(ThreadPool& pool, std::span<const std::byte> memory) {
    constexpr int kParts = 256;
    std::vector<std::uint64_t> totals(kParts);
    const std::span words(reinterpret_cast<const std::uint64_t*>(memory.data()), memory.size() / 8);
    pool.run(kParts, [&](int part, int) {
        const std::span share =
            words.subspan(words.size() / kParts * static_cast<std::size_t>(part), words.size() / kParts);
        std::uint64_t sums[8] = {};
        for (std::size_t i = 0; i + 8 <= share.size(); i += 8) {
            for (std::size_t lane = 0; lane < 8; ++lane) {
                sums[lane] += share[i + lane];
            }
        }
        for (const std::uint64_t sum : sums) {
            totals[static_cast<std::size_t>(part)] += sum;
        }
    });
    std::uint64_t total = 0;
    for (const std::uint64_t part : totals) {
        total += part;
    }
    return total;
}

/// One step of decoding in some layers, and reading as many bytes of others just before or after: what is left in the
/// caches by one is of no use to the other.
void measure_decode(CpuDevice& device, ThreadPool& pool, DType type, int depth) {
    const Layers layers(device, type, depth, kDecodeBytes);
    const std::vector<float> q = random_values(kHeads * kHeadDim);
    std::vector<float> out(q.size());
    const std::size_t count = layers.all().size(), together = std::max<std::size_t>(count / 16, 1);
    const std::size_t layer_bytes = layers.memory().size() / count;
    std::uint64_t sum = 0;
    std::vector<double> reads, steps, shares;
    for (std::size_t pair = 0; pair < kPairs; ++pair) {
        const std::size_t first = pair * together % (count - together + 1);
        const std::size_t other = (first + count / 2) % (count - together + 1);
        const double step = seconds(pool.threads(), [&] {
            for (const KvCache& layer : layers.all().subspan(first, together)) {
                device.attend(layer, rows_of(q, 1, kHeads * kHeadDim), depth - 1, rows_of(out, 1, kHeads * kHeadDim));
            }
        });
        const double read = seconds(pool.threads(), [&] {
            sum += read_all(pool, layers.memory().subspan(other * layer_bytes, together * layer_bytes));
        });
        reads.push_back(static_cast<double>(together * layer_bytes) / read / 1e9);
        steps.push_back(static_cast<double>(together * layer_bytes) / step / 1e9);
        shares.push_back(read / step);
    }
    std::printf(
        "{\"measured\": \"decode\", \"kv\": \"%s\", \"depth\": %d, \"mb_per_layer\": %.1f, \"gb_per_s\": %.2f, "
        "\"read_gb_per_s\": %.2f, \"best_gb_per_s\": %.2f, \"best_read_gb_per_s\": %.2f, \"share\": %.3f, "
        "\"check\": %d}\n",
        std::string(name(type)).c_str(), depth, static_cast<double>(layer_bytes) / 1e6, median(steps), median(reads),
        *std::ranges::max_element(steps), *std::ranges::max_element(reads), median(shares), static_cast<int>(sum % 10));
    std::fflush(stdout);
}

double peak_rate(ThreadPool& pool) {
    constexpr int kRounds = 4'000'000;
    double operations = 0;
    const double time = seconds(pool.threads(), [&] {
        pool.run(pool.threads(), [&](int task, int) {
            const double done = altiplano::bench::multiply_and_add(kRounds);
            operations = task == 0 ? done : operations;
        });
    });
    return operations * pool.threads() / time / 1e9;
}

/// A prompt in chunks of kPrefillChunk tokens, of which every so many is measured, and the peak around each.
void measure_prefill(CpuDevice& device, ThreadPool& pool, DType type, int prompt) {
    const Layers layers(device, type, prompt, 0);
    const std::vector<float> q = random_values(std::int64_t{kPrefillChunk} * kHeads * kHeadDim);
    std::vector<float> out(q.size());
    const int chunks = prompt / kPrefillChunk, step = std::max(chunks / 8, 1);
    std::vector<double> rates, peaks, shares;
    for (int repeat = 0; repeat < (prompt > 4096 ? 2 : prompt > 512 ? 6 : 40); ++repeat) {
        double operations = 0, time = 0, ideal = 0;
        for (int chunk = step / 2; chunk < chunks; chunk += step) {
            const double pairs = kPrefillChunk * (chunk + 0.5) * kPrefillChunk;
            const double peak = peak_rate(pool);
            time += seconds(pool.threads(), [&] {
                device.attend(layers.all()[0], rows_of(q, kPrefillChunk, kHeads * kHeadDim), chunk * kPrefillChunk,
                              rows_of(out, kPrefillChunk, kHeads * kHeadDim));
            });
            operations += pairs * kHeads * kHeadDim * 4;
            ideal += pairs * kHeads * kHeadDim * 4 / (peak + peak_rate(pool)) * 2 / 1e9;
        }
        rates.push_back(operations / time / 1e9);
        peaks.push_back(operations / ideal / 1e9);
        shares.push_back(ideal / time);
    }
    std::printf(
        "{\"measured\": \"prefill\", \"kv\": \"%s\", \"prompt\": %d, \"gflops\": %.1f, \"peak_gflops\": %.1f, "
        "\"best_gflops\": %.1f, \"best_peak_gflops\": %.1f, \"share\": %.3f}\n",
        std::string(name(type)).c_str(), prompt, median(rates), median(peaks), *std::ranges::max_element(rates),
        *std::ranges::max_element(peaks), median(shares));
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const int threads = argc > 1 ? std::max(std::atoi(argv[1]), 1) : usable_cores();
    const std::string_view only = argc > 2 ? argv[2] : "";
    CpuDevice device(threads, best_cpu_kernels());
    ThreadPool pool(threads);
    for (const DType type : {DType::F16, DType::Q8_0, DType::F32}) {
        for (const int depth : {4096, 16384}) {
            if (only != "prefill") {
                measure_decode(device, pool, type, depth);
            }
        }
        for (const int prompt : {512, 4096, 16384}) {
            if (only != "decode") {
                measure_prefill(device, pool, type, prompt);
            }
        }
    }
    return 0;
}
