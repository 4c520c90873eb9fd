// Threads take pieces of a few MiB from a shared list; the caller reports and looks for a stop.
#include "engine/model/weight_loader.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace altiplano::engine {
namespace {

constexpr std::int64_t kPieceBytes = 2 << 20;  // even a disk of 50 MB/s is back within 40 ms to see a stop
constexpr auto kReportEvery = std::chrono::milliseconds(20);

struct Piece {
    const LoadItem* item;
    std::int64_t first_row;
    std::int64_t rows;
};

std::vector<Piece> cut(std::span<const LoadItem> items) {
    std::vector<Piece> pieces;
    for (const LoadItem& item : items) {
        const std::int64_t rows = std::max<std::int64_t>(kPieceBytes / row_bytes(item.info.type, item.info.cols), 1);
        for (std::int64_t row = 0; row < item.info.rows; row += rows) {
            pieces.push_back({&item, row, std::min(rows, item.info.rows - row)});
        }
    }
    return pieces;
}

class Loading {
public:
    Loading(const WeightSource& source, std::span<const LoadItem> items) : source_(source), pieces_(cut(items)) {}

    void read_pieces() {
        try {
            for (std::size_t i = next_++; i < pieces_.size() && !ended_; i = next_++) {
                read(pieces_[i]);
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
    void read(const Piece& piece) {
        const std::int64_t row = row_bytes(piece.item->info.type, piece.item->info.cols);
        const std::span<std::byte> out(piece.item->target + piece.first_row * row,
                                       static_cast<std::size_t>(piece.rows * row));
        source_.read_rows(piece.item->id, piece.first_row, out);
        bytes_done_ += std::ssize(out);
    }

    std::int64_t total_bytes() const {
        std::int64_t total = 0;
        for (const Piece& piece : pieces_) {
            total += piece.rows * row_bytes(piece.item->info.type, piece.item->info.cols);
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
