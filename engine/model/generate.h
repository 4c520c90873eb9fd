// The loop that turns a conversation into streamed text.
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/session.h"
#include "engine/model/speculation.h"
#include "engine/text/chat_template.h"
#include "engine/text/sampler.h"

namespace altiplano::engine {

struct GenerateOptions {
    SamplingParameters sampling;
    int max_tokens = 0;                     ///< 0 = as many as the context holds
    std::vector<std::string> stop_strings;  ///< the answer ends before the first of them
    ChatHeader header;
    ChatEnd end = ChatEnd::NewAnswer;
    Speculation* speculation = nullptr;  ///< null: token by token; the same text either way
};

enum class StopReason { EndOfTurn, StopString, Length, User };

/// What happened, with its figures. Times are seconds on a steady clock.
struct Generation {
    StopReason reason = StopReason::EndOfTurn;
    bool context_full = false;  ///< Length because of the context, not because of max_tokens
    int prompt_tokens = 0;      ///< all tokens before the answer
    int reused_tokens = 0;      ///< of those, already in the session
    int generated_tokens = 0;
    int guessed_tokens = 0;   ///< computed ahead of the answer
    int followed_tokens = 0;  ///< of those, what the answer then said: saved time
    double prefill_s = 0;
    double first_token_s = 0;  ///< from the call to the first text
    double generate_s = 0;     ///< from the first token to the last
};

struct GenerateCallbacks {
    std::function<void(std::string_view utf8)> on_text;   ///< whole characters only
    std::function<void(int done, int total)> on_prefill;  ///< new tokens computed; may be empty
};

/// Runs on the caller's thread and looks at stop at every token. The session keeps what was computed, so that the next
/// call on the same conversation computes only what is new. Throws Error(PromptTooLong, Numeric, Unsupported).
Generation generate(Session& session, std::span<const ChatMessage> messages, const GenerateOptions& options,
                    const GenerateCallbacks& callbacks, std::stop_token stop);

}  // namespace altiplano::engine
