#include "engine/model/stage_session.h"

#include <algorithm>

#include "engine/error.h"

namespace altiplano::engine {

StageSession::StageSession(const ModelConfig& config, const StageParts& stage, const CacheShape& shape,
                           int largest_chunk)
    : stage_(stage) {
    ranks_.reserve(stage.ranks.size());
    for (int rank = 0; rank < stage.sharding.ranks(); ++rank) {
        ranks_.emplace_back(config, stage, rank, shape, largest_chunk);
    }
}

bool StageSession::has_gpu() const noexcept {
    return stage_.ranks.front().device->kind() == DeviceKind::Gpu;
}

std::int64_t StageSession::reserved_bytes() const noexcept {
    std::int64_t bytes = 0;
    for (const RankSession& rank : ranks_) {
        bytes += rank.reserved_bytes();
    }
    return bytes;
}

void StageSession::on_ranks(const std::function<void(RankSession& session, int rank)>& work) {
    try {
        stage_.team->run([&](int rank) { work(ranks_[static_cast<std::size_t>(rank)], rank); });
        if (stage_.collective) {
            stage_.collective->check();
        }
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::DeviceLost) {  // whoever waits for a lost card may wait for ever
            make_usable_again();
        }
        throw;
    } catch (...) {
        make_usable_again();
        throw;
    }
}

void StageSession::make_usable_again() {
    if (stage_.collective) {
        stage_.collective->end_all();
        std::for_each(ranks_.begin(), ranks_.end(), [](RankSession& rank) { rank.forget_records(); });
        stage_.collective->reset();
    }
}

bool StageSession::compute(const Chunk& chunk, const Sequence& sequence, const std::stop_token& stop,
                           const std::function<void(int done)>& report) {
    // Ranks see a stop at different times, and none can leave the others: their devices only make haste.
    const bool alone = ranks_.size() == 1;
    bool is_whole = true;
    const auto after_layer = [&](int done) {
        is_whole = !alone || !stop.stop_requested();
        if (is_whole && report) {
            report(done);
        }
        return is_whole;
    };
    on_ranks([&](RankSession& session, int rank) {
        session.compute(chunk, sequence, rank == 0 ? after_layer : std::function<bool(int)>());
    });
    return alone ? is_whole : !stop.stop_requested();
}

void StageSession::embed(const Chunk& chunk) {
    on_ranks([&](RankSession& session, int) { session.embed(chunk); });
}

void StageSession::logits(int first_row, int count, float* out) {
    on_ranks([&](RankSession& session, int) { session.logits(first_row, count, out); });
}

LikeliestTokens StageSession::likeliest(int row, int k, double temperature) {
    std::vector<LikeliestTokens> found(ranks_.size());
    on_ranks([&](RankSession& session, int rank) {
        found[static_cast<std::size_t>(rank)] = session.likeliest(row, k, temperature);
    });
    return merge_likeliest(found, k, temperature);
}

void StageSession::set_stop(const std::stop_token& stop) {
    for (const RankParts& rank : stage_.ranks) {
        rank.device->set_stop(stop);
    }
}

void StageSession::set_threads(int threads) {
    for (const RankParts& rank : stage_.ranks) {
        rank.device->set_threads(std::max(threads / stage_.sharding.ranks(), 1));
    }
}

void StageSession::download(const Sequence& to, int first, int last) {
    on_ranks([&](RankSession& session, int) { session.download(to, first, last); });
}

void StageSession::upload(const Sequence& from, int first, int last) {
    on_ranks([&](RankSession& session, int) { session.upload(from, first, last); });
}

}  // namespace altiplano::engine
