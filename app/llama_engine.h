// The real engine behind the window: one model and one session in memory.
#pragma once

#include <QSet>

#include "app/chat_engine.h"
#include "app/conversation_states.h"

namespace altiplano {

class LlamaEngine : public ChatEngine {
public:
    std::optional<LoadedModel> load(const LoadRequest& request, const LoadProgress& progress,
                                    std::stop_token stop) override;
    void unload() override;
    qint64 loadDraft(const QString& path, std::stop_token stop) override;
    engine::Generation generate(const GenerationRequest& request, const Callbacks& callbacks,
                                std::stop_token stop) override;
    int promptTokens(const GenerationRequest& request) const override;
    int contextTokens() const override;
    QString setThreads(int threads) override;
    void setStateLimits(const StateLimits& limits) override { m_states.setLimits(limits); }
    std::optional<StateWrite> nextStateWrite() override;
    void onStateWritten(const StateWritten& written) override { m_states.onWritten(written); }
    std::vector<qint64> conversationsOnDisk() const override { return m_states.conversationsOnDisk(); }
    void forgetConversation(qint64 conversationId) override;

    /// See ConversationStates::setLeastSeconds().
    void keepShortStatesToo() { m_states.setLeastSeconds(0); }

private:
    engine::Session& session();

    std::optional<engine::Session> m_session;  ///< keeps its model
    std::optional<engine::Speculation> m_speculation;
    int m_threads = 0;
    QSet<int> m_knownCards;  ///< whose libraries this process has loaded
    engine::DType m_kvType = engine::DType::F16;
    std::optional<engine::DType> m_convertedTo;
    ConversationStates m_states;
};

}  // namespace altiplano
