#include "engine/model/read_vector.h"

#include "engine/error.h"
#include "engine/kernels/cpu_kernels.h"
#include "engine/kernels/strips.h"

namespace altiplano::engine {

std::vector<float> read_vector(const WeightSource& source, WeightId id) {
    const auto info = source.find(id);
    if (!info) {
        throw Error(ErrorKind::BadFile, source.summary().path.string() + ": a weight is missing");
    }
    std::vector<std::byte> row(static_cast<std::size_t>(row_bytes(info->type, info->cols)));
    source.read_rows(id, 0, row);
    // A strip takes whole blocks; the head_dim / 2 rope factors may not be.
    const int block = strip_block_values(info->type);
    const std::int64_t padded = (info->cols + block - 1) / block * block;
    row.resize(static_cast<std::size_t>(row_bytes(info->type, padded)));
    std::vector<std::byte> strip(static_cast<std::size_t>(strip_bytes(info->type, padded)));
    make_strip(info->type, row, padded, strip.data());
    std::vector<float> values(static_cast<std::size_t>(padded));
    best_cpu_kernels().decode_strip_row(info->type, strip.data(), padded, 0, values.data());
    values.resize(static_cast<std::size_t>(info->cols));
    return values;
}

}  // namespace altiplano::engine
