// Two barriers around the shares: before it all partial sums are there, after it all sums are done with.
#include "engine/device/host_collective.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

constexpr std::int64_t kLine = 16;  ///< floats of a cache line: two ranks never write to the same one

void add(const float* from, std::int64_t count, float* to) {
    for (std::int64_t i = 0; i < count; ++i) {
        to[i] += from[i];
    }
}

std::string shape(const ConstMatrix& matrix) {
    return std::to_string(matrix.rows) + " x " + std::to_string(matrix.cols);
}

}  // namespace

HostCollective::HostCollective(int ranks, RankWait wait)
    : barrier_(ranks, std::move(wait)), operands_(static_cast<std::size_t>(ranks)) {}

void HostCollective::all_reduce_add(int rank, ConstMatrix partial, Matrix sum) {
    assert(partial.type == DType::F32 && sum.type == DType::F32);
    assert(partial.rows == sum.rows && partial.cols == sum.cols);
    operands_[static_cast<std::size_t>(rank)] = {partial, sum};
    barrier_.wait(rank);
    require_equal_shapes();
    add_share(rank);
    barrier_.wait(rank);
}

void HostCollective::require_equal_shapes() const {
    const ConstMatrix& first = operands_[0].partial;
    for (int rank = 1; rank < ranks(); ++rank) {
        const ConstMatrix& other = operands_[static_cast<std::size_t>(rank)].partial;
        if (other.rows != first.rows || other.cols != first.cols) {
            throw Error(ErrorKind::BadArgument, barrier_.names()[static_cast<std::size_t>(rank)] + " adds " +
                                                    shape(other) + " numbers, " + barrier_.names()[0] + " " +
                                                    shape(first));
        }
    }
}

void HostCollective::add_share(int rank) const {
    const std::int64_t count = operands_[0].partial.rows * operands_[0].partial.cols;
    const std::int64_t lines = (count + kLine - 1) / kLine;
    const std::int64_t end = std::min(count, lines * (rank + 1) / ranks() * kLine);
    std::array<float, 64 * kLine> total;  // small enough to stay in the first cache
    for (std::int64_t at = lines * rank / ranks() * kLine; at < end; at += std::ssize(total)) {
        const std::int64_t piece = std::min(std::ssize(total), end - at);
        const auto* first = reinterpret_cast<const float*>(operands_[0].partial.data) + at;
        std::copy(first, first + piece, total.begin());
        for (std::size_t other = 1; other < operands_.size(); ++other) {
            add(reinterpret_cast<const float*>(operands_[other].partial.data) + at, piece, total.data());
        }
        for (const Operands& operands : operands_) {
            add(total.data(), piece, reinterpret_cast<float*>(operands.sum.data) + at);
        }
    }
}

void HostCollective::abort() noexcept {
    barrier_.abort("the computation was broken off because one of the ranks failed");
}

}  // namespace altiplano::engine
