// The subcommands of altiplano-cli: each adds itself to the program's command line.
#pragma once

#include <CLI/CLI.hpp>

namespace altiplano::engine::tools {

void add_info(CLI::App& program);
void add_tokenize(CLI::App& program);
void add_logits(CLI::App& program);
void add_chat(CLI::App& program);
void add_bench(CLI::App& program);
void add_plan(CLI::App& program);
void add_check(CLI::App& program);
void add_devices(CLI::App& program);

}  // namespace altiplano::engine::tools
