// A loaded model: immutable weights on their device, and its vocabulary.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/device/matrix.h"
#include "engine/model/config.h"
#include "engine/model/placement.h"
#include "engine/text/tokenizer.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

class CudaModule;
struct ModelParts;

struct LoadOptions {
    int threads = 0;                                   ///< of the processor's; 0 = the physical cores
    PlacementPlan plan = {};                           ///< without stages: all of it on the processor
    std::shared_ptr<const CudaModule> cuda = nullptr;  ///< for a plan with GPUs
    std::optional<DType> convert_to = {};              ///< plain weights on the way: WeightTable::converted
    bool direct_ways = true;  ///< GPUs may write to each other's memory, where a test shows that it works
};

/// bytes_done of bytes_total have been read. Called from one thread, at most every few milliseconds.
using LoadProgress = std::function<void(std::int64_t bytes_done, std::int64_t bytes_total)>;

/// Shared by sessions as shared_ptr<const Model>; any thread may read it, one session at a time may compute on it.
class Model {
public:
    /// Reads a whole model file into memory. Null where stop was requested before it was done. Throws Error.
    static std::shared_ptr<const Model> load(const std::filesystem::path& path, const LoadOptions& options,
                                             const LoadProgress& progress, std::stop_token stop);
    /// The same from weights that need not be a file's.
    static std::shared_ptr<const Model> load(std::unique_ptr<const WeightSource> source, const LoadOptions& options,
                                             const LoadProgress& progress, std::stop_token stop);
    ~Model();

    const ModelConfig& config() const noexcept;
    const ModelSummary& summary() const noexcept;
    const Tokenizer& tokenizer() const noexcept;
    /// Bytes of weights held in memory.
    std::int64_t weight_bytes() const noexcept;
    /// What the keys and values that this model computes depend on: its numbers and the engine's arithmetic.
    const std::string& state_identity() const noexcept;
    int threads() const noexcept;
    /// What of it is where.
    const PlacementPlan& plan() const noexcept;
    /// For each device of plan(), stage by stage and rank by rank: of a GPU, how much more of its memory is in use now
    /// than when the plan was made; of the processor's, the weights.
    std::vector<std::int64_t> bytes_in_use() const;
    /// Sentences for the person, without a full stop, about what is not as it could be: why GPUs do not write to each
    /// other's memory, and the like. Mostly empty.
    std::vector<std::string> notes() const;

private:
    friend class Session;
    explicit Model(std::unique_ptr<ModelParts> parts);
    std::unique_ptr<ModelParts> parts_;
};

}  // namespace altiplano::engine
