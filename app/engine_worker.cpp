#include "app/engine_worker.h"

#include <QFile>
#include <new>

#include "app/state_writer.h"

namespace altiplano {

namespace {

constexpr qint64 kFrameMs = 33;
constexpr int kRestMs = 1000;          // after an answer; whoever asks on at once is not delayed
constexpr qint64 kLastWritesMs = 400;  // when the program ends

EngineFailure outOfMemory() {
    return {.kind = engine::ErrorKind::OutOfMemory, .message = QStringLiteral("out of memory")};
}

EngineFailure failureOf(const engine::Error& error) {
    return {.kind = error.kind(), .message = QString::fromUtf8(error.what())};
}

/// Runs the work; what the engine throws becomes a value.
template <typename Work>
std::optional<EngineFailure> guarded(const Work& work) {
    try {
        work();
    } catch (const engine::Error& error) {
        return failureOf(error);
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
    return std::nullopt;
}

}  // namespace

EngineWorker::EngineWorker(std::unique_ptr<ChatEngine> engine, QString marker)
    : m_engine(std::move(engine)), m_marker(std::move(marker)), m_rest(this) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &EngineWorker::keepNextState);
}

void EngineWorker::load(const LoadRequest& request, std::stop_token stop) {
    LoadEnd end{.ticket = request.ticket, .model = {}, .failure = {}};
    QFile marker(m_marker);
    if (request.automatic && marker.open(QIODevice::ReadOnly) && QString::fromUtf8(marker.readAll()) == request.path) {
        marker.close();
        marker.remove();
        end.skippedAfterCrash = true;
        emit loadFinished(end);
        return;
    }
    marker.close();
    if (marker.open(QIODevice::WriteOnly))
        marker.write(request.path.toUtf8());
    marker.close();
    m_sinceSignal.invalidate();
    const auto progress = [&](qint64 done, qint64 total) {
        if (frameIsOver())
            emit loadProgressed(request.ticket, done, total);
    };
    end.failure = guarded([&] { end.model = m_engine->load(request, progress, stop); });
    noteLoss(end.failure);
    if (end.model && !request.draftPath.isEmpty())
        end.draftFailure = guarded([&] { end.model->weightBytes += m_engine->loadDraft(request.draftPath, stop); });
    marker.remove();
    emit loadFinished(end);
}

void EngineWorker::unload() {
    m_engine->unload();
}

void EngineWorker::generate(const GenerationRequest& request, std::stop_token stop) {
    GeneratedText frame{.run = request.run, .text = {}};
    std::string pending;
    QElapsedTimer sinceFirst;
    const auto send = [&] {
        frame.text = QString::fromUtf8(pending.data(), static_cast<qsizetype>(pending.size()));
        frame.seconds = sinceFirst.isValid() ? static_cast<double>(sinceFirst.elapsed()) / 1000.0 : 0.0;
        pending.clear();
        emit textProduced(frame);
    };
    ChatEngine::Callbacks callbacks;
    callbacks.onPrefill = [&](int done, int total) {
        if (done == total || frameIsOver())
            emit prefillProgressed(request.run, done, total);
    };
    callbacks.onText = [&](std::string_view utf8, int contextUsed) {
        const bool isFirst = !sinceFirst.isValid();
        if (isFirst)
            sinceFirst.start();
        pending += utf8;
        ++frame.tokens;
        frame.contextUsed = contextUsed;
        if (frameIsOver() || isFirst)  // with a large model the next one may be a second away
            send();
    };
    m_sinceSignal.invalidate();
    GenerationEnd end{.run = request.run, .figures = {}, .failure = {}};
    end.failure = guarded([&] { end.figures = m_engine->generate(request, callbacks, stop); });
    if (end.failure && end.failure->kind == engine::ErrorKind::Numeric)
        m_engine->forgetConversation(request.conversationId);  // whatever was wrong with it is not kept
    noteLoss(end.failure);
    if (!m_deviceLost)
        m_rest.start();
    if (end.failure && end.failure->kind == engine::ErrorKind::PromptTooLong) {
        end.failure->contextTokens = m_engine->contextTokens();
        guarded([&] { end.failure->neededTokens = m_engine->promptTokens(request); });
    }
    if (!pending.empty())
        send();
    emit generationFinished(end);
}

void EngineWorker::setThreads(int threads) {
    QString placement;
    guarded([&] { placement = m_engine->setThreads(threads); });  // where threads are refused the old ones are gone
    if (!placement.isEmpty())
        emit placementChanged(placement);
}

void EngineWorker::setStateLimits(const StateLimits& limits) {
    m_engine->setStateLimits(limits);
    const std::vector<qint64> found = m_engine->conversationsOnDisk();
    if (!found.empty())
        emit statesFound({found.begin(), found.end()});
}

void EngineWorker::keepNextState() {
    if (const std::optional<StateWrite> write = m_engine->nextStateWrite())
        emit stateWriteRequested(*write);
}

void EngineWorker::onStateWritten(const StateWritten& written) {
    m_engine->onStateWritten(written);
    keepNextState();
}

void EngineWorker::forgetConversations(const QList<qint64>& conversationIds) {
    for (const qint64 id : conversationIds)
        m_engine->forgetConversation(id);
}

void EngineWorker::noteLoss(const std::optional<EngineFailure>& failure) {
    m_deviceLost = m_deviceLost || (failure && failure->kind == engine::ErrorKind::DeviceLost);
}

void EngineWorker::finish() {
    m_rest.stop();
    if (m_deviceLost)
        return;  // what it computed lies in memory that nobody can read
    QElapsedTimer timer;
    timer.start();
    while (const std::optional<StateWrite> write = m_engine->nextStateWrite()) {
        m_engine->onStateWritten(writeState(*write));
        if (timer.elapsed() > kLastWritesMs)
            return;
    }
}

bool EngineWorker::frameIsOver() {
    if (m_sinceSignal.isValid() && m_sinceSignal.elapsed() < kFrameMs)
        return false;
    m_sinceSignal.start();
    return true;
}

}  // namespace altiplano
