// What every subcommand that computes has in common: the model, its threads, its device, the loading.
#include "engine/tools/model_options.h"

#include <array>
#include <iostream>
#include <unistd.h>

#include "engine/error.h"
#include "engine/model/device_choice.h"
#include "engine/model/draft_model.h"
#include "engine/model/model_outline.h"
#include "engine/model/placement.h"

namespace altiplano::engine::tools {

namespace {

void show_progress(std::int64_t done, std::int64_t total) {
    if (total > 0) {
        std::cerr << "\rLoading " << done * 100 / total << " %" << (done == total ? "\r\x1B[K" : "") << std::flush;
    }
}

PlacementPlan plan_on(const std::vector<DeviceInfo>& devices, const ModelOptions& options,
                      const SessionOptions& session) {
    const ModelOutline outline = read_outline(options.path);
    const std::optional<DType> convert_to = parse_conversion(options.convert);
    PlacementRequest request;
    request.context = session_context(outline.weights.config(), session);
    request.kv_type = session.kv_type;
    request.split = parse_split(options.split);
    PlacementPlan plan =
        plan_placement(convert_to ? outline.weights.converted(*convert_to) : outline.weights, devices, request);
    require_fit(plan);
    if (!plan.note.empty()) {
        std::cerr << "Note: " << plan.note << ".\n";
    }
    const Stage& last = plan.stages.back();
    if (last.ranks.front().device.kind == DeviceKind::Cpu) {
        const std::string layers = last.part.layer_count == 0
                                       ? ""
                                       : " and " + std::to_string(last.part.layer_count) + " of " +
                                             std::to_string(outline.weights.config().layers) + " layers";
        std::cerr << "The GPUs have no room for all of the model: the processor computes the embedding, the output"
                  << layers << ".\n";
    }
    return plan;
}

}  // namespace

void add_model_options(CLI::App& command, ModelOptions& options) {
    command.add_option("MODEL", options.path, "model file or folder")->required();
    command.add_option("--threads", options.threads, "threads that compute; 0 = the physical cores")
        ->check(CLI::Range(0, 1024));
    command.add_option("--convert", options.convert, "convert plain weights while loading: fp8, q8_0 or bf16")
        ->transform(CLI::IsMember({"fp8", "q8_0", "bf16"}, CLI::ignore_case));
    command.add_option("--device", options.device, "auto, cpu, cuda (all GPUs), or some: cuda:0,1")
        ->capture_default_str();
    add_split_option(command, options.split);
    command.add_flag("--direct-ways,!--no-direct-ways", options.direct_ways,
                     "GPUs may write to each other's memory, where a test at the start shows that it works");
}

void add_split_option(CLI::App& command, std::string& split) {
    command.add_option("--split", split, "auto, tensor (every layer on all GPUs) or layers (each GPU its own)")
        ->check(CLI::IsMember({"auto", "tensor", "layers"}))
        ->capture_default_str();
}

Split parse_split(const std::string& text) {
    return text == "tensor" ? Split::Tensor : text == "layers" ? Split::Layers : Split::Auto;
}

void add_kv_option(CLI::App& command, ModelOptions& options) {
    command.add_option("--kv", options.kv_type, "type of the cached keys and values: f16, q8_0, f32, on GPUs fp8")
        ->capture_default_str();
}

SessionOptions session_options(const ModelOptions& options, int context) {
    return {.context = context, .kv_type = parse_kv_type(options.kv_type)};
}

std::shared_ptr<const Model> load_model(const ModelOptions& options, const SessionOptions& session) {
    LoadOptions load{.threads = options.threads,
                     .convert_to = parse_conversion(options.convert),
                     .direct_ways = options.direct_ways};
    const DeviceChoice choice = parse_device_choice(options.device);
    if (choice.gpus) {
        load.cuda = std::make_shared<CudaModule>();
        const std::vector<DeviceInfo> devices = chosen_devices(choice, *load.cuda);
        if (devices.front().kind == DeviceKind::Gpu) {
            load.plan = plan_on(devices, options, session);
        }
    }
    const bool is_terminal = isatty(STDERR_FILENO) == 1;
    auto model = Model::load(options.path, load, is_terminal ? show_progress : LoadProgress(), {});
    for (const std::string& note : model->notes()) {
        std::cerr << "Note: " << note << ".\n";
    }
    return model;
}

void add_speculation_options(CLI::App& command, SpeculationOptions& options) {
    command.add_flag("--speculate,!--no-speculate", options.on, "guess several tokens at once: the same text, sooner");
    command.add_option("--draft-model", options.draft_model, "small model of the same vocabulary that guesses too");
}

std::unique_ptr<Speculation> make_speculation(const SpeculationOptions& options, const ModelOptions& model_options,
                                              const Session& session) {
    if (!options.on) {
        return nullptr;
    }
    auto speculation = std::make_unique<Speculation>();
    if (!options.draft_model.empty()) {
        ModelOptions draft = model_options;
        draft.path = options.draft_model;
        const SessionOptions of_draft = session_options(model_options, session.context());
        speculation->add(std::make_unique<DraftModel>(session.model(), load_model(draft, of_draft), of_draft));
    }
    return speculation;
}

DType parse_kv_type(const std::string& text) {
    std::string wanted = text;
    for (char& c : wanted) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    wanted = wanted == "FP8" ? name(DType::F8_E4M3) : wanted;
    for (const DType type : {DType::F16, DType::Q8_0, DType::F32, DType::F8_E4M3}) {
        if (name(type) == wanted) {
            return type;
        }
    }
    throw Error(ErrorKind::BadArgument,
                "there is no type " + text + " of cached keys and values, expected f16, q8_0, f32 or fp8");
}

std::optional<DType> parse_conversion(const std::string& text) {
    return text == "fp8"    ? std::optional(DType::F8_E4M3)
           : text == "q8_0" ? std::optional(DType::Q8_0)
           : text == "bf16" ? std::optional(DType::BF16)
                            : std::nullopt;
}

}  // namespace altiplano::engine::tools
