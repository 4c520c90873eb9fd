// Conversations on disk: one SQLite database in WAL mode, opened once and used by one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/error.h"
#include "storage/records.h"

namespace altiplano::storage {

/// Milliseconds since 1970-01-01 UTC; replaced in tests.
using Clock = std::function<std::int64_t()>;

/// How the file was found. Everything but Ready is something to tell the user.
struct OpenReport {
    enum class Kind { Ready, ReadOnly, NewerVersion, Recovered };
    Kind kind = Kind::Ready;
    std::string message;                  ///< English sentence for all but Ready
    std::filesystem::path kept_original;  ///< Recovered: where the damaged file was moved
    int interrupted_answers = 0;          ///< answers that a crash cut off, now marked so
};

/// All methods throw Error and leave the database as it was before the call. One thread only.
class ConversationStore {
public:
    /// Opens or creates the database, migrates it in one transaction (after a copy of the old file), repairs what a
    /// crash left. A file from a newer version or without write permission is opened for reading only; a damaged one
    /// is moved aside, never deleted, and what can be read of it is recovered. Throws Error where nothing of that
    /// works.
    static ConversationStore open(const std::filesystem::path& database_file, Clock clock);
    ~ConversationStore();
    ConversationStore(ConversationStore&&) noexcept;
    ConversationStore& operator=(ConversationStore&&) noexcept;

    const OpenReport& open_report() const noexcept;
    bool writable() const noexcept;

    // Conversations, newest first, pinned before all; without those in the trash.
    std::vector<Conversation> conversations(int limit, int offset) const;
    int conversation_count() const;
    Conversation conversation(ConversationId id) const;
    /// Whether it is there and not in the trash.
    bool has_conversation(ConversationId id) const;
    Conversation create_conversation(std::string_view date_header, std::string_view system_prompt,
                                     std::string_view parameters_json);
    void rename(ConversationId id, std::string_view title);
    void set_pinned(ConversationId id, bool pinned);
    void set_draft(ConversationId id, std::string_view draft);
    void set_parameters(ConversationId id, std::string_view system_prompt, std::string_view parameters_json);
    void trash(ConversationId id);
    void restore(ConversationId id);
    /// Erases for good what has been in the trash for at least age_ms, from the search index too; that takes about
    /// 10 s per million stored messages, so call it while no answer streams. Returns how many conversations.
    int empty_trash(std::int64_t age_ms);

    // The message tree. A branch is the path from the root to a leaf.
    /// The active branch of a conversation, root first.
    std::vector<Message> branch(ConversationId id) const;
    /// Makes the branch through message_id the active one (down to its newest descendant) and returns it.
    std::vector<Message> select_branch(MessageId message_id);
    /// Siblings of a message in order of creation, itself included.
    std::vector<MessageId> siblings(MessageId message_id) const;

    /// What one click stores, in one transaction: the question and an empty answer in state Streaming below it.
    struct Turn {
        std::optional<Message> question;  ///< not for regenerate
        Message answer;
        std::vector<Message> branch;  ///< the active branch, root first, the empty answer last
    };
    /// parent: the message that the question follows; empty = the first of the conversation. Clears the draft.
    Turn begin_turn(ConversationId id, std::optional<MessageId> parent, std::string_view question,
                    const Provenance& provenance);
    /// A new sibling answer to the same question.
    Turn begin_regeneration(MessageId answer_id, const Provenance& provenance);
    /// The answer goes on: back to state Streaming; its text stays.
    Turn begin_continuation(MessageId answer_id, const Provenance& provenance);

    // A streaming answer: chunks are appended and folded into the message at the end.
    /// What it will be written with after all: it waited, and another model is in memory now.
    void set_provenance(MessageId answer_id, const Provenance& provenance);
    void append_answer(MessageId answer_id, std::string_view text);
    void finish_answer(MessageId answer_id, const Outcome& outcome);

    /// Full text of titles and messages, newest first, in every language; plain words, no query syntax.
    std::vector<SearchHit> search(std::string_view words, int limit) const;

    /// Makes one copy a day in the folder "backups" beside the database, a part of a few milliseconds per call, and
    /// checks it at the end (about a second per gigabyte); keeps three. Call it when there is nothing else to do: true
    /// while there is more to copy, false when today's copy is there or could not be made (that is thrown once).
    bool continue_backup();

private:
    struct Impl;
    explicit ConversationStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace altiplano::storage
