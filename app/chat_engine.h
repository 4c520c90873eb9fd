// The seam between the program and whatever writes answers: our engine, or a script in tests and demonstrations.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "app/engine_types.h"
#include "app/state_requests.h"

namespace altiplano {

/// Lives on the engine thread. Methods throw engine::Error and std::bad_alloc; EngineWorker catches them.
class ChatEngine {
public:
    using LoadProgress = std::function<void(qint64 done, qint64 total)>;
    struct Callbacks {
        std::function<void(int done, int total)> onPrefill;
        /// Whole characters, and the positions of the context in use so far.
        std::function<void(std::string_view utf8, int contextUsed)> onText;
    };

    virtual ~ChatEngine() = default;
    /// Replaces the model in memory; empty where stop came first, and then no model is in memory.
    virtual std::optional<LoadedModel> load(const LoadRequest& request, const LoadProgress& progress,
                                            std::stop_token stop) = 0;
    virtual void unload() = 0;
    /// A second model that guesses for the one in memory, until the next load; returns its bytes. An engine that cannot
    /// use one does nothing.
    virtual qint64 loadDraft(const QString& /*path*/, std::stop_token /*stop*/) { return 0; }
    virtual engine::Generation generate(const GenerationRequest& request, const Callbacks& callbacks,
                                        std::stop_token stop) = 0;
    /// Tokens of the prompt, to say by how much it is too long.
    virtual int promptTokens(const GenerationRequest& request) const = 0;
    virtual int contextTokens() const = 0;

    /// How many threads compute from now on, 0 = the physical cores; returns LoadedModel::placement, empty without a
    /// model.
    virtual QString setThreads(int /*threads*/) { return {}; }

    // What was computed of conversations, kept beyond the answer. An engine that keeps nothing does nothing.
    virtual void setStateLimits(const StateLimits& /*limits*/) {}
    /// What should be brought to the disk next, when nobody waits for an answer; the result is told to
    /// onStateWritten().
    virtual std::optional<StateWrite> nextStateWrite() { return std::nullopt; }
    virtual void onStateWritten(const StateWritten& /*written*/) {}
    virtual std::vector<qint64> conversationsOnDisk() const { return {}; }
    virtual void forgetConversation(qint64 /*conversationId*/) {}
};

/// Called once, on the GUI thread.
using ChatEngineFactory = std::function<std::unique_ptr<ChatEngine>()>;

}  // namespace altiplano
