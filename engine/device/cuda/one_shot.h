// The one-shot all-reduce of the ranks of this process: their buffers on the cards, and the launches.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/device/cuda/rank_board.h"
#include "engine/device/device_memory.h"
#include "engine/kernels/cuda/all_reduce.h"

namespace altiplano::engine::cuda {

class OneShot {
public:
    /// Every card can write to the memory of every other: see test_peers. 2 to kMaxRanks ranks. The board outlives it.
    /// Throws Error(OutOfMemory).
    OneShot(std::vector<RankStream> ranks, const RankBoard& board);

    /// sum[count] += the sum over ranks of partial, in rank's stream. count: any multiple of 4; what exceeds
    /// kOneShotBytes goes in pieces. On the rank's thread.
    void all_reduce_add(int rank, const float* partial, float* sum, std::int64_t count) const;

    /// After an abort, while all streams are idle: as new.
    void reset();

private:
    std::vector<RankStream> ranks_;
    std::vector<DeviceMemory> buffers_;
    std::vector<OneShotRank> kernels_know_;
};

}  // namespace altiplano::engine::cuda
