#include "app/conversation_states.h"

#include <QFile>
#include <QLoggingCategory>
#include <algorithm>
#include <fstream>
#include <system_error>

namespace altiplano {

namespace {

Q_LOGGING_CATEGORY(lcStates, "altiplano.states")

namespace fs = std::filesystem;

constexpr qint64 kMiB = qint64{1} << 20;
constexpr qint64 kMostMemory = 16384 * kMiB;
constexpr qint64 kMostDisk = 10240 * kMiB;
constexpr qint64 kDiskLeftFree = 2048 * kMiB;
constexpr int kMemoryShare = 4;     // of what is left after the model
constexpr int kDiskShare = 10;      // of what is free
constexpr int kBudgetParts = 10;    // one is left for heads and what is written anew
constexpr int kTellingTokens = 32;  // fewer say nothing about the speed of reading
constexpr int kLeastGain = 32;      // tokens for which a file is opened
constexpr double kDiskBytesPerSecond = 500e6;

fs::path pathOf(const QString& text) {
    return {QFile::encodeName(text).toStdString()};
}

/// Tells programs that make copies of a disk to leave the folder out: https://bford.info/cachedir/
void tagAsCache(const fs::path& folder) {
    std::error_code error;
    if (fs::create_directories(folder, error); error)
        return;
    fs::permissions(folder, fs::perms::owner_all, error);
    std::ofstream(folder / "CACHEDIR.TAG") << "Signature: 8a477f597d28d172789f06886806bc55\n"
                                              "# What Altiplano computed of conversations. It can be deleted.\n";
}

std::vector<int> tokensOf(const StateIndex::Chain& chain) {
    std::vector<int> tokens;
    for (const engine::StoredSegment& stored : chain)
        tokens.insert(tokens.end(), stored.segment.tokens.begin(), stored.segment.tokens.end());
    return tokens;
}

/// What the segments of the sequence are called.
std::vector<quint64> namesOf(const engine::Sequence& sequence, const std::string& model) {
    std::vector<quint64> names;
    quint64 name = engine::state_root(engine::state_identity(model, sequence.shape()));
    for (auto rest = sequence.tokens(); !rest.empty();) {
        const std::size_t count = std::min<std::size_t>(rest.size(), engine::kSegmentPositions);
        name = engine::state_name(name, rest.first(count));
        names.push_back(name);
        rest = rest.subspan(count);
    }
    return names;
}

}  // namespace

void ConversationStates::setLimits(const StateLimits& limits) {
    const bool hadFiles = m_opened;
    m_limits = limits;
    m_diskFails = false;
    m_opened = !limits.folder.isEmpty();
    if (m_opened && !hadFiles) {
        m_index.open(pathOf(limits.folder));
        tagAsCache(pathOf(limits.folder));
    }
    begin();
}

void ConversationStates::begin() {
    const auto automatic = [](qint64 limit, qint64 derived) { return limit < 0 ? derived : limit; };
    const qint64 memory = std::min<qint64>(engine::available_memory_bytes() / kMemoryShare, kMostMemory);
    m_memory.setBudget(automatic(m_limits.memoryBytes, memory));
    if (!m_opened)
        return;
    std::error_code error;
    const fs::space_info space = fs::space(pathOf(m_limits.folder), error);
    const qint64 available = error ? 0 : static_cast<qint64>(space.available) + m_index.bytes();
    m_diskBudget = automatic(m_limits.diskBytes, std::min(available / kDiskShare, kMostDisk));
    m_index.shrinkTo(m_diskBudget);
}

void ConversationStates::end() {
    m_memory.clear();
    m_settled.clear();
    m_current = 0;
    m_tokensPerSecond = 0;
}

engine::StateIdentity ConversationStates::identityOf(const engine::Session& session) const {
    return engine::state_identity(session.model().state_identity(), session.shape());
}

void ConversationStates::bringBack(engine::Session& session, const GenerationRequest& request,
                                   const std::stop_token& stop) {
    if (request.conversationId != m_current)
        changeTo(request.conversationId, session);
    if (m_opened && m_diskBudget > 0)
        readFiles(session, request, stop);
}

void ConversationStates::changeTo(qint64 conversationId, engine::Session& session) {
    std::optional<engine::Sequence> next = m_memory.take(conversationId);
    while (!next && !session.tokens().empty()) {
        try {
            next.emplace(session.another_sequence());
        } catch (const engine::Error&) {  // no memory for two
            if (!m_memory.dropOldest())
                break;
        }
    }
    const qint64 previous = std::exchange(m_current, conversationId);
    if (next)
        try {
            m_memory.put(previous, session.exchange(std::move(*next)));
            return;
        } catch (const engine::Error& error) {  // no memory for what GPUs hold of the previous one
            if (error.kind() != engine::ErrorKind::OutOfMemory)
                throw;
        }
    session.clear();
}

void ConversationStates::readFiles(engine::Session& session, const GenerationRequest& request,
                                   const std::stop_token& stop) {
    const auto reusable = [&](std::span<const int> held) {
        return engine::make_prompt(session.model().tokenizer(), request.messages, request.options.header,
                                   request.options.end, held)
            .reused;
    };
    const std::vector<StateIndex::Chain> chains = m_index.chains(request.conversationId, identityOf(session));
    const StateIndex::Chain* best = nullptr;
    int most = chains.empty() ? 0 : reusable(session.tokens()) + kLeastGain;
    for (const StateIndex::Chain& chain : chains) {
        const int reused = chain.back().segment.last() > session.context() ? 0 : reusable(tokensOf(chain));
        if (reused >= most) {
            most = reused;
            best = &chain;
        }
    }
    if (!best)
        return;
    try {
        m_index.touch(request.conversationId, best->back().segment.name);
        if (const auto failure = session.restore(*best, stop)) {
            qCInfo(lcStates, "a kept state is computed again: %s", failure->reason.c_str());
            const auto broken = std::find_if(best->begin(), best->end(),
                                             [&](const auto& stored) { return stored.path == failure->path; });
            std::for_each(broken, best->end(), [&](const auto& stored) { m_index.removeFile(stored.path); });
        }
    } catch (const engine::Error& error) {
        qCWarning(lcStates, "kept states are of no use: %s", error.what());
        m_index.remove(request.conversationId);
    }
}

void ConversationStates::onAnswered(const engine::Generation& figures) {
    const int read = figures.prompt_tokens - figures.reused_tokens;
    if (read >= kTellingTokens && figures.prefill_s > 0)
        m_tokensPerSecond = read / figures.prefill_s;
}

bool ConversationStates::worthKeeping(const engine::Sequence& sequence) const {
    if (m_leastSeconds <= 0)
        return !sequence.tokens().empty();
    if (m_tokensPerSecond <= 0)
        return false;
    const double compute = static_cast<double>(sequence.tokens().size()) / m_tokensPerSecond;
    const double read = static_cast<double>(sequence.held_bytes()) / kDiskBytesPerSecond;
    return compute >= m_leastSeconds && compute >= 2 * read;
}

std::optional<StateWrite> ConversationStates::nextWrite(const engine::Session& session) {
    if (!m_opened || m_diskFails || m_writing || m_diskBudget <= 0)
        return std::nullopt;
    m_model = session.model().state_identity();
    std::optional<StateWrite> write;
    if (m_current != 0)
        try {
            write = nextWrite(m_current, session.sequence());
        } catch (const engine::Error&) {  // no memory for what GPUs hold, or no GPU: the next answer will tell
        }
    for (const MemoryStates::Kept& kept : m_memory.kept())
        if (!write)
            write = nextWrite(kept.conversationId, kept.sequence);
    return write;
}

std::optional<StateWrite> ConversationStates::nextWrite(qint64 conversationId, const engine::Sequence& sequence) {
    if (!worthKeeping(sequence) || sequence.held_bytes() > m_diskBudget / kBudgetParts * (kBudgetParts - 1))
        return std::nullopt;
    const std::vector<quint64> names = namesOf(sequence, m_model);
    if (m_settled[conversationId] == names.back())
        return std::nullopt;
    const auto missing = std::find_if_not(names.begin(), names.end(),
                                          [&](quint64 name) { return m_index.contains(conversationId, name); });
    if (missing == names.end()) {
        m_settled[conversationId] = names.back();
        return std::nullopt;
    }
    const int first = static_cast<int>(missing - names.begin()) * engine::kSegmentPositions;
    engine::PackedSegment packed = engine::pack_segment(sequence, m_model, first);
    if (!makeRoom(packed.segment.file_bytes))
        return std::nullopt;
    const fs::path path = m_index.pathFor(conversationId, *missing);
    m_writing = Writing{conversationId, {path, std::move(packed.segment)}};
    return StateWrite{QFile::decodeName(path.c_str()),
                      std::make_shared<const std::vector<std::byte>>(std::move(packed.file))};
}

bool ConversationStates::makeRoom(qint64 bytes) {
    m_index.shrinkTo(m_diskBudget - bytes);
    std::error_code error;
    const fs::space_info space = fs::space(pathOf(m_limits.folder), error);
    m_diskFails = error || static_cast<qint64>(space.available) < kDiskLeftFree + bytes;
    return !m_diskFails;
}

void ConversationStates::onWritten(const StateWritten& written) {
    if (!m_writing)
        return;
    const Writing writing = *std::exchange(m_writing, std::nullopt);
    if (!written.failure.isEmpty()) {
        qCWarning(lcStates, "states are not kept any more: %s", qPrintable(written.failure));
        m_diskFails = true;
        return;
    }
    m_index.add(writing.conversationId, writing.stored);
    if (writing.forgotten)
        m_index.remove(writing.conversationId);
}

void ConversationStates::forget(qint64 conversationId, engine::Session* session) {
    m_memory.take(conversationId);
    m_settled.erase(conversationId);
    m_index.remove(conversationId);
    if (m_writing && m_writing->conversationId == conversationId)
        m_writing->forgotten = true;
    if (session && m_current == conversationId) {
        session->clear();
        m_current = 0;
    }
}

}  // namespace altiplano
