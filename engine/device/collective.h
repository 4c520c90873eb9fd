// How the ranks of a model that is split by rows and columns add up their partial sums.
#pragma once

#include <string>
#include <vector>

#include "engine/device/matrix.h"

namespace altiplano::engine {

/// The ranks of one model, numbered from 0. Each rank calls from a thread of its own, all in the same order and with
/// the same shapes. No rank can go on without the others: one that fails or leaves early must abort(), see RankTeam.
class Collective {
public:
    virtual ~Collective() = default;

    virtual int ranks() const noexcept = 0;

    /// sum[n, dim] += partial[n, dim] of rank 0 + that of rank 1 + ...   F32, in the memory of the rank's device; sum
    /// must not overlap partial. sum holds the same bits on every rank before, and so it does afterwards. On a GPU the
    /// operation is put into the rank's stream and may be recorded into a graph; on a CPU it is done on return.
    /// Throws Error(Device) after abort(), also abort() of another thread while it waits, and where a rank does not
    /// come, naming that rank.
    virtual void all_reduce_add(int rank, ConstMatrix partial, Matrix sum) = 0;

    /// Throws Error(Device), saying why, once the collective was aborted: until then what was read from a device is
    /// valid. Any thread; to be called after the results of a step were read.
    virtual void check() const = 0;

    /// Every rank that waits, or comes later, throws Error(Device); work that waits on a device comes to its end. Any
    /// thread, also several at once.
    virtual void abort() noexcept = 0;

    /// Aborts and waits until nothing is under way on the devices, once no rank is inside. Throws Error.
    virtual void end_all() = 0;

    /// After end_all, makes it usable again. What was recorded into graphs before is void and should be gone: NCCL
    /// holds on to what a graph may still need. Throws Error where it is impossible: then the model must be loaded
    /// again.
    virtual void reset() = 0;

    /// Sentences for the person about how the ranks are joined, such as why the cards' direct transfers are not used.
    virtual std::vector<std::string> notes() const { return {}; }
};

}  // namespace altiplano::engine
