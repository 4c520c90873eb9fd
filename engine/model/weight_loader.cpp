// Threads take pieces of a few MiB from a shared list; the caller reports and looks for a stop.
#include "engine/model/weight_loader.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>
#include <vector>

namespace altiplano::engine {
namespace {

// What is read is still in a second-level cache when it is placed; and a stop is seen soon even on a slow disk.
constexpr std::int64_t kPieceBytes = 512 << 10;
constexpr auto kReportEvery = std::chrono::milliseconds(20);

struct Piece {
    const LoadItem* item;
    Extent rows;
};

std::int64_t row_size(const LoadItem& item) {
    return row_bytes(item.info.type, item.info.cols);
}

// Every rank's rows begin at a multiple of what any device takes at once (Sharding), so no piece is cut between them.
std::vector<Piece> cut(std::span<const LoadItem> items) {
    std::vector<Piece> pieces;
    for (const LoadItem& item : items) {
        std::int64_t step = 1;
        for (const LoadTarget& target : item.targets) {
            step = std::lcm(step, target.device->rows_at_once());
        }
        const std::int64_t rows = std::max<std::int64_t>(kPieceBytes / row_size(item) / step, 1) * step;
        for (std::int64_t row = 0; row < item.info.rows; row += rows) {
            pieces.push_back({&item, {row, std::min(rows, item.info.rows - row)}});
        }
    }
    return pieces;
}

/// Places those rows and columns of a piece that a target has.
class Placing {
public:
    Placing(const Piece& piece, std::span<const std::byte> rows) : piece_(piece), rows_(rows) {}

    void place(const LoadTarget& target, std::vector<std::byte>& buffer) const {
        const std::int64_t first = std::max(piece_.rows.first, target.slice.rows.first);
        const std::int64_t end = std::min(piece_.rows.end(), target.slice.rows.end());
        if (first >= end) {
            return;
        }
        const std::int64_t size = row_size(*piece_.item);
        const auto own = rows_.subspan(static_cast<std::size_t>((first - piece_.rows.first) * size),
                                       static_cast<std::size_t>((end - first) * size));
        const std::int64_t row = first - target.slice.rows.first;
        const WeightInfo& info = piece_.item->info;
        if (target.slice.cols.count == info.cols) {
            target.device->place_rows(target.matrix, row, own);
            return;
        }
        buffer.resize(static_cast<std::size_t>((end - first) * row_bytes(info.type, target.slice.cols.count)));
        take_columns(info.type, info.cols, own, target.slice.cols, buffer);
        target.device->place_rows(target.matrix, row, buffer);
    }

private:
    const Piece& piece_;
    std::span<const std::byte> rows_;
};

class Loading {
public:
    Loading(const WeightSource& source, std::span<const LoadItem> items) : source_(source), pieces_(cut(items)) {}

    void read_pieces() {
        try {
            std::vector<std::byte> rows, columns;
            for (std::size_t i = next_++; i < pieces_.size() && !ended_; i = next_++) {
                read(pieces_[i], rows, columns);
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
        return !ended_;
    }

private:
    void read(const Piece& piece, std::vector<std::byte>& rows, std::vector<std::byte>& columns) {
        rows.resize(static_cast<std::size_t>(piece.rows.count * row_size(*piece.item)));
        source_.read_rows(piece.item->id, piece.rows.first, rows);
        const Placing placing(piece, rows);
        for (const LoadTarget& target : piece.item->targets) {
            placing.place(target, columns);
        }
        bytes_done_ += std::ssize(rows);
    }

    std::int64_t total_bytes() const {
        std::int64_t total = 0;
        for (const Piece& piece : pieces_) {
            total += piece.rows.count * row_size(*piece.item);
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
