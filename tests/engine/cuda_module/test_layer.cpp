#include "tests/engine/cuda_module/test_layer.h"

#include <cmath>
#include <limits>
#include <random>
#include <span>

#include "tests/engine/kernels/reference.h"

namespace altiplano::engine {
namespace {

ConstMatrix view(const Matrix& matrix) {
    return {matrix.data, matrix.type, matrix.rows, matrix.cols};
}

template <typename T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
    return std::as_bytes(std::span(values));
}

// So that every position counts in attention. The random weights of types with whole bytes of scale are larger.
float score_size(DType type) {
    return type == DType::Q6_K || type == DType::IQ4_XS ? 0.002F : 0.1F;
}

}  // namespace

TestLayer::TestLayer(Device& device, const LayerShape& shape, unsigned seed) : device_(device), shape_(shape) {
    weights_.attention_norm = vector(shape.dim, score_size(shape.type), seed);
    weights_.feed_forward_norm = vector(shape.dim, 1, seed + 1);
    output_norm_ = vector(shape.dim, 1, seed + 2);
    weights_.q = matrix(shape.q_width(), shape.dim, seed + 3);
    weights_.k = matrix(shape.kv_width(), shape.dim, seed + 4);
    weights_.v = matrix(shape.kv_width(), shape.dim, seed + 5);
    weights_.attention_output = matrix(shape.dim, shape.q_width(), seed + 6);
    weights_.gate = matrix(shape.ffn, shape.dim, seed + 7);
    weights_.up = matrix(shape.ffn, shape.dim, seed + 8);
    weights_.down = matrix(shape.dim, shape.ffn, seed + 9);
    embedding_ = matrix(shape.vocab, shape.dim, seed + 10);
    output_ = matrix(shape.vocab, shape.dim, seed + 11);
    const std::int64_t half = shape.kv_heads * kv_head_bytes(shape.kv_type, shape.head_dim, shape.context);
    memory_.push_back(device.reserve(2 * half, "the cache"));
    std::byte* const cache = memory_.back().data();
    cache_ = {cache, cache + half, shape.kv_type, shape.kv_heads, shape.head_dim, shape.context};
    residual_ = values(shape.dim);
    q_ = values(shape.q_width());
    attended_ = values(shape.q_width());
    hidden_ = values(shape.ffn);
    logits_ = values(shape.vocab);
    device.prepare({.rows = shape.most_rows,
                    .head_dim = shape.head_dim,
                    .dim = shape.dim,
                    .q_width = shape.q_width(),
                    .kv_width = shape.kv_width(),
                    .ffn_width = shape.ffn,
                    .tile_bytes = 2 * std::int64_t{shape.dim} * 160,  // two tiles of 64 rows and a half of dim columns
                    .context = shape.context});
}

PlacedMatrix TestLayer::matrix(std::int64_t rows, std::int64_t cols, unsigned seed) {
    std::mt19937 random(seed);
    const std::vector<std::byte> data = reference::random_rows(shape_.type, rows, cols, random);
    memory_.push_back(device_.reserve(device_.placed_bytes(shape_.type, rows, cols), "a matrix"));
    PlacedMatrix placed{memory_.back().data(), shape_.type, rows, cols, nullptr};
    const std::int64_t step = device_.rows_at_once() * 48, row = row_bytes(shape_.type, cols);
    for (std::int64_t first = 0; first < rows; first += step) {
        device_.place_rows(placed, first,
                           std::span(data).subspan(static_cast<std::size_t>(first * row),
                                                   static_cast<std::size_t>(std::min(step, rows - first) * row)));
    }
    if (shape_.type == DType::F8_E4M3) {
        placed.row_scales = reinterpret_cast<const float*>(vector(rows, 0.01F, seed + 100).data);
    }
    return placed;
}

ConstMatrix TestLayer::vector(std::int64_t cols, float size, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> data = reference::random_values(cols, random);
    for (float& value : data) {
        value = size * (1 + value / 4);
    }
    memory_.push_back(device_.reserve(4 * cols, "a vector"));
    device_.write(memory_.back().data(), bytes_of(data));
    return {memory_.back().data(), DType::F32, 1, cols};
}

TestLayer::Values TestLayer::values(std::int64_t cols) {
    return {device_.reserve(4 * cols * shape_.most_rows, "activations"), cols};
}

Matrix TestLayer::first_rows(const Values& values, std::size_t rows) const {
    return {values.memory.data(), DType::F32, static_cast<std::int64_t>(rows), values.cols};
}

std::vector<float> TestLayer::read(const Values& values, std::size_t rows) {
    std::vector<float> out(rows * static_cast<std::size_t>(values.cols));
    device_.read(std::as_writable_bytes(std::span(out)), values.memory.data());
    return out;
}

void TestLayer::begin(const std::vector<int>& tokens, int first) {
    const int half = shape_.head_dim / 2;
    angles_.clear();
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        for (int i = 0; i < 2 * half; ++i) {
            const double angle =
                (first + static_cast<double>(row)) * std::pow(10000.0, -static_cast<double>(i % half) / half);
            angles_.push_back(static_cast<float>(i < half ? std::cos(angle) : std::sin(angle)));
        }
    }
    device_.begin({tokens, first, angles_});
}

StepResults TestLayer::compute(const std::vector<int>& tokens, int first) {
    const std::size_t n = tokens.size();
    const Matrix residual = first_rows(residual_, n), q = first_rows(q_, n), attended = first_rows(attended_, n);
    const Matrix hidden = first_rows(hidden_, n);
    StepResults results;
    begin(tokens, first);
    device_.embed(embedding_, 0, residual);
    results.embedded = read(residual_, n);
    device_.attention_input(weights_, kEps, view(residual), cache_, q);
    results.q = read(q_, n);
    device_.attention(cache_, view(q), attended);
    results.attended = read(attended_, n);
    device_.product_add(view(attended), weights_.attention_output, residual);
    results.after_attention = read(residual_, n);
    device_.feed_forward_input(weights_, kEps, view(residual), hidden);
    results.hidden = read(hidden_, n);
    device_.product_add(view(hidden), weights_.down, residual);
    results.residual = read(residual_, n);
    const std::size_t rows = std::min<std::size_t>(n, kLogitRows);
    device_.logits(view(first_rows(residual_, rows)), output_norm_, kEps, output_, first_rows(logits_, rows));
    results.logits = read(logits_, rows);
    return results;
}

void TestLayer::operations(std::size_t n) {
    const Matrix residual = first_rows(residual_, n), q = first_rows(q_, n), attended = first_rows(attended_, n);
    const Matrix hidden = first_rows(hidden_, n);
    device_.embed(embedding_, 0, residual);
    device_.attention_input(weights_, kEps, view(residual), cache_, q);
    device_.attention(cache_, view(q), attended);
    device_.product_add(view(attended), weights_.attention_output, residual);
    device_.feed_forward_input(weights_, kEps, view(residual), hidden);
    device_.product_add(view(hidden), weights_.down, residual);
    device_.logits(view(residual), output_norm_, kEps, output_, first_rows(logits_, n));
}

std::vector<float> TestLayer::compute_recorded(const std::vector<int>& tokens, int first) {
    begin(tokens, first);
    device_.run(record_, [&] { operations(tokens.size()); });
    return read(logits_, tokens.size());
}

double relative_error(const std::vector<float>& a, const std::vector<float>& b) {
    double difference = 0, size = 0;
    if (a.size() != b.size() || a.empty()) {
        return std::numeric_limits<double>::infinity();
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
        size += static_cast<double>(b[i]) * b[i];
    }
    const double error = std::sqrt(difference / size);
    return std::isfinite(error) ? error : std::numeric_limits<double>::infinity();
}

}  // namespace altiplano::engine
