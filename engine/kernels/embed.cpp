// Token ids to rows of the embedding table.
#include <algorithm>
#include <cassert>

#include "engine/device/cpu_device.h"

namespace altiplano::engine {

void CpuDevice::embed(const PlacedMatrix& table, int first_token, Matrix out) {
    assert(std::ssize(step_.tokens) == out.rows && table.cols == out.cols);
    const std::int64_t strip = strip_bytes(table.type, table.cols);
    pool_.run(static_cast<int>(out.rows), [&](int row, int) {
        const int token = step_.tokens[static_cast<std::size_t>(row)] - first_token;
        float* const values = row_of(out, row);
        if (token < 0 || token >= table.rows) {
            std::fill_n(values, out.cols, 0.0F);
            return;
        }
        kernels_.decode_strip_row(table.type, table.data + token / kStripRows * strip, table.cols, token % kStripRows,
                                  values);
        if (table.row_scales != nullptr) {
            std::for_each_n(values, out.cols, [scale = table.row_scales[token]](float& value) { value *= scale; });
        }
    });
}

}  // namespace altiplano::engine
