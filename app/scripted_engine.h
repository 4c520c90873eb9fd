// An engine that recites: the whole window runs on it without a model, in tests and in altiplano-offline.
#pragma once

#include "app/chat_engine.h"

namespace altiplano {

/// Answers are chosen by words in the question; see scripted_answers.h. The same question gets the same answer.
class ScriptedEngine : public ChatEngine {
public:
    struct Options {
        double tokensPerSecond = 60;  ///< 0 = as fast as it can
        int prefillSteps = 8;
        int context = 8192;
    };

    explicit ScriptedEngine(const Options& options);

    /// A path with "broken" or "missing" in it fails, one with "huge" does not fit into memory.
    std::optional<LoadedModel> load(const LoadRequest& request, const LoadProgress& progress,
                                    std::stop_token stop) override;
    /// A path with "broken" in it fails, one with "foreign" has another vocabulary.
    qint64 loadDraft(const QString& path, std::stop_token stop) override;
    void unload() override { m_loaded = false; }
    engine::Generation generate(const GenerationRequest& request, const Callbacks& callbacks,
                                std::stop_token stop) override;
    int promptTokens(const GenerationRequest& request) const override;
    int contextTokens() const override { return m_options.context; }

private:
    bool read(const Callbacks& callbacks, int tokens, const std::stop_token& stop) const;
    void pause() const;

    Options m_options;
    bool m_loaded = false;
};

}  // namespace altiplano
