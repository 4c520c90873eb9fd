// RMS normalisation on the CPU: one row a task.
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {

void CpuDevice::rms_norm(ConstMatrix x, ConstMatrix weight, float eps, Matrix out) {
    assert(x.rows == out.rows && x.cols == out.cols && weight.cols == x.cols && weight.type == DType::F32);
    pool_.run(static_cast<int>(x.rows), [&](int row, int) {
        kernels_.rms_norm_row(row_of(x, row), row_of(weight, 0), x.cols, eps, row_of(out, row));
    });
}

}  // namespace altiplano::engine
