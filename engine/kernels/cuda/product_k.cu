// The product kernel for the types with blocks of 256 values.
#include "engine/kernels/cuda/product.cuh"

namespace altiplano::engine::cuda {

template void run_product<DType::Q2_K>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q3_K>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q4_K>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q5_K>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::Q6_K>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::IQ4_XS>(ProductTask task, const Card& card, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
