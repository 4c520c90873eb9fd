// A cache is made of tiles (device.h); what is written is a short text of random ones, begun at different places.
#include "tests/bench/synthetic_cache.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

#include "tests/bench/synthetic_blocks.h"

namespace altiplano::engine {
namespace {

constexpr std::size_t kTiles = 256;
constexpr std::size_t kTileValues = static_cast<std::size_t>(kKvTile) * kKvTile;

std::size_t tile_bytes(DType type) {
    return static_cast<std::size_t>(row_bytes(type, static_cast<std::int64_t>(kTileValues)));
}

// Of Q8_0 the scales of a tile come first; they all are 0.01, as halves.
std::vector<std::byte> random_tiles(DType type) {
    std::vector<std::byte> tiles =
        synthetic_blocks(type == DType::Q8_0 ? DType::F8_E4M3 : type, kTiles * tile_bytes(type));
    for (std::size_t at = 0; type == DType::Q8_0 && at < tiles.size(); at += tile_bytes(type)) {
        const std::vector<std::uint16_t> scales(kKvTile, 0x211F);
        std::memcpy(tiles.data() + at, scales.data(), scales.size() * 2);
    }
    return tiles;
}

void fill(std::span<std::byte> piece, std::span<const std::byte> tiles, std::size_t first_tile, std::size_t tile) {
    std::size_t from = first_tile % kTiles * tile;
    for (std::size_t at = 0; at < piece.size();) {
        const std::size_t count = std::min(piece.size() - at, tiles.size() - from);
        std::memcpy(piece.data() + at, tiles.data() + from, count);
        at += count;
        from = 0;
    }
}

}  // namespace

void fill_cache(Session& session, int depth) {
    session.rewind(0);
    Sequence sequence = session.another_sequence();
    const CacheShape& shape = session.shape();
    sequence.append(std::vector<int>(static_cast<std::size_t>(depth), 1));
    const auto pieces = sequence.pieces(0, (depth + kKvBlock - 1) / kKvBlock * kKvBlock);
    const std::vector<std::byte> tiles = random_tiles(shape.type);
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(std::thread::hardware_concurrency(), 1U); ++i) {
        threads.emplace_back([&] {
            for (std::size_t piece = next++; piece < pieces.size(); piece = next++) {
                fill(pieces[piece], tiles, piece * 37, tile_bytes(shape.type));
            }
        });
    }
    threads.clear();
    session.exchange(std::move(sequence));
}

}  // namespace altiplano::engine
