// The rows of the store as plain values. Times are milliseconds since 1970-01-01 UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace altiplano::storage {

using ConversationId = std::int64_t;
using MessageId = std::int64_t;

enum class Role { User = 1, Assistant = 2, Tool = 3 };

/// Streaming rows left by a crash become Interrupted when the store is opened.
enum class AnswerState { Streaming = 1, Complete = 2, Stopped = 3, Interrupted = 4, Failed = 5 };

/// Why an answer ended. None while it streams, or when it was interrupted or failed.
enum class StopReason { None = 0, EndOfTurn = 1, StopString = 2, Length = 3, User = 4, ContextFull = 5 };

struct Conversation {
    ConversationId id = 0;
    std::string title;  ///< empty until named; the window then shows the first question
    std::int64_t created_ms = 0;
    std::int64_t updated_ms = 0;
    bool pinned = false;
    std::string date_header;  ///< frozen at creation, "23 Nov 2026"
    std::string system_prompt;
    std::string parameters_json;  ///< this conversation's own parameters; empty = the defaults
    std::string draft;            ///< what stands unsent in the composer
    std::string first_question;   ///< for a title where there is none
    std::optional<MessageId> active_leaf;
};

/// What an answer was computed with: stored before its first token.
struct Provenance {
    std::string model_name;
    std::string model_fingerprint;
    std::string engine_version;
    std::string device_placement;  ///< "cpu, 8 threads"
    std::string parameters_json;   ///< exact, all of them
    std::uint64_t seed = 0;
};

/// Counts and times of an answer: stored at its end.
struct Outcome {
    AnswerState state = AnswerState::Complete;
    StopReason stop_reason = StopReason::None;
    std::string error_text;  ///< for Failed: the sentence shown
    int prompt_tokens = 0;
    int reused_tokens = 0;
    int generated_tokens = 0;
    std::int64_t prefill_ms = 0;
    std::int64_t first_token_ms = 0;
    std::int64_t generate_ms = 0;
};

struct Answer {
    Provenance provenance;
    Outcome outcome;
};

struct Message {
    MessageId id = 0;
    ConversationId conversation_id = 0;
    std::optional<MessageId> parent_id;  ///< empty for the first message of a branch
    Role role = Role::User;
    std::string text;
    std::int64_t created_ms = 0;
    std::optional<Answer> answer;  ///< for Role::Assistant
    int sibling_index = 0;         ///< 0-based place among messages of the same parent
    int sibling_count = 1;
};

struct SearchHit {
    ConversationId conversation_id = 0;
    MessageId message_id = 0;
    std::string title;
    std::string snippet;  ///< plain text around the hit
    std::int64_t created_ms = 0;
};

}  // namespace altiplano::storage
