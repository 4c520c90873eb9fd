#include "app/state_index.h"

#include <QLoggingCategory>
#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

namespace altiplano {

namespace {

Q_LOGGING_CATEGORY(lcStates, "altiplano.states")

namespace fs = std::filesystem;

constexpr char kSuffix[] = ".kv";

void removeQuietly(const fs::path& path) {
    std::error_code ignored;
    fs::remove(path, ignored);
}

std::optional<qint64> idOf(const fs::path& folder) {
    const std::string text = folder.filename().string();
    qint64 id = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), id);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() ? std::optional(id) : std::nullopt;
}

/// States of an engine with other arithmetic are of no use to anybody any more.
bool isOfThisEngine(const engine::StateSegment& segment) {
    return segment.identity.model.ends_with('-' + std::string(engine::kEngineVersion));
}

template <typename Work>
void forEachIn(const fs::path& folder, const Work& work) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator(); at.increment(error))
        work(*at);
}

}  // namespace

void StateIndex::open(const fs::path& folder) {
    m_folder = folder;
    m_entries.clear();
    m_bytes = 0;
    forEachIn(folder, [this](const fs::directory_entry& entry) {
        if (const auto id = idOf(entry.path()))
            scanConversation(*id, entry.path());
    });
}

void StateIndex::scanConversation(qint64 conversationId, const fs::path& folder) {
    forEachIn(folder, [=, this](const fs::directory_entry& file) { scanFile(conversationId, file); });
    removeQuietly(folder);  // where it is empty
}

void StateIndex::scanFile(qint64 conversationId, const fs::directory_entry& file) {
    const std::string name = file.path().filename().string();
    if (name.ends_with(kSuffix + std::string(engine::kUnfinishedSuffix)))
        return removeQuietly(file.path());
    if (!name.ends_with(kSuffix))
        return;  // not ours
    std::error_code ignored;
    const Time used = file.last_write_time(ignored);
    try {
        engine::StateSegment segment = engine::read_segment_head(file.path());
        if (!isOfThisEngine(segment))
            throw engine::Error(engine::ErrorKind::Unsupported,
                                file.path().string() + ": was computed by another version of the engine");
        m_bytes += segment.file_bytes;
        m_entries.insert({conversationId, {{file.path(), std::move(segment)}, used}});
    } catch (const engine::Error& why) {
        qCInfo(lcStates, "a kept state is removed: %s", why.what());
        removeQuietly(file.path());
    }
}

std::vector<qint64> StateIndex::conversations() const {
    std::vector<qint64> ids;
    for (auto at = m_entries.begin(); at != m_entries.end(); at = m_entries.upper_bound(at->first))
        ids.push_back(at->first);
    return ids;
}

std::vector<StateIndex::Chain> StateIndex::chains(qint64 conversationId, const engine::StateIdentity& identity) const {
    std::multimap<quint64, const engine::StoredSegment*> byPrefix;
    const auto [first, last] = m_entries.equal_range(conversationId);
    for (auto at = first; at != last; ++at)
        if (at->second.stored.segment.identity == identity)
            byPrefix.insert({at->second.stored.segment.prefix, &at->second.stored});

    using Pointers = std::vector<const engine::StoredSegment*>;
    std::vector<Chain> ends;
    std::vector<Pointers> open{{}};
    while (!open.empty()) {
        const Pointers chain = std::move(open.back());
        open.pop_back();
        const quint64 prefix = chain.empty() ? engine::state_root(identity) : chain.back()->segment.name;
        const int position = chain.empty() ? 0 : chain.back()->segment.last();
        bool isEnd = true;
        const auto [from, to] = byPrefix.equal_range(prefix);
        for (auto at = from; at != to; ++at) {
            if (at->second->segment.first != position)
                continue;
            isEnd = false;
            open.push_back(chain);
            open.back().push_back(at->second);
        }
        if (isEnd && !chain.empty())
            std::transform(chain.begin(), chain.end(), std::back_inserter(ends.emplace_back()),
                           [](const auto* stored) { return *stored; });
    }
    return ends;
}

bool StateIndex::contains(qint64 conversationId, quint64 name) const {
    const auto [first, last] = m_entries.equal_range(conversationId);
    return std::any_of(first, last, [=](const auto& entry) { return entry.second.stored.segment.name == name; });
}

fs::path StateIndex::pathFor(qint64 conversationId, quint64 name) const {
    const fs::path folder = m_folder / std::to_string(conversationId);
    std::error_code ignored;  // writing the file will tell
    fs::create_directories(folder, ignored);
    return folder / (QString::number(name, 16).rightJustified(16, '0').toStdString() + kSuffix);
}

void StateIndex::add(qint64 conversationId, const engine::StoredSegment& stored) {
    const engine::StateSegment& added = stored.segment;
    if (contains(conversationId, added.name))
        return;
    const auto isShorter = [&](const engine::StateSegment& other) {
        return other.prefix == added.prefix && other.tokens.size() < added.tokens.size() &&
               std::equal(other.tokens.begin(), other.tokens.end(), added.tokens.begin());
    };
    auto [at, last] = m_entries.equal_range(conversationId);
    while (at != last)
        at = isShorter(at->second.stored.segment) ? erase(at) : std::next(at);
    m_bytes += added.file_bytes;
    m_entries.insert({conversationId, {stored, Time()}});
    touch(conversationId, added.name);
}

void StateIndex::touch(qint64 conversationId, quint64 name) {
    const Time now = Time::clock::now();
    const auto [first, last] = m_entries.equal_range(conversationId);
    const auto named = [&](quint64 wanted) {
        return std::find_if(first, last, [=](const auto& one) { return one.second.stored.segment.name == wanted; });
    };
    for (auto at = named(name); at != last; at = named(at->second.stored.segment.prefix)) {
        Entry& entry = at->second;
        entry.used = now;
        std::error_code ignored;
        fs::last_write_time(entry.stored.path, now, ignored);
    }
}

StateIndex::Entries::iterator StateIndex::erase(Entries::iterator entry) {
    m_bytes -= entry->second.stored.segment.file_bytes;
    const fs::path path = entry->second.stored.path;
    removeQuietly(path);
    removeQuietly(path.parent_path());  // where it is empty
    return m_entries.erase(entry);
}

void StateIndex::remove(qint64 conversationId) {
    auto [at, last] = m_entries.equal_range(conversationId);
    while (at != last)
        at = erase(at);
}

void StateIndex::removeFile(const fs::path& path) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const auto& entry) { return entry.second.stored.path == path; });
    if (found != m_entries.end())
        erase(found);
}

void StateIndex::shrinkTo(qint64 bytes) {
    while (m_bytes > bytes && !m_entries.empty())
        erase(std::min_element(m_entries.begin(), m_entries.end(), [](const auto& a, const auto& b) {
            const Entry &first = a.second, &second = b.second;
            return first.used != second.used ? first.used < second.used
                                             : first.stored.segment.first > second.stored.segment.first;
        }));
}

}  // namespace altiplano
