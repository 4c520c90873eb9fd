// What cuBLASLt takes, and the product by plain loops.
#include "tests/engine/host_cuda/cublas_product.h"

#include <cstring>
#include <vector>

#include "tests/engine/host_cuda/machine.h"
#include "tests/engine/host_cuda/narrow_float.h"

namespace host_cuda {
namespace {

using Layout = cublasLtMatrixLayoutOpaque_t;

std::int64_t bytes_per_value(cudaDataType_t type) {
    switch (type) {
        case CUDA_R_32F:
        case CUDA_R_32I:
            return 4;
        case CUDA_R_16F:
        case CUDA_R_16BF:
            return 2;
        case CUDA_R_8I:
        case CUDA_R_8F_E4M3:
            return 1;
    }
    return 0;
}

float value_at(const void* matrix, cudaDataType_t type, std::int64_t index) {
    const auto* bytes = static_cast<const unsigned char*>(matrix);
    std::uint16_t bits = 0;
    switch (type) {
        case CUDA_R_32F: {
            float value = 0;
            std::memcpy(&value, bytes + 4 * index, 4);
            return value;
        }
        case CUDA_R_16F:
            std::memcpy(&bits, bytes + 2 * index, 2);
            return HalfFormat::to_float(bits);
        case CUDA_R_16BF:
            std::memcpy(&bits, bytes + 2 * index, 2);
            return BrainFormat::to_float(bits);
        case CUDA_R_8F_E4M3:
            return e4m3_to_float(bytes[index]);
        default:
            return 0;
    }
}

void store(void* matrix, cudaDataType_t type, std::int64_t index, float value) {
    auto* bytes = static_cast<unsigned char*>(matrix);
    if (type == CUDA_R_32F) {
        std::memcpy(bytes + 4 * index, &value, 4);
        return;
    }
    const std::uint16_t bits = type == CUDA_R_16F ? HalfFormat::from_float(value) : BrainFormat::from_float(value);
    std::memcpy(bytes + 2 * index, &bits, 2);
}

/// The matrix as F32, `outer` vectors of `inner` values; transposed: the columns are the vectors already.
std::vector<float> unpacked(const void* matrix, const Layout& layout, bool vectors_are_columns) {
    std::vector<float> values(static_cast<std::size_t>(layout.rows * layout.columns));
    for (std::int64_t column = 0; column < layout.columns; ++column) {
        for (std::int64_t row = 0; row < layout.rows; ++row) {
            const std::int64_t to = vectors_are_columns ? column * layout.rows + row : row * layout.columns + column;
            values[to] = value_at(matrix, layout.type, column * layout.leading + row);
        }
    }
    return values;
}

std::int64_t bytes_of(const Layout& layout) {
    return ((layout.columns - 1) * layout.leading + layout.rows) * bytes_per_value(layout.type);
}

struct Shape {
    std::int64_t m, n, k;
};

Shape shape_of(const Product& product) {
    const bool transposed = product.description.transpose_a == CUBLAS_OP_T;
    return {product.d.rows, product.d.columns, transposed ? product.a.rows : product.a.columns};
}

bool shapes_match(const Product& product) {
    const Shape shape = shape_of(product);
    const bool a_transposed = product.description.transpose_a == CUBLAS_OP_T;
    const bool b_transposed = product.description.transpose_b == CUBLAS_OP_T;
    const auto is = [](const Layout& layout, std::int64_t rows, std::int64_t columns) {
        return rows > 0 && columns > 0 && layout.rows == rows && layout.columns == columns && layout.leading >= rows;
    };
    return (a_transposed ? is(product.a, shape.k, shape.m) : is(product.a, shape.m, shape.k)) &&
           (b_transposed ? is(product.b, shape.n, shape.k) : is(product.b, shape.k, shape.n)) &&
           is(product.c, shape.m, shape.n) && is(product.d, shape.m, shape.n);
}

bool is_plain_type(cudaDataType_t input, cudaDataType_t output) {
    const bool known = input == CUDA_R_16F || input == CUDA_R_16BF || input == CUDA_R_32F;
    return known && (output == CUDA_R_32F || output == input);
}

bool is_scale(const float* pointer) {
    return pointer == nullptr || reinterpret_cast<std::uintptr_t>(pointer) % 16 == 0;
}

/// FP8 has fewer kernels: A transposed, B not, everything in steps of 16 bytes, a scale for each row on Hopper alone.
bool is_fp8_form(const Product& product, int capability) {
    const auto& description = product.description;
    const Shape shape = shape_of(product);
    const bool outer = description.scale_mode_a == CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F;
    const auto in_steps = [](const Layout& layout) { return layout.leading * bytes_per_value(layout.type) % 16 == 0; };
    return (outer ? capability == 90 : capability >= 89) && is_scale(description.scale_a) &&
           is_scale(description.scale_b) && description.transpose_a == CUBLAS_OP_T &&
           description.transpose_b == CUBLAS_OP_N && description.scale_mode_a == description.scale_mode_b &&
           product.b.type == CUDA_R_8F_E4M3 && (product.d.type == CUDA_R_32F || product.d.type == CUDA_R_16BF) &&
           shape.k % 16 == 0 && shape.m % 16 == 0 && in_steps(product.a) && in_steps(product.b) &&
           in_steps(product.c) && in_steps(product.d);
}

/// Sixteen sums side by side, so that the compiler may compute them together.
float dot(const float* x, const float* y, std::int64_t count) {
    constexpr int kTogether = 16;
    float parts[kTogether] = {};
    std::int64_t i = 0;
    for (; i + kTogether <= count; i += kTogether) {
        for (int k = 0; k < kTogether; ++k) {
            parts[k] += x[i + k] * y[i + k];
        }
    }
    float sum = 0;
    for (const float part : parts) {
        sum += part;
    }
    for (; i < count; ++i) {
        sum += x[i] * y[i];
    }
    return sum;
}

}  // namespace

cublasStatus_t check_product(const Product& product, int capability) {
    if (!shapes_match(product)) {
        return CUBLAS_STATUS_INVALID_VALUE;
    }
    const auto& description = product.description;
    if (description.compute != CUBLAS_COMPUTE_32F || description.scale_type != CUDA_R_32F ||
        product.c.type != product.d.type) {
        return CUBLAS_STATUS_NOT_SUPPORTED;
    }
    const bool taken = product.a.type == CUDA_R_8F_E4M3
                           ? is_fp8_form(product, capability)
                           : product.a.type == product.b.type && is_plain_type(product.a.type, product.d.type) &&
                                 description.scale_a == nullptr && description.scale_b == nullptr;
    return taken ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_NOT_SUPPORTED;
}

// cuBLASLt chooses for operands as cudaMalloc gives them, unless told otherwise.
bool is_aligned(const ProductMemory& memory) {
    for (const void* address : {memory.a, memory.b, memory.c, static_cast<const void*>(memory.d)}) {
        if (reinterpret_cast<std::uintptr_t>(address) % 256 != 0) {
            return false;
        }
    }
    return true;
}

bool is_reachable(const Product& product, const ProductMemory& memory, int device) {
    const Shape shape = shape_of(product);
    const auto& description = product.description;
    const auto scales = [&](const float* pointer, std::int32_t mode, std::int64_t vectors) {
        const std::int64_t count = mode == CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F ? vectors : 1;
        return pointer == nullptr || can_reach(device, pointer, static_cast<std::size_t>(4 * count));
    };
    return can_reach(device, memory.a, bytes_of(product.a)) && can_reach(device, memory.b, bytes_of(product.b)) &&
           can_reach(device, memory.d, bytes_of(product.d)) &&
           (memory.beta == 0 || can_reach(device, memory.c, bytes_of(product.c))) &&
           scales(description.scale_a, description.scale_mode_a, shape.m) &&
           scales(description.scale_b, description.scale_mode_b, shape.n);
}

void multiply(const Product& product, const ProductMemory& memory) {
    const Shape shape = shape_of(product);
    const auto& description = product.description;
    const std::vector<float> a = unpacked(memory.a, product.a, description.transpose_a == CUBLAS_OP_T);
    const std::vector<float> b = unpacked(memory.b, product.b, description.transpose_b == CUBLAS_OP_N);
    const auto scale = [](const float* scales, std::int32_t mode, std::int64_t vector) {
        return scales == nullptr ? 1.0F : scales[mode == CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F ? vector : 0];
    };
    for (std::int64_t column = 0; column < shape.n; ++column) {
        for (std::int64_t row = 0; row < shape.m; ++row) {
            float sum = dot(&a[row * shape.k], &b[column * shape.k], shape.k) * memory.alpha *
                        scale(description.scale_a, description.scale_mode_a, row) *
                        scale(description.scale_b, description.scale_mode_b, column);
            if (memory.beta != 0) {
                sum += memory.beta * value_at(memory.c, product.c.type, column * product.c.leading + row);
            }
            store(memory.d, product.d.type, column * product.d.leading + row, sum);
        }
    }
}

}  // namespace host_cuda
