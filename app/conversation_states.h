// Keeps what the engine has computed of conversations, in memory and on disk, and brings it back before an answer.
#pragma once

#include <QString>
#include <map>
#include <optional>
#include <stop_token>

#include "app/engine_types.h"
#include "app/memory_states.h"
#include "app/state_index.h"
#include "app/state_requests.h"
#include "engine/engine.h"

namespace altiplano {

/// Engine thread. One session at a time is told of; what it holds belongs to one conversation. Nothing here throws but
/// bringBack() where there is no memory at all: what cannot be kept or read is computed again.
class ConversationStates {
public:
    void setLimits(const StateLimits& limits);
    /// A model was loaded: automatic limits are derived from what the machine has left.
    void begin();
    /// Another model comes, or none: the states in memory are of no use any more.
    void end();

    /// The session goes on with whatever is known of the request's conversation: its own tokens, a sequence kept in
    /// memory, or files.
    void bringBack(engine::Session& session, const GenerationRequest& request, const std::stop_token& stop);
    /// An answer was computed, and so its prompt, which tells what keeping saves.
    void onAnswered(const engine::Generation& figures);

    /// What should be written next, one segment at a time; empty where all that is worth it is on disk.
    std::optional<StateWrite> nextWrite(const engine::Session& session);
    void onWritten(const StateWritten& written);
    /// Nothing of the conversation is kept any more, on disk, in memory or in the session.
    void forget(qint64 conversationId, engine::Session* session);
    /// Conversations that have files.
    std::vector<qint64> conversationsOnDisk() const { return m_index.conversations(); }

    /// Keeps everything, however quickly it could be computed again: for tests.
    void setLeastSeconds(double seconds) { m_leastSeconds = seconds; }

private:
    struct Writing {
        qint64 conversationId;
        engine::StoredSegment stored;
        bool forgotten = false;
    };

    void changeTo(qint64 conversationId, engine::Session& session);
    void readFiles(engine::Session& session, const GenerationRequest& request, const std::stop_token& stop);
    std::optional<StateWrite> nextWrite(qint64 conversationId, const engine::Sequence& sequence);
    bool worthKeeping(const engine::Sequence& sequence) const;
    bool makeRoom(qint64 bytes);
    engine::StateIdentity identityOf(const engine::Session& session) const;

    StateLimits m_limits;
    MemoryStates m_memory;
    StateIndex m_index;
    bool m_opened = false;     ///< the index
    bool m_diskFails = false;  ///< until limits are set anew
    qint64 m_diskBudget = 0;
    qint64 m_current = 0;  ///< the conversation that the session holds; 0 = none
    std::string m_model;
    double m_tokensPerSecond = 0;  ///< of reading; 0 = not known yet
    double m_leastSeconds = 0.5;
    std::optional<Writing> m_writing;
    /// What a conversation's sequence was called when all of it was on disk: written once, even if it had to make room.
    std::map<qint64, quint64> m_settled;
};

}  // namespace altiplano
