// SwiGLU and addition on the CPU: one row a task.
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {

void CpuDevice::swiglu(Matrix gate, ConstMatrix up) {
    assert(gate.rows == up.rows && gate.cols == up.cols);
    pool_.run(static_cast<int>(gate.rows),
              [&](int row, int) { kernels_.swiglu_row(row_of(gate, row), row_of(up, row), gate.cols); });
}

void CpuDevice::add(Matrix sum, ConstMatrix x) {
    assert(sum.rows == x.rows && sum.cols == x.cols);
    pool_.run(static_cast<int>(sum.rows),
              [&](int row, int) { kernels_.add_row(row_of(sum, row), row_of(x, row), sum.cols); });
}

}  // namespace altiplano::engine
