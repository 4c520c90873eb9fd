// How many bytes a device needs for its part of a model. Pure arithmetic; devices reserve what is computed here.
#pragma once

#include <cstdint>

#include "engine/device/device_info.h"
#include "engine/model/shard.h"
#include "engine/model/weight_table.h"

namespace altiplano::engine {

struct MemoryNeeds {
    std::int64_t weights = 0;
    std::int64_t kv_cache = 0;
    std::int64_t scratch = 0;    ///< activations, partial results, logits, tiles, workspaces, buffers of the all-reduce
    std::int64_t libraries = 0;  ///< what CUDA and NCCL take for themselves; of the CPU the program and its buffers

    std::int64_t total() const noexcept { return weights + kv_cache + scratch + libraries; }
    bool operator==(const MemoryNeeds&) const = default;
};

/// What of the model a stage computes.
struct StagePart {
    int first_layer = 0;
    int layer_count = 0;
    bool embedding = false;
    bool output = false;  ///< the last norm and the logits
};

struct CacheOptions {
    int context = 0;
    DType kv_type = DType::F16;
    int prefill_chunk = 0;  ///< tokens computed at once
};

/// Weights and keys and values of one layer on one rank, exact:
///   matrix:  rows * row_bytes(type, cols) of the rank's slice, of the type that held_by_ranks tells, and 4 * rows
///   where rows have scales; on the CPU rows
///            rounded up to strips of 16. Each of these and each vector (F32) begins at a multiple of 256 bytes on a
///            GPU, of 64 on the CPU.
///   cache:   2 * kv_heads of the rank * context rounded up to kKvBlock * row_bytes(kv_type, head_dim)
MemoryNeeds layer_needs(const WeightTable& weights, const Sharding& sharding, int rank, int layer, DeviceKind kind,
                        const CacheOptions& options);

/// Tokens that the processor computes at once at most, and GPUs that share the model with it: its caches hold two
/// blocks of so many.
inline constexpr int kCpuChunk = 256;

/// Everything but the layers: embedding and output as above, scratch and libraries.
///   scratch of a GPU, n = tokens at once, every width the rank's own, each part rounded up to 256:
///     of the session  4 n (dim + 2 q + ffn)         residual, q, attended, hidden: F32; n dim more for the rank's
///                                                   summand where ranks are more than one
///     logits          4 * 16 * vocab of the rank    where the stage computes them
///     of the device   gpu_scratch()                 what its operations need between them
///     of the sums     rank_sum_bytes()              where ranks are more than one
///   scratch of the CPU: the activations of Session (4 n' (3 dim + 2 q + 2 kv + 2 ffn), n' at most kCpuChunk), the
///     operand as F32, angles, logits.
MemoryNeeds stage_needs(const WeightTable& weights, const Sharding& sharding, int rank, const StagePart& part,
                        DeviceKind kind, const CacheOptions& options);

/// Both, for all layers of the part.
MemoryNeeds rank_needs(const WeightTable& weights, const Sharding& sharding, int rank, const StagePart& part,
                       DeviceKind kind, const CacheOptions& options);

/// The CUDA context and the kernels in it. Around 400 MB with lazy loading (pytorch/pytorch#109888), up to 616 MiB seen
/// on H100 (LMCache#4019); not measured on this program yet.
inline constexpr std::int64_t kCudaContextBytes = std::int64_t{512} << 20;
/// A NCCL communicator of 2 and of more ranks: 544 and 688 MiB on A100 with NVLink (NVIDIA/nccl#964).
inline constexpr std::int64_t kNcclPairBytes = std::int64_t{544} << 20;
inline constexpr std::int64_t kNcclGroupBytes = std::int64_t{688} << 20;
/// On the CPU: the program, the vocabulary, the buffers of loading.
inline constexpr std::int64_t kProgramBytes = std::int64_t{256} << 20;

}  // namespace altiplano::engine
