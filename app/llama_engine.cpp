#include "app/llama_engine.h"

#include <QFile>
#include <algorithm>

#include "app/model_placing.h"
#include "app/plan_text.h"

namespace altiplano {

std::optional<LoadedModel> LlamaEngine::load(const LoadRequest& request, const LoadProgress& progress,
                                             std::stop_token stop) {
    unload();  // two models at once may not fit
    ModelPlacing placing = placingFor(request);
    const std::shared_ptr<const engine::Model> model =
        engine::Model::load(QFile::encodeName(request.path).toStdString(), placing.load, progress, stop);
    if (!model)
        return std::nullopt;
    placing.session.context = std::min(placing.session.context, model->config().context_length);
    m_session.emplace(model, placing.session);
    m_speculation.emplace();
    m_threads = request.threads;
    m_kvType = placing.session.kv_type;
    m_convertedTo = placing.load.convert_to;
    m_states.begin();

    const engine::ModelSummary& summary = model->summary();
    LoadedModel loaded;
    loaded.path = request.path;
    loaded.name = QString::fromStdString(summary.name);
    loaded.typeLabel = QString::fromStdString(summary.type_label);
    loaded.fingerprint = QString::fromStdString(summary.fingerprint);
    loaded.convertedTo = m_convertedTo ? typeName(*m_convertedTo) : QString();
    loaded.placement = placementText(*model, m_convertedTo);
    for (const std::string& note : model->notes())
        loaded.notes += QString::fromStdString(note);
    loaded.chatFormatNote = QString::fromStdString(summary.chat_format_note);
    loaded.weightBytes = model->weight_bytes();
    loaded.cacheBytes = m_session->cache_bytes();
    loaded.uses = usesOf(*model, *m_session, m_knownCards);
    loaded.context = m_session->context();
    return loaded;
}

void LlamaEngine::unload() {
    m_speculation.reset();
    m_states.end();
    m_session.reset();
}

qint64 LlamaEngine::loadDraft(const QString& path, std::stop_token stop) {
    const std::shared_ptr<const engine::Model> draft =
        engine::Model::load(QFile::encodeName(path).toStdString(), {.threads = m_threads}, {}, std::move(stop));
    if (!draft)
        return 0;
    const engine::SessionOptions options{.context = session().context(), .kv_type = m_kvType};
    m_speculation->add(std::make_unique<engine::DraftModel>(session().model(), draft, options));
    return draft->weight_bytes();
}

engine::Generation LlamaEngine::generate(const GenerationRequest& request, const Callbacks& callbacks,
                                         std::stop_token stop) {
    engine::Session& current = session();
    const engine::GenerateCallbacks forwarded{
        .on_text = [&](std::string_view utf8) { callbacks.onText(utf8, static_cast<int>(current.tokens().size())); },
        .on_prefill = callbacks.onPrefill};
    m_states.bringBack(current, request, stop);
    engine::GenerateOptions options = request.options;
    options.speculation = request.guessAhead ? &*m_speculation : nullptr;
    const engine::Generation figures = engine::generate(current, request.messages, options, forwarded, stop);
    m_states.onAnswered(figures);
    return figures;
}

QString LlamaEngine::setThreads(int threads) {
    m_threads = threads;
    if (!m_session)
        return {};
    m_session->set_threads(threads);
    return placementText(m_session->model(), m_convertedTo);
}

std::optional<StateWrite> LlamaEngine::nextStateWrite() {
    return m_session ? m_states.nextWrite(*m_session) : std::nullopt;
}

void LlamaEngine::forgetConversation(qint64 conversationId) {
    m_states.forget(conversationId, m_session ? &*m_session : nullptr);
}

int LlamaEngine::promptTokens(const GenerationRequest& request) const {
    if (!m_session)
        return 0;
    std::size_t count = 0;
    for (const engine::RenderedMessage& message : engine::render_chat(m_session->model().tokenizer(), request.messages,
                                                                      request.options.header, request.options.end))
        count += message.head.size() + message.content.size() + message.tail.size();
    return static_cast<int>(count);
}

int LlamaEngine::contextTokens() const {
    return m_session ? m_session->context() : 0;
}

engine::Session& LlamaEngine::session() {
    if (!m_session)
        throw engine::Error(engine::ErrorKind::BadArgument, "no model is loaded");
    return *m_session;
}

}  // namespace altiplano
