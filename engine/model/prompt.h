// The tokens of a conversation, chosen so that a session need not compute again what it already holds.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/text/chat_template.h"

namespace altiplano::engine {

struct Prompt {
    std::vector<int> tokens;
    int reused = 0;          ///< the first of tokens, which the session holds already
    std::string open_bytes;  ///< of a character at the end of a continued answer that the model has not completed
};

/// A model often spells its answer in other tokens than the tokenizer would. Where the text of an Assistant's message
/// is what held says at that place, held's tokens stand; all else is as render_chat gives it. Throws as render_chat
/// does.
Prompt make_prompt(const Tokenizer& tokenizer, std::span<const ChatMessage> messages, const ChatHeader& header,
                   ChatEnd end, std::span<const int> held);

}  // namespace altiplano::engine
