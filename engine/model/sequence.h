// One sequence of tokens and the keys and values computed for them: what a session works on and what can be kept of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/device/device.h"
#include "engine/device/host_memory.h"

namespace altiplano::engine {

/// What decides the meaning of every byte of a cache.
struct CacheShape {
    int layers = 0;
    int kv_heads = 0;
    int head_dim = 0;
    int context = 0;  ///< positions that fit
    DType type = DType::F16;

    bool operator==(const CacheShape&) const = default;
    /// context, rounded up to whole blocks.
    int positions() const noexcept;
    /// Of the keys, or of the values, of one head's positions [0, count rounded up to whole blocks).
    std::int64_t head_bytes(int count) const noexcept;
    /// Of all keys and values of the positions [0, count rounded up to whole blocks).
    std::int64_t bytes(int count) const noexcept;
};

/// Inside a session it grows, apart from one it keeps. Belongs to one thread at a time.
class Sequence {
public:
    Sequence() = default;
    /// Reserves the whole context; what is not touched costs nothing. Throws Error(OutOfMemory).
    explicit Sequence(const CacheShape& shape) : Sequence(shape, shape.layers) {}
    /// own_layers: so many have their keys and values here, and memory for them must be there from the beginning on.
    /// Those of the others are on GPUs, and here are copies only.
    Sequence(const CacheShape& shape, int own_layers);

    const CacheShape& shape() const noexcept { return shape_; }
    int own_layers() const noexcept { return own_layers_; }
    std::span<const int> tokens() const noexcept { return tokens_; }
    std::int64_t reserved_bytes() const noexcept { return cache_.size(); }
    /// Of the keys and values of the tokens.
    std::int64_t held_bytes() const noexcept { return shape_.bytes(static_cast<int>(tokens_.size())); }

    /// The keys and values at these positions are in the cache.
    void append(std::span<const int> tokens);
    /// Forgets all tokens from position on; position must be in [0, tokens().size()].
    void rewind(int position);

    KvCache layer(int index) const;
    /// The memory of the positions [first, last), both whole blocks: by layer, keys before values, by head.
    std::vector<std::span<std::byte>> pieces(int first, int last) const;
    /// Gives the system back the memory beyond the tokens. They can still grow.
    void trim();
    /// Forgets everything, also what is in memory.
    void clear();

private:
    std::byte* head(int layer, int half, int kv_head) const;

    CacheShape shape_;
    int own_layers_ = 0;
    std::vector<int> tokens_;
    HostBuffer cache_;  ///< [layers][keys, values][kv_heads][head_bytes(context)]
};

}  // namespace altiplano::engine
