// altiplano-cli devices: what this machine can compute on.
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>
#include <thread>
#include <unistd.h>

#include "engine/device/cuda_module.h"
#include "engine/tools/commands.h"

namespace altiplano::engine::tools {

namespace {

std::string processor_name() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return "processor";
}

double memory_gib() {
    return static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGE_SIZE)) / (1 << 30);
}

double gib(std::int64_t bytes) {
    return static_cast<double>(bytes) / (std::int64_t{1} << 30);
}

// "reaches 1, 2 directly (NVLink: 1)"
std::string peers(const CudaCard& card) {
    const auto list = [](const std::vector<int>& cards) {
        std::string text;
        for (const int other : cards) {
            text += (text.empty() ? "" : ", ") + std::to_string(other);
        }
        return text;
    };
    if (card.peers.empty()) {
        return "";
    }
    return ", reaches " + list(card.peers) + " directly" +
           (card.nvlinks.empty() ? "" : " (by NVLink: " + list(card.nvlinks) + ")");
}

void show(const CudaCard& card) {
    std::cout << "cuda:" << card.info.index << "  " << card.name << ", compute capability " << card.major << "."
              << card.minor << ", " << gib(card.info.total_bytes) << " GiB memory, ";
    if (card.why_not.empty()) {
        std::cout << gib(card.info.available_bytes()) << " GiB free" << peers(card) << ", at " << card.pci_bus_id;
    } else {
        std::cout << "cannot be used: " << card.why_not;
    }
    std::cout << "\n";
}

void run() {
    std::cout << "cpu     " << processor_name() << ", " << std::thread::hardware_concurrency() << " threads, "
              << std::fixed << std::setprecision(1) << memory_gib() << " GiB memory\n";
    const CudaModule module;
    for (const CudaCard& card : module.cards()) {
        show(card);
    }
    if (!module.usable()) {
        std::cout << "No GPU can be used: " << module.why_not() << ".\n";
    }
}

}  // namespace

void add_devices(CLI::App& program) {
    program.add_subcommand("devices", "What this machine can compute on")->callback([] { run(); });
}

}  // namespace altiplano::engine::tools
