// Weights on their way from a file's rows into a card's memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "engine/device/cuda/handles.h"
#include "engine/device/matrix.h"

namespace altiplano::engine::cuda {

/// Splits blocks into planes in pinned memory and lets the card fetch them while the next rows are split. Any number of
/// threads; each has a buffer for itself while it is here, and waits where all are taken.
class Placing {
public:
    explicit Placing(int card);
    ~Placing();

    /// rows, as files have them, become rows first on of target. May return before the card has them.
    void place(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows);
    /// Waits until the card has everything, and gives the buffers back. No thread may be placing.
    void finish();

private:
    struct Lane;
    class Turn;

    Lane* take();
    void give_back(Lane* lane) noexcept;

    const int card_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::vector<Lane*> free_;
};

}  // namespace altiplano::engine::cuda
