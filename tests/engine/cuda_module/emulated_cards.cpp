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

/// For tests that load the module: how often memory of a card was asked for, and how much a card has given.
extern "C" __attribute__((visibility("default"))) long altiplano_emulated_reservations() {
    return static_cast<long>(host_cuda::reservations());
}
extern "C" __attribute__((visibility("default"))) long altiplano_emulated_bytes(int card) {
    return static_cast<long>(host_cuda::bytes_in_use(card));
}
