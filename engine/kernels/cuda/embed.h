// Token ids to rows of the embedding table on CUDA.
#pragma once

#include <cuda_runtime.h>

#include "engine/device/matrix.h"

namespace altiplano::engine::cuda {

/// out[n, dim] = rows tokens[n] - first_token of table[vocab, dim] of any type, times their row scales; zeros for
/// tokens that the table has no row of. tokens and out: in device memory, out F32 aligned to 16 bytes.
void launch_embed(const PlacedMatrix& table, int first_token, const int* tokens, int n, float* out,
                  cudaStream_t stream);

}  // namespace altiplano::engine::cuda
