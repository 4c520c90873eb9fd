#include "app/scripted_engine.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <string>
#include <thread>

#include "app/scripted_answers.h"

namespace altiplano {

namespace {

using Clock = std::chrono::steady_clock;

constexpr qint64 kWeightBytes = 1'200'000'000;
constexpr int kLoadSteps = 20;
constexpr int kBytesPerToken = 4;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string_view lastQuestion(const GenerationRequest& request) {
    for (auto message = request.messages.rbegin(); message != request.messages.rend(); ++message)
        if (message->role == engine::ChatRole::User)
            return message->text;
    return {};
}

bool has(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
}

/// The next piece from begin on: up to four characters, never a part of one, and a word's end ends it.
std::string_view nextPiece(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    for (int characters = 0; end < text.size() && characters < 4; ++characters) {
        const bool space = text[end] == ' ' || text[end] == '\n';
        ++end;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            ++end;
        if (space)
            break;
    }
    return text.substr(begin, end - begin);
}

/// The failures that a question can ask for; thrown before the first token.
void failIfAsked(std::string_view question, int needed, int context) {
    if (needed > context)
        throw engine::Error(engine::ErrorKind::PromptTooLong, "the conversation needs " + std::to_string(needed) +
                                                                  " tokens, the context holds " +
                                                                  std::to_string(context));
    if (has(question, "out of memory"))
        throw std::bad_alloc();
}

/// What is to be recited; an answer that goes on continues where its text ends.
std::string scriptFor(const GenerationRequest& request) {
    std::string script = scriptedAnswer(lastQuestion(request));
    if (request.options.end == engine::ChatEnd::NewAnswer || request.messages.empty())
        return script;
    const std::string& before = request.messages.back().text;
    return script.starts_with(before) ? script.substr(before.size()) : " And so it goes on.\n";
}

}  // namespace

ScriptedEngine::ScriptedEngine(const Options& options) : m_options(options) {}

std::optional<LoadedModel> ScriptedEngine::load(const LoadRequest& request, const LoadProgress& progress,
                                                std::stop_token stop) {
    unload();
    for (int step = 0; step <= kLoadSteps; ++step) {
        if (stop.stop_requested())
            return std::nullopt;
        progress(kWeightBytes * step / kLoadSteps, kWeightBytes);
        pause();
    }
    const std::string path = request.path.toStdString();
    if (has(path, "broken"))
        throw engine::Error(engine::ErrorKind::BadFile,
                            path +
                                ": blk.2.ffn_up.weight at offset 4000000: needs 900000 bytes, but the file ends at "
                                "1200000; it is incomplete");
    if (has(path, "missing"))
        throw engine::Error(engine::ErrorKind::Io, path + ": cannot be opened: No such file or directory");
    if (has(path, "huge"))
        throw engine::Error(engine::ErrorKind::OutOfMemory,
                            path + ": the weights needs 120.00 GiB of memory, but only 5.50 GiB are available");
    m_loaded = true;
    LoadedModel model;
    model.path = request.path;
    model.name = QStringLiteral("Scripted answers");
    model.fingerprint = QStringLiteral("scripted");
    model.placement = QStringLiteral("script");
    model.weightBytes = kWeightBytes;
    model.cacheBytes = 64LL * 1024 * 1024;
    model.uses = {{.weights = model.weightBytes, .cache = model.cacheBytes}};
    model.context = request.choices.context > 0 ? request.choices.context : m_options.context;
    return model;
}

qint64 ScriptedEngine::loadDraft(const QString& path, std::stop_token) {
    const std::string name = path.toStdString();
    if (has(name, "broken"))
        throw engine::Error(engine::ErrorKind::BadFile, name + ": this is no model file");
    if (has(name, "foreign"))
        throw engine::Error(
            engine::ErrorKind::Unsupported,
            name + ": cannot guess for another, its vocabulary is another one: 100 tokens, expected 200");
    return kWeightBytes / 8;
}

engine::Generation ScriptedEngine::generate(const GenerationRequest& request, const Callbacks& callbacks,
                                            std::stop_token stop) {
    if (!m_loaded)
        throw engine::Error(engine::ErrorKind::BadArgument, "no model is loaded");
    const std::string_view question = lastQuestion(request);
    engine::Generation figures;
    figures.prompt_tokens = promptTokens(request);
    failIfAsked(question, figures.prompt_tokens, m_options.context);
    const auto start = Clock::now();
    figures.reason = engine::StopReason::User;
    if (!read(callbacks, figures.prompt_tokens, stop))
        return figures;
    figures.prefill_s = secondsSince(start);

    const std::string script = scriptFor(request);
    const bool endless = has(question, "forever");
    const int most = request.options.max_tokens > 0 ? request.options.max_tokens : m_options.context;
    const auto firstToken = Clock::now();
    figures.reason = engine::StopReason::EndOfTurn;
    for (std::size_t at = 0; at < script.size(); ++figures.generated_tokens) {
        if (stop.stop_requested()) {
            figures.reason = engine::StopReason::User;
            break;
        }
        const bool full = figures.prompt_tokens + figures.generated_tokens >= m_options.context;
        if (full || figures.generated_tokens >= most) {
            figures.reason = engine::StopReason::Length;
            figures.context_full = full;
            break;
        }
        if (has(question, "lose the card") && figures.generated_tokens == 5)
            throw engine::Error(engine::ErrorKind::DeviceLost, "attention: an illegal memory access was encountered");
        if (has(question, "fail") && figures.generated_tokens == 5)
            throw engine::Error(engine::ErrorKind::Numeric, "the logits after token 5 are not numbers");
        pause();
        const std::string_view piece = nextPiece(script, at);
        callbacks.onText(piece, figures.prompt_tokens + figures.generated_tokens + 1);
        at += piece.size();
        if (endless && at >= script.size())
            at = 0;
    }
    figures.first_token_s = figures.prefill_s;
    figures.generate_s = secondsSince(firstToken);
    return figures;
}

int ScriptedEngine::promptTokens(const GenerationRequest& request) const {
    std::size_t bytes = 0;
    for (const engine::ChatMessage& message : request.messages)
        bytes += message.text.size() + kBytesPerToken;
    return static_cast<int>(bytes / kBytesPerToken);
}

bool ScriptedEngine::read(const Callbacks& callbacks, int tokens, const std::stop_token& stop) const {
    for (int step = 1; step <= m_options.prefillSteps; ++step) {
        if (stop.stop_requested())
            return false;
        pause();
        callbacks.onPrefill(tokens * step / m_options.prefillSteps, tokens);
    }
    return !stop.stop_requested();
}

void ScriptedEngine::pause() const {
    if (m_options.tokensPerSecond > 0)
        std::this_thread::sleep_for(std::chrono::duration<double>(1.0 / m_options.tokensPerSecond));
}

}  // namespace altiplano
