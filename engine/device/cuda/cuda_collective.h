// The collective of ranks on cards: one shot for small messages, NCCL for the rest, and a watchdog over both.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/device/collective.h"
#include "engine/device/cuda/nccl_group.h"
#include "engine/device/cuda/one_shot.h"
#include "engine/device/cuda/rank_board.h"
#include "engine/device/cuda_interface.h"
#include "engine/device/rank_barrier.h"
#include "engine/device/watchdog.h"

namespace altiplano::engine::cuda {

/// Made before a model's weights are loaded, so that what it takes of the cards' memory is known. Where all cards reach
/// each other's memory, messages up to kOneShotBytes go in one shot, larger ones through NCCL; where they do not, all
/// go through NCCL; where NCCL does not come up, or ranks share a card, all go in one shot, large ones in pieces. What
/// is not as it could be, notes() says. Each way must have given right sums before it is used.
class CudaCollective final : public Collective {
public:
    /// 2 to kMaxRanks ranks; their streams outlive it. Throws Error(Device) where there is no way between the cards,
    /// and Error(OutOfMemory).
    CudaCollective(std::vector<RankStream> ranks, const CardCollectiveOptions& options);
    ~CudaCollective() override;

    int ranks() const noexcept override { return static_cast<int>(ranks_.size()); }
    /// rows * cols must be a multiple of 4.
    void all_reduce_add(int rank, ConstMatrix partial, Matrix sum) override;
    void check() const override;
    void abort() noexcept override;
    void end_all() override;
    void reset() override;
    std::vector<std::string> notes() const override { return notes_; }

private:
    void open_direct_ways();
    void open_nccl();
    void watch();
    std::vector<std::uint32_t> look();
    void give_up(const std::string& reason) noexcept;
    void launch(int rank, const float* partial, float* sum, std::int64_t count);
    void meet(int rank);

    const std::vector<RankStream> ranks_;
    const std::chrono::milliseconds patience_;
    const std::vector<std::string> names_;
    std::vector<std::string> notes_;
    RankBoard board_;
    RankBarrier meeting_;
    std::unique_ptr<OneShot> one_shot_;  ///< null where cards do not reach each other
    std::unique_ptr<NcclGroup> nccl_;    ///< null where it cannot be used
    std::atomic<bool> failed_ = false;
    mutable std::mutex mutex_;
    std::string reason_;  ///< guarded by mutex_
    std::unique_ptr<Watchdog> watchdog_;
};

}  // namespace altiplano::engine::cuda
