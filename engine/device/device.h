// What the forward pass needs of a device: one virtual function for each operation, its contract here and nowhere else.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "engine/device/device_info.h"
#include "engine/device/device_memory.h"
#include "engine/device/matrix.h"
#include "engine/kernels/short_list.h"

namespace altiplano::engine {

/// The keys and values of one layer. context is a multiple of kKvBlock; type is F32, F16, Q8_0 or, on a GPU, F8_E4M3.
/// Both are made of tiles [kKvTile][kKvTile], so that a vector holds one dimension of several positions where scores
/// are computed, and several dimensions of one position where values are weighed:
/// keys:   [kv_heads][context / 32][head_dim / 32] of [dimension][position];
/// values: [kv_heads][context / 64][head_dim / 32][64 / 32] of [position][dimension].
/// A tile of Q8_0 is the 32 scales of its positions as F16, then 32 * 32 bytes: the number plus 128.
struct KvCache {
    std::byte* keys = nullptr;
    std::byte* values = nullptr;
    DType type = DType::F16;
    int kv_heads = 0;
    int head_dim = 0;
    int context = 0;
};
inline constexpr int kKvTile = 32;
inline constexpr int kKvBlock = 2 * kKvTile;
/// Raised with every change of where a number lies: kept states say in which layout they are.
inline constexpr std::uint32_t kKvLayout = 2;

/// Bytes of positions [0, positions) in one head's keys, and as many in its values; positions is a multiple of
/// kKvBlock. For every type they are a contiguous prefix of the head's part, which is kv_head_bytes(type, head_dim,
/// context) long.
inline std::int64_t kv_head_bytes(DType type, int head_dim, int positions) {
    return positions * row_bytes(type, head_dim);
}

/// Tokens that are computed together, and where they stand in the sequence. What the spans name lives until the next
/// step.
struct Step {
    std::span<const int> tokens;
    int first = 0;                    ///< position of the first of them
    std::span<const float> angles{};  ///< [tokens][head_dim]: head_dim / 2 cosines, then as many sines
};

/// One layer's weights in the device's memory, or a rank's part of them (Sharding). Norms are F32 [1, dim].
struct LayerWeights {
    ConstMatrix attention_norm, feed_forward_norm;
    PlacedMatrix q, k, v, attention_output;
    PlacedMatrix gate, up, down;
};

/// The most that operations are asked for: rows of a step and, of the rank's part of the model, the width of each
/// result. tile_bytes: of the largest matrix that is not multiplied as it is stored, as BF16.
struct WorkSizes {
    int rows = 0;
    int head_dim = 0;
    std::int64_t dim = 0, q_width = 0, kv_width = 0, ffn_width = 0;
    std::int64_t tile_bytes = 0;
    int context = 0;
};

/// Rows of logits that a device computes at once: a token and a guess of fifteen.
inline constexpr int kLogitRows = 16;

/// Operations as a device recorded them. It goes before what they work on.
class Record {
public:
    virtual ~Record() = default;
};

/// Belongs to one thread at a time. x, out and the like are F32 in the device's memory; matrices must not overlap
/// unless said. A GPU's operations may end after they return, each after the one before; read() waits for them. Results
/// do not depend on the number of threads, nor a row's result on the other rows of a step of up to kLogitRows rows, on
/// the CPU of any step. Operations throw Error(Device) where the device fails.
class Device {
public:
    virtual ~Device() = default;

    /// Of the CPU the memory is the host's.
    virtual DeviceKind kind() const noexcept = 0;
    virtual int threads() const noexcept = 0;
    /// Between two operations: how many threads compute from now on, at least 1. A GPU takes no notice.
    virtual void set_threads(int threads) = 0;

    /// Of everything in the device's memory that an operation is given.
    virtual std::int64_t alignment() const noexcept = 0;
    /// what names the purpose for the error. Throws Error(OutOfMemory) with the needed and the free size.
    virtual DeviceMemory reserve(std::int64_t bytes, const std::string& what) = 0;
    /// Reserves what operations of these sizes need; after that none takes more memory. Larger sizes replace smaller
    /// ones. Throws as reserve does.
    virtual void prepare(const WorkSizes& sizes) = 0;
    /// Copies from the host, in the order of the operations; from can be used again at once.
    virtual void write(std::byte* to, std::span<const std::byte> from) = 0;
    /// Copies to the host, after all operations so far.
    virtual void read(std::span<std::byte> to, const std::byte* from) = 0;

    /// Rows that place_rows takes at once, or a multiple of it; only a matrix's last rows may be fewer.
    virtual std::int64_t rows_at_once() const noexcept = 0;
    /// Bytes of a placed matrix.
    virtual std::int64_t placed_bytes(DType type, std::int64_t rows, std::int64_t cols) const noexcept = 0;
    /// Puts rows, as files have them (kernels/blocks.h), one after another, to their place from row first on. Threads
    /// may place different rows at once.
    virtual void place_rows(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) const = 0;

    /// From now on operations may end early, with undefined output, once stop is requested; the caller looks after
    /// each.
    virtual void set_stop(std::stop_token stop) = 0;
    /// What the operations that follow compute.
    virtual void begin(const Step& step) = 0;
    /// Calls operations, or repeats what they did when the same record was last given: they must be the same but for
    /// the step, and that of as many tokens. A null record is made on the way, where the device records.
    virtual void run(std::unique_ptr<Record>& record, const std::function<void()>& operations) = 0;

    /// out[n, dim] = rows tokens[n] - first_token of table[tokens, dim], times their row scales; 0 where the table does
    /// not have the token   table: any DType
    virtual void embed(const PlacedMatrix& table, int first_token, Matrix out) = 0;
    /// x = rms_norm(residual): what attention works on. q[n, q_width] = rotated (x * layer.q^T); rotated (x *
    /// layer.k^T) and x * layer.v^T are stored in the cache at the positions of the step, which it must hold.
    ///   rms_norm: x / sqrt(mean(x^2) + eps) * weight
    ///   rotated:  the pairs (2i, 2i + 1) of every head, by the step's angles
    virtual void attention_input(const LayerWeights& layer, float eps, ConstMatrix residual, const KvCache& cache,
                                 Matrix q) = 0;
    /// out[n, q_width]: row r of q attends to the cache's positions up to its own.
    virtual void attention(const KvCache& cache, ConstMatrix q, Matrix out) = 0;
    /// x = rms_norm(residual); hidden[n, ffn_width] = silu(x * layer.gate^T) * (x * layer.up^T)
    virtual void feed_forward_input(const LayerWeights& layer, float eps, ConstMatrix residual, Matrix hidden) = 0;
    /// out[n, out_dim] = (x[n, in_dim] * weight[out_dim, in_dim]^T) * row_scales[out_dim]   weight: any DType; in_dim:
    /// a multiple of 32
    virtual void product(ConstMatrix x, const PlacedMatrix& weight, Matrix out) = 0;
    /// sum += what product() computes
    virtual void product_add(ConstMatrix x, const PlacedMatrix& weight, Matrix sum) = 0;
    /// out = 0
    virtual void clear(Matrix out) = 0;
    /// out[n, tokens] = rms_norm(residual[n, dim]) * output^T; on a GPU n is at most kLogitRows. The rows need not be
    /// those of a step.
    virtual void logits(ConstMatrix residual, ConstMatrix norm, float eps, const PlacedMatrix& output, Matrix out) = 0;
    /// The likeliest of logits[1, tokens], k or all there are, for a temperature above 0; none where the device is no
    /// quicker at it than the host, or cannot say (ShortListHeader::count). Waits for the operations so far.
    virtual LikeliestTokens likeliest(ConstMatrix, int /*k*/, double /*temperature*/) { return {}; }
};

}  // namespace altiplano::engine
