// Conversation in, streamed text out: prompt, prefill, then one token after another.
#include "engine/model/generate.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "engine/error.h"
#include "engine/model/prompt.h"
#include "engine/text/stop_strings.h"
#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLeastAnswer = 16;  // tokens that a prompt must leave free

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Tokens in, whole characters out, up to a stop string.
class TextOut {
public:
    TextOut(const GenerateOptions& options, const GenerateCallbacks& callbacks, Clock::time_point start)
        : stops_(options.stop_strings), callbacks_(callbacks), start_(start) {}

    void continue_character(std::string_view open_bytes) { characters_.push(open_bytes); }
    void push(std::string_view bytes) { emit(stops_.push(characters_.push(bytes))); }
    bool stop_string_found() const noexcept { return stops_.found(); }

    /// The model ended its answer: a character still open never completes.
    void end_answer() {
        emit(stops_.push(characters_.finish()));
        end_here();
    }
    /// The answer may be continued: the bytes of an open character wait in the session.
    void end_here() {
        if (!stops_.found()) {
            emit(stops_.finish());
        }
    }
    double first_text_s() const noexcept { return first_text_s_; }

private:
    void emit(std::string_view text) {
        if (text.empty()) {
            return;
        }
        if (first_text_s_ == 0) {
            first_text_s_ = seconds_since(start_);
        }
        if (callbacks_.on_text) {
            callbacks_.on_text(text);
        }
    }

    Utf8Stream characters_;
    StopStrings stops_;
    const GenerateCallbacks& callbacks_;  // of the call to generate() that owns this object
    Clock::time_point start_;
    double first_text_s_ = 0;
};

void check_room(const Prompt& prompt, const GenerateOptions& options, int context) {
    const int answer = options.max_tokens > 0 ? std::min(options.max_tokens, kLeastAnswer) : kLeastAnswer;
    const std::size_t needed = prompt.tokens.size() + static_cast<std::size_t>(answer);
    if (needed > static_cast<std::size_t>(context)) {
        throw Error(ErrorKind::PromptTooLong, "the conversation needs " + std::to_string(needed) +
                                                  " tokens with room for an answer, the context holds " +
                                                  std::to_string(context));
    }
}

/// Brings the session to the end of the prompt; returns empty logits where the user stopped.
std::span<const float> prefill(Session& session, const Prompt& prompt, int reused, const GenerateCallbacks& callbacks,
                               const std::stop_token& stop) {
    session.rewind(reused);
    const auto fresh = std::span(prompt.tokens).subspan(static_cast<std::size_t>(reused));
    return session.forward(fresh, stop, [&](int done) {
        if (callbacks.on_prefill) {
            callbacks.on_prefill(done, static_cast<int>(fresh.size()));
        }
    });
}

/// Appends the token; returns the one that follows it, none where the user stopped.
std::optional<int> next_token(Session& session, int id, const GenerateOptions& options, const Generation& so_far,
                              Sampler& sampler, const std::stop_token& stop) {
    if (!options.speculation) {
        return session.choose_next(id, sampler);
    }
    const int room = session.context() - so_far.prompt_tokens;
    const int longest = options.max_tokens > 0 ? std::min(options.max_tokens, room) : room;
    const std::span<const float> logits =
        options.speculation->advance(session, id, longest - so_far.generated_tokens, sampler, stop);
    return stop.stop_requested() ? std::nullopt : std::optional(sampler.sample(logits, session.tokens()));
}

/// Samples and computes tokens until something ends the answer; fills in the result.
void answer(Session& session, Sampler& sampler, std::span<const float> logits, const GenerateOptions& options,
            TextOut& out, const std::stop_token& stop, Generation& result) {
    const Tokenizer& tokenizer = session.model().tokenizer();
    const std::vector<int> ends = stop_tokens(tokenizer);
    const Clock::time_point first_token = Clock::now();
    std::optional<int> next;
    if (!stop.stop_requested()) {
        next = sampler.sample(logits, session.tokens());
    }
    while (true) {
        if (!next || stop.stop_requested()) {
            result.reason = StopReason::User;
            return;
        }
        const int id = *next;
        result.generate_s = seconds_since(first_token);
        if (std::find(ends.begin(), ends.end(), id) != ends.end()) {
            result.reason = StopReason::EndOfTurn;
            return;
        }
        ++result.generated_tokens;
        out.push(tokenizer.bytes(id));
        if (out.stop_string_found()) {
            result.reason = StopReason::StopString;
            return;
        }
        result.context_full = result.prompt_tokens + result.generated_tokens >= session.context();
        if (result.generated_tokens == options.max_tokens || result.context_full) {
            result.reason = StopReason::Length;
            return;
        }
        next = next_token(session, id, options, result, sampler, stop);
    }
}

}  // namespace

Generation generate(Session& session, std::span<const ChatMessage> messages, const GenerateOptions& options,
                    const GenerateCallbacks& callbacks, std::stop_token stop) {
    const Clock::time_point start = Clock::now();
    const Model& model = session.model();
    Sampler sampler(options.sampling, model.config().vocab_size);
    TextOut out(options, callbacks, start);
    const Prompt prompt = make_prompt(model.tokenizer(), messages, options.header, options.end, session.tokens());
    check_room(prompt, options, session.context());
    out.continue_character(prompt.open_bytes);

    Generation result;
    result.prompt_tokens = static_cast<int>(prompt.tokens.size());
    result.reused_tokens = std::min(prompt.reused, result.prompt_tokens - 1);  // the last one again, for its logits
    const std::span<const float> logits = prefill(session, prompt, result.reused_tokens, callbacks, stop);
    if (options.speculation && !logits.empty()) {
        options.speculation->begin(session, stop);
    }
    result.prefill_s = seconds_since(start);
    if (logits.empty()) {
        result.reason = StopReason::User;
        return result;
    }
    answer(session, sampler, logits, options, out, stop, result);
    if (options.speculation) {
        options.speculation->end();
        result.guessed_tokens = options.speculation->guessed();
        result.followed_tokens = options.speculation->followed();
    }
    if (result.reason == StopReason::EndOfTurn) {
        out.end_answer();
    } else {
        out.end_here();
    }
    result.first_token_s = out.first_text_s();
    return result;
}

}  // namespace altiplano::engine
