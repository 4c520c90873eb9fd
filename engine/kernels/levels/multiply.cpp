// Strips of weights times a batch of tokens, with the registers of this level.
#include "engine/kernels/levels/level_table.h"
#include "engine/kernels/levels/product.h"
#include "engine/kernels/levels/tile.h"
#include "engine/kernels/levels/unpack.h"

namespace altiplano::engine::ALTIPLANO_LEVEL {

void multiply_strips(const StripProduct& product) {
    with_unpack(product.type, [&](auto unpack) {
        using Unpack = decltype(unpack);
        if (product.tokens <= kFewTokens) {
            multiply_few<Unpack, RegisterTiles<Unpack>>(product);
        } else {
            multiply_many<Unpack, RegisterTiles<Unpack>>(product);
        }
    });
}

}  // namespace altiplano::engine::ALTIPLANO_LEVEL
