// The product kernel for plain numbers.
#include "engine/kernels/cuda/product.cuh"

namespace altiplano::engine::cuda {

template void run_product<DType::F32>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::F16>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::BF16>(ProductTask task, const Card& card, cudaStream_t stream);
template void run_product<DType::F8_E4M3>(ProductTask task, const Card& card, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
