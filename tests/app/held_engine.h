// The scripted engine with a gate: no model is loaded and no word is written while the test keeps it shut.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "app/scripted_engine.h"

namespace altiplano::tests {

/// Shut by the test on its thread, passed by the engine on its own. A stop opens it for the one who waits.
class Gate {
public:
    void shut() { m_open = false; }
    void open() { m_open = true; }
    void pass(const std::stop_token& stop) const {
        while (!m_open && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }

private:
    std::atomic<bool> m_open = false;
};

class HeldEngine : public ScriptedEngine {
public:
    HeldEngine(const Options& options, std::shared_ptr<const Gate> loading, std::shared_ptr<const Gate> writing)
        : ScriptedEngine(options), m_loading(std::move(loading)), m_writing(std::move(writing)) {}

    std::optional<LoadedModel> load(const LoadRequest& request, const LoadProgress& progress,
                                    std::stop_token stop) override {
        m_loading->pass(stop);
        return ScriptedEngine::load(request, progress, stop);
    }

    /// Waits before every piece but the first.
    engine::Generation generate(const GenerationRequest& request, const Callbacks& callbacks,
                                std::stop_token stop) override {
        Callbacks held = callbacks;
        held.onText = [&](std::string_view utf8, int contextUsed) {
            callbacks.onText(utf8, contextUsed);
            m_writing->pass(stop);
        };
        return ScriptedEngine::generate(request, held, stop);
    }

private:
    std::shared_ptr<const Gate> m_loading;
    std::shared_ptr<const Gate> m_writing;
};

}  // namespace altiplano::tests
