#include "engine/device/cuda/placing.h"

#include <algorithm>
#include <cstring>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/kernels/planes.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::int64_t kBufferBytes = std::int64_t{1} << 20;  // the loader's pieces are half of it
constexpr std::size_t kMostLanes = 8;                         // more threads than that no disk keeps busy

}  // namespace

/// A stream and two buffers: one is filled while the card fetches the other.
struct Placing::Lane {
    struct Buffer {
        Pinned memory;
        std::int64_t bytes = 0;
        Event fetched;
    };
    Stream stream = make_stream();
    Buffer buffers[2];
    int next = 0;

    /// One that the card is done with, of at least so many bytes.
    Buffer& buffer(std::int64_t bytes) {
        Buffer& chosen = buffers[next];
        next = 1 - next;
        if (!chosen.fetched) {
            chosen.fetched = make_event();
        }
        check(cudaEventSynchronize(chosen.fetched.get()), "copying weights");
        if (chosen.bytes < bytes) {
            chosen.memory = make_pinned(bytes, "copying weights");
            chosen.bytes = bytes;
        }
        return chosen;
    }

    void send(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) {
        const std::int64_t count = std::ssize(rows) / row_bytes(target.type, target.cols);
        Buffer& image = buffer(std::max(std::ssize(rows), kBufferBytes));
        split_rows(target.type, target.cols, rows, image.memory.get());
        const Planes from = planes_of(target.type, count, target.cols);
        const Planes to = planes_of(target.type, target.rows, target.cols);
        for (int i = 0; i < to.count; ++i) {
            const Plane& plane = to.planes[static_cast<std::size_t>(i)];
            check(cudaMemcpyAsync(target.data + plane.offset + first * plane.row_bytes,
                                  image.memory.get() + from.planes[static_cast<std::size_t>(i)].offset,
                                  static_cast<std::size_t>(count * plane.row_bytes), cudaMemcpyHostToDevice,
                                  stream.get()),
                  "copying weights");
        }
        check(cudaEventRecord(image.fetched.get(), stream.get()), "copying weights");
    }
};

/// A lane for the length of one call.
class Placing::Turn {
public:
    explicit Turn(Placing& placing) : placing_(placing), lane_(placing.take()) {}
    ~Turn() { placing_.give_back(lane_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Lane* operator->() const noexcept { return lane_; }

private:
    Placing& placing_;
    Lane* lane_;
};

Placing::Placing(int card) : card_(card) {}

// Where a load was broken off the card may still be fetching.
Placing::~Placing() {
    for (const auto& lane : lanes_) {
        cudaStreamSynchronize(lane->stream.get());
    }
}

void Placing::place(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) {
    use_card(card_);
    const std::int64_t one = row_bytes(target.type, target.cols);
    const std::int64_t at_once = std::max<std::int64_t>(kBufferBytes / one, 1) * one;
    const Turn lane(*this);
    for (; !rows.empty(); rows = rows.subspan(static_cast<std::size_t>(std::min(at_once, std::ssize(rows))))) {
        const auto piece = rows.first(static_cast<std::size_t>(std::min(at_once, std::ssize(rows))));
        lane->send(target, first, piece);
        first += std::ssize(piece) / one;
    }
}

void Placing::finish() {
    const std::lock_guard lock(mutex_);
    if (lanes_.empty()) {
        return;
    }
    use_card(card_);
    for (const auto& lane : lanes_) {
        check(cudaStreamSynchronize(lane->stream.get()), "copying weights");
    }
    free_.clear();
    lanes_.clear();
}

Placing::Lane* Placing::take() {
    std::unique_lock lock(mutex_);
    if (free_.empty() && lanes_.size() < kMostLanes) {
        free_.reserve(kMostLanes);  // so that giving back cannot fail
        lanes_.push_back(std::make_unique<Lane>());
        return lanes_.back().get();
    }
    freed_.wait(lock, [&] { return !free_.empty(); });
    Lane* const lane = free_.back();
    free_.pop_back();
    return lane;
}

void Placing::give_back(Lane* lane) noexcept {
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(lane);
    }
    freed_.notify_one();
}

}  // namespace altiplano::engine::cuda
