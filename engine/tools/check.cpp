// altiplano-cli check: every operation and the logits of a device against the processor's, on this machine.
#include <cstdio>
#include <iostream>

#include "engine/device/host_memory.h"
#include "engine/error.h"
#include "engine/model/device_check.h"
#include "engine/model/device_choice.h"
#include "engine/tools/commands.h"
#include "engine/tools/model_options.h"

namespace altiplano::engine::tools {

namespace {

constexpr int kPrompt = 40, kWritten = 8;
// What a whole model's layers make of the roundings of one product.
constexpr double kLogitsOfProduct = 5;

void print(const CheckResult& result) {
    std::printf("%-6s  %-28s %-12s %4d  %.2e  %.0e\n", result.passed() ? "ok" : "FAILED", result.operation.c_str(),
                result.types.c_str(), result.rows, result.error, result.bound);
    std::fflush(stdout);
}

/// A prompt's logits, then those of single tokens: [kPrompt + kWritten, vocabulary].
std::vector<float> logits_on(const ModelOptions& options) {
    const SessionOptions of_session = session_options(options, 2 * (kPrompt + kWritten));
    const std::shared_ptr<const Model> model = load_model(options, of_session);
    const auto vocab = static_cast<std::size_t>(model->config().vocab_size);
    std::vector<int> tokens(kPrompt + kWritten);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        tokens[i] = static_cast<int>((i * 7919 + 11) % vocab);
    }
    Session session(model, of_session);
    std::vector<float> logits(tokens.size() * vocab);
    session.forward_all(std::span(tokens).first(kPrompt), std::span(logits).first(kPrompt * vocab));
    for (std::size_t i = kPrompt; i < tokens.size(); ++i) {
        const auto row = session.forward(std::span(tokens).subspan(i, 1));
        std::copy(row.begin(), row.end(), logits.begin() + static_cast<std::ptrdiff_t>(i * vocab));
    }
    return logits;
}

CheckResult check_logits(const ModelOptions& options, const std::string& types, double bound) {
    ModelOptions processor = options;
    processor.device = "cpu";
    const std::vector<float> expected = logits_on(processor), found = logits_on(options);
    return {"logits of the whole model", types, kPrompt + kWritten, relative_error(found, expected), bound};
}

void run(const ModelOptions& options) {
    const DeviceChoice choice = parse_device_choice(options.device);
    const auto cuda = std::make_shared<CudaModule>();
    const auto source = open_weights(options.path);
    int checked = 0, failed = 0;
    double largest_bound = 0;
    const auto on_result = [&](const CheckResult& result) {
        print(result);
        ++checked;
        failed += result.passed() ? 0 : 1;
        largest_bound = std::max(largest_bound, result.operation == "product" ? result.bound : 0);
    };
    std::printf("%-6s  %-28s %-12s %4s  %-8s  %s\n", "", "operation", "types", "rows", "error", "bound");
    for (const DeviceInfo& device : chosen_devices(choice, *cuda)) {
        if (device.kind == DeviceKind::Gpu || !choice.gpus) {
            std::printf("%s\n", device.label().c_str());
            check_operations(*source, parse_conversion(options.convert), device, cuda, options.threads, on_result);
        }
    }
    on_result(check_logits(options, source->summary().type_label, kLogitsOfProduct * largest_bound));
    std::printf("%d of %d passed\n", checked - failed, checked);
    if (failed > 0) {
        throw Error(ErrorKind::Device, options.device + " does not compute what the processor computes");
    }
}

}  // namespace

void add_check(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("check", "Every operation and the logits of a device against the processor's");
    const auto options = std::make_shared<ModelOptions>();
    add_model_options(*command, *options);
    add_kv_option(*command, *options);
    command->callback([options] { run(*options); });
}

}  // namespace altiplano::engine::tools
