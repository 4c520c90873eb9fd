// Matrices and rows in the memory of the tests' card, which is the host's.
#pragma once

#include <cstring>
#include <limits>
#include <span>
#include <vector>

#include "engine/device/host_memory.h"
#include "engine/device/matrix.h"
#include "engine/kernels/cuda/card.h"
#include "engine/kernels/planes.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine::cuda {

/// Three small cards: results must not depend on how many multiprocessors share the rows.
inline constexpr Card kSmallCard{.multiprocessors = 2, .shared_bytes = 99 * 1024};

/// Floats aligned as device memory is; not set ones are NaN.
class CardRows {
public:
    explicit CardRows(std::size_t count)
        : memory_(static_cast<std::int64_t>(count * sizeof(float) + 64), "rows"), count_(count) {
        std::fill_n(data(), count, std::numeric_limits<float>::quiet_NaN());
    }
    explicit CardRows(std::span<const float> values) : CardRows(values.size()) {
        std::copy(values.begin(), values.end(), data());
    }
    float* data() { return reinterpret_cast<float*>(memory_.data()); }
    const float* data() const { return reinterpret_cast<const float*>(memory_.data()); }
    std::vector<float> values() const { return {data(), data() + count_}; }

private:
    HostBuffer memory_;
    std::size_t count_;
};

/// Random weights in planes, and their values.
class CardMatrix {
public:
    CardMatrix(DType type, std::int64_t rows, std::int64_t cols, std::mt19937& random)
        : CardMatrix(type, rows, cols, reference::random_rows(type, rows, cols, random)) {}
    CardMatrix(DType type, std::int64_t rows, std::int64_t cols, const std::vector<std::byte>& file_rows)
        : memory_(static_cast<std::int64_t>(file_rows.size()), "weights"),
          placed_{memory_.data(), type, rows, cols, nullptr} {
        split_rows(type, cols, file_rows, memory_.data());
        const auto bytes = static_cast<std::size_t>(row_bytes(type, cols));
        for (std::size_t r = 0; r < static_cast<std::size_t>(rows); ++r) {
            const auto row = reference::decode(type, std::span(file_rows).subspan(r * bytes, bytes), cols);
            values_.insert(values_.end(), row.begin(), row.end());
        }
    }

    /// A random factor for each row, which values() then have too.
    void scale_rows(std::mt19937& random) {
        std::vector<float> scales;
        for (std::int64_t r = 0; r < placed_.rows; ++r) {
            scales.push_back(static_cast<float>(random() % 1000 + 1) / 500.0F);
        }
        for (std::size_t i = 0; i < values_.size(); ++i) {
            values_[i] *= scales[i / static_cast<std::size_t>(placed_.cols)];
        }
        scales_ = std::move(scales);
        placed_.row_scales = scales_.data();
    }
    const PlacedMatrix& placed() const { return placed_; }
    std::span<const float> values() const { return values_; }

private:
    HostBuffer memory_;
    PlacedMatrix placed_;
    std::vector<float> values_, scales_;
};

}  // namespace altiplano::engine::cuda
