#include "engine/device/cuda/products.h"

#include <algorithm>
#include <cassert>
#include <string>

#include "engine/error.h"
#include "engine/kernels/cuda/dequantise.h"

namespace altiplano::engine::cuda {
namespace {

// A tile has whole groups of so many rows, so that every kernel of cuBLASLt may be chosen for it.
constexpr std::int64_t kTileRowStep = 64;

}  // namespace

void Products::use_scratch(const GpuScratch& scratch, std::byte* memory) {
    scratch_ = scratch;
    memory_ = memory;
    tensor_.use_workspace(memory + scratch.workspace);
}

void Products::take(const ProductInput& input) {
    input_ = input;
    operand_ = {};
}

DType Products::type_for(const PlacedMatrix& weight, const ProductShape& shape) {
    switch (weight.type) {
        case DType::F32:
        case DType::F16:
        case DType::BF16:
            return weight.row_scales == nullptr ? weight.type : DType::BF16;
        case DType::F8_E4M3: {
            ProductShape as_stored = shape;
            as_stored.type = DType::F8_E4M3;
            const bool can = has_row_scaled_f8_ && weight.row_scales != nullptr && tensor_.can(as_stored);
            return can ? DType::F8_E4M3 : DType::BF16;
        }
        default:
            return DType::BF16;
    }
}

// F32 without a norm is multiplied where it is.
const Operand& Products::operand(DType type) {
    if (operand_.data != nullptr && operand_.type == type) {
        return operand_;
    }
    const int rows = static_cast<int>(input_.x.rows);
    const auto* const x = reinterpret_cast<const float*>(input_.x.data);
    operand_ = {.type = type, .data = memory_ + scratch_.operand, .scales = nullptr};
    if (type == DType::F32) {
        operand_.data = input_.norm != nullptr ? memory_ + scratch_.normed : const_cast<std::byte*>(input_.x.data);
        if (input_.norm == nullptr) {
            return operand_;
        }
    }
    if (type == DType::F8_E4M3) {  // the scales lie behind the values, in the half that they leave
        const std::int64_t end = (input_.x.rows * input_.x.cols + kScratchAlignment - 1) / kScratchAlignment;
        operand_.scales = reinterpret_cast<float*>(operand_.data + end * kScratchAlignment);
    }
    launch_norm_operand(x, input_.norm, input_.eps, rows, input_.x.cols, operand_, stream_);
    return operand_;
}

void Products::multiply(const PlacedMatrix& weight, Matrix out, bool adds) {
    assert(input_.x.cols == weight.cols && out.cols == weight.rows && out.rows == input_.x.rows);
    ProductShape shape{.type = DType::BF16,
                       .rows = out.rows,
                       .in_dim = weight.cols,
                       .out_dim = weight.rows,
                       .out_stride = out.cols,
                       .adds = adds};
    shape.type = type_for(weight, shape);
    auto* const to = reinterpret_cast<float*>(out.data);
    if (shape.type != weight.type || (weight.row_scales != nullptr && shape.type != DType::F8_E4M3)) {
        multiply_unpacked(weight, shape, to);
        return;
    }
    tensor_.run(shape, operand(shape.type), weight.data, weight.row_scales, to, stream_);
}

void Products::multiply_unpacked(const PlacedMatrix& weight, const ProductShape& shape, float* out) {
    const Operand& x = operand(shape.type);
    const std::int64_t room = (scratch_.partials - scratch_.tile) / (2 * weight.cols);
    if (room == 0) {
        throw Error(ErrorKind::BadArgument, "the GPU was not prepared to unpack rows of " +
                                                std::to_string(weight.cols) + " values of " +
                                                std::string(name(weight.type)));
    }
    const std::int64_t at_once = room > kTileRowStep ? room / kTileRowStep * kTileRowStep : room;
    std::byte* const tile = memory_ + scratch_.tile;
    for (std::int64_t first = 0; first < weight.rows; first += at_once) {
        ProductShape part = shape;
        part.out_dim = std::min(at_once, weight.rows - first);
        launch_dequantise(weight, first, static_cast<int>(part.out_dim), tile, stream_);
        tensor_.run(part, x, tile, nullptr, out + first, stream_);
    }
}

}  // namespace altiplano::engine::cuda
