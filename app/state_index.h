// What is on disk of conversations' states: which segments there are, to whom they belong, when they were last of use.
#pragma once

#include <QtGlobal>
#include <chrono>
#include <filesystem>
#include <map>
#include <vector>

#include "engine/engine.h"

namespace altiplano {

/// Engine thread. One folder per conversation, one file per segment, named by what StateSegment::name is. Files that
/// cannot be used are removed; nothing here throws: a state that is not there is computed again.
class StateIndex {
public:
    using Chain = std::vector<engine::StoredSegment>;

    /// Reads the heads of all files in the folder. Logs why a file is of no use.
    void open(const std::filesystem::path& folder);

    std::vector<qint64> conversations() const;
    /// The sequences that a conversation has on disk, from their first position on: one for each end of a branch.
    std::vector<Chain> chains(qint64 conversationId, const engine::StateIdentity& identity) const;
    bool contains(qint64 conversationId, quint64 name) const;
    qint64 bytes() const { return m_bytes; }

    /// Where the segment's file belongs; its folder is made.
    std::filesystem::path pathFor(qint64 conversationId, quint64 name) const;
    /// The file is there and of use now. What it makes superfluous is removed: shorter ends of the same sequence.
    void add(qint64 conversationId, const engine::StoredSegment& stored);
    /// The segment of this name and all that it follows were of use now.
    void touch(qint64 conversationId, quint64 name);

    void remove(qint64 conversationId);
    /// One file is damaged or gone.
    void removeFile(const std::filesystem::path& path);
    /// Removes the least recently used files, the ends of sequences before what they follow, until so much is left.
    void shrinkTo(qint64 bytes);

private:
    using Time = std::filesystem::file_time_type;
    struct Entry {
        engine::StoredSegment stored;
        Time used;
    };
    using Entries = std::multimap<qint64, Entry>;  ///< by conversation

    void scanConversation(qint64 conversationId, const std::filesystem::path& folder);
    void scanFile(qint64 conversationId, const std::filesystem::directory_entry& file);
    Entries::iterator erase(Entries::iterator entry);

    std::filesystem::path m_folder;
    Entries m_entries;
    qint64 m_bytes = 0;
};

}  // namespace altiplano
