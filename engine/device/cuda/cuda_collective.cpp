// Which ways there are is found out once; each message then takes the first that fits.
#include "engine/device/cuda/cuda_collective.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/cuda/handles.h"
#include "engine/device/cuda/one_shot_proof.h"
#include "engine/device/cuda/peer_test.h"
#include "engine/device/cuda/record.h"
#include "engine/error.h"

namespace altiplano::engine::cuda {
namespace {

std::vector<int> cards_of(const std::vector<RankStream>& ranks) {
    std::vector<int> cards;
    std::transform(ranks.begin(), ranks.end(), std::back_inserter(cards), [](const auto& rank) { return rank.card; });
    return cards;
}

std::vector<std::string> names_or_cards(std::vector<std::string> names, const std::vector<RankStream>& ranks) {
    for (std::size_t rank = names.size(); rank < ranks.size(); ++rank) {
        const std::string card = "GPU " + std::to_string(ranks[rank].card);
        names.push_back(share_cards(ranks) ? "rank " + std::to_string(rank) + " on " + card : card);
    }
    return names;
}

bool is_recording(cudaStream_t stream) {
    cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
    check(cudaStreamIsCapturing(stream, &status), "adding up the GPUs' results");
    return status != cudaStreamCaptureStatusNone;
}

}  // namespace

CudaCollective::CudaCollective(std::vector<RankStream> ranks, const CardCollectiveOptions& options)
    : ranks_(std::move(ranks)),
      patience_(options.wait.patience),
      names_(names_or_cards(options.wait.names, ranks_)),
      board_(static_cast<int>(ranks_.size())),
      meeting_(static_cast<int>(ranks_.size()), {patience_, names_}) {
    assert(ranks_.size() >= 2 && ranks_.size() <= kMaxRanks);
    if (options.direct_ways) {
        open_direct_ways();
    } else {
        notes_.push_back("direct transfers between the GPUs are switched off");
    }
    open_nccl();
    watch();
}

CudaCollective::~CudaCollective() = default;

void CudaCollective::open_direct_ways() {
    const PeerResult tested = test_peers(cards_of(ranks_));
    std::string why_not = tested.all_pass() ? "" : tested.failures.front();
    if (tested.all_pass()) {
        one_shot_ = std::make_unique<OneShot>(ranks_, board_);
        why_not = prove_one_shot(*one_shot_, ranks_, board_, std::min(patience_, kProofPatience));
    }
    if (why_not.empty()) {
        return;
    }
    one_shot_.reset();
    board_.clear();
    const std::size_t others = tested.all_pass() ? 0 : tested.failures.size() - 1;
    notes_.push_back("the GPUs do not write to each other's memory, which makes answers slower: " + why_not +
                     (others == 0 ? "" : " (and " + std::to_string(others) + " ways more)"));
}

// What the test found wrong, NCCL would use all the same. It reads the variable when it first starts in this process.
void CudaCollective::open_nccl() {
    if (!one_shot_) {
        ::setenv("NCCL_P2P_DISABLE", "1", 0);
    }
    std::string why_not = "ranks share a card";
    if (!share_cards(ranks_)) {
        try {
            nccl_ = std::make_unique<NcclGroup>(ranks_, board_, patience_);
            return;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Device) {
                throw;
            }
            why_not = error.what();
        }
    }
    if (!one_shot_) {
        const std::string all = (notes_.empty() ? "" : notes_.back() + "; ");
        throw Error(ErrorKind::Device, "the GPUs cannot add up their results: " + all + why_not);
    }
    notes_.push_back("large sums go in pieces, which makes long prompts slower: " + why_not);
}

void CudaCollective::watch() {
    watchdog_ = std::make_unique<Watchdog>(
        patience_, [this] { return look(); }, [this] { give_up(hang_in_words(board_, names_, patience_)); });
}

std::vector<std::uint32_t> CudaCollective::look() {
    if (nccl_) {
        if (const std::string failure = nccl_->failure(); !failure.empty()) {
            give_up("adding up the GPUs' results failed: " + failure);
        }
    }
    return board_.progress();
}

void CudaCollective::all_reduce_add(int rank, ConstMatrix partial, Matrix sum) {
    assert(partial.type == DType::F32 && sum.type == DType::F32);
    assert(partial.rows == sum.rows && partial.cols == sum.cols);
    check();
    const std::int64_t count = sum.rows * sum.cols;
    const auto* from = reinterpret_cast<const float*>(partial.data);
    auto* to = reinterpret_cast<float*>(sum.data);
    const RankStream& place = ranks_[static_cast<std::size_t>(rank)];
    use_card(place.card);
    if (is_repeating() || is_recording(place.stream)) {
        launch(rank, from, to, count);
        return;
    }
    meet(rank);
    launch(rank, from, to, count);
    meet(rank);
}

// What NCCL says where it was broken off is not why.
void CudaCollective::launch(int rank, const float* partial, float* sum, std::int64_t count) try {
    if (one_shot_ && (count * std::int64_t{sizeof(float)} <= kOneShotBytes || !nccl_)) {
        one_shot_->all_reduce_add(rank, partial, sum, count);
    } else {
        nccl_->all_reduce_add(rank, partial, sum, count);
    }
} catch (const Error& error) {
    if (error.kind() == ErrorKind::Device) {
        check();
    }
    throw;
}

// A driver that loads a kernel at its first use, allocates or makes a graph ready may wait for all that is under way,
// and hold up the launches of other threads meanwhile (CUDA Programming Guide, "Lazy Loading", on concurrent kernels).
// So no rank is in such a call while a kernel waits for it: all come to a reduction before the first launches it, and
// none goes on before the last has. Recorded reductions: see CudaRecord.
void CudaCollective::meet(int rank) {
    try {
        meeting_.wait(rank);
    } catch (const Error& error) {
        give_up(error.what());
        throw;
    }
}

void CudaCollective::check() const {
    if (failed_) {
        const std::lock_guard lock(mutex_);
        throw Error(ErrorKind::Device, reason_);
    }
}

void CudaCollective::give_up(const std::string& reason) noexcept {
    {
        const std::lock_guard lock(mutex_);
        if (!failed_) {
            reason_ = reason;
            failed_ = true;
        }
    }
    meeting_.abort(reason);
    board_.raise_abort();
    if (nccl_) {
        nccl_->abort();
    }
}

void CudaCollective::abort() noexcept {
    give_up("the computation was broken off because one of the ranks failed");
}

// A card that does not end is as good as lost.
void CudaCollective::end_all() {
    abort();
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        use_card(ranks_[rank].card);
        if (!ends_within(ranks_[rank].stream, patience_, "waiting for the end of what was broken off")) {
            throw Error(ErrorKind::DeviceLost,
                        names_[rank] + " did not end within " + in_words(patience_) + " what was broken off");
        }
    }
}

// Kernels that still wait must have seen the abort before it is taken back.
void CudaCollective::reset() {
    watchdog_.reset();
    end_all();
    board_.clear();
    if (one_shot_) {
        one_shot_->reset();
    }
    if (std::exchange(nccl_, nullptr)) {
        nccl_ = std::make_unique<NcclGroup>(ranks_, board_, patience_);
    }
    meeting_.reset();
    failed_ = false;
    watch();
}

}  // namespace altiplano::engine::cuda
