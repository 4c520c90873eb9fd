// Reading the tiles of 32 x 32 numbers that a KV cache is made of, for each type of cache.
#pragma once

#include "engine/device/device.h"
#include "engine/kernels/levels/simd.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

// Far enough ahead that memory answers in time, near enough that it is still in the first-level cache when needed.
inline constexpr int kPrefetchBytes = 2048;

/// A tile of plain numbers. Every kind of tile gives 16 numbers of row k from column on, rounded by nothing but the
/// cache: what is computed from them does not depend on the type that held them.
struct FloatTile {
    static constexpr int kBytes = kKvTile * kKvTile * 4;
    FloatTile(const std::byte* tile, int column) : numbers(reinterpret_cast<const float*>(tile) + column) {}
    void prefetch(int k) const {
        const char* ahead = reinterpret_cast<const char*>(numbers + k * kKvTile) + kPrefetchBytes;
        __builtin_prefetch(ahead);
        __builtin_prefetch(ahead + 64);
    }
    Vec16 read(int k, int column) const { return load(numbers + k * kKvTile + column); }
    const float* numbers;
};

struct HalfTile {
    static constexpr int kBytes = kKvTile * kKvTile * 2;
    HalfTile(const std::byte* tile, int column) : numbers(reinterpret_cast<const std::uint16_t*>(tile) + column) {}
    void prefetch(int k) const {
        __builtin_prefetch(reinterpret_cast<const char*>(numbers + k * kKvTile) + kPrefetchBytes);
    }
    Vec16 read(int k, int column) const { return load_f16(numbers + k * kKvTile + column); }
    const std::uint16_t* numbers;
};

/// A tile of bytes: 32 scales as halves, then [32][32] bytes, each 128 more than the number that its scale multiplies.
/// A byte times a half needs 19 bits: exact as a float.
inline constexpr int kByteTileScales = 2 * kKvTile;
inline constexpr int kByteTileBytes = kByteTileScales + kKvTile * kKvTile;

/// Of keys: a scale for each column.
struct ByteKeyTile {
    static constexpr int kBytes = kByteTileBytes;
    ByteKeyTile(const std::byte* tile, int column) : bytes(tile + kByteTileScales + column) {
        const auto* halves = reinterpret_cast<const std::uint16_t*>(tile) + column;
        for (int v = 0; v < kAttentionVectors; ++v) {
            scales[v] = byte_scale(load_f16(halves + 16 * v));
        }
    }
    void prefetch(int k) const { __builtin_prefetch(bytes + k * kKvTile + kPrefetchBytes); }
    Vec16 read(int k, int column) const { return load_scaled(bytes + k * kKvTile + column, scales[column / 16]); }
    const std::byte* bytes;
    ByteScale scales[kAttentionVectors];
};

/// Of values: a scale for each row.
struct ByteValueTile {
    static constexpr int kBytes = kByteTileBytes;
    ByteValueTile(const std::byte* tile, int column) : bytes(tile + kByteTileScales + column) {
        for (int k = 0; k < kKvTile; k += 16) {
            const ByteScale scale = byte_scale(load_f16(reinterpret_cast<const std::uint16_t*>(tile) + k));
            store(factors + k, scale.factor);
            store(offsets + k, scale.offset);
        }
    }
    void prefetch(int k) const { __builtin_prefetch(bytes + k * kKvTile + kPrefetchBytes); }
    Vec16 read(int k, int column) const {
        return load_scaled(bytes + k * kKvTile + column, {set(factors[k]), set(offsets[k])});
    }
    const std::byte* bytes;
    float factors[kKvTile], offsets[kKvTile];
};

/// The kinds of cache, and what they are made of.
struct FloatCache {
    using Keys = FloatTile;
    using Values = FloatTile;
};
struct HalfCache {
    using Keys = HalfTile;
    using Values = HalfTile;
};
struct ByteCache {
    using Keys = ByteKeyTile;
    using Values = ByteValueTile;
};

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
