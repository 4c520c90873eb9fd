// Memory of the processor as a device, and the operations of a layer made of their parts.
#include "engine/device/cpu_device.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace altiplano::engine {
namespace {

ConstMatrix view(const Matrix& matrix) {
    return {matrix.data, matrix.type, matrix.rows, matrix.cols};
}

}  // namespace

DeviceMemory CpuDevice::reserve(std::int64_t bytes, const std::string& what) {
    require_memory(bytes, what);
    auto buffer = std::make_shared<HostBuffer>(bytes, what);
    std::byte* const data = buffer->data();
    return {data, bytes, [buffer = std::move(buffer)](std::byte*) mutable { buffer.reset(); }};
}

void CpuDevice::prepare(const WorkSizes& sizes) {
    const int rows = std::max(sizes_.rows, sizes.rows);
    const std::int64_t values = rows * (2 * sizes.dim + 2 * sizes.kv_width + sizes.ffn_width);
    const std::int64_t bytes = row_bytes(DType::F32, values);
    if (between_.size() < bytes) {
        const std::string what = "a chunk of " + std::to_string(rows) + " tokens";
        require_memory(bytes, what);
        between_ = HostBuffer(bytes, what);
    }
    sizes_ = sizes;
    sizes_.rows = rows;
}

CpuDevice::Between CpuDevice::between(std::int64_t rows) const {
    assert(rows <= sizes_.rows);
    std::byte* at = between_.data();
    const auto next = [&](std::int64_t width) {
        const Matrix matrix = {at, DType::F32, rows, width};
        at += row_bytes(DType::F32, sizes_.rows * width);
        return matrix;
    };
    const Matrix normed = next(sizes_.dim), k = next(sizes_.kv_width), v = next(sizes_.kv_width);
    const Matrix up = next(sizes_.ffn_width), branch = next(sizes_.dim);
    return {normed, k, v, up, branch};
}

void CpuDevice::write(std::byte* to, std::span<const std::byte> from) {
    std::copy(from.begin(), from.end(), to);
}

void CpuDevice::read(std::span<std::byte> to, const std::byte* from) {
    std::copy_n(from, to.size(), to.data());
}

void CpuDevice::run(std::unique_ptr<Record>& /*record*/, const std::function<void()>& operations) {
    operations();
}

void CpuDevice::attention_input(const LayerWeights& layer, float eps, ConstMatrix residual, const KvCache& cache,
                                Matrix q) {
    const Between part = between(residual.rows);
    rms_norm(residual, layer.attention_norm, eps, part.normed);
    product(view(part.normed), layer.q, q);
    product(view(part.normed), layer.k, part.k);
    product(view(part.normed), layer.v, part.v);
    rope(q, cache.head_dim, step_.angles);
    rope(part.k, cache.head_dim, step_.angles);
    append(cache, view(part.k), view(part.v), step_.first);
}

void CpuDevice::attention(const KvCache& cache, ConstMatrix q, Matrix out) {
    attend(cache, q, step_.first, out);
}

void CpuDevice::feed_forward_input(const LayerWeights& layer, float eps, ConstMatrix residual, Matrix hidden) {
    const Between part = between(residual.rows);
    rms_norm(residual, layer.feed_forward_norm, eps, part.normed);
    product(view(part.normed), layer.gate, hidden);
    product(view(part.normed), layer.up, part.up);
    swiglu(hidden, view(part.up));
}

void CpuDevice::product_add(ConstMatrix x, const PlacedMatrix& weight, Matrix sum) {
    const Between part = between(x.rows);
    assert(weight.rows == part.branch.cols);
    product(x, weight, part.branch);
    add(sum, view(part.branch));
}

void CpuDevice::clear(Matrix out) {
    std::fill_n(out.data, out.rows * row_bytes(out.type, out.cols), std::byte{0});
}

void CpuDevice::logits(ConstMatrix residual, ConstMatrix norm, float eps, const PlacedMatrix& output, Matrix out) {
    const Matrix normed = between(residual.rows).normed;
    rms_norm(residual, norm, eps, normed);
    product(view(normed), output, out);
}

}  // namespace altiplano::engine
