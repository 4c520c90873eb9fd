// The chat format of Llama 3.1. Every special token comes from scaffolding here, never from a message's text.
#include "engine/text/chat_template.h"

#include <array>

#include "engine/error.h"
#include "engine/text/unicode_class.h"
#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

/// White space to the published format, which strips as Python does: Unicode's, and the four separators of ASCII.
bool is_trimmed(const Utf8Char& read) {
    const bool separator = read.code >= 0x1C && read.code <= 0x1F;
    return read.state == Utf8State::Whole && (separator || class_of(read.code) == CharClass::WhiteSpace);
}

std::string_view trim_end(std::string_view text) {
    std::size_t end = text.size();
    while (end > 0) {
        std::size_t begin = end - 1;
        while (begin > 0 && end - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) {
            --begin;
        }
        const Utf8Char last = read_utf8(text.substr(0, end), begin);
        if (!is_trimmed(last) || begin + static_cast<std::size_t>(last.length) != end) {
            break;
        }
        end = begin;
    }
    return text.substr(0, end);
}

std::string_view trim(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        const Utf8Char first = read_utf8(text, begin);
        if (!is_trimmed(first)) {
            break;
        }
        begin += static_cast<std::size_t>(first.length);
    }
    return trim_end(text.substr(begin));
}

std::string_view role_name(ChatRole role) {
    static constexpr std::array<std::string_view, 4> kNames = {"system", "user", "assistant", "ipython"};
    return kNames[static_cast<std::size_t>(role)];
}

int needed(const Tokenizer& tokenizer, std::string_view name) {
    const std::optional<int> id = tokenizer.special(name);
    if (!id) {
        throw Error(ErrorKind::Unsupported, "the vocabulary has no token " + std::string(name) +
                                                ": the model does not know the chat format of Llama 3.1");
    }
    return *id;
}

/// Writes the parts of messages; holds the special tokens.
class Renderer {
public:
    explicit Renderer(const Tokenizer& tokenizer)
        : tokenizer_(tokenizer),
          start_header_(needed(tokenizer, "<|start_header_id|>")),
          end_header_(needed(tokenizer, "<|end_header_id|>")),
          end_of_turn_(needed(tokenizer, "<|eot_id|>")) {}

    std::vector<int> header(ChatRole role) const {
        std::vector<int> ids = {start_header_};
        append(ids, role_name(role));
        ids.push_back(end_header_);
        append(ids, "\n\n");
        return ids;
    }

    RenderedMessage closed(ChatRole role, std::string_view text) const {
        return {header(role), tokenizer_.encode(text), {end_of_turn_}};
    }

private:
    void append(std::vector<int>& ids, std::string_view text) const {
        const std::vector<int> more = tokenizer_.encode(text);
        ids.insert(ids.end(), more.begin(), more.end());
    }

    const Tokenizer& tokenizer_;
    int start_header_;
    int end_header_;
    int end_of_turn_;
};

std::string system_text(const ChatHeader& header, std::string_view text) {
    return "Cutting Knowledge Date: December 2023\nToday Date: " + header.date + "\n\n" + std::string(trim(text));
}

}  // namespace

std::string_view published_text(const ChatMessage& message) {
    return trim(message.text);
}

std::vector<RenderedMessage> render_chat(const Tokenizer& tokenizer, std::span<const ChatMessage> messages,
                                         const ChatHeader& header, ChatEnd end) {
    const Renderer renderer(tokenizer);
    const bool continues = end == ChatEnd::ContinueLast;
    if (continues && (messages.empty() || messages.back().role != ChatRole::Assistant)) {
        throw Error(ErrorKind::BadArgument, "only an answer can be continued, and the last message is none");
    }
    const bool has_system = !messages.empty() && messages.front().role == ChatRole::System;
    std::vector<RenderedMessage> rendered;
    rendered.push_back(renderer.closed(ChatRole::System, system_text(header, has_system ? messages[0].text : "")));
    rendered[0].head.insert(rendered[0].head.begin(), needed(tokenizer, "<|begin_of_text|>"));
    for (const ChatMessage& message : messages.subspan(has_system ? 1 : 0)) {
        rendered.push_back(renderer.closed(message.role, published_text(message)));
    }
    if (continues) {
        rendered.back().content = tokenizer.encode(messages.back().text);
        rendered.back().tail.clear();
    } else {
        rendered.push_back({renderer.header(ChatRole::Assistant), {}, {}});
    }
    return rendered;
}

std::vector<int> stop_tokens(const Tokenizer& tokenizer) {
    std::vector<int> ids;
    for (const std::string_view name : {"<|end_of_text|>", "<|eom_id|>", "<|eot_id|>"}) {
        if (const std::optional<int> id = tokenizer.special(name)) {
            ids.push_back(*id);
        }
    }
    return ids;
}

}  // namespace altiplano::engine
