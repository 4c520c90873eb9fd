// The tile registers of AMX: eight of up to sixteen rows of 64 bytes. Written as instructions, as the intrinsics of GCC
// 12 take only literal tile numbers and do not say that they read memory. Source: Intel 64 and IA-32 Architectures
// Software Developer's Manual, volume 2.
#pragma once

#include <cstdint>

namespace altiplano::engine::ALTIPLANO_LEVEL {

inline constexpr int kTileRows = 16;

/// The shapes of the eight tiles, as LDTILECFG reads them.
struct alignas(64) TileShapes {
    std::uint8_t palette = 1;
    std::uint8_t start_row = 0;
    std::uint8_t reserved[14] = {};
    std::uint16_t row_bytes[16] = {};
    std::uint8_t rows[16] = {};

    void set(int tile, int row_count, int bytes) {
        rows[tile] = static_cast<std::uint8_t>(row_count);
        row_bytes[tile] = static_cast<std::uint16_t>(bytes);
    }
};
static_assert(sizeof(TileShapes) == 64);

/// While it lives, this thread's tiles have these shapes; afterwards they are free, so that the system need not save
/// them.
class TileConfiguration {
public:
    explicit TileConfiguration(const TileShapes& shapes) { asm volatile("ldtilecfg %0" ::"m"(shapes)); }
    ~TileConfiguration() { asm volatile("tilerelease" ::: "memory"); }
    TileConfiguration(const TileConfiguration&) = delete;
    TileConfiguration& operator=(const TileConfiguration&) = delete;
};

template <int tile>
inline void tile_zero() {
    asm volatile("tilezero %%tmm%c0" ::"i"(tile));
}
template <int tile>
inline void tile_load(const void* rows, long stride) {
    asm volatile("tileloadd (%1,%2,1), %%tmm%c0" ::"i"(tile), "r"(rows), "r"(stride) : "memory");
}
template <int tile>
inline void tile_store(void* rows, long stride) {
    asm volatile("tilestored %%tmm%c0, (%1,%2,1)" ::"i"(tile), "r"(rows), "r"(stride) : "memory");
}
/// sums += a * b of BF16, two columns of b in a row.
template <int sums, int a, int b>
inline void tile_multiply_bf16() {
    asm volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(sums), "i"(a), "i"(b));
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
