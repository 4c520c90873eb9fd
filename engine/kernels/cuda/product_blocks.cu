// The product kernel for the types with blocks of 32 values.
#include "engine/kernels/cuda/product.cuh"

namespace altiplano::engine::cuda {

template void run_product<DType::Q8_0>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q4_0>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q4_1>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q5_0>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q5_1>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::IQ4_NL>(ProductTask task, const Card& card, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
