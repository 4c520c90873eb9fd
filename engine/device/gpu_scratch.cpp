// The parts in their order.
#include "engine/device/gpu_scratch.h"

#include <algorithm>

#include "engine/kernels/attention_parts.h"

namespace altiplano::engine {
namespace {

constexpr std::int64_t kFewestOperandRows = 24;  // up to 3 bytes a value for the rows of a decode step

std::int64_t round_up(std::int64_t bytes) {
    return (bytes + kScratchAlignment - 1) / kScratchAlignment * kScratchAlignment;
}

std::int64_t partial_bytes(const WorkSizes& sizes) {
    const auto heads = [&](std::int64_t width) { return static_cast<int>(width / sizes.head_dim); };
    return attention_partial_bytes(heads(sizes.q_width), heads(sizes.kv_width), sizes.head_dim);
}

}  // namespace

std::int64_t step_bytes(std::int64_t rows, std::int64_t head_dim) {
    return kScratchAlignment + round_up(4 * rows) + 4 * rows * head_dim;
}

GpuScratch gpu_scratch(const WorkSizes& sizes) {
    GpuScratch scratch;
    const std::int64_t n = sizes.rows;
    const std::int64_t widest = std::max({sizes.dim, sizes.q_width, sizes.ffn_width});
    const auto place = [&](std::int64_t& part, std::int64_t bytes) {
        part = scratch.total;
        scratch.total += round_up(bytes);
    };
    place(scratch.step, step_bytes(n, sizes.head_dim));
    place(scratch.normed, 4 * n * sizes.dim);
    place(scratch.k, 4 * n * sizes.kv_width);
    place(scratch.v, 4 * n * sizes.kv_width);
    place(scratch.gate, 4 * n * sizes.ffn_width);
    place(scratch.operand, std::max(2 * std::max(n, kFewestOperandRows) * widest, kShortListRoomBytes));
    place(scratch.tile, std::min(sizes.tile_bytes, kTileBytes));
    place(scratch.partials, partial_bytes(sizes));
    place(scratch.workspace, kWorkspaceBytes);
    return scratch;
}

}  // namespace altiplano::engine
