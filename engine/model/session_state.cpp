// What is kept between two calls of a session.
#include "engine/model/session_state.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/device/host_memory.h"
#include "engine/error.h"

namespace altiplano::engine {
namespace {

constexpr int kDefaultContext = 8192;

void check_kv_type(DType type, bool on_gpus_alone) {
    const bool is_kept = type == DType::F16 || type == DType::Q8_0 || type == DType::F32;
    if (!is_kept && !(on_gpus_alone && type == DType::F8_E4M3)) {
        throw Error(ErrorKind::BadArgument, "the KV cache cannot be of type " + std::string(name(type)) +
                                                ", expected F16, Q8_0 or F32" + (on_gpus_alone ? " or F8_E4M3" : ""));
    }
}

bool is_of_cpu(const Stage& stage) {
    return stage.ranks.front().device.kind == DeviceKind::Cpu;
}

int layers_of_cpu(const PlacementPlan& plan) {
    int layers = 0;
    for (const Stage& stage : plan.stages) {
        layers += is_of_cpu(stage) ? stage.part.layer_count : 0;
    }
    return layers;
}

int whole_blocks(std::size_t positions) {
    return (static_cast<int>(positions) + kKvBlock - 1) / kKvBlock * kKvBlock;
}

}  // namespace

int session_context(const ModelConfig& config, const SessionOptions& options) {
    const int context = options.context > 0 ? options.context : std::min(config.context_length, kDefaultContext);
    if (context > config.context_length) {
        throw Error(ErrorKind::BadArgument, "a context of " + std::to_string(context) +
                                                " tokens is more than the model's " +
                                                std::to_string(config.context_length));
    }
    return context;
}

Session::State::State(std::shared_ptr<const Model> of, const SessionOptions& options)
    : model(std::move(of)), parts(model->parts_.get()) {
    const ModelConfig& config = parts->config;
    const int context = session_context(config, options);
    const std::vector<Stage>& planned_stages = parts->plan.stages;
    const bool on_gpus_alone = std::none_of(planned_stages.begin(), planned_stages.end(), is_of_cpu);
    check_kv_type(options.kv_type, on_gpus_alone);
    const int planned = parts->plan.request.prefill_chunk;
    const int chunk = on_gpus_alone ? planned : std::min(planned, kCpuChunk);
    largest_chunk = std::clamp(options.prefill_chunk > 0 ? options.prefill_chunk : chunk, 1, context);
    const CacheShape shape = {config.layers, config.kv_heads, config.head_dim, context, options.kv_type};
    sequence = Sequence(shape, layers_of_cpu(parts->plan));
    stages.emplace(*parts, shape, largest_chunk);
    logits.resize(static_cast<std::size_t>(config.vocab_size));
    stages->warm_up(sequence);
}

void Session::State::check_tokens(std::span<const int> added) const {
    if (added.empty()) {
        throw Error(ErrorKind::BadArgument, "there are no tokens to compute");
    }
    const std::size_t held = sequence.tokens().size();
    const int context = sequence.shape().context;
    if (added.size() > static_cast<std::size_t>(context) - held) {
        throw Error(ErrorKind::PromptTooLong, std::to_string(held + added.size()) +
                                                  " tokens do not fit the context of " + std::to_string(context));
    }
    const int vocab = parts->config.vocab_size;
    const auto bad = std::find_if(added.begin(), added.end(), [vocab](int id) { return id < 0 || id >= vocab; });
    if (bad != added.end()) {
        throw Error(ErrorKind::BadArgument,
                    "token id " + std::to_string(*bad) + " is not in the vocabulary of " + std::to_string(vocab));
    }
}

bool Session::State::compute(std::span<const int> added, const std::stop_token& stop,
                             const StagePipeline::OnProgress& report) {
    followed = 0;
    stages->set_stop(stop);
    const auto on_chunk = [this](std::span<const int> tokens) {
        sequence.append(tokens);
        rows = static_cast<int>(tokens.size());
    };
    const auto on_progress = [&report](double tokens) {
        if (report) {
            report(tokens);
        }
    };
    const bool whole = stages->compute(added, sequence, stop, on_chunk, on_progress);
    stages->set_stop({});
    return whole;
}

const Sequence& Session::State::sequence_on_host() {
    const std::size_t held = sequence.tokens().size();
    const CacheShape& shape = sequence.shape();
    const std::int64_t copied = shape.bytes(static_cast<int>(held)) - shape.bytes(on_host);
    const std::int64_t of_gpus = copied / shape.layers * (shape.layers - sequence.own_layers());
    if (of_gpus > 0) {
        require_memory(of_gpus, "a copy of the GPUs' keys and values of " + std::to_string(held) + " tokens");
    }
    stages->download(sequence, on_host / kKvBlock * kKvBlock, whole_blocks(held));
    on_host = static_cast<int>(held);
    return sequence;
}

void Session::State::bring_to_devices(int position) {
    const std::size_t held = sequence.tokens().size();
    stages->upload(sequence, position / kKvBlock * kKvBlock, whole_blocks(held));
    on_host = static_cast<int>(held);
}

void Session::State::check_logits(std::span<const float> values) const {
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
        throw Error(ErrorKind::Numeric,
                    parts->summary.path.string() +
                        ": the model's output is not a number; the file is damaged or was badly quantised");
    }
}

int Session::State::choose(Sampler& sampler) {
    const int length = sampler.list_length();
    if (length > 0) {
        const float temperature = sampler.temperature() > 0.0F ? sampler.temperature() : 1.0F;
        const LikeliestTokens found = stages->likeliest(rows - 1, length, static_cast<double>(temperature));
        const ShortList list = {found.ids, found.logits, found.total, kShortListError, temperature};
        if (const std::optional<int> token = sampler.sample(list, sequence.tokens())) {
            return *token;
        }
    }
    stages->logits(rows - 1, 1, logits.data());
    check_logits(logits);
    return sampler.sample(logits, sequence.tokens());
}

std::span<const float> Session::State::guess_row() const {
    const std::size_t vocab = logits.size();
    return std::span(batch_logits).subspan(static_cast<std::size_t>(followed - 1) * vocab, vocab);
}

}  // namespace altiplano::engine
