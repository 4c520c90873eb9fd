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
    const std::int64_t widths[Activations::kCount] = {config.dim, config.dim,     q_width,        kv_width,  kv_width,
                                                      q_width,    config.ffn_dim, config.ffn_dim, config.dim};
    std::int64_t bytes = 0;
    for (const std::int64_t width : widths) {
        bytes += row_bytes(DType::F32, width * largest_chunk);
    }
    require_memory(bytes, "a chunk of " + std::to_string(largest_chunk) + " tokens");
    memory = HostBuffer(bytes, "a chunk of " + std::to_string(largest_chunk) + " tokens");
    std::byte* at = memory.data();
    const std::int64_t* width = widths;
    for (Matrix* matrix : rows.all()) {
        *matrix = {at, DType::F32, largest_chunk, *width};
        at += row_bytes(DType::F32, *width++ * largest_chunk);
    }
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
    parts->device->embed(parts->weights.embedding, added, rows.residual);
    for (int index = 0; index < parts->config.layers; ++index) {
        const LayerWeights& layer = parts->weights.layers[static_cast<std::size_t>(index)];
        attention_branch(layer, index, first);
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
void Session::State::attention_branch(const LayerWeights& layer, int index, int first) {
    Device& device = *parts->device;
    const ModelConfig& config = parts->config;
    const auto used = std::span<const float>(angles).first(static_cast<std::size_t>(rows.q.rows * config.head_dim));
    const KvCache layer_cache = sequence.layer(index);
    device.rms_norm(read(rows.residual), layer.attention_norm, config.norm_eps, rows.normed);
    device.matmul(read(rows.normed), layer.q, rows.q);
    device.matmul(read(rows.normed), layer.k, rows.k);
    device.matmul(read(rows.normed), layer.v, rows.v);
    device.rope(rows.q, config.head_dim, used);
    device.rope(rows.k, config.head_dim, used);
    device.append(layer_cache, read(rows.k), read(rows.v), first);
    device.attention(layer_cache, read(rows.q), first, rows.attended);
    device.matmul(read(rows.attended), layer.attention_output, rows.branch);
    device.add(rows.residual, read(rows.branch));
}

// residual += W_down * (silu(W_gate x) * W_up x) with x = norm(residual)
void Session::State::feed_forward_branch(const LayerWeights& layer) {
    Device& device = *parts->device;
    device.rms_norm(read(rows.residual), layer.feed_forward_norm, parts->config.norm_eps, rows.normed);
    device.matmul(read(rows.normed), layer.gate, rows.gate);
    device.matmul(read(rows.normed), layer.up, rows.up);
    device.swiglu(rows.gate, read(rows.up));
    device.matmul(read(rows.gate), layer.down, rows.branch);
    device.add(rows.residual, read(rows.branch));
}

void Session::State::compute_logits(int first_row, Matrix out) {
    const ModelConfig& config = parts->config;
    const std::byte* const from = rows.residual.data + first_row * row_bytes(DType::F32, config.dim);
    const Matrix normed = {rows.normed.data, DType::F32, out.rows, config.dim};
    parts->device->rms_norm({from, DType::F32, out.rows, config.dim}, parts->weights.output_norm, config.norm_eps,
                            normed);
    parts->device->matmul(read(normed), parts->weights.output, out);
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
