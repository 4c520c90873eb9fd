// Rotary position embedding on the CPU: one token a task.
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {

void CpuDevice::rope(Matrix x, int head_dim, std::span<const float> angles) {
    assert(x.cols % head_dim == 0 && std::ssize(angles) == x.rows * head_dim);
    const int heads = static_cast<int>(x.cols / head_dim);
    pool_.run(static_cast<int>(x.rows), [&](int row, int) {
        kernels_.rotate_row(row_of(x, row), heads, head_dim, angles.data() + std::int64_t{row} * head_dim);
    });
}

}  // namespace altiplano::engine
