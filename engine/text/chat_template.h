// The chat format of Llama 3.1: messages in, token ids out. The model file's own template is never executed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/tokenizer.h"

namespace altiplano::engine {

enum class ChatRole { System, User, Assistant, Ipython };

struct ChatMessage {
    ChatRole role = ChatRole::User;
    std::string text;
};

/// What follows the last message: a header for a new answer, or nothing because the last message goes on.
enum class ChatEnd { NewAnswer, ContinueLast };

/// The date header frozen per conversation, "23 Nov 2026".
struct ChatHeader {
    std::string date;
};

/// One message as ids: scaffolding and content are kept apart, so that content can be compared with a session's.
struct RenderedMessage {
    std::vector<int> head;     ///< header tokens up to and with the blank line
    std::vector<int> content;  ///< the text, encoded without special tokens
    std::vector<int> tail;     ///< <|eot_id|>, or empty for an open last message
};

/// The text that stands for a message in the format: without white space around it.
std::string_view published_text(const ChatMessage& message);

/// The ids of a conversation. A system message is always rendered first; it holds the date header and the text of a
/// leading System message, if any. Texts are trimmed as published_text does, but for an open last message. With
/// NewAnswer the last element is the header of the answer. Element i + 1 renders messages[i], or element i where
/// messages begin with a System message. Throws Error(Unsupported) where the vocabulary lacks Llama 3.1's special
/// tokens, Error(BadArgument) where the message to be continued is no Assistant's.
std::vector<RenderedMessage> render_chat(const Tokenizer& tokenizer, std::span<const ChatMessage> messages,
                                         const ChatHeader& header, ChatEnd end);

/// Tokens at which an answer ends: end of text, end of message, end of turn. Only those the vocabulary has.
std::vector<int> stop_tokens(const Tokenizer& tokenizer);

}  // namespace altiplano::engine
