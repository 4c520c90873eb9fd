// Every call may return before it is done: settle() asks until it is, or until patience or an abort ends it.
#include "engine/device/cuda/nccl_group.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <span>
#include <thread>
#include <utility>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/rank_barrier.h"
#include "engine/device/rank_sum_sizes.h"
#include "engine/error.h"
#include "engine/kernels/cuda/marked_add.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::int64_t kPiece = kNcclPieceBytes / static_cast<std::int64_t>(sizeof(float));
constexpr std::size_t kProof = 1024;  // numbers that the first sums are judged by
// NCCL opens the ways of an algorithm, and takes memory for them, when a message is first large enough for it.
constexpr std::array<std::size_t, 3> kFirstCounts = {kProof, 256 * kProof, static_cast<std::size_t>(kPiece)};
constexpr auto kLockTime = std::chrono::seconds(1);
constexpr auto kNap = std::chrono::microseconds(100);
constexpr auto kEndTime = std::chrono::seconds(10);  // for giving memory back; a lost card may never do so
constexpr const char* kStarting = "starting NCCL";
constexpr const char* kTesting = "testing NCCL";
constexpr const char* kAdding = "adding up the ranks' results with NCCL";

std::string words(ncclResult_t result) {
    return std::string(ncclGetErrorString(result)) + " (NCCL " + std::to_string(result) + ")";
}

void check(ncclResult_t result, const char* what) {
    if (result != ncclSuccess && result != ncclInProgress) {
        throw Error(ErrorKind::Device, std::string(what) + ": " + words(result));
    }
}

/// Calls between here and end() belong together; an exception ends the group, too.
class Group {
public:
    explicit Group(const char* what) : what_(what) { check(ncclGroupStart(), what); }
    ~Group() {
        if (what_ != nullptr) {
            ncclGroupEnd();
        }
    }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
    void end() { check(ncclGroupEnd(), std::exchange(what_, nullptr)); }

private:
    const char* what_;
};

}  // namespace

struct NcclGroup::Member {
    Member(int its_rank, RankStream its_place, const RankBoard& board)
        : rank(its_rank),
          place(its_place),
          signals(board.signals(its_rank)),
          memory(reserve_on_card(place.card, kNcclHeaderBytes + kNcclPieceBytes, "adding up the ranks' results")) {
        use_card(place.card);
        load_marked_add();
        cuda::check(cudaMemsetAsync(memory.data(), 0, kNcclHeaderBytes, place.stream), "clearing a counter");
        cuda::check(cudaStreamSynchronize(place.stream), "clearing a counter");
    }
    std::uint32_t* counter() const { return reinterpret_cast<std::uint32_t*>(memory.data()); }
    float* total() const { return reinterpret_cast<float*>(memory.data() + kNcclHeaderBytes); }

    const int rank;
    const RankStream place;
    RankSignals* const signals;
    const DeviceMemory memory;
    std::timed_mutex mutex;             ///< a communicator serves one thread at a time
    ncclComm_t communicator = nullptr;  ///< guarded by mutex; null after abort
};

NcclGroup::NcclGroup(const std::vector<RankStream>& ranks, const RankBoard& board, std::chrono::milliseconds patience)
    : ranks_(static_cast<int>(ranks.size())), patience_(patience) {
    for (int rank = 0; rank < ranks_; ++rank) {
        members_.push_back(std::make_unique<Member>(rank, ranks[static_cast<std::size_t>(rank)], board));
    }
    connect(new_id());
}

NcclGroup::NcclGroup(const ncclUniqueId& id, int rank, int ranks, RankStream place, const RankBoard& board,
                     std::chrono::milliseconds patience)
    : ranks_(ranks), patience_(patience) {
    members_.push_back(std::make_unique<Member>(rank, place, board));
    connect(id);
}

NcclGroup::~NcclGroup() {
    end_all(failure().empty() ? ncclCommDestroy : ncclCommAbort);  // the former refuses where something went wrong
    wait_for_ends();
}

ncclUniqueId NcclGroup::new_id() {
    ncclUniqueId id;
    check(ncclGetUniqueId(&id), kStarting);
    return id;
}

void NcclGroup::connect(const ncclUniqueId& id) {
    try {
        Group group(kStarting);
        for (const auto& member : members_) {
            ncclConfig_t config = NCCL_CONFIG_INITIALIZER;
            config.blocking = 0;
            use_card(member->place.card);
            check(ncclCommInitRankConfig(&member->communicator, ranks_, id, member->rank, &config), kStarting);
        }
        group.end();
        for (const auto& member : members_) {
            settle(*member, kStarting);
        }
        for (const std::size_t count : kFirstCounts) {
            prove(count);
        }
    } catch (...) {
        abort();
        wait_for_ends();
        throw;
    }
}

// Whole numbers, so that the order of the additions does not matter.
void NcclGroup::prove(std::size_t count) {
    const std::vector<float> one(kProof, 1.0F);
    for (const auto& member : members_) {
        use_card(member->place.card);
        cuda::check(cudaMemcpyAsync(member->total(), one.data(), kProof * sizeof(float), cudaMemcpyHostToDevice,
                                    member->place.stream),
                    kTesting);
        cuda::check(cudaStreamSynchronize(member->place.stream), kTesting);
    }
    Group group(kTesting);
    for (const auto& member : members_) {
        check(ncclAllReduce(member->total(), member->total(), count, ncclFloat32, ncclSum, member->communicator,
                            member->place.stream),
              kTesting);
    }
    group.end();
    for (const auto& member : members_) {
        settle(*member, kTesting);
    }
    for (const auto& member : members_) {
        require_proof(*member);
    }
}

void NcclGroup::require_proof(Member& member) const {
    use_card(member.place.card);
    if (!ends_within(member.place.stream, patience_, kTesting)) {
        throw Error(ErrorKind::Device, "NCCL's first sum over " + std::to_string(ranks_) +
                                           " ranks did not end within " + in_words(patience_));
    }
    std::vector<float> sums(kProof);
    cuda::check(cudaMemcpyAsync(sums.data(), member.total(), kProof * sizeof(float), cudaMemcpyDeviceToHost,
                                member.place.stream),
                kTesting);
    cuda::check(cudaStreamSynchronize(member.place.stream), kTesting);
    const auto expected = static_cast<float>(ranks_);
    if (!std::all_of(sums.begin(), sums.end(), [&](float sum) { return sum == expected; })) {
        throw Error(ErrorKind::Device, "NCCL's first sum over " + std::to_string(ranks_) + " ranks is wrong on GPU " +
                                           std::to_string(member.place.card));
    }
}

void NcclGroup::settle(Member& member, const char* what) {
    const auto end = std::chrono::steady_clock::now() + patience_;
    for (;;) {
        {
            const std::lock_guard lock(member.mutex);
            require_working(member);
            ncclResult_t state = ncclInProgress;
            check(ncclCommGetAsyncError(member.communicator, &state), what);
            check(state, what);
            if (state == ncclSuccess) {
                return;
            }
        }
        if (std::chrono::steady_clock::now() > end) {
            throw Error(ErrorKind::Device, std::string(what) + " took longer than " + in_words(patience_) + " on GPU " +
                                               std::to_string(member.place.card));
        }
        std::this_thread::sleep_for(kNap);
    }
}

void NcclGroup::all_reduce_add(int rank, const float* partial, float* sum, std::int64_t count) {
    Member& own = member(rank);
    for (std::int64_t done = 0; done < count; done += kPiece) {
        const std::int64_t piece = std::min(kPiece, count - done);
        launch_enter(own.signals, own.counter(), own.place.stream);
        ncclResult_t result = ncclSuccess;
        {
            const std::lock_guard lock(own.mutex);
            require_working(own);
            result = ncclAllReduce(partial + done, own.total(), static_cast<std::size_t>(piece), ncclFloat32, ncclSum,
                                   own.communicator, own.place.stream);
        }
        check(result, kAdding);
        if (result == ncclInProgress) {
            settle(own, kAdding);
        }
        launch_add_and_leave(sum + done, own.total(), piece, own.signals, own.counter(), own.place.stream);
    }
}

void NcclGroup::require_working(const Member& member) {
    if (member.communicator == nullptr) {
        throw Error(ErrorKind::Device, "NCCL was broken off on GPU " + std::to_string(member.place.card));
    }
}

NcclGroup::Member& NcclGroup::member(int rank) const {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](const auto& it) { return it->rank == rank; });
    assert(found != members_.end());
    return **found;
}

std::string NcclGroup::failure() {
    for (const auto& member : members_) {
        const std::unique_lock lock(member->mutex, std::try_to_lock);
        ncclResult_t state = ncclSuccess;
        if (lock && member->communicator != nullptr &&
            ncclCommGetAsyncError(member->communicator, &state) == ncclSuccess && state != ncclSuccess &&
            state != ncclInProgress) {
            return "GPU " + std::to_string(member->place.card) + ": " + words(state);
        }
    }
    return "";
}

void NcclGroup::abort() noexcept {
    end_all(ncclCommAbort);
}

// On a thread of its own: both calls let the kernels end at once, but return only when no recorded graph holds on to a
// communicator any more. A thread that hangs in NCCL holds the mutex: then the communicator is ended under it, as NCCL
// provides for.
void NcclGroup::end_all(ncclResult_t (*end)(ncclComm_t)) noexcept {
    std::array<std::pair<int, ncclComm_t>, kMaxRanks> gone = {};
    std::size_t count = 0;
    for (const auto& member : members_) {
        const std::unique_lock lock(member->mutex, kLockTime);
        if (ncclComm_t communicator = std::exchange(member->communicator, nullptr); communicator != nullptr) {
            gone[count++] = {member->place.card, communicator};
        }
    }
    const auto end_them = [gone, count, end] {
        ncclGroupStart();
        for (const auto& [card, communicator] : std::span(gone).first(count)) {
            cudaSetDevice(card);
            end(communicator);
        }
        ncclGroupEnd();
    };
    if (count == 0) {
        return;
    }
    try {
        std::packaged_task<void()> task(end_them);
        const std::lock_guard lock(ends_mutex_);
        ends_.push_back(task.get_future());
        std::thread(std::move(task)).detach();
    } catch (...) {
        end_them();
    }
}

// Where that takes too long, memory stays taken, but nobody hangs.
void NcclGroup::wait_for_ends() noexcept {
    const std::lock_guard lock(ends_mutex_);
    for (const std::future<void>& each : ends_) {
        each.wait_for(kEndTime);
    }
}

}  // namespace altiplano::engine::cuda
