// Finding the likeliest tokens on CUDA, so that the host need not read all logits to choose one.
#pragma once

#include <cuda_runtime.h>

#include "engine/kernels/short_list.h"

namespace altiplano::engine::cuda {

/// What a short list is made of; pointers are to device memory.
struct ShortListCall {
    const float* logits = nullptr;  ///< [vocab_size]
    int vocab_size = 0;
    int k = 0;                  ///< at most kMostCandidates
    double temperature = 1;     ///< of the weights that total adds up; above 0
    std::byte* list = nullptr;  ///< short_list_bytes(k): the result, as ShortListHeader says
    std::byte* scratch =
        nullptr;  ///< short_list_scratch_bytes(vocab_size), aligned to 8; used until the call's work is done
};

/// The same bits each time. Four small kernels, some 10 us for Llama 3's vocabulary, where copying its logits to the
/// host takes 20 and more and going through them there some hundreds.
void launch_short_list(const ShortListCall& call, cudaStream_t stream);

}  // namespace altiplano::engine::cuda
