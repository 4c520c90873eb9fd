// altiplano-cli plan: what of a model goes to which device and whether it fits, from headers or a config alone.
#include <iostream>
#include <memory>

#include "engine/device/host_memory.h"
#include "engine/error.h"
#include "engine/tools/commands.h"
#include "engine/tools/memory_size.h"
#include "engine/tools/model_options.h"
#include "engine/tools/plan_report.h"

namespace altiplano::engine::tools {

namespace {

struct PlanOptions {
    std::filesystem::path path;
    std::string gpus;
    std::string in_use;
    std::string cpu_memory;
    std::string kv_type = "f16";
    std::string weights;
    std::string split = "auto";
    int context = 0;
    int prefill_chunk = PlacementRequest().prefill_chunk;
    bool json = false;
};

std::vector<DeviceInfo> devices_of(const PlanOptions& options) {
    std::vector<DeviceInfo> devices;
    if (!options.gpus.empty()) {
        for (const std::int64_t bytes : parse_sizes(options.gpus)) {
            devices.push_back({DeviceKind::Gpu, static_cast<int>(devices.size()), bytes, 0});
        }
    }
    if (!options.in_use.empty()) {
        const std::vector<std::int64_t> in_use = parse_sizes(options.in_use);
        if (in_use.size() != devices.size()) {
            throw Error(ErrorKind::BadArgument, "--in-use has " + std::to_string(in_use.size()) + " sizes, --gpus " +
                                                    std::to_string(devices.size()));
        }
        for (std::size_t i = 0; i < devices.size(); ++i) {
            devices[i].in_use_bytes = in_use[i];
        }
    }
    if (!options.cpu_memory.empty()) {
        devices.push_back({DeviceKind::Cpu, 0, parse_size(options.cpu_memory), 0});
    } else if (devices.empty()) {
        devices.push_back({DeviceKind::Cpu, 0, available_memory_bytes(), 0});
    }
    return devices;
}

DType parse_cache_type(const std::string& text) {
    return text == "fp8" || text == "f8" ? DType::F8_E4M3
           : text == "q8_0"              ? DType::Q8_0
           : text == "f32"               ? DType::F32
                                         : DType::F16;
}

PlanReport report_of(const PlanOptions& options) {
    const ModelOutline outline = read_outline(options.path);
    const std::optional<DType> converted = parse_conversion(options.weights);
    const WeightTable weights = converted ? outline.weights.converted(*converted) : outline.weights;
    const std::vector<DeviceInfo> devices = devices_of(options);
    PlacementRequest request;
    request.context = options.context > 0 ? options.context : weights.config().context_length;
    request.kv_type = parse_cache_type(options.kv_type);
    request.prefill_chunk = options.prefill_chunk;
    request.split = parse_split(options.split);
    return {outline.name,
            outline.type_label,
            weights,
            converted,
            plan_placement(weights, devices, request),
            largest_context(weights, devices, request),
            changes_that_fit(outline.weights, devices, request, converted)};
}

void run(const PlanOptions& options) {
    const PlanReport report = report_of(options);
    if (options.json) {
        using Json = nlohmann::ordered_json;
        std::cout << to_json(report).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    } else {
        std::cout << to_text(report);
    }
}

}  // namespace

void add_plan(CLI::App& program) {
    CLI::App* command = program.add_subcommand("plan", "What of a model goes to which device, and whether it fits");
    const auto options = std::make_shared<PlanOptions>();
    command->add_option("MODEL", options->path, "model file, folder, config.json or params.json")->required();
    command->add_option("--gpus", options->gpus, "memory of each GPU: 8x80GiB, or 24GiB,16GiB; none: the CPU alone");
    command->add_option("--in-use", options->in_use, "what others use of each GPU, in the same order");
    command->add_option("--cpu-memory", options->cpu_memory, "memory for what the GPUs cannot hold; none: only GPUs");
    command->add_option("--context", options->context, "tokens; 0 = the model's own context")
        ->check(CLI::Range(0, 1 << 24));
    command->add_option("--kv", options->kv_type, "type of the cached keys and values: f16, fp8, q8_0 or f32")
        ->transform(CLI::IsMember({"f16", "fp8", "f8", "q8_0", "f32"}, CLI::ignore_case))
        ->capture_default_str();
    command->add_option("--weights", options->weights, "convert plain weights while loading: fp8, q8_0 or bf16")
        ->transform(CLI::IsMember({"fp8", "q8_0", "bf16"}, CLI::ignore_case));
    add_split_option(*command, options->split);
    command->add_option("--prefill-chunk", options->prefill_chunk, "tokens of a prompt computed at once")
        ->check(CLI::Range(1, 1 << 20))
        ->capture_default_str();
    command->add_flag("--json", options->json, "as JSON, every size in bytes");
    command->callback([options] { run(*options); });
}

}  // namespace altiplano::engine::tools
