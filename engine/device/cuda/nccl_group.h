// NCCL's all-reduce for what is too large for one shot, and where cards do not reach each other's memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <nccl.h>
#include <string>
#include <vector>

#include "engine/device/cuda/rank_board.h"
#include "engine/device/device_memory.h"

namespace altiplano::engine::cuda {

/// One communicator for each rank of this process. Communicators do not block, so that what hangs can be aborted from
/// another thread. May be recorded into graphs: each card has a launching thread of its own, and the ways between cards
/// are opened by the reductions that the constructor does, so that none is opened within a recording, nor memory taken
/// later. Recorded reductions go before the group.
class NcclGroup {
public:
    /// All ranks are in this process, each on a card of its own. The board outlives it. Throws Error(Device) where NCCL
    /// does not come up within patience, and where its first sum is wrong.
    NcclGroup(const std::vector<RankStream>& ranks, const RankBoard& board, std::chrono::milliseconds patience);
    /// One of several processes: this one computes rank; id is what new_id gave to one of them. Its first sum must be
    /// right, too.
    NcclGroup(const ncclUniqueId& id, int rank, int ranks, RankStream place, const RankBoard& board,
              std::chrono::milliseconds patience);
    ~NcclGroup();
    NcclGroup(const NcclGroup&) = delete;
    NcclGroup& operator=(const NcclGroup&) = delete;

    static ncclUniqueId new_id();

    /// sum[count] += the sum over ranks of partial, in rank's stream. count: a multiple of 4. Every rank has the same
    /// bits. On the rank's thread. Throws Error(Device), also after abort.
    void all_reduce_add(int rank, const float* partial, float* sum, std::int64_t count);

    /// Lets what is under way on all cards of this process end soon; nothing works afterwards. Any thread; does not
    /// wait.
    void abort() noexcept;
    /// What went wrong since the call, in NCCL's words, on any rank; empty where nothing did. Any thread.
    std::string failure();

private:
    struct Member;
    void connect(const ncclUniqueId& id);
    void prove(std::size_t count);
    void require_proof(Member& member) const;
    void settle(Member& member, const char* what);
    static void require_working(const Member& member);
    void end_all(ncclResult_t (*end)(ncclComm_t)) noexcept;
    void wait_for_ends() noexcept;
    Member& member(int rank) const;

    const int ranks_;
    const std::chrono::milliseconds patience_;
    std::vector<std::unique_ptr<Member>> members_;
    std::mutex ends_mutex_;
    std::vector<std::future<void>> ends_;  ///< of communicators; guarded by ends_mutex_
};

}  // namespace altiplano::engine::cuda
