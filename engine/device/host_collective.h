// The collective of ranks that compute on the processor: threads of this process that see each other's memory.
#pragma once

#include <vector>

#include "engine/device/collective.h"
#include "engine/device/rank_barrier.h"

namespace altiplano::engine {

/// Each rank adds up one share of the elements, in the order of the ranks, and adds it to the sums of all: the work is
/// divided, and yet the bits are everywhere those of a plain loop over the ranks.
class HostCollective final : public Collective {
public:
    explicit HostCollective(int ranks, RankWait wait = {});

    int ranks() const noexcept override { return barrier_.ranks(); }
    /// Throws Error(BadArgument) on every rank where the shapes differ.
    void all_reduce_add(int rank, ConstMatrix partial, Matrix sum) override;
    void check() const override { barrier_.check(); }
    void abort() noexcept override;
    void end_all() override { abort(); }
    void reset() override { barrier_.reset(); }

private:
    struct alignas(64) Operands {
        ConstMatrix partial;
        Matrix sum;
    };
    void require_equal_shapes() const;
    void add_share(int rank) const;

    RankBarrier barrier_;
    std::vector<Operands> operands_;  ///< of each rank, valid between the two barriers of an operation
};

}  // namespace altiplano::engine
