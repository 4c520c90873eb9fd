// The forward pass of Llama, readable from top to bottom.
#include "engine/model/session_state.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/error.h"
#include "engine/model/rope_frequencies.h"

namespace altiplano::engine {
namespace {

constexpr int kDefaultContext = 8192;

ConstMatrix read(const Matrix& matrix) {
    return {matrix.data, matrix.type, matrix.rows, matrix.cols};
}

}  // namespace

Session::State::State(std::shared_ptr<const Model> of, const SessionOptions& options)
    : model(std::move(of)), parts(model->parts_.get()) {
    const ModelConfig& config = parts->config;
    const int context = options.context > 0 ? options.context : std::min(config.context_length, kDefaultContext);
    if (context > config.context_length) {
        throw Error(ErrorKind::BadArgument, "a context of " + std::to_string(context) +
                                                " tokens is more than the model's " +
                                                std::to_string(config.context_length));
    }
    if (options.kv_type != DType::F16 && options.kv_type != DType::Q8_0 && options.kv_type != DType::F32) {
        throw Error(ErrorKind::BadArgument, "the KV cache cannot be of type " + std::string(name(options.kv_type)) +
                                                ", expected F16, Q8_0 or F32");
    }
    largest_chunk = std::clamp(options.prefill_chunk, 1, context);
    sequence = Sequence({config.layers, config.kv_heads, config.head_dim, context, options.kv_type});
    reserve_activations();
    logits.resize(static_cast<std::size_t>(config.vocab_size));
    angles.resize(static_cast<std::size_t>(largest_chunk) * static_cast<std::size_t>(config.head_dim));
}

void Session::State::reserve_activations() {
    const ModelConfig& config = parts->config;
    const std::int64_t q_width = std::int64_t{config.heads} * config.head_dim;
    const std::int64_t kv_width = std::int64_t{config.kv_heads} * config.head_dim;
    const std::int64_t widths[] = {config.dim, q_width, q_width, config.ffn_dim};
    std::int64_t bytes = 0;
    for (const std::int64_t width : widths) {
        bytes += row_bytes(DType::F32, width * largest_chunk);
    }
    memory = parts->device->reserve(bytes, "a chunk of " + std::to_string(largest_chunk) + " tokens");
    std::byte* at = memory.data();
    const std::int64_t* width = widths;
    for (Matrix* matrix : rows.all()) {
        *matrix = {at, DType::F32, largest_chunk, *width};
        at += row_bytes(DType::F32, *width++ * largest_chunk);
    }
    parts->device->prepare({.rows = largest_chunk,
                            .head_dim = config.head_dim,
                            .dim = config.dim,
                            .q_width = q_width,
                            .kv_width = kv_width,
                            .ffn_width = config.ffn_dim,
                            .context = sequence.shape().context});
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

void Session::State::prepare_rows(int first, int count) {
    for (Matrix* matrix : rows.all()) {
        matrix->rows = count;
    }
    const auto head_dim = static_cast<std::size_t>(parts->config.head_dim);
    for (int i = 0; i < count; ++i) {
        rope_angles(parts->rope_frequencies, first + i,
                    std::span(angles).subspan(static_cast<std::size_t>(i) * head_dim, head_dim));
    }
}

bool Session::State::compute(std::span<const int> added, const std::stop_token& stop,
                             const std::function<void(double share)>& report) {
    followed = 0;
    const int first = static_cast<int>(sequence.tokens().size());
    prepare_rows(first, static_cast<int>(added.size()));
    parts->device->begin(
        {added, first,
         std::span<const float>(angles).first(added.size() * static_cast<std::size_t>(parts->config.head_dim))});
    parts->device->embed(parts->weights.embedding, 0, rows.residual);
    for (int index = 0; index < parts->config.layers; ++index) {
        const LayerWeights& layer = parts->weights.layers[static_cast<std::size_t>(index)];
        attention_branch(layer, index);
        feed_forward_branch(layer);
        if (stop.stop_requested()) {
            return false;
        }
        if (report) {
            report(static_cast<double>(index + 1) / parts->config.layers);
        }
    }
    sequence.append(added);
    return true;
}

// residual += W_o * attention(rope(W_q x), rope(W_k x), W_v x) with x = norm(residual)
void Session::State::attention_branch(const LayerWeights& layer, int index) {
    Device& device = *parts->device;
    const KvCache cache = sequence.layer(index);
    device.attention_input(layer, parts->config.norm_eps, read(rows.residual), cache, rows.q);
    device.attention(cache, read(rows.q), rows.attended);
    device.product_add(read(rows.attended), layer.attention_output, rows.residual);
}

// residual += W_down * (silu(W_gate x) * W_up x) with x = norm(residual)
void Session::State::feed_forward_branch(const LayerWeights& layer) {
    Device& device = *parts->device;
    device.feed_forward_input(layer, parts->config.norm_eps, read(rows.residual), rows.hidden);
    device.product_add(read(rows.hidden), layer.down, rows.residual);
}

void Session::State::compute_logits(int first_row, Matrix out) {
    const ModelConfig& config = parts->config;
    const std::byte* const from = rows.residual.data + first_row * row_bytes(DType::F32, config.dim);
    parts->device->logits({from, DType::F32, out.rows, config.dim}, parts->weights.output_norm, config.norm_eps,
                          parts->weights.output, out);
}

void Session::State::check_logits(std::span<const float> values) const {
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
        throw Error(ErrorKind::Numeric,
                    parts->summary.path.string() +
                        ": the model's output is not a number; the file is damaged or was badly quantised");
    }
}

std::span<const float> Session::State::guess_row() const {
    const std::size_t vocab = logits.size();
    return std::span(batch_logits).subspan(static_cast<std::size_t>(followed - 1) * vocab, vocab);
}

}  // namespace altiplano::engine
