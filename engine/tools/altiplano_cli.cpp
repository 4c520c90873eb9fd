// altiplano-cli: the engine on the command line. Exit status 1 with one sentence for an error, 2 for wrong usage.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <new>

#include "engine/tools/commands.h"
#include "engine/version.h"

namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int fail(const char* message) {
    std::cerr << "altiplano-cli: " << message << '\n';
    return kFailed;
}

int run(int argc, char** argv) {
    namespace tools = altiplano::engine::tools;
    CLI::App program("Llama 3.1 on the command line", "altiplano-cli");
    program.set_version_flag("--version", "altiplano-cli " + std::string(altiplano::engine::kEngineVersion));
    program.require_subcommand(1);
    tools::add_info(program);
    tools::add_tokenize(program);
    tools::add_logits(program);
    tools::add_chat(program);
    tools::add_bench(program);
    tools::add_plan(program);
    tools::add_check(program);
    tools::add_devices(program);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : kWrongUsage;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        return fail("the machine has not enough memory for this");
    } catch (const std::exception& error) {
        return fail(error.what());
    }
}
