// The cards of the emulated CUDA module that programs load: one of 1 GiB, or what ALTIPLANO_EMULATED_CARDS says,
// "4x256" for four of 256 MiB each.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/engine/host_cuda/host_cuda.h"

namespace {

struct EmulatedCards {
    EmulatedCards() {
        int count = 1, mebibytes = 1024;
        if (const char* const wish = std::getenv("ALTIPLANO_EMULATED_CARDS"); wish != nullptr) {
            std::sscanf(wish, "%dx%d", &count, &mebibytes);
        }
        host_cuda::CardOptions card;
        card.memory_bytes = static_cast<std::size_t>(mebibytes) << 20;
        host_cuda::set_devices(std::vector(static_cast<std::size_t>(count), card));
    }
};

const EmulatedCards cards;

}  // namespace
