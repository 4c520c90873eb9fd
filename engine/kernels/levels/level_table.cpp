// This level's table of functions.
#include "engine/kernels/levels/level_table.h"

#define ALTIPLANO_TEXT_OF(level) #level
#define ALTIPLANO_LEVEL_NAME(level) ALTIPLANO_TEXT_OF(level)

namespace altiplano::engine::ALTIPLANO_LEVEL {

constexpr AttentionKernels kAttention = {pack_queries,   attend_chunk, merge_partial,
                                         finish_partial, store_key,    store_value};

constinit const CpuKernels kKernels = {ALTIPLANO_LEVEL_NAME(ALTIPLANO_LEVEL),
                                       decode_strip_row,
                                       packed_block_bytes,
                                       pack_token,
                                       multiply_strips,
                                       rms_norm_row,
                                       rotate_row,
                                       kAttention,
                                       swiglu_row,
                                       add_row};

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
