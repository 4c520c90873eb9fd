// Loading: the stages of the plan, their weights, and what all of them share.
#include "engine/model/model.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <system_error>
#include <vector>

#include "engine/device/cuda_module.h"
#include "engine/device/host_memory.h"
#include "engine/error.h"
#include "engine/model/model_parts.h"
#include "engine/model/read_vector.h"
#include "engine/model/rope_frequencies.h"
#include "engine/model/stages.h"
#include "engine/version.h"
#include "engine/weights/content_digest.h"

namespace altiplano::engine {
namespace {

std::vector<float> rope_divisors(const WeightSource& source) {
    const WeightId id = {Weight::RopeFactors, -1};
    const std::vector<float> divisors = source.find(id) ? read_vector(source, id) : std::vector<float>();
    if (!std::all_of(divisors.begin(), divisors.end(), [](float d) { return std::isfinite(d) && d > 0; })) {
        throw Error(ErrorKind::BadFile,
                    source.summary().path.string() + ": the rope factors are not all positive numbers");
    }
    return divisors;
}

// A converted model computes other keys and values than the file's.
std::string conversion(const LoadOptions& options) {
    return options.convert_to ? '-' + std::string(name(*options.convert_to)) : "";
}

}  // namespace

Model::Model(std::unique_ptr<ModelParts> parts) : parts_(std::move(parts)) {}
Model::~Model() = default;

std::shared_ptr<const Model> Model::load(const std::filesystem::path& path, const LoadOptions& options,
                                         const LoadProgress& progress, std::stop_token stop) {
    try {
        return load(open_weights(path), options, progress, std::move(stop));
    } catch (const std::bad_alloc&) {
        throw Error(ErrorKind::OutOfMemory, path.string() + ": there is not enough memory to load the model");
    }
}

std::shared_ptr<const Model> Model::load(std::unique_ptr<const WeightSource> source, const LoadOptions& options,
                                         const LoadProgress& progress, std::stop_token stop) try {
    const WeightTable stored(*source);
    const WeightTable table = options.convert_to ? stored.converted(*options.convert_to) : stored;
    const int threads = threads_for(options.threads);
    auto parts = std::make_unique<ModelParts>(ModelParts{source->config(),
                                                         source->summary(),
                                                         Tokenizer(source->tokenizer()),
                                                         options.plan,
                                                         options.cuda,
                                                         {},
                                                         0,
                                                         {},
                                                         {}});
    if (parts->plan.stages.empty()) {
        parts->plan = cpu_plan(parts->config);
    }
    parts->stages = make_stages(table, parts->plan, threads, options.cuda.get(),
                                {.direct_ways = options.direct_ways, .wait = {}}, stop);
    if (parts->stages.empty() || !fill_stages(parts->stages, *source, table, threads, progress, std::move(stop))) {
        return nullptr;
    }
    for (const StageParts& stage : parts->stages) {
        for (const RankParts& rank : stage.ranks) {
            parts->weight_bytes += rank.memory.size();
        }
    }
    parts->rope_frequencies = rope_frequencies(parts->config, rope_divisors(*source));
    parts->state_identity = content_digest(*source) + '-' + std::string(kEngineVersion) + conversion(options);
    source->check_unchanged();
    return std::shared_ptr<const Model>(new Model(std::move(parts)));
} catch (const std::system_error& error) {
    throw Error(ErrorKind::Device, "the threads to compute with cannot be started: " + std::string(error.what()));
}

const ModelConfig& Model::config() const noexcept {
    return parts_->config;
}
const ModelSummary& Model::summary() const noexcept {
    return parts_->summary;
}
const Tokenizer& Model::tokenizer() const noexcept {
    return parts_->tokenizer;
}
std::int64_t Model::weight_bytes() const noexcept {
    return parts_->weight_bytes;
}
const std::string& Model::state_identity() const noexcept {
    return parts_->state_identity;
}
int Model::threads() const noexcept {
    int threads = 0;
    for (const StageParts& stage : parts_->stages) {
        int of_stage = 0;
        for (const RankParts& rank : stage.ranks) {
            of_stage += rank.device->threads();
        }
        threads = std::max(threads, of_stage);
    }
    return threads;
}

const PlacementPlan& Model::plan() const noexcept {
    return parts_->plan;
}
std::vector<std::string> Model::notes() const {
    std::vector<std::string> notes;
    for (const StageParts& stage : parts_->stages) {
        if (stage.collective) {
            for (std::string& note : stage.collective->notes()) {
                notes.push_back(std::move(note));
            }
        }
    }
    return notes;
}

std::vector<std::int64_t> Model::bytes_in_use() const {
    const std::vector<CudaCard> cards = parts_->cuda ? parts_->cuda->cards() : std::vector<CudaCard>();
    std::vector<std::int64_t> bytes;
    for (std::size_t i = 0; i < parts_->stages.size(); ++i) {
        for (std::size_t rank = 0; rank < parts_->stages[i].ranks.size(); ++rank) {
            const DeviceInfo& planned = parts_->plan.stages[i].ranks[rank].device;
            const auto card = std::find_if(cards.begin(), cards.end(), [&](const CudaCard& one) {
                return planned.kind == DeviceKind::Gpu && one.info.index == planned.index;
            });
            bytes.push_back(card == cards.end() ? parts_->stages[i].ranks[rank].memory.size()
                                                : card->info.in_use_bytes - planned.in_use_bytes);
        }
    }
    return bytes;
}

}  // namespace altiplano::engine
