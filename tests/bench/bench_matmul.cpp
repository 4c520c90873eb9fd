// Measures the matrix products of each instruction level with weights that lie in the cache: what the arithmetic alone
// can do, beside memory's limit.
//   altiplano-bench-matmul [type]     prints giga multiply-additions a second of one thread, for batches of 1 to 256
//   tokens
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "engine/device/cpu_device.h"

namespace {

using namespace altiplano::engine;  // a program of one file

constexpr std::int64_t kRows = 1024, kCols = 4096;
constexpr double kSeconds = 0.1;
constexpr int kBatches[] = {1, 2, 4, 8, 32, 256};
constexpr DType kTypes[] = {DType::F32,  DType::F16,  DType::BF16, DType::F8_E4M3, DType::Q8_0,
                            DType::Q4_0, DType::Q4_K, DType::Q5_K, DType::Q6_K};

double giga_products_per_s(const CpuKernels& kernels, DType type, int tokens) {
    CpuDevice device(1, kernels);
    const std::vector<std::byte> rows(static_cast<std::size_t>(kRows * row_bytes(type, kCols)), std::byte{1});
    const HostBuffer placed(device.placed_bytes(type, kRows, kCols), "weights");
    const PlacedMatrix weights = {placed.data(), type, kRows, kCols, nullptr};
    device.place_rows(weights, 0, rows);
    const HostBuffer x(tokens * kCols * 4, "activations"), out(tokens * kRows * 4, "results");
    const auto multiply = [&] {
        device.product({x.data(), DType::F32, tokens, kCols}, weights, {out.data(), DType::F32, tokens, kRows});
    };
    multiply();
    const auto start = std::chrono::steady_clock::now();
    double elapsed = 0;
    int count = 0;
    for (; elapsed < kSeconds; ++count) {
        multiply();
        elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    return 1e-9 * count * tokens * kRows * kCols / elapsed;
}

}  // namespace

int main(int argc, char** argv) {
    for (const CpuKernels* kernels : available_cpu_kernels()) {
        for (const DType type : kTypes) {
            if (argc > 1 && name(type) != argv[1]) {
                continue;
            }
            std::printf("%-9s %-5s", std::string(kernels->level).c_str(), std::string(name(type)).c_str());
            for (const int tokens : kBatches) {
                std::printf("  %3d: %7.1f", tokens, giga_products_per_s(*kernels, type, tokens));
            }
            std::printf("\n");
        }
    }
    return 0;
}
