// The tokens of a conversation: rendered messages, with the session's own tokens where they say the same.
#include "engine/model/prompt.h"

#include <algorithm>
#include <optional>

#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

int common_length(std::span<const int> a, std::span<const int> b) {
    return static_cast<int>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

void append(std::vector<int>& tokens, const std::vector<int>& more) {
    tokens.insert(tokens.end(), more.begin(), more.end());
}

/// What a session holds of one answer.
struct HeldAnswer {
    std::vector<int> tokens;
    std::string text;        ///< as it was streamed
    std::string open_bytes;  ///< of a last character that is not complete
    bool is_last = false;    ///< the session ends here
};

/// The answer at the beginning of held: up to a stop token, or all.
HeldAnswer answer_at(const Tokenizer& tokenizer, std::span<const int> held) {
    const std::vector<int> stops = stop_tokens(tokenizer);
    const auto end = std::find_first_of(held.begin(), held.end(), stops.begin(), stops.end());
    HeldAnswer answer{{held.begin(), end}, {}, {}, end == held.end()};
    Utf8Stream stream;
    answer.text = stream.push(tokenizer.decode(answer.tokens));
    answer.open_bytes = stream.open_bytes();
    return answer;
}

/// The answer's tokens where they say text, with the tokens of what text has beyond a session that ends inside it.
std::optional<std::vector<int>> tokens_saying(const Tokenizer& tokenizer, const HeldAnswer& answer,
                                              std::string_view text) {
    const std::string streamed = answer.text + (answer.open_bytes.empty() ? "" : "\xEF\xBF\xBD");
    if (streamed == text) {
        return answer.tokens;
    }
    const std::string bytes = tokenizer.decode(answer.tokens);
    const std::string& said = text.starts_with(bytes) ? bytes : streamed;
    const bool ends_inside = said == bytes || answer.open_bytes.empty();
    if (!answer.is_last || !ends_inside || !text.starts_with(said)) {
        return std::nullopt;
    }
    std::vector<int> tokens = answer.tokens;
    append(tokens, tokenizer.encode(text.substr(said.size())));
    return tokens;
}

/// The content of one message, given what the session holds at its place.
std::vector<int> choose_content(const Tokenizer& tokenizer, const RenderedMessage& rendered, const ChatMessage& message,
                                std::span<const int> held, std::string& open_bytes) {
    const auto common = static_cast<std::size_t>(common_length(rendered.content, held));
    if (message.role != ChatRole::Assistant || common == rendered.content.size() || common == held.size()) {
        return rendered.content;
    }
    const HeldAnswer answer = answer_at(tokenizer, held);
    const bool is_open = rendered.tail.empty();
    if (is_open && answer.is_last && answer.text == message.text) {
        open_bytes = answer.open_bytes;
        return answer.tokens;
    }
    std::optional<std::vector<int>> kept = tokens_saying(tokenizer, answer, message.text);
    if (!kept && !is_open) {
        kept = tokens_saying(tokenizer, answer, published_text(message));
    }
    return kept.value_or(rendered.content);
}

}  // namespace

Prompt make_prompt(const Tokenizer& tokenizer, std::span<const ChatMessage> messages, const ChatHeader& header,
                   ChatEnd end, std::span<const int> held) {
    const std::vector<RenderedMessage> rendered = render_chat(tokenizer, messages, header, end);
    const bool has_system = !messages.empty() && messages.front().role == ChatRole::System;
    const std::size_t offset = has_system ? 0 : 1;
    Prompt prompt;
    for (std::size_t i = 0; i < rendered.size(); ++i) {
        append(prompt.tokens, rendered[i].head);
        const bool is_message = i > 0 && i - offset < messages.size();
        const bool in_step = is_message && common_length(prompt.tokens, held) == static_cast<int>(prompt.tokens.size());
        append(prompt.tokens, in_step ? choose_content(tokenizer, rendered[i], messages[i - offset],
                                                       held.subspan(prompt.tokens.size()), prompt.open_bytes)
                                      : rendered[i].content);
        append(prompt.tokens, rendered[i].tail);
    }
    prompt.reused = common_length(prompt.tokens, held);
    return prompt;
}

}  // namespace altiplano::engine
