// Activations times weights on the CPU: packs the activations, shares the strips of weights among the threads.
#include <algorithm>
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {
namespace {

// For one token: small enough to share a layer evenly among many threads, large enough that claiming costs nothing.
constexpr std::int64_t kLeastTaskBytes = 32 << 10;
// For many: tasks for each thread, so that none waits long for the last.
constexpr int kTasksPerThread = 4;

constexpr std::int64_t rounded_up(std::int64_t value, std::int64_t step) {
    return (value + step - 1) / step * step;
}

int block_count(std::int64_t cols) {
    return static_cast<int>((cols + kBlockCols - 1) / kBlockCols);
}

int strips_per_task(int strips, std::int64_t strip_size, std::int64_t tokens, int threads) {
    const auto share = static_cast<int>(strips / (kTasksPerThread * threads));
    const auto least = tokens == 1 ? static_cast<int>(kLeastTaskBytes / strip_size) : 1;
    return std::clamp(std::max(share, least), 1, kMostStrips);
}

void scale_rows(const StripProduct& product, const float* scales) {
    for (int token = 0; token < product.tokens; ++token) {
        float* const out = product.out + token * product.out_stride;
        for (int row = 0; row < product.rows; ++row) {
            out[row] *= scales[row];
        }
    }
}

}  // namespace

std::int64_t CpuDevice::placed_bytes(DType type, std::int64_t rows, std::int64_t cols) const noexcept {
    return rounded_up(rows, kStripRows) * row_bytes(type, cols);
}

void CpuDevice::place_rows(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) const {
    assert(first % kStripRows == 0);
    const auto strip = static_cast<std::size_t>(strip_bytes(target.type, target.cols));
    std::byte* out = target.data + first / kStripRows * static_cast<std::int64_t>(strip);
    for (; !rows.empty(); rows = rows.subspan(std::min(strip, rows.size())), out += strip) {
        make_strip(target.type, rows.first(std::min(strip, rows.size())), target.cols, out);
    }
}

void CpuDevice::product(ConstMatrix x, const PlacedMatrix& weight, Matrix out) {
    assert(x.cols == weight.cols && out.cols == weight.rows && x.rows == out.rows && x.cols % 32 == 0);
    pack(x, weight.type);
    const std::int64_t packed_block = kernels_.packed_block_bytes(weight.type, x.rows);
    const auto strips = static_cast<int>((weight.rows + kStripRows - 1) / kStripRows);
    const std::int64_t strip_size = strip_bytes(weight.type, weight.cols);
    const int per_task = strips_per_task(strips, strip_size, x.rows, threads());
    pool_.run((strips + per_task - 1) / per_task, [&](int task, int thread) {
        const int first = task * per_task;
        StripProduct product;
        product.type = weight.type;
        product.strips = weight.data + first * strip_size;
        product.strip_count = std::min(per_task, strips - first);
        product.rows = static_cast<int>(
            std::min<std::int64_t>(product.strip_count * kStripRows, weight.rows - first * kStripRows));
        product.cols = weight.cols;
        product.all_tokens = x.rows;
        product.scratch = scratch_.data() + thread * kScratchBytes;
        product.out_stride = out.cols;
        for (std::int64_t token = 0; token < x.rows && !stop_.stop_requested(); token += kMostTokens) {
            product.packed = packed_.data() + token * packed_block;
            product.tokens = static_cast<int>(std::min<std::int64_t>(kMostTokens, x.rows - token));
            product.out = row_of(out, token) + first * kStripRows;
            kernels_.multiply_strips(product);
            if (weight.row_scales != nullptr) {
                scale_rows(product, weight.row_scales + first * kStripRows);
            }
        }
    });
}

// To [blocks][tokens]: those of one block of columns lie together.
void CpuDevice::pack(ConstMatrix x, DType type) {
    const std::int64_t block = kernels_.packed_block_bytes(type, x.rows);
    if (packed_.size() < x.rows * block_count(x.cols) * block) {
        packed_ = HostBuffer(x.rows * block_count(x.cols) * block, "a matrix product");
    }
    if (scratch_.size() < threads() * kScratchBytes) {
        scratch_ = HostBuffer(threads() * kScratchBytes, "a matrix product");
    }
    pool_.run(static_cast<int>(x.rows), [&](int token, int) {
        kernels_.pack_token(type, row_of(x, token), x.cols, x.rows, packed_.data() + token * block);
    });
}

}  // namespace altiplano::engine
