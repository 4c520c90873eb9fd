// Threads take pieces of some rows from a shared list; the caller reports and looks for a stop.
#include "engine/model/weight_loader.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "engine/error.h"
#include "engine/kernels/convert_rows.h"

namespace altiplano::engine {
namespace {

// What is read is still in a second-level cache when it is placed; and a stop is seen soon even on a slow disk.
constexpr std::int64_t kPieceBytes = 512 << 10;
constexpr auto kReportEvery = std::chrono::milliseconds(20);

struct Piece {
    const LoadItem* item;
    float* row_scales;  ///< of the item's rows, where it has any
    Extent rows;

    std::span<float> scales() const {
        return {row_scales + rows.first, static_cast<std::size_t>(row_scales == nullptr ? 0 : rows.count)};
    }
};

/// What a thread needs for one piece after another: each at most kPieceBytes or the rows that devices take at once.
struct Buffers {
    std::vector<std::byte> rows, converted, columns;
};

std::int64_t row_size(const WeightInfo& info) {
    return row_bytes(info.type, info.cols);
}

/// Sized as the rows of each item that has them.
std::vector<std::vector<float>> row_scales_of(std::span<const LoadItem> items) {
    std::vector<std::vector<float>> scales(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        scales[i].resize(items[i].placed.has_row_scales ? static_cast<std::size_t>(items[i].placed.rows) : 0);
    }
    return scales;
}

// Every rank's rows begin at a multiple of what any device takes at once (Sharding), so no piece is cut between them.
std::vector<Piece> cut(std::span<const LoadItem> items, std::vector<std::vector<float>>& row_scales) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const LoadItem& item = items[i];
        float* const scales = row_scales[i].empty() ? nullptr : row_scales[i].data();
        std::int64_t step = 1;
        for (const LoadTarget& target : item.targets) {
            step = std::lcm(step, target.device->rows_at_once());
        }
        const std::int64_t rows = std::max<std::int64_t>(kPieceBytes / row_size(item.stored) / step, 1) * step;
        for (std::int64_t row = 0; row < item.stored.rows; row += rows) {
            pieces.push_back({&item, scales, {row, std::min(rows, item.stored.rows - row)}});
        }
    }
    return pieces;
}

/// Places those rows and columns of a piece that a target has.
class Placing {
public:
    Placing(const Piece& piece, std::span<const std::byte> rows) : piece_(piece), rows_(rows) {}

    void place(const LoadTarget& target, std::vector<std::byte>& buffer) const {
        const PlacedSlice& part = target.part;
        const std::int64_t first = std::max(piece_.rows.first, part.slice.rows.first);
        const std::int64_t end = std::min(piece_.rows.end(), part.slice.rows.end());
        if (first >= end) {
            return;
        }
        const WeightInfo& info = piece_.item->placed;
        const std::int64_t size = row_size(info);
        const auto own = rows_.subspan(static_cast<std::size_t>((first - piece_.rows.first) * size),
                                       static_cast<std::size_t>((end - first) * size));
        const std::int64_t row = first - part.slice.rows.first;
        if (part.slice.cols.count == info.cols) {
            target.device->place_rows(part.target, row, own);
            return;
        }
        buffer.resize(static_cast<std::size_t>((end - first) * row_bytes(info.type, part.slice.cols.count)));
        take_columns(info.type, info.cols, own, part.slice.cols, buffer);
        target.device->place_rows(part.target, row, buffer);
    }

private:
    const Piece& piece_;
    std::span<const std::byte> rows_;
};

class Loading {
public:
    Loading(const WeightSource& source, std::span<const LoadItem> items)
        : source_(source), items_(items), row_scales_(row_scales_of(items)), pieces_(cut(items, row_scales_)) {}

    void read_pieces() {
        try {
            Buffers buffers;
            for (std::size_t i = next_++; i < pieces_.size() && !ended_; i = next_++) {
                read(pieces_[i], buffers);
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            error_ = error_ ? error_ : std::current_exception();
            ended_ = true;
        }
        const std::lock_guard lock(mutex_);
        --running_;
        changed_.notify_all();
    }

    bool run(int threads, const LoadProgress& progress, const std::stop_token& stop) {
        running_ = threads;
        std::vector<std::jthread> readers;
        readers.reserve(static_cast<std::size_t>(threads));
        for (int i = 0; i < threads; ++i) {
            readers.emplace_back([this] { read_pieces(); });
        }
        report_until_done(progress, stop);
        readers.clear();
        if (error_) {
            std::rethrow_exception(error_);
        }
        if (!ended_) {
            write_row_scales();
        }
        return !ended_;
    }

private:
    void read(const Piece& piece, Buffers& buffers) {
        const LoadItem& item = *piece.item;
        buffers.rows.resize(static_cast<std::size_t>(piece.rows.count * row_size(item.stored)));
        if (item.part) {
            source_.read_part_rows(item.id, *item.part, piece.rows.first, buffers.rows);
            source_.read_part_scales(item.id, *item.part, piece.rows.first, piece.scales());
        } else {
            source_.read_rows(item.id, piece.rows.first, buffers.rows);
        }
        if (!item.part && item.stored.has_row_scales) {
            source_.read_row_scales(item.id, piece.rows.first, piece.scales());
        }
        const bool is_converted = item.stored.type != item.placed.type;
        if (is_converted) {
            convert(piece, buffers);
        }
        const Placing placing(piece, is_converted ? buffers.converted : buffers.rows);
        for (const LoadTarget& target : item.targets) {
            placing.place(target, buffers.columns);
        }
        bytes_done_ += std::ssize(buffers.rows);
    }

    void convert(const Piece& piece, Buffers& buffers) const {
        const LoadItem& item = *piece.item;
        buffers.converted.resize(static_cast<std::size_t>(piece.rows.count * row_size(item.placed)));
        const auto refused = convert_rows({item.stored.type, item.placed.type, item.stored.cols}, buffers.rows,
                                          buffers.converted, piece.scales());
        if (refused) {
            const std::string where = item.id.layer < 0 ? "" : " of layer " + std::to_string(item.id.layer);
            throw Error(ErrorKind::BadFile, source_.summary().path.string() + ": row " +
                                                std::to_string(piece.rows.first + *refused) + " of a matrix" + where +
                                                " has a number that is not finite, or too large, so it cannot be "
                                                "converted to " +
                                                std::string(name(item.placed.type)));
        }
    }

    void write_row_scales() const {
        for (std::size_t i = 0; i < items_.size(); ++i) {
            for (const LoadTarget& target : items_[i].targets) {
                if (target.part.row_scales != nullptr) {
                    const Extent rows = target.part.slice.rows;
                    const std::span<const float> all = row_scales_[i];
                    const auto own =
                        all.subspan(static_cast<std::size_t>(rows.first), static_cast<std::size_t>(rows.count));
                    target.device->write(target.part.row_scales, std::as_bytes(own));
                }
            }
        }
    }

    std::int64_t total_bytes() const {
        std::int64_t total = 0;
        for (const LoadItem& item : items_) {
            total += item.stored.rows * row_size(item.stored);
        }
        return total;
    }

    void report_until_done(const LoadProgress& progress, const std::stop_token& stop) {
        const std::int64_t total = total_bytes();
        std::unique_lock lock(mutex_);
        bool done = false;
        while (!done) {
            done = changed_.wait_for(lock, kReportEvery, [&] { return running_ == 0; });
            ended_ = ended_ || stop.stop_requested();
            if (progress) {
                lock.unlock();
                progress(bytes_done_, total);
                lock.lock();
            }
        }
    }

    const WeightSource& source_;
    const std::span<const LoadItem> items_;
    std::vector<std::vector<float>> row_scales_;  ///< by item; threads write to different rows
    const std::vector<Piece> pieces_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::int64_t> bytes_done_ = 0;
    std::atomic<bool> ended_ = false;  ///< by a stop or an error
    std::mutex mutex_;
    std::condition_variable changed_;
    int running_ = 0;
    std::exception_ptr error_;
};

}  // namespace

bool load_weights(const WeightSource& source, std::span<const LoadItem> items, int threads,
                  const LoadProgress& progress, std::stop_token stop) {
    return Loading(source, items).run(threads, progress, stop);
}

}  // namespace altiplano::engine
