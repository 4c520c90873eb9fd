// Token ids to rows of the embedding table.
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {

void CpuDevice::embed(ConstMatrix table, std::span<const int> tokens, Matrix out) {
    assert(std::ssize(tokens) == out.rows && table.cols == out.cols);
    const std::int64_t row_size = row_bytes(table.type, table.cols);
    pool_.run(static_cast<int>(out.rows), [&](int row, int) {
        kernels_.decode_row(table.type, table.data + tokens[static_cast<std::size_t>(row)] * row_size, table.cols,
                            row_of(out, row));
    });
}

}  // namespace altiplano::engine
