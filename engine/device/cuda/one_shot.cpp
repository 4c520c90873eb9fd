// One buffer on each rank's card, known to the kernels of all.
#include "engine/device/cuda/one_shot.h"

#include <algorithm>
#include <cassert>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"

namespace altiplano::engine::cuda {
OneShot::OneShot(std::vector<RankStream> ranks, const RankBoard& board) : ranks_(std::move(ranks)) {
    const int count = static_cast<int>(ranks_.size());
    assert(count >= 2 && count <= kMaxRanks);
    OneShotRank known = {.abort = board.abort_flag(), .ranks = count, .shares_card = share_cards(ranks_)};
    for (int rank = 0; rank < count; ++rank) {
        buffers_.push_back(reserve_on_card(ranks_[static_cast<std::size_t>(rank)].card, one_shot_buffer_bytes(count),
                                           "adding up the ranks' results"));
        known.buffers[rank] = buffers_.back().data();
        load_one_shot(count);
    }
    for (int rank = 0; rank < count; ++rank) {
        known.rank = rank;
        known.signals = board.signals(rank);
        kernels_know_.push_back(known);
    }
    reset();
}

void OneShot::reset() {
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        use_card(ranks_[rank].card);
        check(cudaMemsetAsync(buffers_[rank].data(), 0, static_cast<std::size_t>(buffers_[rank].size()),
                              ranks_[rank].stream),
              "clearing the ranks' buffers");
    }
    for (const RankStream& rank : ranks_) {
        use_card(rank.card);
        check(cudaStreamSynchronize(rank.stream), "clearing the ranks' buffers");
    }
}

void OneShot::all_reduce_add(int rank, const float* partial, float* sum, std::int64_t count) const {
    constexpr std::int64_t kPiece = kOneShotBytes / static_cast<std::int64_t>(sizeof(float));
    const auto index = static_cast<std::size_t>(rank);
    for (std::int64_t done = 0; done < count; done += kPiece) {
        launch_one_shot(kernels_know_[index], partial + done, sum + done, std::min(kPiece, count - done),
                        ranks_[index].stream);
    }
}

}  // namespace altiplano::engine::cuda
