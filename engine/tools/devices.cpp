// altiplano-cli devices: what this machine can compute on.
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>
#include <thread>
#include <unistd.h>

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

void run() {
    std::cout << "cpu     " << processor_name() << ", " << std::thread::hardware_concurrency() << " threads, "
              << std::fixed << std::setprecision(1) << memory_gib() << " GiB memory\n";
}

}  // namespace

void add_devices(CLI::App& program) {
    program.add_subcommand("devices", "What this machine can compute on")->callback([] { run(); });
}

}  // namespace altiplano::engine::tools
