// Activations times weights on the CPU. One token: the weights stream through the registers. Several: a panel of rows
// is decoded once and used for all tokens. Both give the same bits.
#include <algorithm>
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {
namespace {

// Small enough to share a layer evenly among many threads, large enough that claiming a task costs nothing.
constexpr std::int64_t kLeastTaskBytes = 16 << 10;

// Aligned to pages, as a misaligned vector costs two reads.
float* room_for(HostBuffer& buffer, std::int64_t values) {
    const std::int64_t bytes = values * static_cast<std::int64_t>(sizeof(float));
    if (buffer.size() < bytes) {
        buffer = HostBuffer(bytes, "a matrix product");
    }
    return reinterpret_cast<float*>(buffer.data());
}

}  // namespace

void CpuDevice::matmul(ConstMatrix x, ConstMatrix weight, Matrix out) {
    assert(x.cols == weight.cols && out.cols == weight.rows && x.rows == out.rows && x.cols % 32 == 0);
    if (x.rows == 1) {
        multiply_one(x, weight, out);
    } else {
        multiply_many(x, weight, out);
    }
}

void CpuDevice::multiply_one(ConstMatrix x, ConstMatrix weight, Matrix out) {
    const std::int64_t row_size = row_bytes(weight.type, weight.cols);
    const std::int64_t even_share = weight.rows / (8 * threads());
    const std::int64_t rows_per_task = std::max(
        {std::int64_t{4}, kLeastTaskBytes / row_size / 4 * 4, std::min(even_share, std::int64_t{256}) / 4 * 4});
    const auto tasks = static_cast<int>((weight.rows + rows_per_task - 1) / rows_per_task);
    pool_.run(tasks, [&](int task, int) {
        if (stop_.stop_requested()) {
            return;
        }
        const std::int64_t first = task * rows_per_task;
        const std::int64_t rows = std::min(rows_per_task, weight.rows - first);
        kernels_.dot_rows(weight.type, weight.data + first * row_size, rows, row_of(x, 0), weight.cols,
                          row_of(out, 0) + first);
    });
}

void CpuDevice::multiply_many(ConstMatrix x, ConstMatrix weight, Matrix out) {
    const auto tokens = static_cast<int>(x.rows);
    float* const packed = room_for(packed_, x.rows * x.cols);
    for (HostBuffer& panel : panels_) {
        room_for(panel, kPanelRows * weight.cols);
    }
    kernels_.pack_tokens(row_of(x, 0), tokens, x.cols, packed);
    const auto panels = static_cast<int>((weight.rows + kPanelRows - 1) / kPanelRows);
    pool_.run(panels, [&](int task, int thread) {
        if (stop_.stop_requested()) {
            return;
        }
        const std::int64_t first = std::int64_t{task} * kPanelRows;
        const auto rows = static_cast<int>(std::min<std::int64_t>(kPanelRows, weight.rows - first));
        const float* panel = decode_panel(weight, first, rows, thread);
        kernels_.multiply_panel(panel, rows, packed, tokens, x.cols, row_of(out, 0) + first, out.cols);
    });
}

// The rows' values in this thread's scratch, in blocks of columns as multiply_panel takes them.
const float* CpuDevice::decode_panel(ConstMatrix weight, std::int64_t first, int rows, int thread) {
    auto* const panel = reinterpret_cast<float*>(panels_[static_cast<std::size_t>(thread)].data());
    const std::int64_t row_size = row_bytes(weight.type, weight.cols);
    for (std::int64_t column = 0; column < weight.cols; column += kPanelCols) {
        const std::int64_t width = std::min<std::int64_t>(kPanelCols, weight.cols - column);
        const std::byte* from = weight.data + first * row_size + row_bytes(weight.type, column);
        for (int row = 0; row < rows; ++row) {
            kernels_.decode_row(weight.type, from + row * row_size, width, panel + column * rows + row * width);
        }
    }
    return panel;
}

}  // namespace altiplano::engine
