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

// What is read is still in a second-level cache when it is placed; and a stop is seen soon even on a slow disk.
constexpr std::int64_t kPieceBytes = 512 << 10;
constexpr auto kReportEvery = std::chrono::milliseconds(20);

struct Piece {
    const LoadItem* item;
    std::int64_t first_row;
    std::int64_t rows;
};

std::int64_t row_size(const LoadItem& item) {
    return row_bytes(item.target.type, item.target.cols);
}

std::vector<Piece> cut(std::span<const LoadItem> items, std::int64_t rows_at_once) {
    std::vector<Piece> pieces;
    for (const LoadItem& item : items) {
        const std::int64_t rows = std::max<std::int64_t>(kPieceBytes / row_size(item) / rows_at_once, 1) * rows_at_once;
        for (std::int64_t row = 0; row < item.target.rows; row += rows) {
            pieces.push_back({&item, row, std::min(rows, item.target.rows - row)});
        }
    }
    return pieces;
}

class Loading {
public:
    Loading(const WeightSource& source, const Device& device, std::span<const LoadItem> items)
        : source_(source), device_(device), pieces_(cut(items, device.rows_at_once())) {}

    void read_pieces() {
        try {
            std::vector<std::byte> buffer;
            for (std::size_t i = next_++; i < pieces_.size() && !ended_; i = next_++) {
                read(pieces_[i], buffer);
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
    void read(const Piece& piece, std::vector<std::byte>& buffer) {
        buffer.resize(static_cast<std::size_t>(piece.rows * row_size(*piece.item)));
        source_.read_rows(piece.item->id, piece.first_row, buffer);
        device_.place_rows(piece.item->target, piece.first_row, buffer);
        bytes_done_ += std::ssize(buffer);
    }

    std::int64_t total_bytes() const {
        std::int64_t total = 0;
        for (const Piece& piece : pieces_) {
            total += piece.rows * row_size(*piece.item);
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
    const Device& device_;
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

bool load_weights(const WeightSource& source, const Device& device, std::span<const LoadItem> items, int threads,
                  const LoadProgress& progress, std::stop_token stop) {
    return Loading(source, device, items).run(threads, progress, stop);
}

}  // namespace altiplano::engine
