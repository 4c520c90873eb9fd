// Matrices and rows in the memory of the tests' card.
#pragma once

#include <limits>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include "engine/device/matrix.h"
#include "engine/kernels/cuda/card.h"
#include "engine/kernels/planes.h"
#include "tests/engine/cuda/device_array.h"
#include "tests/engine/kernels/reference.h"

namespace altiplano::engine::cuda {

/// Three small cards: results must not depend on how many multiprocessors share the rows.
inline constexpr Card kSmallCard{.multiprocessors = 2, .shared_bytes = 99 * 1024};

/// Floats; not set ones are NaN.
class CardRows {
public:
    explicit CardRows(std::size_t count) : array_(std::vector<float>(count, std::numeric_limits<float>::quiet_NaN())) {}
    explicit CardRows(std::span<const float> values) : array_(std::vector<float>(values.begin(), values.end())) {}
    float* data() { return array_.get(); }
    const float* data() const { return array_.get(); }
    std::vector<float> values() const { return array_.values(); }

private:
    DeviceArray<float> array_;
};

/// Random weights in planes, and their values.
class CardMatrix {
public:
    CardMatrix(DType type, std::int64_t rows, std::int64_t cols, std::mt19937& random)
        : CardMatrix(type, rows, cols, reference::random_rows(type, rows, cols, random)) {}
    CardMatrix(DType type, std::int64_t rows, std::int64_t cols, const std::vector<std::byte>& file_rows)
        : memory_(in_planes(type, cols, file_rows)), placed_{memory_.get(), type, rows, cols, nullptr} {
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
        scales_ = std::make_unique<DeviceArray<float>>(scales);
        placed_.row_scales = scales_->get();
    }
    const PlacedMatrix& placed() const { return placed_; }
    std::span<const float> values() const { return values_; }

private:
    static std::vector<std::byte> in_planes(DType type, std::int64_t cols, const std::vector<std::byte>& file_rows) {
        std::vector<std::byte> image(file_rows.size());
        split_rows(type, cols, file_rows, image.data());
        return image;
    }

    DeviceArray<std::byte> memory_;
    PlacedMatrix placed_;
    std::vector<float> values_;
    std::unique_ptr<DeviceArray<float>> scales_;
};

}  // namespace altiplano::engine::cuda
