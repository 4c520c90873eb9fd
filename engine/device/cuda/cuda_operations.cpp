// The operations: few rows straight from the weights as they are stored, many through the tensor cores.
#include <cassert>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_device.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/kernels/cuda/attention.h"
#include "engine/kernels/cuda/embed.h"
#include "engine/kernels/cuda/kv_append.h"
#include "engine/kernels/cuda/many_rows.h"
#include "engine/kernels/cuda/product.h"
#include "engine/kernels/cuda/short_list.h"

namespace altiplano::engine::cuda {
namespace {

float* floats(const Matrix& matrix) {
    return reinterpret_cast<float*>(matrix.data);
}
const float* floats(const ConstMatrix& matrix) {
    return reinterpret_cast<const float*>(matrix.data);
}

Rows rows_of(const ConstMatrix& matrix) {
    return {floats(matrix), static_cast<int>(matrix.rows)};
}

bool are_few(std::int64_t rows) {
    return rows <= kLogitRows;
}

}  // namespace

void CudaDevice::embed(const PlacedMatrix& table, int first_token, Matrix out) {
    assert(out.rows == step_.rows() && table.cols == out.cols);
    use_card(card_);
    launch_embed(table, first_token, step_.tokens(), static_cast<int>(out.rows), floats(out), stream_.get());
}

void CudaDevice::attention_input(const LayerWeights& layer, float eps, ConstMatrix residual, const KvCache& cache,
                                 Matrix q) {
    if (is_stopped(q.rows)) {
        return;
    }
    use_card(card_);
    const int n = static_cast<int>(q.rows);
    float* const k = scratch(scratch_.k);
    float* const v = scratch(scratch_.v);
    const QkvWeights weights{layer.q, layer.k, layer.v};
    const Norm norm{floats(layer.attention_norm), eps};
    const Rotation rotation{step_.angles(), cache.head_dim};
    if (are_few(n) && takes_single_numbers(cache.type)) {
        launch_qkv_to_cache(shape_, rows_of(residual), norm, weights, rotation, floats(q), cache, step_.first(),
                            stream_.get());
        pace(n);
        return;
    }
    if (are_few(n)) {
        launch_qkv(shape_, rows_of(residual), norm, weights, rotation, {floats(q), k, v}, stream_.get());
    } else {
        products_->take({residual, floats(layer.attention_norm), eps});
        products_->multiply(layer.q, q, false);
        products_->multiply(layer.k, {reinterpret_cast<std::byte*>(k), DType::F32, n, layer.k.rows}, false);
        products_->multiply(layer.v, {reinterpret_cast<std::byte*>(v), DType::F32, n, layer.v.rows}, false);
        launch_rotate(floats(q), n, static_cast<int>(q.cols / cache.head_dim), cache.head_dim, step_.angles(),
                      stream_.get());
        launch_rotate(k, n, cache.kv_heads, cache.head_dim, step_.angles(), stream_.get());
    }
    launch_append(cache, k, v, n, step_.first(), stream_.get());
    pace(n);
}

void CudaDevice::attention(const KvCache& cache, ConstMatrix q, Matrix out) {
    if (is_stopped(q.rows)) {
        return;
    }
    use_card(card_);
    launch_attention(cache,
                     {.q = floats(q),
                      .out = floats(out),
                      .n = static_cast<int>(q.rows),
                      .heads = static_cast<int>(q.cols / cache.head_dim),
                      .first = step_.first(),
                      .partials = scratch(scratch_.partials),
                      .multiprocessors = shape_.multiprocessors},
                     stream_.get());
    pace(q.rows);
}

void CudaDevice::feed_forward_input(const LayerWeights& layer, float eps, ConstMatrix residual, Matrix hidden) {
    if (is_stopped(hidden.rows)) {
        return;
    }
    use_card(card_);
    if (are_few(hidden.rows)) {
        launch_gate_up(shape_, rows_of(residual), {floats(layer.feed_forward_norm), eps}, layer.gate, layer.up,
                       floats(hidden), stream_.get());
        return;
    }
    const Matrix gate{memory_.data() + scratch_.gate, DType::F32, hidden.rows, hidden.cols};
    products_->take({residual, floats(layer.feed_forward_norm), eps});
    products_->multiply(layer.gate, gate, false);
    products_->multiply(layer.up, hidden, false);
    launch_gate(floats(gate), floats(hidden), hidden.rows * hidden.cols, stream_.get());
    pace(hidden.rows);
}

void CudaDevice::product(ConstMatrix x, const PlacedMatrix& weight, Matrix out) {
    if (is_stopped(x.rows)) {
        return;
    }
    use_card(card_);
    if (are_few(x.rows)) {
        launch_product(shape_, rows_of(x), weight, floats(out), stream_.get());
        return;
    }
    products_->take({x});
    products_->multiply(weight, out, false);
    pace(x.rows);
}

void CudaDevice::product_add(ConstMatrix x, const PlacedMatrix& weight, Matrix sum) {
    if (is_stopped(x.rows)) {
        return;
    }
    use_card(card_);
    if (are_few(x.rows)) {
        launch_product_add(shape_, rows_of(x), weight, floats(sum), stream_.get());
        return;
    }
    products_->take({x});
    products_->multiply(weight, sum, true);
    pace(x.rows);
}

void CudaDevice::clear(Matrix out) {
    use_card(card_);
    check(
        cudaMemsetAsync(out.data, 0, static_cast<std::size_t>(out.rows * row_bytes(out.type, out.cols)), stream_.get()),
        "clearing memory of the GPU");
}

void CudaDevice::logits(ConstMatrix residual, ConstMatrix norm, float eps, const PlacedMatrix& output, Matrix out) {
    assert(are_few(residual.rows));
    use_card(card_);
    launch_norm_product(shape_, rows_of(residual), {floats(norm), eps}, output, floats(out), stream_.get());
}

LikeliestTokens CudaDevice::likeliest(ConstMatrix logits, int k, double temperature) {
    const std::int64_t list_room = short_list_bytes(kMostCandidates);
    if (k > kMostCandidates || list_room + short_list_scratch_bytes(logits.cols) > kShortListRoomBytes) {
        return {};
    }
    use_card(card_);
    std::byte* const list = memory_.data() + scratch_.operand;  // between two products nothing is there
    launch_short_list({.logits = floats(logits),
                       .vocab_size = static_cast<int>(logits.cols),
                       .k = k,
                       .temperature = temperature,
                       .list = list,
                       .scratch = list + list_room},
                      stream_.get());
    std::vector<std::byte> bytes(static_cast<std::size_t>(short_list_bytes(k)));
    read(bytes, list);
    return read_short_list(bytes, k);
}

}  // namespace altiplano::engine::cuda
