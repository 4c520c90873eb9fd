// Rounding keys and values to the type of the cache and putting them to their place in its tiles.
#include "engine/kernels/attention_kernels.h"
#include "engine/kernels/levels/kv_tiles.h"
#include "engine/kernels/levels/level_table.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {
namespace {

constexpr float kLargestByte = 127.0F;
constexpr int kByteOffset = 128;
constexpr float kLargestHalf = 65504.0F;
constexpr std::uint16_t kHalfNoNumber = 0x7E00;

/// x[32] as bytes of one scale: the largest is 127 times it. Numbers that no scale reaches, or that are none, come back
/// as no number, so that the error shows.
std::uint16_t quantise(const float* x, std::uint8_t* bytes) {
    Vec16 magnitude = set(0.0F), finite = set(0.0F);
    for (int i = 0; i < kKvTile; i += 16) {
        const Vec16 value = load(x + i);
        magnitude = larger(magnitude, larger(value, subtract(set(0.0F), value)));
        finite = add(finite, multiply(value, set(0.0F)));
    }
    const float scale = largest(magnitude) / kLargestByte;
    for (int i = 0; i < kKvTile; ++i) {
        bytes[i] = kByteOffset;
    }
    if (sum(finite) != 0.0F || scale > kLargestHalf) {
        return kHalfNoNumber;
    }
    std::uint16_t halves[16];
    store_f16(halves, set(scale));
    const Vec16 rounded = load_f16(halves);
    float values[16];
    store(values, rounded);
    if (values[0] > 0.0F) {
        for (int i = 0; i < kKvTile; ++i) {
            if (i % 16 == 0) {
                const Vec16 steps = round(divide(load(x + i), rounded));
                store(values, larger(set(-kLargestByte), smaller(set(kLargestByte), steps)));
            }
            bytes[i] = static_cast<std::uint8_t>(static_cast<int>(values[i % 16]) + kByteOffset);
        }
    }
    return halves[0];
}

/// x[32] to out[i * step]
void store_plain(const float* x, DType type, std::byte* out, int step) {
    for (int i = 0; i < kKvTile; i += 16) {
        if (type == DType::F16) {
            std::uint16_t halves[16];
            store_f16(halves, load(x + i));
            for (int lane = 0; lane < 16; ++lane) {
                reinterpret_cast<std::uint16_t*>(out)[(i + lane) * step] = halves[lane];
            }
        } else {
            for (int lane = 0; lane < 16; ++lane) {
                reinterpret_cast<float*>(out)[(i + lane) * step] = x[i + lane];
            }
        }
    }
}

/// One position's 32 numbers into line `at` of their tile: its column where step is 32, its row where step is 1.
void store_in_tile(const float* x, DType type, int at, int step, std::byte* tile) {
    const int first = step == 1 ? at * kKvTile : at;
    if (type != DType::Q8_0) {
        store_plain(x, type, tile + first * (type == DType::F16 ? 2 : 4), step);
        return;
    }
    std::uint8_t bytes[kKvTile];
    reinterpret_cast<std::uint16_t*>(tile)[at] = quantise(x, bytes);
    for (int i = 0; i < kKvTile; ++i) {
        tile[kByteTileScales + first + i * step] = static_cast<std::byte>(bytes[i]);
    }
}

std::int64_t tile_bytes_of(DType type) {
    return type == DType::Q8_0 ? kByteTileBytes : type == DType::F16 ? HalfTile::kBytes : FloatTile::kBytes;
}

}  // namespace

void store_key(const float* key, int head_dim, DType type, int position, std::byte* keys) {
    const std::int64_t tile_bytes = tile_bytes_of(type);
    std::byte* tile = keys + std::int64_t{position / kKvTile} * (head_dim / kKvTile) * tile_bytes;
    for (int d = 0; d < head_dim; d += kKvTile, tile += tile_bytes) {
        store_in_tile(key + d, type, position % kKvTile, kKvTile, tile);
    }
}

void store_value(const float* value, int head_dim, DType type, int position, std::byte* values) {
    constexpr int kTilesDown = kKvBlock / kKvTile;
    const std::int64_t tile_bytes = tile_bytes_of(type);
    std::byte* tile = values + (std::int64_t{position / kKvBlock} * (head_dim / kKvTile) * kTilesDown +
                                position % kKvBlock / kKvTile) *
                                   tile_bytes;
    for (int d = 0; d < head_dim; d += kKvTile, tile += kTilesDown * tile_bytes) {
        store_in_tile(value + d, type, position % kKvTile, 1, tile);
    }
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
