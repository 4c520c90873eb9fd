// Token ids to rows of the embedding table on CUDA: a block for each token. Twin: ../embed.cpp.
#include "engine/kernels/cuda/embed.h"
#include "engine/kernels/cuda/launch.h"
#include "engine/kernels/cuda/unpack.cuh"
#include "engine/kernels/cuda/with_type.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kThreads = 128;  // a unit each: a row of 8B's table at once where it is of blocks

struct EmbedTask {
    WeightPlanes table;
    int rows;
    int cols;
    int first_token;
    const int* tokens;
    float* out;
};

template <DType type>
__global__ void __launch_bounds__(kThreads) embed_kernel(const __grid_constant__ EmbedTask task) {
    constexpr int kValues = Unit<type>::kValues;
    let_next_kernel_start();
    wait_for_previous_kernel();
    const int row = task.tokens[blockIdx.x] - task.first_token;
    const bool is_here = row >= 0 && row < task.rows;
    const float scale = is_here && task.table.row_scales != nullptr ? task.table.row_scales[row] : 1.0F;
    float* const out = task.out + std::int64_t{blockIdx.x} * task.cols;
    const int units = task.cols / kValues;
    for (int unit = static_cast<int>(threadIdx.x); unit < units; unit += kThreads) {
        float values[kValues] = {};
        if (is_here) {
            const UnitIndex index =
                static_cast<UnitIndex>(row) * static_cast<UnitIndex>(units) + static_cast<UnitIndex>(unit);
            Unit<type> from;
            from.load(task.table, index);
            unit_values<type>(from, index, values);
        }
#pragma unroll
        for (int i = 0; i < kValues; i += 4) {
            *reinterpret_cast<float4*>(out + unit * kValues + i) =
                make_float4(values[i] * scale, values[i + 1] * scale, values[i + 2] * scale, values[i + 3] * scale);
        }
    }
}

}  // namespace

void launch_embed(const PlacedMatrix& table, int first_token, const int* tokens, int n, float* out,
                  cudaStream_t stream) {
    const EmbedTask task{
        weight_planes(table), static_cast<int>(table.rows), static_cast<int>(table.cols), first_token, tokens, out};
    with_type(table.type, [&]<typename Constant>(Constant) {
        launch(embed_kernel<Constant::kType>,
               {.grid = dim3(static_cast<unsigned>(n)), .block = dim3(kThreads), .stream = stream, .overlap = true},
               task);
    });
}

}  // namespace altiplano::engine::cuda
