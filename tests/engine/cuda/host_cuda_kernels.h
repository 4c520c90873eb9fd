// Small kernels that try out the emulation itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cuda_runtime_api.h>

namespace altiplano::engine::cuda {

/// sums[block] = the sum of that block's 256 values of x.
void launch_block_sums(const float* x, float* sums, int blocks, cudaStream_t stream);
/// product[16, 8] = a[16, 16] * b[16, 8]; a and b are F16, rows one after another. One warp; b goes in transposed.
void launch_product_f16(const std::uint16_t* a, const std::uint16_t* b, float* product, cudaStream_t stream);
/// out[i] = 2 * x[i] by way of so many bytes of dynamic shared memory, 97,024 at least; 256 values.
void launch_through_much_shared(const float* x, float* out, cudaStream_t stream, std::size_t shared_bytes = 100'000);
/// lanes[i] = the value of x[i ^ 1] + 100 * that of x[i - 1] (its own for lane 0) + 10,000 * that of x[0]; 32 values.
void launch_shuffles(const float* x, float* lanes, cudaStream_t stream);
/// out[i] = 1 where shared memory, static and dynamic, held NaN at the start; out[1] for the second of two blocks.
void launch_looks_at_unset_shared(int* out, cudaStream_t stream);
/// All blocks wait for each other before out[block] = how many had come.
void launch_blocks_meet(std::uint32_t* counter, int* out, int blocks, cudaStream_t stream);
/// out[0] = how many cards had come, once so many have; they count themselves where all reach it.
void launch_card_meets(std::uint32_t* counter, int cards, int* out, cudaStream_t stream);
/// Copies 32 * 16 bytes through shared memory with cp.async; `waits`: whether it waits for the copies as it must.
void launch_copies(const std::uint32_t* from, std::uint32_t* to, bool waits, int valid, cudaStream_t stream);

// Kernels that break a rule.
void launch_half_of_the_threads_meet(cudaStream_t stream);
void launch_lanes_meet_at_different_places(cudaStream_t stream);
void launch_begins_early(cudaStream_t stream);
void launch_writes_past_shared(cudaStream_t stream);

}  // namespace altiplano::engine::cuda
